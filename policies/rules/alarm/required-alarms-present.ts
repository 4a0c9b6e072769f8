import type { Answer } from "../../lib/answers";
import type { Deferral, Finding } from "../../lib/judgement";
import { rule, type ScenarioResource } from "../../lib/rule";
import { SUBJECT } from "../../lib/scenario";
import { UNKNOWN } from "../../lib/unknown";
import { brief } from "../../lib/value";
import {
  CACHE_CLUSTER,
  CACHE_GROUP,
  DATABASE_CLUSTER,
  DATABASE_INSTANCE,
  LOAD_BALANCER,
  SCALING_GROUP,
  TARGET_GROUP,
} from "../types";
import { parameters, wantedFor, watchedTypes } from "./wanted-metrics";
import { isWatched } from "./watching";

/** Judges a set of metrics, one of which needs an alarm. */
function judgeSet(
  path: string,
  metrics: readonly string[],
  watched: Answer,
): readonly (Finding | Deferral)[] {
  if (watched === true) return [];
  const names = brief(metrics.join(" or "));
  if (watched === undefined) return [{ path, waits: `not known whether an alarm is on ${names}` }];
  return [{ path, says: `no alarm on ${names}, must have one` }];
}

const edge = { arnSuffix: "app/edge/50dc6c495c0c9188" };
const web = { arnSuffix: "targetgroup/web/73e2d6bc24d8a067" };
const planned = { arnSuffix: UNKNOWN };

/** An alarm on one metric, and what its dimensions come from. */
function alarm(metricName: string, dimensions: unknown, ...from: readonly string[]): ScenarioResource {
  return {
    name: `alarm-${metricName}`,
    type: "aws:cloudwatch/metricAlarm:MetricAlarm",
    props: { metricName, dimensions },
    from: { dimensions: from },
  };
}

/** An alarm on an expression, its terms two metrics of something not known yet. */
function ratio(dimension: string, metrics: readonly string[], ...from: readonly string[]): ScenarioResource {
  const term = (metricName: string) => ({ metric: { metricName, dimensions: { [dimension]: UNKNOWN } } });
  return {
    name: "ratio",
    type: "aws:cloudwatch/metricAlarm:MetricAlarm",
    props: { metricQueries: [{ id: "ratio", expression: "a/b", returnData: true }, ...metrics.map(term)] },
    from: { metricQueries: from },
  };
}

const balancer: ScenarioResource = { name: "edge", type: "aws:lb/loadBalancer:LoadBalancer", props: planned };
const targets: ScenarioResource = { name: "api", type: "aws:lb/targetGroup:TargetGroup", props: planned };
const errors = "HTTPCode_ELB_5XX_Count";
const missing = (path: string, metrics: string) => ({ path, says: `no alarm on ${metrics}, must have one` });
const unsure = (path: string, metrics: string) => ({
  path,
  waits: `not known whether an alarm is on ${metrics}`,
});
const hosts = "UnHealthyHostCount or HealthyHostCount";

export const requiredAlarmsPresent = rule({
  name: "required-alarms-present",
  title: "What a service stands on has alarms",
  description:
    "A load balancer that answers with errors, targets that fail and a disk that fills up are outages. Without an alarm the users are the first to know.",
  severity: "medium",
  level: "advisory",
  types: watchedTypes,
  parameters,
  frameworks: {},
  remediation:
    "Add an aws.cloudwatch.MetricAlarm on the metric, with the resource in its dimensions; or change the rule's list of metrics for its kind.",
  url: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html",
  judgeInStack(resource, { config, stack }) {
    const wanted = wantedFor(resource, config);
    if ("skip" in wanted) return wanted;
    const { path, sets } = wanted;
    return sets.flatMap((metrics) => judgeSet(path, metrics, isWatched(resource, metrics, stack)));
  },
  scenarios: [
    {
      name: "a load balancer with an alarm on its errors",
      given: edge,
      types: LOAD_BALANCER,
      stack: [alarm(errors, { LoadBalancer: edge.arnSuffix })],
      is: "pass",
    },
    {
      name: "the share of its errors, before anything exists",
      given: {},
      outputs: planned,
      types: LOAD_BALANCER,
      stack: [ratio("LoadBalancer", [errors, "RequestCount"], SUBJECT)],
      is: "pass",
    },
    {
      name: "targets, named together with their balancer, before anything exists",
      given: { targetType: "instance" },
      outputs: planned,
      types: TARGET_GROUP,
      stack: [
        balancer,
        alarm("HealthyHostCount", { LoadBalancer: UNKNOWN, TargetGroup: UNKNOWN }, "edge", SUBJECT),
      ],
      is: "pass",
    },
    {
      name: "a scaling group",
      given: { name: "web" },
      types: SCALING_GROUP,
      stack: [alarm("GroupInServiceInstances", { AutoScalingGroupName: "web" })],
      is: "pass",
    },
    {
      name: "a database",
      given: { identifier: "orders" },
      types: DATABASE_INSTANCE,
      stack: [
        alarm("CPUUtilization", { DBInstanceIdentifier: "orders" }),
        alarm("FreeStorageSpace", { DBInstanceIdentifier: "orders" }),
      ],
      is: "pass",
    },
    {
      name: "a database cluster, by one of its instances",
      given: { clusterIdentifier: "orders" },
      types: DATABASE_CLUSTER,
      stack: [
        {
          name: "orders-1",
          type: "aws:rds/clusterInstance:ClusterInstance",
          props: { identifier: "orders-1", clusterIdentifier: "orders" },
        },
        alarm("CPUUtilization", { DBInstanceIdentifier: "orders-1" }),
      ],
      is: "pass",
    },
    {
      name: "a replication group, by one of its nodes",
      given: { replicationGroupId: "sessions" },
      types: CACHE_GROUP,
      stack: [
        alarm("EngineCPUUtilization", { CacheClusterId: "sessions-001" }),
        alarm("DatabaseMemoryUsagePercentage", { CacheClusterId: "sessions-0001-001" }),
      ],
      is: "pass",
    },
    {
      name: "another metric, where the list says so",
      given: { clusterId: "pages" },
      types: CACHE_CLUSTER,
      config: { cacheClusterMetrics: ["Evictions"] },
      stack: [alarm("Evictions", { CacheClusterId: "pages" })],
      is: "pass",
    },
    {
      name: "a load balancer without alarms",
      given: edge,
      types: LOAD_BALANCER,
      is: "fail",
      findings: [missing("arnSuffix", errors)],
    },
    {
      name: "a network load balancer without alarms",
      given: { loadBalancerType: "network" },
      types: LOAD_BALANCER,
      is: "fail",
      findings: [missing("arnSuffix", "PortAllocationErrorCount")],
    },
    {
      name: "an alarm on other targets, before anything exists",
      given: {},
      outputs: planned,
      types: TARGET_GROUP,
      stack: [
        balancer,
        targets,
        alarm("UnHealthyHostCount", { LoadBalancer: UNKNOWN, TargetGroup: UNKNOWN }, "edge", "api"),
      ],
      is: "fail",
      findings: [missing("arnSuffix", hosts)],
    },
    {
      name: "an alarm on another metric",
      given: web,
      types: TARGET_GROUP,
      stack: [alarm("RequestCount", { TargetGroup: web.arnSuffix })],
      is: "fail",
      findings: [missing("arnSuffix", hosts)],
    },
    {
      name: "a database with one alarm of two",
      given: { identifier: "orders" },
      types: DATABASE_INSTANCE,
      stack: [alarm("CPUUtilization", { DBInstanceIdentifier: "orders" })],
      is: "fail",
      findings: [missing("identifier", "FreeStorageSpace")],
    },
    {
      name: "a node of another replication group",
      given: { replicationGroupId: "sessions" },
      types: CACHE_GROUP,
      config: { cacheGroupMetrics: ["CPUUtilization"] },
      stack: [alarm("CPUUtilization", { CacheClusterId: "sessions-old-001" })],
      is: "fail",
      findings: [missing("replicationGroupId", "CPUUtilization")],
    },
    {
      name: "a gateway load balancer",
      given: { loadBalancerType: "gateway" },
      types: LOAD_BALANCER,
      is: "skip",
      why: "gateway balancer",
    },
    {
      name: "a function behind a balancer",
      given: { targetType: "lambda" },
      types: TARGET_GROUP,
      is: "skip",
      why: "lambda target group",
    },
    {
      name: "a node of a replication group",
      given: { replicationGroupId: UNKNOWN },
      types: CACHE_CLUSTER,
      is: "skip",
      why: "part of a replication group",
    },
    {
      name: "a kind that needs none",
      given: { name: "web" },
      types: SCALING_GROUP,
      config: { scalingGroupMetrics: [] },
      is: "skip",
      why: "needs no alarms",
    },
    {
      name: "an alarm on one of two target groups, not known which",
      given: {},
      outputs: planned,
      types: TARGET_GROUP,
      stack: [targets, ratio("TargetGroup", ["UnHealthyHostCount"], "api", SUBJECT)],
      is: "deferred",
      deferrals: [unsure("arnSuffix", hosts)],
    },
    {
      name: "an alarm on something not known yet",
      given: { name: "web" },
      types: SCALING_GROUP,
      stack: [alarm("GroupInServiceCapacity", UNKNOWN)],
      is: "deferred",
      deferrals: [unsure("name", "GroupInServiceInstances or GroupInServiceCapacity")],
    },
    {
      name: "a query over all databases",
      given: { clusterIdentifier: "orders" },
      types: DATABASE_CLUSTER,
      stack: [
        {
          name: "databases",
          type: "aws:cloudwatch/metricAlarm:MetricAlarm",
          props: { metricQueries: [{ expression: 'SELECT MAX(CPUUtilization) FROM "AWS/RDS"' }] },
        },
      ],
      is: "deferred",
      deferrals: [unsure("clusterIdentifier", "CPUUtilization")],
    },
    {
      name: "an alarm on an instance of one of two clusters, not known which",
      given: { clusterIdentifier: "orders" },
      outputs: { clusterIdentifier: "orders", id: UNKNOWN },
      types: DATABASE_CLUSTER,
      stack: [
        { name: "stock", type: "aws:rds/cluster:Cluster", props: { id: UNKNOWN } },
        {
          name: "instance",
          type: "aws:rds/clusterInstance:ClusterInstance",
          props: { identifier: "orders-1", clusterIdentifier: UNKNOWN },
          from: { clusterIdentifier: [SUBJECT, "stock"] },
        },
        alarm("CPUUtilization", { DBInstanceIdentifier: "orders-1" }),
      ],
      is: "deferred",
      deferrals: [unsure("clusterIdentifier", "CPUUtilization")],
    },
    {
      name: "kind of balancer not known yet",
      given: { loadBalancerType: UNKNOWN },
      types: LOAD_BALANCER,
      is: "deferred",
      deferrals: [{ path: "loadBalancerType", waits: "not known yet" }],
    },
  ],
});
