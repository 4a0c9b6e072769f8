import { type Answer, some } from "../../lib/answers";
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

/** What an alarm looks at: a metric, by its name, and the dimensions that say of what. */
interface Series {
  readonly alarm: StackResource;
  readonly dimensions: Value;
}

/** Everything the alarms of a stack look at. */
interface Looks {
  readonly byMetric: ReadonlyMap<string, readonly Series[]>;
  /** Those whose metric is not known yet. */
  readonly ofAnything: readonly Series[];
  /** Queries over all resources: `SELECT MAX(CPUUtilization) FROM "AWS/RDS"`. */
  readonly selections: readonly string[];
}

/** Kept by stack, as every watched resource asks for it and a stack has several alarms for each. */
const looksOf = new WeakMap<Stack, Looks>();

/** Whether an alarm of the stack is about one of some metrics of a resource, or of a part of it. */
export function isWatched(resource: StackResource, metrics: readonly string[], stack: Stack): Answer {
  const looks = looksOf.get(stack) ?? gather(stack.ofType(METRIC_ALARM));
  looksOf.set(stack, looks);
  const parts = [resource, ...clusterInstances(resource, stack)];
  const isAboutPart = ({ alarm, dimensions }: Series) =>
    some(parts, (part) => isAbout(alarm, dimensions, part, stack));
  const named = some(
    metrics.flatMap((metric) => looks.byMetric.get(metric) ?? []),
    isAboutPart,
  );
  if (named !== false) return named;
  const mayBe =
    some(looks.ofAnything, isAboutPart) !== false ||
    looks.selections.some((text) => metrics.some((metric) => text.includes(metric)));
  return mayBe ? undefined : false;
}

function gather(alarms: readonly StackResource[]): Looks {
  const byMetric = new Map<string, Series[]>();
  const ofAnything: Series[] = [];
  for (const alarm of alarms) {
    for (const one of seriesOf(alarm)) {
      const series = { alarm, dimensions: one.at("dimensions") };
      const name = one.at("metricName");
      const alike = name.isKnown() ? byMetric.get(name.text() ?? "") : ofAnything;
      if (alike === undefined) byMetric.set(name.text() ?? "", [series]);
      else alike.push(series);
    }
  }
  return { byMetric, ofAnything, selections: alarms.flatMap(selectionsOf) };
}

/** The metrics of an alarm: its own, and those of its queries. */
function seriesOf({ outputs }: StackResource): readonly Value[] {
  const queries = outputs.at("metricQueries");
  if (!queries.isKnown()) return [queries];
  return [outputs, ...queries.items().map((query) => query.at("metric"))];
}

function selectionsOf({ outputs }: StackResource): readonly string[] {
  const queries = outputs.at("metricQueries");
  if (!queries.isKnown()) return [];
  const expressions = queries.items().map((query) => query.at("expression"));
  return expressions
    .map((expression) => (expression.isKnown() ? (expression.text() ?? "") : ""))
    .filter((text) => /^\s*SELECT\b/i.test(text));
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
