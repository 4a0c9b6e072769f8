import type { Skip } from "../../lib/judgement";
import type { Settled, Texts } from "../../lib/parameters";
import type { StackResource } from "../../lib/stack";
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

/** A parameter: metrics that need an alarm, where `A|B` is satisfied by either. */
function metrics(of: string, ...names: readonly string[]): Texts {
  return {
    type: "array",
    description: `Metrics that need an alarm for each ${of}; "A|B" is one or the other.`,
    items: { type: "string" },
    default: names,
  };
}

/**
 * What needs an alarm, unless a stack says otherwise: what tells that a service fails or is about to.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-cloudwatch-metrics.html
 */
export const parameters = {
  applicationBalancerMetrics: metrics("application load balancer", "HTTPCode_ELB_5XX_Count"),
  networkBalancerMetrics: metrics("network load balancer", "PortAllocationErrorCount"),
  targetGroupMetrics: metrics("target group", "UnHealthyHostCount|HealthyHostCount"),
  scalingGroupMetrics: metrics("scaling group", "GroupInServiceInstances|GroupInServiceCapacity"),
  databaseInstanceMetrics: metrics("database instance", "CPUUtilization", "FreeStorageSpace"),
  databaseClusterMetrics: metrics("database cluster", "CPUUtilization"),
  cacheGroupMetrics: metrics(
    "replication group",
    "EngineCPUUtilization|CPUUtilization",
    "DatabaseMemoryUsagePercentage",
  ),
  cacheClusterMetrics: metrics("cache cluster", "CPUUtilization|EngineCPUUtilization"),
};

/** A kind of resource that needs alarms. */
interface Kind {
  readonly types: readonly string[];
  /** The property that alarms name it by, for findings. */
  readonly path: string;
  /** The parameter with its metrics, or why it needs none. */
  wanted(resource: StackResource): keyof typeof parameters | Skip;
}

const kinds: readonly Kind[] = [
  { types: LOAD_BALANCER, path: "arnSuffix", wanted: ofBalancer },
  { types: TARGET_GROUP, path: "arnSuffix", wanted: ofTargets },
  { types: SCALING_GROUP, path: "name", wanted: () => "scalingGroupMetrics" },
  { types: DATABASE_INSTANCE, path: "identifier", wanted: () => "databaseInstanceMetrics" },
  { types: DATABASE_CLUSTER, path: "clusterIdentifier", wanted: () => "databaseClusterMetrics" },
  { types: CACHE_GROUP, path: "replicationGroupId", wanted: () => "cacheGroupMetrics" },
  { types: CACHE_CLUSTER, path: "clusterId", wanted: ofCache },
];

/** Every type that needs alarms. */
export const watchedTypes = kinds.flatMap(({ types }) => types);

function ofBalancer({ inputs }: StackResource): keyof typeof parameters | Skip {
  const kind = inputs.at("loadBalancerType").text() ?? "application";
  if (kind === "application") return "applicationBalancerMetrics";
  return kind === "network" ? "networkBalancerMetrics" : { skip: `${brief(kind)} balancer` };
}

function ofTargets({ inputs }: StackResource): keyof typeof parameters | Skip {
  const lambda = inputs.at("targetType").text() === "lambda";
  return lambda ? { skip: "lambda target group" } : "targetGroupMetrics";
}

function ofCache({ inputs }: StackResource): keyof typeof parameters | Skip {
  const member = inputs.at("replicationGroupId").isSet();
  return member ? { skip: "part of a replication group" } : "cacheClusterMetrics";
}

/** What a resource needs: sets of metrics, of each of which one. */
export interface Wanted {
  readonly path: string;
  readonly sets: readonly (readonly string[])[];
}

/** The metrics that need an alarm for a resource, or why there are none. */
export function wantedFor(resource: StackResource, config: Settled<typeof parameters>): Wanted | Skip {
  const kind = kinds.find(({ types }) => types.includes(resource.type));
  if (kind === undefined) return needless;
  const wanted = kind.wanted(resource);
  if (typeof wanted !== "string") return wanted;
  const sets = config[wanted].map((text) => text.split("|").map((name) => name.trim()));
  return sets.length === 0 ? needless : { path: kind.path, sets };
}

const needless: Skip = { skip: "needs no alarms" };
