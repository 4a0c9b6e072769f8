import { isWritten, mustBeOn } from "../../lib/attributes";
import type { Judgement } from "../../lib/judgement";
import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { brief, type Value } from "../../lib/value";
import { DATABASE_CLUSTER, DATABASE_INSTANCE } from "../types";
import { isCluster, isReplica, isServerless, restoredBy } from "./databases";

const path = "storageEncrypted";
const skip = "read replica, encrypted if its source is";

function known(value: Value): string | undefined {
  return value.isKnown() ? value.text() : undefined;
}

/** The region of a replica's source, where that is written in full. */
function sourceRegion(replica: Value): string | undefined {
  const source = known(replica.at("replicateSourceDb")) ?? known(replica.at("replicationSourceIdentifier"));
  return source?.startsWith("arn:") ? source.split(":")[3] : undefined;
}

/** A replica is encrypted as its source is; in another region, that takes a key of that region. */
function judgeReplica(replica: Value, provider: Value): Judgement {
  if (isWritten(replica, "kmsKeyId")) return [];
  const from = sourceRegion(replica);
  const to = known(replica.at("region")) ?? known(provider.at("region"));
  if (from === undefined || to === undefined || from === to) return { skip };
  const says = `not set, must be a key of ${brief(to)}, because the source is in ${brief(from)}`;
  return [{ path: "kmsKeyId", says }];
}

export const databaseEncrypted = rule({
  name: "database-encrypted",
  title: "Databases are encrypted with a KMS key",
  description:
    "Without a key, disks, snapshots and backups can be read by whoever gets hold of them. Aurora encrypts new clusters in any case, but with a key that nobody can watch or withdraw.",
  severity: "high",
  level: "mandatory",
  types: [...DATABASE_INSTANCE, ...DATABASE_CLUSTER],
  frameworks: { fsbp: ["RDS.3", "RDS.27"] },
  remediation:
    "Set storageEncrypted to true, and kmsKeyId on a replica in another region. A database that exists is encrypted by way of a snapshot: it cannot be done in place.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-3",
  judge(database, { type, provider }) {
    const encrypted = database.at(path);
    if (encrypted.flag() === true) return [];
    if (isReplica(database)) return judgeReplica(database, provider);
    const source = restoredBy(database);
    if (isCluster(type)) {
      if (source !== undefined && isWritten(database, "kmsKeyId")) return [];
      if (isServerless(database)) return [];
    }
    if (source !== undefined) return [{ path, waits: `as it was in what ${source} names` }];
    return mustBeOn(encrypted);
  },
  scenarios: [
    { name: "encrypted", given: { storageEncrypted: true }, is: "pass" },
    {
      name: "encrypted, as a text, restored from a snapshot",
      given: { storageEncrypted: "true", snapshotIdentifier: UNKNOWN },
      is: "pass",
    },
    {
      name: "a replica with a key",
      given: {
        replicateSourceDb: "arn:aws:rds:us-east-1:123456789012:db:orders",
        region: "eu-west-1",
        kmsKeyId: UNKNOWN,
      },
      types: DATABASE_INSTANCE,
      is: "pass",
    },
    {
      name: "a cluster restored with a key",
      given: { snapshotIdentifier: "orders-final", kmsKeyId: UNKNOWN },
      types: DATABASE_CLUSTER,
      is: "pass",
    },
    {
      name: "a serverless cluster, always encrypted",
      given: { engineMode: "serverless" },
      types: DATABASE_CLUSTER,
      is: "pass",
    },
    {
      name: "left to AWS",
      given: { engine: "postgres" },
      is: "fail",
      findings: [{ path, says: "not set, which means false, must be true" }],
    },
    {
      name: "switched off, with a key, as a text",
      given: { storageEncrypted: "false", kmsKeyId: UNKNOWN },
      is: "fail",
      findings: [{ path, says: "false, must be true" }],
    },
    {
      name: "a replica in another region, without a key of that region",
      given: { replicateSourceDb: "arn:aws:rds:us-east-1:123456789012:db:orders" },
      provider: { region: "eu-west-1" },
      types: DATABASE_INSTANCE,
      is: "fail",
      findings: [
        { path: "kmsKeyId", says: "not set, must be a key of eu-west-1, because the source is in us-east-1" },
      ],
    },
    {
      name: "a replica of a cluster in another region, without a key of that region",
      given: {
        replicationSourceIdentifier: "arn:aws:rds:us-east-1:123456789012:cluster:orders",
        region: "eu-west-1",
      },
      types: DATABASE_CLUSTER,
      is: "fail",
      findings: [
        { path: "kmsKeyId", says: "not set, must be a key of eu-west-1, because the source is in us-east-1" },
      ],
    },
    {
      name: "a replica in the same region",
      given: { replicateSourceDb: "orders" },
      provider: { region: "eu-west-1" },
      types: DATABASE_INSTANCE,
      is: "skip",
      why: skip,
    },
    {
      name: "a replica of what is not created yet",
      given: { replicateSourceDb: UNKNOWN },
      types: DATABASE_INSTANCE,
      is: "skip",
      why: skip,
    },
    {
      name: "restored from a snapshot, and not said",
      given: { snapshotIdentifier: "orders-final" },
      is: "deferred",
      deferrals: [{ path, waits: "as it was in what snapshotIdentifier names" }],
    },
    {
      name: "not known yet",
      given: { storageEncrypted: UNKNOWN },
      is: "deferred",
      deferrals: [{ path, waits: "not known yet" }],
    },
  ],
});
