import { isWritten, mustBeOn } from "../../lib/attributes";
import { concluded, type Judgement } from "../../lib/judgement";
import { rule, type ScenarioResource } from "../../lib/rule";
import { SUBJECT } from "../../lib/scenario";
import { UNKNOWN } from "../../lib/unknown";
import type { Value } from "../../lib/value";
import { DATABASE_CLUSTER, DATABASE_INSTANCE } from "../types";
import { judgeInstances } from "./cluster-instances";
import { isCluster, isReplica, isServerless } from "./databases";

function judgeInstance(instance: Value): Judgement {
  return isReplica(instance) ? { skip: "read replica" } : mustBeOn(instance.at("multiAz"));
}

/** Whether a cluster has no instances of its own to count, by what it is. */
function judgeKind(cluster: Value): Judgement {
  if (isReplica(cluster)) return { skip: "read replica" };
  if (isServerless(cluster)) return { skip: "serverless cluster" };
  const scalability = cluster.at("clusterScalabilityType").text()?.toLowerCase();
  return scalability === "limitless" ? { skip: "limitless cluster" } : [];
}

/** What a cluster tells by itself; what it leaves open is told once, with the stack. */
function judgeClusterAlone(cluster: Value): Judgement {
  const { skip } = concluded(() => judgeKind(cluster));
  return skip === undefined ? [] : { skip };
}

function cluster(name: string, props: object): ScenarioResource {
  return { name, type: "aws:rds/cluster:Cluster", props: { engine: "aurora-postgresql", ...props } };
}

function instance(name: string, props: object, ...from: readonly string[]): ScenarioResource {
  const type = "aws:rds/clusterInstance:ClusterInstance";
  return { name, type, props: { engine: "aurora-postgresql", ...props }, from: { clusterIdentifier: from } };
}

function readers(resourceId: string, minCapacity: unknown, ...from: readonly string[]): ScenarioResource {
  const scalableDimension = "rds:cluster:ReadReplicaCount";
  const props = { serviceNamespace: "rds", scalableDimension, resourceId, minCapacity, maxCapacity: 4 };
  return { name: "readers", type: "aws:appautoscaling/target:Target", props, from: { resourceId: from } };
}

const aurora = { engine: "aurora-postgresql" };
const named = { ...aurora, clusterIdentifier: "orders" };
const inZone = (zone: string) => ({ clusterIdentifier: "orders", availabilityZone: zone });
const path = "clusterIdentifier";
const must = "must have two or more, in different zones";

export const databaseMultiZone = rule({
  name: "database-multi-zone",
  title: "Databases live on when a zone fails",
  description:
    "A database in one zone is gone with it, and every planned change of its machine is an outage. A second copy in another zone takes over within a minute or two.",
  severity: "high",
  level: "production",
  types: [...DATABASE_INSTANCE, ...DATABASE_CLUSTER],
  frameworks: { fsbp: ["RDS.5", "RDS.15"] },
  remediation:
    "Set multiAz to true on an instance; give an Aurora cluster two instances or more, or set dbClusterInstanceClass for a Multi-AZ cluster.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-5",
  judge: (database, { type }) => (isCluster(type) ? judgeClusterAlone(database) : judgeInstance(database)),
  judgeInStack(database, { stack }) {
    const { inputs, type } = database;
    if (!isCluster(type)) return isReplica(inputs) ? { skip: "read replica" } : [];
    if (isWritten(inputs, "dbClusterInstanceClass")) return [];
    const kind = judgeKind(inputs);
    return "skip" in kind ? kind : judgeInstances(database, stack);
  },
  scenarios: [
    { name: "an instance in two zones", given: { multiAz: true }, types: DATABASE_INSTANCE, is: "pass" },
    {
      name: "an instance in two zones, as a text",
      given: { engine: "sqlserver-se", multiAz: "true" },
      types: DATABASE_INSTANCE,
      is: "pass",
    },
    {
      name: "an instance, left to AWS",
      given: { engine: "postgres" },
      types: DATABASE_INSTANCE,
      is: "fail",
      findings: [{ path: "multiAz", says: "not set, which means false, must be true" }],
    },
    {
      name: "an instance in one zone",
      given: { engine: "postgres", multiAz: "false" },
      types: DATABASE_INSTANCE,
      is: "fail",
      findings: [{ path: "multiAz", says: "false, must be true" }],
    },
    {
      name: "an instance that is a copy of another",
      given: { replicateSourceDb: UNKNOWN, multiAz: false },
      types: DATABASE_INSTANCE,
      is: "skip",
      why: "read replica",
    },
    {
      name: "an instance, not known yet",
      given: { engine: "postgres", multiAz: UNKNOWN },
      types: DATABASE_INSTANCE,
      is: "deferred",
      deferrals: [{ path: "multiAz", waits: "not known yet" }],
    },
    {
      name: "a Multi-AZ cluster",
      given: { engine: "mysql", dbClusterInstanceClass: "db.m6gd.large" },
      types: DATABASE_CLUSTER,
      is: "pass",
    },
    {
      name: "two instances of a cluster that is not created yet",
      given: aurora,
      outputs: { ...aurora, id: UNKNOWN, clusterIdentifier: UNKNOWN },
      types: DATABASE_CLUSTER,
      stack: [
        cluster("other", { clusterIdentifier: UNKNOWN }),
        instance("writer", { clusterIdentifier: UNKNOWN }, SUBJECT),
        instance("reader", { clusterIdentifier: UNKNOWN }, SUBJECT),
      ],
      is: "pass",
    },
    {
      name: "two instances of a cluster that the program names",
      given: named,
      outputs: { ...named, id: UNKNOWN },
      types: DATABASE_CLUSTER,
      stack: [instance("writer", inZone("eu-west-1a")), instance("reader", inZone("eu-west-1b"))],
      is: "pass",
    },
    {
      name: "one instance, and a reader that scaling keeps",
      given: named,
      types: DATABASE_CLUSTER,
      stack: [instance("writer", { clusterIdentifier: "orders" }), readers("cluster:orders", "1")],
      is: "pass",
    },
    {
      name: "one instance, and readers that scaling may take away",
      given: named,
      types: DATABASE_CLUSTER,
      stack: [instance("writer", { clusterIdentifier: "orders" }), readers("cluster:orders", 0)],
      is: "fail",
      findings: [{ path, says: `one instance, ${must}` }],
    },
    {
      name: "one serverless instance",
      given: { ...named, serverlessv2ScalingConfiguration: { minCapacity: 0.5, maxCapacity: 8 } },
      types: DATABASE_CLUSTER,
      stack: [instance("writer", { clusterIdentifier: "orders", instanceClass: "db.serverless" })],
      is: "fail",
      findings: [{ path, says: `one instance, ${must}` }],
    },
    {
      name: "two instances in one zone",
      given: named,
      types: DATABASE_CLUSTER,
      stack: [instance("writer", inZone("eu-west-1a")), instance("reader", inZone("eu-west-1a"))],
      is: "fail",
      findings: [{ path, says: `2 instances, all in eu-west-1a, ${must}` }],
    },
    {
      name: "no instance, before anything exists",
      given: aurora,
      outputs: { ...aurora, id: UNKNOWN, clusterIdentifier: UNKNOWN },
      types: DATABASE_CLUSTER,
      stack: [
        cluster("other", { clusterIdentifier: UNKNOWN }),
        instance("writer", { clusterIdentifier: UNKNOWN }, "other"),
      ],
      is: "fail",
      findings: [{ path, says: `no instance in this stack, ${must}` }],
    },
    {
      name: "a second instance that may be another cluster's",
      given: named,
      types: DATABASE_CLUSTER,
      stack: [instance("writer", inZone("eu-west-1a")), instance("reader", { clusterIdentifier: UNKNOWN })],
      is: "deferred",
      deferrals: [{ path, waits: "not known whether reader belongs to it" }],
    },
    {
      name: "a second instance in a zone not known yet",
      given: named,
      types: DATABASE_CLUSTER,
      stack: [instance("writer", inZone("eu-west-1a")), instance("reader", inZone(UNKNOWN))],
      is: "deferred",
      deferrals: [{ path, waits: "zones of its instances not known yet" }],
    },
    {
      name: "a cluster of a kind not known yet",
      given: { ...named, engineMode: UNKNOWN },
      types: DATABASE_CLUSTER,
      is: "deferred",
      deferrals: [{ path: "engineMode", waits: "not known yet" }],
    },
    {
      name: "a serverless cluster without instances",
      given: { ...aurora, engineMode: "serverless" },
      types: DATABASE_CLUSTER,
      is: "skip",
      why: "serverless cluster",
    },
    {
      name: "a limitless cluster",
      given: { ...aurora, clusterScalabilityType: "limitless" },
      types: DATABASE_CLUSTER,
      is: "skip",
      why: "limitless cluster",
    },
    {
      name: "a cluster that is a copy of another",
      given: { ...aurora, replicationSourceIdentifier: "arn:aws:rds:us-east-1:123456789012:cluster:orders" },
      types: DATABASE_CLUSTER,
      is: "skip",
      why: "read replica",
    },
  ],
});
