import { type Answer, answer, some } from "../../lib/answers";
import type { Stack, StackResource } from "../../lib/stack";
import type { Value } from "../../lib/value";
import {
  CACHE_CLUSTER,
  CACHE_GROUP,
  DATABASE_CLUSTER,
  DATABASE_CLUSTER_INSTANCE,
  DATABASE_INSTANCE,
  LOAD_BALANCER,
  METRIC_ALARM,
  SCALING_GROUP,
  TARGET_GROUP,
} from "../types";

/** What each dimension of a metric names, and what AWS fills it with. */
const dimensions: ReadonlyMap<string, { readonly types: readonly string[]; readonly by: readonly string[] }> =
  new Map([
    ["LoadBalancer", { types: LOAD_BALANCER, by: ["arnSuffix"] }],
    ["TargetGroup", { types: TARGET_GROUP, by: ["arnSuffix"] }],
    ["AutoScalingGroupName", { types: SCALING_GROUP, by: ["name", "id"] }],
    [
      "DBInstanceIdentifier",
      { types: [...DATABASE_INSTANCE, ...DATABASE_CLUSTER_INSTANCE], by: ["identifier", "id"] },
    ],
    ["DBClusterIdentifier", { types: DATABASE_CLUSTER, by: ["clusterIdentifier", "id"] }],
    [
      "CacheClusterId",
      { types: [...CACHE_GROUP, ...CACHE_CLUSTER], by: ["replicationGroupId", "clusterId", "id"] },
    ],
    ["ReplicationGroupId", { types: CACHE_GROUP, by: ["replicationGroupId", "id"] }],
  ]);

const named = [...new Set([...dimensions.values()].flatMap(({ types }) => types))];

/** Whether an alarm of the stack is about one of some metrics of a resource, or of a part of it. */
export function isWatched(resource: StackResource, metrics: readonly string[], stack: Stack): Answer {
  const parts = [resource, ...clusterInstances(resource, stack)];
  return some(stack.ofType(METRIC_ALARM), (alarm) => {
    const queries = alarm.outputs.at("metricQueries");
    if (!queries.isKnown()) return some(parts, (part) => isSeriesOf(alarm, queries, metrics, part, stack));
    const series = [alarm.outputs, ...queries.items().map((query) => query.at("metric"))];
    const looks = some(series, (one) => some(parts, (part) => isSeriesOf(alarm, one, metrics, part, stack)));
    return looks === false && queries.items().some((query) => maySelect(query, metrics)) ? undefined : looks;
  });
}

/** Whether a series, which is a metric with its dimensions, is one of some metrics of a resource. */
function isSeriesOf(
  alarm: StackResource,
  series: Value,
  metrics: readonly string[],
  resource: StackResource,
  stack: Stack,
): Answer {
  const fits = answer(() => metrics.includes(series.at("metricName").text() ?? ""));
  if (fits === false) return false;
  const about = isAbout(alarm, series.at("dimensions"), resource, stack);
  return about === true ? fits : about;
}

/** Whether a query over all resources is about a metric: `SELECT MAX(CPUUtilization) FROM "AWS/RDS"`. */
function maySelect(query: Value, metrics: readonly string[]): boolean {
  const expression = query.at("expression");
  if (!expression.isKnown()) return false;
  const text = expression.text() ?? "";
  return /^\s*SELECT\b/i.test(text) && metrics.some((metric) => text.includes(metric));
}

/** Whether dimensions name a resource. */
function isAbout(alarm: StackResource, all: Value, resource: StackResource, stack: Stack): Answer {
  if (!all.isKnown()) return comesFrom(alarm, all, resource, named, stack);
  return some(all.keys(), (key) => {
    const dimension = dimensions.get(key);
    if (!dimension?.types.includes(resource.type)) return false;
    const value = all.at(key);
    if (!value.isKnown()) return comesFrom(alarm, value, resource, dimension.types, stack);
    return bears(resource, value.text() ?? "", dimension.by);
  });
}

/**
 * Whether a value not known yet is of a resource.
 *
 * The dimensions of one alarm name unlike things and come from all of them; which is which their types tell.
 */
function comesFrom(
  alarm: StackResource,
  value: Value,
  resource: StackResource,
  types: readonly string[],
  stack: Stack,
): Answer {
  const reference = stack.refer(alarm, value, named);
  if (reference?.kind !== "among") return undefined;
  const { resources, others } = reference;
  const fitting = resources.filter(({ type }) => types.includes(type));
  if (!fitting.some(({ urn }) => urn === resource.urn)) {
    return others || resources.length === 0 ? undefined : false;
  }
  return fitting.length === 1 && !others ? true : undefined;
}

/** Whether a resource goes by a name; the nodes of a replication group go by its name and a number. */
function bears(resource: StackResource, name: string, by: readonly string[]): boolean {
  const names = by
    .map((property) => resource.outputs.at(property))
    .flatMap((own) => (own.isKnown() ? (own.text() ?? []) : []));
  if (names.includes(name)) return true;
  if (!CACHE_GROUP.includes(resource.type)) return false;
  return names.some((own) => name.startsWith(`${own}-`) && /^\d+(?:-\d+)?$/.test(name.slice(own.length + 1)));
}

/** The instances of a database cluster: an alarm for one of them is an alarm for the cluster. */
function clusterInstances(cluster: StackResource, stack: Stack): readonly StackResource[] {
  if (!DATABASE_CLUSTER.includes(cluster.type)) return [];
  return stack.ofType(DATABASE_CLUSTER_INSTANCE).filter((instance) => {
    const value = instance.outputs.at("clusterIdentifier");
    if (value.isKnown()) return bears(cluster, value.text() ?? "", ["clusterIdentifier", "id"]);
    return comesFrom(instance, value, cluster, DATABASE_CLUSTER, stack) === true;
  });
}
