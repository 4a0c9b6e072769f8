import { isWritten, mustBeOn } from "../../lib/attributes";
import { apart, each, type Judgement } from "../../lib/judgement";
import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { shown, type Value } from "../../lib/value";
import { TABLE, TABLE_REPLICA } from "../types";
import { isReplica } from "./replicas";

const must = "must be a key of your own";
const enabled = "serverSideEncryption.enabled";
const keyPath = "serverSideEncryption.kmsKeyArn";

/** Judges the key of a table or a replica; one that is not known yet is one that was chosen. */
function judgeKey(holder: Value): Judgement {
  const key = holder.at("kmsKeyArn");
  if (!isWritten(holder, "kmsKeyArn")) return [{ path: key.path, says: `not set, ${must}` }];
  const arn = key.isKnown() ? key.text() : undefined;
  const isOfAws = arn?.includes("alias/aws/") === true;
  return isOfAws ? [{ path: key.path, says: `${shown(arn)}, ${must}` }] : [];
}

export const tableCustomerKey = rule({
  name: "table-customer-key",
  title: "Tables are encrypted with a key of the account's own",
  description:
    "Every table is encrypted, but with a key that AWS owns unless it gets another. Only a key of your own has a policy, a record of its use, and an end when you say so.",
  severity: "low",
  level: "disabled",
  types: [...TABLE, ...TABLE_REPLICA],
  frameworks: {},
  remediation:
    "Set serverSideEncryption.enabled to true and kmsKeyArn to the ARN of a KMS key, on each replica to one of its region.",
  url: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.howitworks.html",
  judge(table, { type }) {
    if (isReplica(type)) return judgeKey(table);
    const encryption = table.at("serverSideEncryption");
    return apart(
      () => mustBeOn(encryption.at("enabled")),
      () => (encryption.at("enabled").flag() === true ? judgeKey(encryption) : []),
      () => each(table.at("replicas"), judgeKey),
    );
  },
  scenarios: [
    {
      name: "a key that is not created yet",
      given: { serverSideEncryption: { enabled: true, kmsKeyArn: UNKNOWN } },
      types: TABLE,
      is: "pass",
    },
    {
      name: "keys in every region, as texts",
      given: {
        serverSideEncryption: {
          enabled: "true",
          kmsKeyArn: "arn:aws:kms:eu-west-1:123456789012:key/5d2c7a4e-0000-4000-8000-000000000000",
        },
        replicas: [{ regionName: "eu-central-1", kmsKeyArn: UNKNOWN }],
      },
      types: TABLE,
      is: "pass",
    },
    {
      name: "a replica by itself, with a key",
      given: { kmsKeyArn: UNKNOWN },
      types: TABLE_REPLICA,
      is: "pass",
    },
    {
      name: "left to AWS",
      given: { name: "orders" },
      types: TABLE,
      is: "fail",
      findings: [{ path: enabled, says: "not set, which means false, must be true" }],
    },
    {
      name: "switched off, as a text, with a key",
      given: { serverSideEncryption: { enabled: "false", kmsKeyArn: UNKNOWN } },
      types: TABLE,
      is: "fail",
      findings: [{ path: enabled, says: "false, must be true" }],
    },
    {
      name: "a key left to AWS",
      given: { serverSideEncryption: { enabled: true } },
      types: TABLE,
      is: "fail",
      findings: [{ path: keyPath, says: `not set, ${must}` }],
    },
    {
      name: "AWS's key by its name",
      given: {
        serverSideEncryption: {
          enabled: true,
          kmsKeyArn: "arn:aws:kms:eu-west-1:123456789012:alias/aws/dynamodb",
        },
      },
      types: TABLE,
      is: "fail",
      findings: [{ path: keyPath, says: `"arn:aws:kms:eu-west-1:123456789012:alias/aws/dynamodb", ${must}` }],
    },
    {
      name: "a replica without a key",
      given: {
        serverSideEncryption: { enabled: true, kmsKeyArn: UNKNOWN },
        replicas: [{ regionName: "eu-central-1" }],
      },
      types: TABLE,
      is: "fail",
      findings: [{ path: "replicas[0].kmsKeyArn", says: `not set, ${must}` }],
    },
    {
      name: "a replica by itself, without a key",
      given: { globalTableArn: UNKNOWN },
      types: TABLE_REPLICA,
      is: "fail",
      findings: [{ path: "kmsKeyArn", says: `not set, ${must}` }],
    },
    {
      name: "not known yet",
      given: { serverSideEncryption: UNKNOWN },
      types: TABLE,
      is: "deferred",
      deferrals: [{ path: "serverSideEncryption", waits: "not known yet" }],
    },
  ],
});
