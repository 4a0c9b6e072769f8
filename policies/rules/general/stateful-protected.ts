import type { Judgement } from "../../lib/judgement";
import type { Linked } from "../../lib/links";
import { rule, type ScenarioResource } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { brief, type Value } from "../../lib/value";
import { logsTo } from "../bucket/log-buckets";
import { isReplica } from "../database/databases";
import { BUCKET, DATABASE_CLUSTER, DATABASE_INSTANCE, KEY, TABLE } from "../types";
import { storesUnder } from "./key-users";

const path = "protect";
const says = "not set among the resource options, must be true";

/** What keeps data in any case, but for a replica, whose data is in another database. */
function judgeStore(store: Value): Judgement {
  return isReplica(store) ? [] : [{ path, says }];
}

/** A bucket that others send their logs to keeps no data of the service. */
function judgeBucket({ certain, possible }: Linked): Judgement {
  if (certain.length > 0) return [];
  // One that is open is enough to wait for, where every bucket waits for every sender.
  const [sender] = possible;
  if (sender === undefined) return [{ path, says }];
  return [{ path, waits: `not known whether ${brief(sender.name)} sends its logs here` }];
}

/** A key is as precious as what cannot be read without it. */
function judgeKey({ certain, possible }: Linked): Judgement {
  const [store] = certain;
  if (store !== undefined) return [{ path, says: `${says}: ${brief(store.name)} is encrypted with it` }];
  const [open] = possible;
  return open === undefined
    ? []
    : [{ path, waits: `not known whether ${brief(open.name)} is encrypted with it` }];
}

const others = [...BUCKET, ...KEY];
const options = { protect: true };

function near(
  name: string,
  type: string,
  props: object,
  from: ScenarioResource["from"] = {},
): ScenarioResource {
  return { name, type, props, from };
}

const logGroup = near(
  "logs",
  "aws:cloudwatch/logGroup:LogGroup",
  { kmsKeyId: UNKNOWN },
  { kmsKeyId: ["subject"] },
);

function balancer(bucket: unknown, ...from: readonly string[]): ScenarioResource {
  const props = { accessLogs: { bucket, enabled: true } };
  return near("edge", "aws:lb/loadBalancer:LoadBalancer", props, { accessLogs: from });
}

const topic = near(
  "alarms",
  "aws:sns/topic:Topic",
  { kmsMasterKeyId: UNKNOWN },
  { kmsMasterKeyId: ["subject"] },
);
const databases = [...TABLE, ...DATABASE_INSTANCE, ...DATABASE_CLUSTER];

export const statefulProtected = rule({
  name: "stateful-protected",
  title: "What keeps data is protected from deletion by Pulumi",
  description:
    "A renamed component, or a property that can only be set at creation, replaces a resource and deletes what is in it. Protected, it stays, and the deployment stops.",
  severity: "medium",
  level: "production",
  types: [...BUCKET, ...KEY, ...TABLE, ...DATABASE_INSTANCE, ...DATABASE_CLUSTER],
  frameworks: {},
  remediation: "Set protect: true among the options of the resource, or of the component it is in.",
  url: "https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/back-up-data.html",
  judge: (store, { type, options: { protect } }) =>
    protect || others.includes(type) ? [] : judgeStore(store),
  judgeInStack(resource, { stack }) {
    if (resource.options.protect) return [];
    if (BUCKET.includes(resource.type)) return judgeBucket(logsTo(resource, stack));
    return KEY.includes(resource.type) ? judgeKey(storesUnder(resource, stack)) : [];
  },
  scenarios: [
    { name: "protected", given: {}, options, is: "pass" },
    {
      name: "a key that data is encrypted with, protected",
      given: {},
      options,
      types: KEY,
      stack: [logGroup],
      is: "pass",
    },
    {
      name: "a bucket that a load balancer sends its logs to, not created yet",
      given: {},
      types: BUCKET,
      stack: [balancer(UNKNOWN, "subject")],
      is: "pass",
    },
    {
      name: "a bucket that a load balancer sends its logs to, by name",
      given: {},
      outputs: { bucket: "logs-1234567" },
      types: BUCKET,
      stack: [balancer("logs-1234567")],
      is: "pass",
    },
    {
      name: "a key that only topics are encrypted with",
      given: {},
      types: KEY,
      stack: [topic],
      is: "pass",
    },
    { name: "a key that nothing is encrypted with", given: {}, types: KEY, is: "pass" },
    {
      name: "a replica of a database",
      given: { replicateSourceDb: UNKNOWN },
      types: DATABASE_INSTANCE,
      is: "pass",
    },
    {
      name: "a cluster that is a replica",
      given: { replicationSourceIdentifier: "arn:aws:rds:us-east-1:123456789012:cluster:orders" },
      types: DATABASE_CLUSTER,
      is: "pass",
    },
    {
      name: "a database or a table, which only AWS protects",
      given: { deletionProtection: true, deletionProtectionEnabled: true },
      options: { protect: false },
      types: databases,
      is: "fail",
      findings: [{ path, says }],
    },
    {
      name: "a bucket that keeps something else than logs",
      given: {},
      outputs: { bucket: "uploads-1234567" },
      types: BUCKET,
      stack: [balancer("logs-1234567")],
      is: "fail",
      findings: [{ path, says }],
    },
    {
      name: "a key that data is encrypted with, not created yet",
      given: {},
      types: KEY,
      stack: [topic, logGroup],
      is: "fail",
      findings: [{ path, says: `${says}: logs is encrypted with it` }],
    },
    {
      name: "a key that data is encrypted with, by an alias",
      given: {},
      outputs: { keyId: "1234abcd" },
      types: KEY,
      stack: [
        near("alias", "aws:kms/alias:Alias", { name: "alias/data", targetKeyId: "1234abcd" }),
        near("table", "aws:dynamodb/table:Table", { serverSideEncryption: { kmsKeyArn: "alias/data" } }),
      ],
      is: "fail",
      findings: [{ path, says: `${says}: table is encrypted with it` }],
    },
    {
      name: "a key that the disks of an instance are encrypted with",
      given: {},
      types: KEY,
      stack: [
        near(
          "worker",
          "aws:ec2/instance:Instance",
          { rootBlockDevice: { kmsKeyId: UNKNOWN } },
          { rootBlockDevice: ["subject"] },
        ),
      ],
      is: "fail",
      findings: [{ path, says: `${says}: worker is encrypted with it` }],
    },
    {
      name: "a bucket that may be the one logs are sent to",
      given: {},
      types: BUCKET,
      stack: [balancer(UNKNOWN, "subject", "other"), near("other", BUCKET[0] ?? "", { bucket: UNKNOWN })],
      is: "deferred",
      deferrals: [{ path, waits: "not known whether edge sends its logs here" }],
    },
    {
      name: "a key that may be the one of an alias data is encrypted with",
      given: {},
      types: KEY,
      stack: [
        near(
          "alias",
          "aws:kms/alias:Alias",
          { name: "alias/data", targetKeyId: UNKNOWN },
          { targetKeyId: ["subject", "other"] },
        ),
        near("other", KEY[0] ?? "", { keyId: UNKNOWN }),
        near("table", "aws:dynamodb/table:Table", { serverSideEncryption: { kmsKeyArn: "alias/data" } }),
      ],
      is: "deferred",
      deferrals: [{ path, waits: "not known whether table is encrypted with it" }],
    },
    {
      name: "a key that may be the one data is encrypted with",
      given: {},
      types: KEY,
      stack: [
        near(
          "store",
          "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
          { rules: [{ applyServerSideEncryptionByDefault: { kmsMasterKeyId: UNKNOWN } }] },
          { rules: ["subject", "other"] },
        ),
        near("other", KEY[0] ?? "", { keyId: UNKNOWN }),
      ],
      is: "deferred",
      deferrals: [{ path, waits: "not known whether store is encrypted with it" }],
    },
  ],
});
