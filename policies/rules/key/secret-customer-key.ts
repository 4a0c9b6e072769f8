import { rule, type ScenarioResource } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { shown } from "../../lib/value";
import { SECRET } from "../types";
import { judgeUnknownKey } from "./set-key";

const path = "kmsKeyId";
const must = "must be a key of your own";
/** The key AWS keeps for secrets, by its name or by the ARN of that. */
const awsOwn = /(?:^|:)alias\/aws\/secretsmanager$/;
const key: ScenarioResource = { name: "key", type: "aws:kms/key:Key", props: { arn: UNKNOWN } };

export const secretCustomerKey = rule({
  name: "secret-customer-key",
  title: "Secrets are encrypted with a key of your own",
  description:
    "Whoever may read a secret may use the key AWS keeps for secrets. With a key of your own a second policy has to agree, and other accounts can be let in.",
  severity: "low",
  level: "disabled",
  types: SECRET,
  frameworks: {},
  remediation: "Set kmsKeyId to the ARN of a key of your own.",
  url: "https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html",
  judge(secret) {
    const own = secret.at(path);
    if (!own.isSet()) return [{ path, says: `not set, which means "aws/secretsmanager", ${must}` }];
    if (!own.isKnown() || !awsOwn.test(own.text() ?? "")) return [];
    return [{ path, says: `${shown(own.text())}, ${must}` }];
  },
  judgeInStack: (secret, { stack }) => judgeUnknownKey(secret, path, stack),
  scenarios: [
    {
      name: "a key",
      given: { kmsKeyId: "arn:aws:kms:eu-west-1:123456789012:key/12345678-1234-1234-1234-123456789012" },
      is: "pass",
    },
    { name: "a key by its alias", given: { kmsKeyId: "alias/secrets" }, is: "pass" },
    {
      name: "a key that is created in the same deployment",
      given: { kmsKeyId: UNKNOWN },
      from: { kmsKeyId: ["key"] },
      stack: [key],
      is: "pass",
    },
    {
      name: "left to AWS",
      given: { name: "database" },
      is: "fail",
      findings: [{ path, says: `not set, which means "aws/secretsmanager", ${must}` }],
    },
    {
      name: "the key AWS keeps for secrets",
      given: { kmsKeyId: "arn:aws:kms:eu-west-1:123456789012:alias/aws/secretsmanager" },
      is: "fail",
      findings: [{ path, says: `"arn:aws:kms:eu-west-1:123456789012:alias/aws/secretsmanager", ${must}` }],
    },
    {
      name: "the same by its name",
      given: { kmsKeyId: "alias/aws/secretsmanager" },
      is: "fail",
      findings: [{ path, says: `"alias/aws/secretsmanager", ${must}` }],
    },
    {
      name: "something not known yet that comes from no key",
      given: { kmsKeyId: UNKNOWN },
      is: "deferred",
      deferrals: [{ path, waits: "not known yet" }],
    },
  ],
});
