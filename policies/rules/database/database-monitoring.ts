import { isWritten } from "../../lib/attributes";
import { rule, type ScenarioResource } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { DATABASE_CLUSTER, DATABASE_CLUSTER_INSTANCE, DATABASE_INSTANCE } from "../types";
import { isCluster } from "./databases";
import { judgeMember, judgeMonitoring } from "./monitoring";

const interval = "monitoringInterval";
const insights = "performanceInsightsEnabled";
const watched = { [interval]: 60, [insights]: true };
const findings = [
  { path: interval, says: "not set, which means 0, must be more than 0" },
  { path: insights, says: "not set, which means false, must be true" },
];

function cluster(name: string, props: object): ScenarioResource {
  return { name, type: "aws:rds/cluster:Cluster", props: { clusterIdentifier: name, ...props } };
}

export const databaseMonitoring = rule({
  name: "database-monitoring",
  title: "Databases tell what they and their machines are busy with",
  description:
    "Metrics from outside say that a database is slow. Enhanced monitoring says which process takes the time, and insights say which query.",
  severity: "low",
  level: "advisory",
  types: [...DATABASE_INSTANCE, ...DATABASE_CLUSTER_INSTANCE, ...DATABASE_CLUSTER],
  frameworks: { fsbp: ["RDS.6"] },
  remediation:
    "Set monitoringInterval to 60 or less, with monitoringRoleArn, and performanceInsightsEnabled to true; for the instances of a cluster there, or on the cluster for all of them.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-6",
  judge(database, { type }) {
    if (DATABASE_CLUSTER_INSTANCE.includes(type)) return { skip: "judged with its cluster" };
    const isOfInstances = isCluster(type) && !isWritten(database, "dbClusterInstanceClass");
    return isOfInstances ? { skip: "judged with its instances" } : judgeMonitoring(database);
  },
  judgeInStack(database, { stack }) {
    const isMember = DATABASE_CLUSTER_INSTANCE.includes(database.type);
    return isMember ? judgeMember(database, stack) : { skip: "judged by itself" };
  },
  scenarios: [
    {
      name: "both, on an instance and on a Multi-AZ cluster",
      given: { ...watched, dbClusterInstanceClass: "db.m6gd.large" },
      is: "pass",
    },
    {
      name: "both, as texts, on an instance of a cluster",
      given: { [interval]: "1", [insights]: "true", clusterIdentifier: "shared" },
      types: [...DATABASE_INSTANCE, ...DATABASE_CLUSTER_INSTANCE],
      is: "pass",
    },
    {
      name: "an instance of a cluster that says both",
      given: { [interval]: 0, clusterIdentifier: "orders" },
      types: DATABASE_CLUSTER_INSTANCE,
      stack: [cluster("orders", watched)],
      is: "pass",
    },
    {
      name: "an instance of a cluster that is not created yet and says both",
      given: { clusterIdentifier: UNKNOWN },
      from: { clusterIdentifier: ["orders"] },
      types: DATABASE_CLUSTER_INSTANCE,
      stack: [cluster("orders", watched), cluster("other", {})],
      is: "pass",
    },
    {
      name: "a class too small for insights",
      given: { engine: "mysql", instanceClass: "db.t4g.micro", [interval]: 60 },
      types: DATABASE_INSTANCE,
      is: "pass",
    },
    {
      name: "another class too small for insights",
      given: { engine: "aurora-mysql", instanceClass: "db.t3.medium", [interval]: 60 },
      types: DATABASE_CLUSTER_INSTANCE,
      is: "pass",
    },
    {
      name: "an engine without insights",
      given: { engine: "db2-se", instanceClass: UNKNOWN, [interval]: 60 },
      types: DATABASE_INSTANCE,
      is: "pass",
    },
    { name: "left to AWS", given: { engine: "postgres" }, types: DATABASE_INSTANCE, is: "fail", findings },
    {
      name: "a Multi-AZ cluster, left to AWS",
      given: { engine: "mysql", dbClusterInstanceClass: "db.m6gd.large" },
      types: DATABASE_CLUSTER,
      is: "fail",
      findings,
    },
    {
      name: "switched off, as texts, on a class large enough",
      given: { engine: "mysql", instanceClass: "db.t4g.medium", [interval]: "0", [insights]: "false" },
      types: DATABASE_INSTANCE,
      is: "fail",
      findings: [
        { path: interval, says: "0, must be more than 0" },
        { path: insights, says: "false, must be true" },
      ],
    },
    {
      name: "an instance of a cluster that says one of them",
      given: { engine: "aurora-postgresql", clusterIdentifier: "orders" },
      types: DATABASE_CLUSTER_INSTANCE,
      stack: [cluster("orders", { [interval]: 30 })],
      is: "fail",
      findings: [{ path: insights, says: "not set, which means false, must be true" }],
    },
    {
      name: "an interval not known yet, and no insights",
      given: { [interval]: UNKNOWN, instanceClass: "db.r7g.large" },
      types: DATABASE_INSTANCE,
      is: "fail",
      findings: [{ path: insights, says: "not set, which means false, must be true" }],
      deferrals: [{ path: interval, waits: "not known yet" }],
    },
    {
      name: "a class not known yet, which may be too small for insights",
      given: { engine: "mariadb", instanceClass: UNKNOWN, [interval]: 60 },
      types: DATABASE_INSTANCE,
      is: "deferred",
      deferrals: [{ path: "instanceClass", waits: "not known yet" }],
    },
    {
      name: "a replica, of an engine that only its source tells",
      given: { replicateSourceDb: UNKNOWN, instanceClass: "db.t4g.micro", [interval]: 60 },
      types: DATABASE_INSTANCE,
      is: "deferred",
      deferrals: [{ path: "engine", waits: "not set, and not every engine has insights" }],
    },
    {
      name: "an instance of a cluster of another stack",
      given: { [insights]: true, clusterIdentifier: "shared" },
      types: DATABASE_CLUSTER_INSTANCE,
      is: "deferred",
      deferrals: [{ path: interval, waits: "shared is not in this stack" }],
    },
    {
      name: "an instance of a cluster that does not know yet",
      given: { [insights]: true, clusterIdentifier: "orders" },
      types: DATABASE_CLUSTER_INSTANCE,
      stack: [cluster("orders", { [interval]: UNKNOWN })],
      is: "deferred",
      deferrals: [{ path: interval, waits: "not known what its cluster says" }],
    },
    {
      name: "an Aurora cluster",
      given: { engine: "aurora-mysql" },
      types: DATABASE_CLUSTER,
      is: "skip",
      why: "judged with its instances",
    },
    {
      name: "RDS Custom, which has neither",
      given: { engine: "custom-sqlserver-se" },
      types: DATABASE_INSTANCE,
      is: "skip",
      why: "RDS Custom",
    },
  ],
});
