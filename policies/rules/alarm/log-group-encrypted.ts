import { rule, type ScenarioResource } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { judgeUnknownKey } from "../key/set-key";
import { LOG_GROUP } from "../types";

const path = "kmsKeyId";
const findings = [{ path, says: "not set, must be a KMS key" }];
const key: ScenarioResource = { name: "key", type: "aws:kms/key:Key", props: { arn: UNKNOWN } };

export const logGroupEncrypted = rule({
  name: "log-group-encrypted",
  title: "Log groups are encrypted with a key of your own",
  description:
    "AWS encrypts logs in any case, with a key it shows nobody. With a key of your own its policy and its trail tell who reads them.",
  severity: "low",
  level: "advisory",
  types: LOG_GROUP,
  frameworks: {},
  remediation:
    "Set kmsKeyId to the ARN of a key whose policy lets logs.<region>.amazonaws.com use it for this log group.",
  url: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html",
  judge: (group) => (group.at(path).isSet() ? [] : findings),
  judgeInStack: (group, { stack }) => judgeUnknownKey(group, path, stack),
  scenarios: [
    {
      name: "a key",
      given: { kmsKeyId: "arn:aws:kms:eu-west-1:123456789012:key/12345678-1234-1234-1234-123456789012" },
      is: "pass",
    },
    {
      name: "a key that is created in the same deployment",
      given: { kmsKeyId: UNKNOWN },
      from: { kmsKeyId: ["key"] },
      stack: [key],
      is: "pass",
    },
    { name: "left to AWS", given: { retentionInDays: 365 }, is: "fail", findings },
    { name: "an empty one", given: { kmsKeyId: "" }, is: "fail", findings },
    {
      name: "a key or something else, not known yet",
      given: { kmsKeyId: UNKNOWN },
      from: { kmsKeyId: ["key", "other"] },
      stack: [key, { name: "other", type: "pulumi:pulumi:StackReference", props: {} }],
      is: "deferred",
      deferrals: [{ path, waits: "not known yet" }],
    },
  ],
});
