import type { Judgement } from "../../lib/judgement";
import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import type { Value } from "../../lib/value";
import { DATABASE_CLUSTER, DATABASE_INSTANCE } from "../types";
import { engineOf, isCluster, isCustom, isServerless } from "./databases";

const path = "enabledCloudwatchLogsExports";

/** The log that tells who did what, where Security Hub asks for one. Of other engines, any log will do. */
const needed = new Map<string | undefined, string>([
  ["postgres", "postgresql"],
  ["aurora-postgresql", "postgresql"],
  ["aurora-mysql", "audit"],
]);

function judgeLogs(logs: Value, engine: string | undefined): Judgement {
  const log = needed.get(engine);
  const names = logs.items();
  if (names.length === 0) {
    const wanted = log === undefined ? "must name the logs to export" : `must contain "${log}"`;
    return [{ path, says: `${logs.isSet() ? "empty" : "not set"}, ${wanted}` }];
  }
  if (log === undefined) return [];
  const exported = (name: Value) => name.text()?.toLowerCase() === log;
  if (names.some((name) => name.isKnown() && exported(name)) || names.some(exported)) return [];
  return [{ path, says: `without "${log}", must contain it` }];
}

export const databaseLogExports = rule({
  name: "database-log-exports",
  title: "Databases send their logs to CloudWatch",
  description:
    "The logs on a database's own disk are kept for days and are gone with it, often just when somebody wants to know what happened.",
  severity: "low",
  level: "advisory",
  types: [...DATABASE_INSTANCE, ...DATABASE_CLUSTER],
  frameworks: { fsbp: ["RDS.9", "RDS.34", "RDS.36", "RDS.37", "RDS.40", "RDS.42"] },
  remediation:
    'Set enabledCloudwatchLogsExports to what the engine offers: "postgresql" for PostgreSQL, "audit" and "error" for MySQL and MariaDB, "agent" and "error" for SQL Server, "alert" and "audit" for Oracle.',
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-9",
  judge(database, { type }) {
    const engine = engineOf(database);
    if (isCustom(engine)) return { skip: "RDS Custom" };
    if (isCluster(type) && isServerless(database)) return { skip: "serverless cluster" };
    return judgeLogs(database.at(path), engine);
  },
  scenarios: [
    { name: "PostgreSQL", given: { engine: "postgres", [path]: ["postgresql", "upgrade"] }, is: "pass" },
    {
      name: "Aurora for MySQL, with one log not known yet",
      given: { engine: "aurora-mysql", [path]: [UNKNOWN, "audit"] },
      types: DATABASE_CLUSTER,
      is: "pass",
    },
    {
      name: "any log of another engine, known or not",
      given: { engine: "mysql", [path]: [UNKNOWN] },
      is: "pass",
    },
    {
      name: "a replica, of an engine that only its source tells",
      given: { replicateSourceDb: UNKNOWN, [path]: ["error"] },
      types: DATABASE_INSTANCE,
      is: "pass",
    },
    {
      name: "left to AWS",
      given: { engine: "postgres" },
      is: "fail",
      findings: [{ path, says: 'not set, must contain "postgresql"' }],
    },
    {
      name: "no logs",
      given: { engine: "mariadb", [path]: [] },
      types: DATABASE_INSTANCE,
      is: "fail",
      findings: [{ path, says: "empty, must name the logs to export" }],
    },
    {
      name: "everything but the log that counts",
      given: { engine: "aurora-mysql", [path]: ["error", "slowquery"] },
      types: DATABASE_CLUSTER,
      is: "fail",
      findings: [{ path, says: 'without "audit", must contain it' }],
    },
    {
      name: "RDS Custom, which keeps its logs to itself",
      given: { engine: "custom-oracle-ee" },
      types: DATABASE_INSTANCE,
      is: "skip",
      why: "RDS Custom",
    },
    {
      name: "a serverless cluster, which sends what it logs",
      given: { engine: "aurora-mysql", engineMode: "serverless" },
      types: DATABASE_CLUSTER,
      is: "skip",
      why: "serverless cluster",
    },
    {
      name: "logs not known yet",
      given: { engine: "postgres", [path]: UNKNOWN },
      is: "deferred",
      deferrals: [{ path, waits: "not known yet" }],
    },
    {
      name: "the one log not known yet",
      given: { engine: "postgres", [path]: ["upgrade", UNKNOWN] },
      is: "deferred",
      deferrals: [{ path: `${path}[1]`, waits: "not known yet" }],
    },
  ],
});
