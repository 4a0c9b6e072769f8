import { rule, type ScenarioResource } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { DATABASE_CLUSTER, DATABASE_INSTANCE } from "../types";
import { judgeForced } from "./forced-tls";

/** A parameter group for an instance, or for a cluster. */
function group(
  name: string,
  family: string,
  parameters: unknown = [],
  kind = "ParameterGroup",
): ScenarioResource {
  const type = `aws:rds/${kind.charAt(0).toLowerCase()}${kind.slice(1)}:${kind}`;
  return { name, type, props: { name: `${name}-1234567`, family, parameters } };
}

function clusterGroup(name: string, family: string, parameters?: unknown): ScenarioResource {
  return group(name, family, parameters, "ClusterParameterGroup");
}

const ssl = (value: unknown) => [
  { name: "log_statement", value: "ddl" },
  { name: "rds.force_ssl", value },
];
const transport = (value: unknown) => [{ name: "require_secure_transport", value }];
const ofInstance = "parameterGroupName";
const ofCluster = "dbClusterParameterGroupName";
const must = "must name a group that sets it to 1";
const sslOff = `which leaves rds.force_ssl off, ${must}`;
const transportOff = `which leaves require_secure_transport off, ${must}`;
const known = { engine: "postgres", parameterGroupName: "strict-1234567" };
const planned = { engine: "postgres", parameterGroupName: UNKNOWN };

export const databaseForceTls = rule({
  name: "database-force-tls",
  title: "Databases turn away who comes without TLS",
  description:
    "Most drivers fall back to plain text where a database lets them, and nobody notices. What the database enforces, no client can forget.",
  severity: "medium",
  level: "advisory",
  types: [...DATABASE_INSTANCE, ...DATABASE_CLUSTER],
  frameworks: { fsbp: ["RDS.38", "RDS.39", "RDS.41", "RDS.44"] },
  remediation:
    "Name a parameter group, for a cluster a cluster parameter group, that sets rds.force_ssl (PostgreSQL, SQL Server) or require_secure_transport (MySQL, MariaDB) to 1.",
  url: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html",
  judgeInStack: (database, { stack }) => judgeForced(database, stack),
  scenarios: [
    {
      name: "a group that exists and switches it on",
      given: { ...known, engineVersion: "14.12" },
      types: DATABASE_INSTANCE,
      stack: [
        group("strict", "postgres14", ssl("1")),
        clusterGroup("strict-1234567", "postgres14", ssl("0")),
      ],
      is: "pass",
    },
    {
      name: "a group that is not created yet and switches it on",
      given: planned,
      from: { [ofInstance]: ["strict"] },
      types: DATABASE_INSTANCE,
      stack: [group("strict", "postgres14", ssl(1)), group("loose", "postgres14")],
      is: "pass",
    },
    {
      name: "a group that leaves it to PostgreSQL 15, which has it on",
      given: known,
      types: DATABASE_INSTANCE,
      stack: [group("strict", "postgres15")],
      is: "pass",
    },
    {
      name: "MariaDB with a group that switches it on, in capitals",
      given: { engine: "mariadb", parameterGroupName: "strict-1234567" },
      types: DATABASE_INSTANCE,
      stack: [group("strict", "mariadb10.11", transport("ON"))],
      is: "pass",
    },
    {
      name: "no group, in a version that has it on",
      given: { engine: "postgres", engineVersion: "15" },
      types: DATABASE_INSTANCE,
      is: "pass",
    },
    {
      name: "MariaDB 11.8 with AWS's own group",
      given: { engine: "mariadb", parameterGroupName: "default.mariadb11.8" },
      types: DATABASE_INSTANCE,
      is: "pass",
    },
    {
      name: "no group, in a version that AWS has chosen since",
      given: { engine: "postgres" },
      outputs: { engine: "postgres", engineVersion: "17.2", parameterGroupName: "default.postgres17" },
      types: DATABASE_INSTANCE,
      is: "pass",
    },
    {
      name: "an Aurora cluster with a group that switches it on",
      given: { engine: "aurora-mysql", dbClusterParameterGroupName: UNKNOWN },
      from: { [ofCluster]: ["strict"] },
      types: DATABASE_CLUSTER,
      stack: [clusterGroup("strict", "aurora-mysql8.0", transport("1"))],
      is: "pass",
    },
    {
      name: "an Aurora cluster in a version that has it on",
      given: { engine: "aurora-mysql", engineVersion: "8.4.mysql_aurora.8.4.7" },
      types: DATABASE_CLUSTER,
      is: "pass",
    },
    {
      name: "a group that switches it off",
      given: { ...known, engineVersion: "16.4" },
      types: DATABASE_INSTANCE,
      stack: [group("strict", "postgres16", ssl("0"))],
      is: "fail",
      findings: [{ path: ofInstance, says: `strict, ${sslOff}` }],
    },
    {
      name: "a group that is not created yet and leaves it to PostgreSQL 14",
      given: planned,
      from: { [ofInstance]: ["strict"] },
      types: DATABASE_INSTANCE,
      stack: [group("strict", "postgres14", [{ name: "log_statement", value: "ddl" }])],
      is: "fail",
      findings: [{ path: ofInstance, says: `strict, ${sslOff}` }],
    },
    {
      name: "no group, in a version that has it off",
      given: { engine: "postgres", engineVersion: "14.12" },
      types: DATABASE_INSTANCE,
      is: "fail",
      findings: [{ path: ofInstance, says: `not set, ${sslOff}` }],
    },
    {
      name: "SQL Server, left to AWS, which has it off in every version",
      given: { engine: "sqlserver-se" },
      types: DATABASE_INSTANCE,
      is: "fail",
      findings: [{ path: ofInstance, says: `not set, ${sslOff}` }],
    },
    {
      name: "MySQL with AWS's own group",
      given: { engine: "mysql", parameterGroupName: "default.mysql8.4" },
      types: DATABASE_INSTANCE,
      is: "fail",
      findings: [{ path: ofInstance, says: `"default.mysql8.4", ${transportOff}` }],
    },
    {
      name: "an Aurora cluster in a version that has it off",
      given: { engine: "aurora-postgresql", engineVersion: "16.6" },
      types: DATABASE_CLUSTER,
      is: "fail",
      findings: [{ path: ofCluster, says: `not set, ${sslOff}` }],
    },
    {
      name: "an Aurora cluster in another version that has it off",
      given: { engine: "aurora-mysql", engineVersion: "8.0.mysql_aurora.3.08.0" },
      types: DATABASE_CLUSTER,
      is: "fail",
      findings: [{ path: ofCluster, says: `not set, ${transportOff}` }],
    },
    {
      name: "a cluster with the group of an instance by the same name",
      given: { engine: "aurora-mysql", dbClusterParameterGroupName: "strict-1234567" },
      types: DATABASE_CLUSTER,
      stack: [
        clusterGroup("strict", "aurora-mysql8.0", transport("OFF")),
        group("strict-1234567", "mysql8.0", transport("1")),
      ],
      is: "fail",
      findings: [{ path: ofCluster, says: `strict, ${transportOff}` }],
    },
    {
      name: "one of two groups, not known which, and both leave it off",
      given: planned,
      from: { [ofInstance]: ["loose", "looser"] },
      types: DATABASE_INSTANCE,
      stack: [group("loose", "postgres16", ssl("0")), group("looser", "postgres14")],
      is: "fail",
      findings: [{ path: ofInstance, says: `loose, ${sslOff}` }],
    },
    {
      name: "one of two groups, not known which",
      given: planned,
      from: { [ofInstance]: ["loose", "strict"] },
      types: DATABASE_INSTANCE,
      stack: [group("loose", "postgres16", ssl("0")), group("strict", "postgres16")],
      is: "deferred",
      deferrals: [{ path: ofInstance, waits: "not known what its group sets" }],
    },
    {
      name: "a group whose parameters are not known yet",
      given: known,
      types: DATABASE_INSTANCE,
      stack: [group("strict", "postgres16", [{ name: UNKNOWN, value: "0" }])],
      is: "deferred",
      deferrals: [{ path: ofInstance, waits: "not known what its group sets" }],
    },
    {
      name: "a group of another stack",
      given: { engine: "postgres", parameterGroupName: "shared-postgres16" },
      types: DATABASE_INSTANCE,
      is: "deferred",
      deferrals: [{ path: ofInstance, waits: "shared-postgres16 is not in this stack" }],
    },
    {
      name: "left to AWS, engine and version not decided yet",
      given: { engine: "postgres" },
      outputs: { engine: "postgres", engineVersion: UNKNOWN },
      types: DATABASE_INSTANCE,
      is: "deferred",
      deferrals: [{ path: "engineVersion", waits: "not known which one AWS takes" }],
    },
    {
      name: "restored from a snapshot of an engine not known yet",
      given: { snapshotIdentifier: "orders-final" },
      outputs: { snapshotIdentifier: "orders-final", engine: UNKNOWN },
      types: DATABASE_INSTANCE,
      is: "deferred",
      deferrals: [{ path: "engine", waits: "not known yet" }],
    },
    {
      name: "a replica with the parameters of its source",
      given: { replicateSourceDb: UNKNOWN },
      types: DATABASE_INSTANCE,
      is: "skip",
      why: "parameters of its source",
    },
    {
      name: "Oracle, where an option decides",
      given: { engine: "oracle-ee", engineVersion: "19" },
      types: DATABASE_INSTANCE,
      is: "skip",
      why: "oracle-ee has no such parameter",
    },
  ],
});
