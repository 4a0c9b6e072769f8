import { publicStatements } from "../../lib/public-statements";
import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { KEY, KEY_POLICY, OTHER_KEY } from "../types";

const account = "123456789012";
const administration = {
  Effect: "Allow",
  Principal: { AWS: `arn:aws:iam::${account}:root` },
  Action: "kms:*",
  Resource: "*",
};

const statement = (Principal: unknown, Condition?: object) => ({
  Effect: "Allow",
  Principal,
  Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
  Resource: "*",
  ...(Condition === undefined ? {} : { Condition }),
});

const policy = (...Statement: readonly object[]) => ({
  policy: JSON.stringify({ Version: "2012-10-17", Statement: [administration, ...Statement] }),
});

const finding = {
  path: "policy.Statement[1].Principal",
  says: '"*" without a condition that names accounts or sources, must have one or name principals',
};

export const keyPolicyNotPublic = rule({
  name: "key-policy-not-public",
  title: "Keys are not open to everybody",
  description:
    "A key's policy is all that stands before it. With a star, every AWS account there is can decrypt what it protects.",
  severity: "critical",
  level: "mandatory",
  types: [...KEY_POLICY, ...KEY, ...OTHER_KEY],
  frameworks: { fsbp: ["KMS.5"] },
  remediation:
    "Name accounts, roles or services under Principal, or add a condition such as StringEquals on kms:CallerAccount.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html#kms-5",
  judge(resource) {
    const own = resource.at("policy");
    return own.isSet() ? publicStatements(own) : { skip: "no policy of its own" };
  },
  scenarios: [
    { name: "the account's own administrators", given: policy(), is: "pass" },
    {
      name: "everybody of one account through one service, as AWS writes it",
      given: policy(
        statement(
          { AWS: "*" },
          {
            StringEquals: {
              "kms:CallerAccount": account,
              "kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com",
            },
          },
        ),
      ),
      is: "pass",
    },
    {
      name: "everybody who comes through a network of one organisation or account",
      given: policy(
        statement("*", { StringEquals: { "aws:VpceOrgID": "o-a1b2c3d4e5" } }),
        statement("*", { "ForAnyValue:StringLike": { "aws:VpceOrgPaths": "o-a1b2c3d4e5/r-ab12/*" } }),
        statement("*", { StringEquals: { "aws:VpceAccount": account } }),
        statement("*", { ArnLike: { "aws:SourceVpcArn": `arn:aws:ec2:*:${account}:vpc/*` } }),
      ),
      is: "pass",
    },
    {
      name: "everybody, as an object",
      given: { policy: { Statement: [administration, statement("*")] } },
      is: "fail",
      findings: [finding],
    },
    {
      name: "everybody, for a copy of a key and a key made elsewhere",
      given: policy(statement("*")),
      types: OTHER_KEY,
      is: "fail",
      findings: [finding],
    },
    {
      name: "everybody of AWS",
      given: policy(statement({ AWS: ["*"] })),
      is: "fail",
      findings: [finding],
    },
    {
      name: "everybody, of any account, through one service",
      given: policy(statement("*", { StringEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } })),
      is: "fail",
      findings: [finding],
    },
    {
      name: "everybody but one account",
      given: policy(statement("*", { StringNotEquals: { "kms:CallerAccount": account } })),
      is: "fail",
      findings: [finding],
    },
    {
      name: "AWS's own policy",
      given: { description: "Secrets" },
      types: [...KEY, ...OTHER_KEY],
      is: "skip",
      why: "no policy of its own",
    },
    {
      name: "a principal not known yet",
      given: { policy: { Statement: [administration, statement({ AWS: UNKNOWN })] } },
      is: "deferred",
      deferrals: [{ path: "policy.Statement[1]", waits: "not known yet" }],
    },
    {
      name: "not known yet",
      given: { policy: UNKNOWN },
      is: "deferred",
      deferrals: [{ path: "policy", waits: "not known yet" }],
    },
  ],
});
