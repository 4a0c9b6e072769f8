import { isWritten, mustBeOn } from "../../lib/attributes";
import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import type { Value } from "../../lib/value";
import { DATABASE_CLUSTER, DATABASE_INSTANCE } from "../types";
import { isCluster, isReplica, restoredBy } from "./databases";

const managed = "manageMasterUserPassword";
const says = `set, which keeps it in the state, must be left out for ${managed} or the write-only`;

/** Why a database gets its password elsewhere, if it does. */
function inherits(database: Value): string | undefined {
  if (isReplica(database)) return "read replica, with the password of its source";
  if (restoredBy(database) !== undefined) return "restored, with the password it had";
  const joined = isWritten(database, "globalClusterIdentifier") && !isWritten(database, "masterUsername");
  return joined ? "part of a global cluster, with the password of that" : undefined;
}

export const databaseManagedPassword = rule({
  name: "database-managed-password",
  title: "Databases have passwords that no program and no state file holds",
  description:
    "A password in a program's inputs lies in its state, in every backup of that, and never changes. RDS makes its own, keeps it in Secrets Manager and changes it every week.",
  severity: "high",
  level: "mandatory",
  types: [...DATABASE_INSTANCE, ...DATABASE_CLUSTER],
  frameworks: {},
  remediation:
    "Set manageMasterUserPassword to true. Where RDS cannot manage it (RDS Custom, global clusters), write passwordWo, or masterPasswordWo for a cluster, with its version.",
  url: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html",
  judge(database, { type }) {
    const password = isCluster(type) ? "masterPassword" : "password";
    const writeOnly = `${password}Wo`;
    if (isWritten(database, password)) return [{ path: password, says: `${says} ${writeOnly}` }];
    if (isWritten(database, writeOnly)) return [];
    const skip = inherits(database);
    return skip === undefined ? mustBeOn(database.at(managed)) : { skip };
  },
  scenarios: [
    { name: "managed by RDS", given: { manageMasterUserPassword: true }, is: "pass" },
    {
      name: "managed by RDS, as a text, in a global cluster",
      given: {
        manageMasterUserPassword: "true",
        globalClusterIdentifier: UNKNOWN,
        masterUsername: "app",
      },
      types: DATABASE_CLUSTER,
      is: "pass",
    },
    {
      name: "an instance with a password that is only written",
      given: { passwordWo: UNKNOWN, passwordWoVersion: 1 },
      types: DATABASE_INSTANCE,
      is: "pass",
    },
    {
      name: "a cluster with a password that is only written",
      given: { masterPasswordWo: "[secret]", masterPasswordWoVersion: 1 },
      types: DATABASE_CLUSTER,
      is: "pass",
    },
    {
      name: "an instance with a password",
      given: { username: "app", password: "correct horse" },
      types: DATABASE_INSTANCE,
      is: "fail",
      findings: [{ path: "password", says: `${says} passwordWo` }],
    },
    {
      name: "an instance with a secret password, restored from a snapshot",
      given: { snapshotIdentifier: "orders-final", password: "[secret]" },
      types: DATABASE_INSTANCE,
      is: "fail",
      findings: [{ path: "password", says: `${says} passwordWo` }],
    },
    {
      name: "a cluster with a password not known yet",
      given: { masterUsername: "app", masterPassword: UNKNOWN },
      types: DATABASE_CLUSTER,
      is: "fail",
      findings: [{ path: "masterPassword", says: `${says} masterPasswordWo` }],
    },
    {
      name: "no password at all",
      given: { username: "app", masterUsername: "app", password: "", masterPassword: null },
      is: "fail",
      findings: [{ path: managed, says: "not set, which means false, must be true" }],
    },
    {
      name: "switched off",
      given: { manageMasterUserPassword: "false" },
      is: "fail",
      findings: [{ path: managed, says: "false, must be true" }],
    },
    {
      name: "an instance that is a copy of another",
      given: { replicateSourceDb: UNKNOWN },
      types: DATABASE_INSTANCE,
      is: "skip",
      why: "read replica, with the password of its source",
    },
    {
      name: "restored from a snapshot",
      given: { snapshotIdentifier: "orders-final" },
      is: "skip",
      why: "restored, with the password it had",
    },
    {
      name: "restored to a point in time",
      given: { restoreToPointInTime: { useLatestRestorableTime: true } },
      is: "skip",
      why: "restored, with the password it had",
    },
    {
      name: "a cluster that joins a global one",
      given: { globalClusterIdentifier: UNKNOWN },
      types: DATABASE_CLUSTER,
      is: "skip",
      why: "part of a global cluster, with the password of that",
    },
    {
      name: "not known yet whether RDS manages it",
      given: { manageMasterUserPassword: UNKNOWN },
      is: "deferred",
      deferrals: [{ path: managed, waits: "not known yet" }],
    },
  ],
});
