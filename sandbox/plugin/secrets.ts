/** Properties the AWS provider always takes for secrets. */
const secrets: { readonly [type: string]: readonly string[] } = {
  "aws:acm/certificate:Certificate": ["privateKey", "privateKeyWo"],
  "aws:ssm/parameter:Parameter": ["value", "valueWo"],
  "pulumi:providers:aws": ["accessKey", "secretKey", "token"],
};

/** Properties of a type that are secret whether the program says so or not. */
export function secretsOf(type: string): readonly string[] {
  return Object.hasOwn(secrets, type) ? (secrets[type] ?? []) : [];
}
