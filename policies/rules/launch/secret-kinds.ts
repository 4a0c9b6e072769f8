import { isLiteral, isRandom } from "./literal";

/** One way in which a secret is written. */
export interface SecretKind {
  /** What it is, as a message calls it. */
  readonly kind: string;
  /** How it is written; the group `value` is the secret itself. */
  readonly pattern: RegExp;
  /** Whether a value is a secret, and not what stands for one. */
  readonly isSecret: (value: string) => boolean;
}

/** Where a word begins: not inside another one, unless that is a line break in a text inside a text. */
const edge = String.raw`(?:(?<![A-Za-z0-9_])|(?<=\\[nrt]))`;

function token(kind: string, form: RegExp): SecretKind {
  const pattern = new RegExp(`${edge}(?<value>${form.source})`, "dg");
  return { kind, pattern, isSecret: (value) => isRandom(value) && isLiteral(value) };
}

const tokens: readonly SecretKind[] = [
  token("a GitHub token", /gh[oprsu]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{60,}/),
  token("a GitLab token", /glpat-[A-Za-z0-9_-]{20,}/),
  token("a Slack token", /xox[abeprs]-[A-Za-z0-9-]{24,}|xapp-\d-[A-Za-z0-9-]{24,}/),
  token("a Stripe key", /[rs]k_live_[A-Za-z0-9]{20,}/),
  token("a Google key", /AIza[A-Za-z0-9_-]{35}/),
  token("a SendGrid key", /SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}/),
  token("an npm token", /npm_[A-Za-z0-9]{36}/),
  token("a Docker token", /dckr_[op]at_[A-Za-z0-9_-]{27,}/),
  token("a Vault token", /hv[brs]\.[A-Za-z0-9_-]{24,}/),
  token("an API key", /sk-(?:ant|proj)-[A-Za-z0-9_-]{40,}/),
  token("a New Relic key", /[a-f0-9]{36}NRAL/),
];

const webhook: SecretKind = {
  kind: "a Slack webhook",
  pattern: /hooks\.slack\.com\/services\/T\w{6,}\/B\w{6,}\/(?<value>\w{20,})/dg,
  isSecret: isRandom,
};

const privateKey: SecretKind = {
  kind: "a private key",
  // A first line alone is what scripts look for. With a variable after it, the key comes from elsewhere.
  pattern:
    /(?<value>-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----(?:(?!-----)[^$]){0,300}?[A-Za-z0-9+/]{40})/dg,
  isSecret: () => true,
};

/** Secrets of AWS have no form of their own but their length: they are told by their name, or by the id beside them. */
const secret = "(?<![A-Za-z0-9+/])(?<value>[A-Za-z0-9+/]{40})(?![A-Za-z0-9+/=])";
const keyId = "(?<![A-Z0-9])A[KS]IA[A-Z0-9]{16}(?![A-Z0-9])";

function awsSecret(form: string): SecretKind {
  return { kind: "a secret AWS access key", pattern: new RegExp(form, "dg"), isSecret: isAwsSecret };
}

function isAwsSecret(value: string): boolean {
  return isRandom(value) && /[A-Z]/.test(value) && /[a-z]/.test(value) && !/example/i.test(value);
}

const awsSecrets: readonly SecretKind[] = [
  awsSecret(String.raw`(?:SECRET_?|[Ss]ecret_?)(?:ACCESS_?KEY|[Aa]ccess_?[Kk]ey)[\s\\"'=:>]{1,12}${secret}`),
  awsSecret(String.raw`${keyId}[\s\S]{1,200}?${secret}`),
  awsSecret(String.raw`${secret}(?=[\s\S]{1,200}?${keyId})`),
];

/** Secrets that their own form gives away. */
export const formedSecrets: readonly SecretKind[] = [privateKey, ...awsSecrets, ...tokens, webhook];
