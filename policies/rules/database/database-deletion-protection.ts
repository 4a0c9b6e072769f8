import { mustBeOn } from "../../lib/attributes";
import { apart, concluded, type Judgement } from "../../lib/judgement";
import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import type { Value } from "../../lib/value";
import { DATABASE_CLUSTER, DATABASE_INSTANCE } from "../types";
import { isReplica } from "./databases";

const protection = "deletionProtection";
const skipping = "skipFinalSnapshot";

/** A replica has no last snapshot: AWS refuses to take one. */
function judgeFinalSnapshot(database: Value): Judgement {
  if (isReplica(database) || database.at(skipping).flag() !== true) return [];
  return [{ path: skipping, says: "true, must be false" }];
}

function judge(database: Value): Judgement {
  return apart(
    () => mustBeOn(database.at(protection)),
    () => judgeFinalSnapshot(database),
  );
}

export const databaseDeletionProtection = rule({
  name: "database-deletion-protection",
  title: "Databases are protected from deletion, and leave a snapshot behind",
  description:
    "A wrong stack, or a change that replaces the database, deletes all of its data. Protection makes AWS refuse; the last snapshot brings the data back where somebody lifted it.",
  severity: "medium",
  level: "production",
  types: [...DATABASE_INSTANCE, ...DATABASE_CLUSTER],
  frameworks: { fsbp: ["RDS.7", "RDS.8"] },
  remediation:
    "Set deletionProtection to true and skipFinalSnapshot to false, and give finalSnapshotIdentifier a name.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-8",
  judge,
  fix: (database) =>
    concluded(() => judge(database)).findings.map(({ path }) => ({ path, value: path === protection })),
  scenarios: [
    {
      name: "protected, with a last snapshot",
      given: { deletionProtection: true, skipFinalSnapshot: false },
      is: "pass",
    },
    {
      name: "protected, as a text, the snapshot left to AWS",
      given: { deletionProtection: "true", finalSnapshotIdentifier: "orders-final" },
      is: "pass",
    },
    {
      name: "a protected replica, of which AWS takes no snapshot",
      given: { replicateSourceDb: UNKNOWN, deletionProtection: true, skipFinalSnapshot: true },
      types: DATABASE_INSTANCE,
      is: "pass",
    },
    {
      name: "left to AWS",
      given: { engine: "aurora-mysql" },
      is: "fail",
      findings: [{ path: protection, says: "not set, which means false, must be true" }],
    },
    {
      name: "neither protected nor saved, as texts",
      given: { deletionProtection: "false", skipFinalSnapshot: "true" },
      is: "fail",
      findings: [
        { path: protection, says: "false, must be true" },
        { path: skipping, says: "true, must be false" },
      ],
    },
    {
      name: "protected, without a last snapshot",
      given: { deletionProtection: true, skipFinalSnapshot: true },
      is: "fail",
      findings: [{ path: skipping, says: "true, must be false" }],
    },
    {
      name: "an unprotected replica",
      given: { replicateSourceDb: "orders", skipFinalSnapshot: true },
      types: DATABASE_INSTANCE,
      is: "fail",
      findings: [{ path: protection, says: "not set, which means false, must be true" }],
    },
    {
      name: "protection not known yet, and no last snapshot",
      given: { deletionProtection: UNKNOWN, skipFinalSnapshot: true },
      is: "fail",
      findings: [{ path: skipping, says: "true, must be false" }],
      deferrals: [{ path: protection, waits: "not known yet" }],
    },
    {
      name: "not known yet",
      given: { deletionProtection: true, skipFinalSnapshot: UNKNOWN },
      is: "deferred",
      deferrals: [{ path: skipping, waits: "not known yet" }],
    },
  ],
});
