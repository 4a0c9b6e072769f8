import { rule, type ScenarioResource } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { judgeUnknownKey } from "../key/set-key";
import { TOPIC } from "../types";

const path = "kmsMasterKeyId";
const findings = [{ path, says: "not set, must be a KMS key" }];
const key: ScenarioResource = { name: "key", type: "aws:kms/key:Key", props: { arn: UNKNOWN } };

export const topicEncrypted = rule({
  name: "topic-encrypted",
  title: "Topics encrypt their messages with a KMS key",
  description:
    "Messages wait in a topic until they are delivered. With a KMS key only who may use it can read them there.",
  severity: "medium",
  level: "mandatory",
  types: TOPIC,
  frameworks: { securityHub: ["SNS.1"] },
  remediation:
    "Set kmsMasterKeyId to a key of your own; where alarms publish, its policy must let cloudwatch.amazonaws.com use it.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/sns-controls.html#sns-1",
  judge: (topic) => (topic.at(path).isSet() ? [] : findings),
  judgeInStack: (topic, { stack }) => judgeUnknownKey(topic, path, stack),
  scenarios: [
    {
      name: "a key",
      given: {
        kmsMasterKeyId: "arn:aws:kms:eu-west-1:123456789012:key/12345678-1234-1234-1234-123456789012",
      },
      is: "pass",
    },
    { name: "the key AWS keeps for topics", given: { kmsMasterKeyId: "alias/aws/sns" }, is: "pass" },
    {
      name: "a key that is created in the same deployment",
      given: { kmsMasterKeyId: UNKNOWN },
      from: { kmsMasterKeyId: ["key"] },
      stack: [key],
      is: "pass",
    },
    { name: "left to AWS", given: { displayName: "Pager" }, is: "fail", findings },
    { name: "an empty one", given: { kmsMasterKeyId: "" }, is: "fail", findings },
    {
      name: "something not known yet that comes from no key",
      given: { kmsMasterKeyId: UNKNOWN },
      is: "deferred",
      deferrals: [{ path, waits: "not known yet" }],
    },
  ],
});
