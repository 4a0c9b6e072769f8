import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { DATABASE_CLUSTER, DATABASE_INSTANCE } from "../types";
import { isCluster, isReplica, restoredBy } from "./databases";

const path = "backupRetentionPeriod";

export const databaseBackups = rule({
  name: "database-backups",
  title: "Databases keep backups for long enough",
  description:
    "Whatever destroys data, a mistake or an attack, is noticed after days rather than hours. Backups that are gone by then cannot undo it.",
  severity: "high",
  level: "mandatory",
  types: [...DATABASE_INSTANCE, ...DATABASE_CLUSTER],
  parameters: {
    minDays: {
      type: "integer",
      description: "Fewest days a database keeps its backups.",
      default: 7,
      minimum: 1,
      maximum: 35,
    },
  },
  frameworks: { fsbp: ["RDS.11", "RDS.50"] },
  remediation: "Set backupRetentionPeriod to {minDays} or more, at most 35.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-11",
  judge(database, { type, config }) {
    if (isReplica(database)) return { skip: "read replica" };
    const days = database.at(path).number();
    const source = restoredBy(database);
    // The provider sets a cluster's to 1 after restoring it; an instance keeps what it had.
    if (days === undefined && source !== undefined && !isCluster(type)) {
      return [{ path, waits: `as it was in what ${source} names` }];
    }
    const kept = days ?? (isCluster(type) ? 1 : 0);
    if (kept >= config.minDays) return [];
    const is = days === undefined ? `not set, which means ${kept}` : `${days}`;
    return [{ path, says: `${is}, must be ${config.minDays} or more` }];
  },
  scenarios: [
    { name: "a week", given: { backupRetentionPeriod: 7 }, is: "pass" },
    { name: "five weeks, as a text", given: { backupRetentionPeriod: "35" }, is: "pass" },
    {
      name: "a day where a day is enough",
      given: { backupRetentionPeriod: 1 },
      config: { minDays: 1 },
      is: "pass",
    },
    {
      name: "a cluster left to AWS where a day is enough",
      given: { engine: "aurora-mysql" },
      config: { minDays: 1 },
      types: DATABASE_CLUSTER,
      is: "pass",
    },
    {
      name: "a day less than a week",
      given: { backupRetentionPeriod: 6 },
      is: "fail",
      findings: [{ path, says: "6, must be 7 or more" }],
    },
    {
      name: "a week where a month is asked for, restored from a snapshot",
      given: { backupRetentionPeriod: 7, snapshotIdentifier: UNKNOWN },
      config: { minDays: 30 },
      is: "fail",
      findings: [{ path, says: "7, must be 30 or more" }],
    },
    {
      name: "no backups, as a text",
      given: { backupRetentionPeriod: "0" },
      types: DATABASE_INSTANCE,
      is: "fail",
      findings: [{ path, says: "0, must be 7 or more" }],
    },
    {
      name: "an instance, left to AWS",
      given: { engine: "postgres" },
      types: DATABASE_INSTANCE,
      is: "fail",
      findings: [{ path, says: "not set, which means 0, must be 7 or more" }],
    },
    {
      name: "a cluster, left to AWS, restored from a snapshot or not",
      given: { engine: "aurora-postgresql", snapshotIdentifier: "orders-final" },
      types: DATABASE_CLUSTER,
      is: "fail",
      findings: [{ path, says: "not set, which means 1, must be 7 or more" }],
    },
    {
      name: "an instance that is a copy of another",
      given: { replicateSourceDb: "orders" },
      types: DATABASE_INSTANCE,
      is: "skip",
      why: "read replica",
    },
    {
      name: "a cluster that is a copy of another",
      given: { replicationSourceIdentifier: UNKNOWN },
      types: DATABASE_CLUSTER,
      is: "skip",
      why: "read replica",
    },
    {
      name: "an instance restored to a point in time, and not said",
      given: { restoreToPointInTime: { sourceDbInstanceIdentifier: "orders" } },
      types: DATABASE_INSTANCE,
      is: "deferred",
      deferrals: [{ path, waits: "as it was in what restoreToPointInTime names" }],
    },
    {
      name: "not known yet",
      given: { backupRetentionPeriod: UNKNOWN },
      is: "deferred",
      deferrals: [{ path, waits: "not known yet" }],
    },
  ],
});
