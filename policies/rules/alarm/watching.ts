import { type Answer, some } from "../../lib/answers";
import type { Link, Linked } from "../../lib/links";
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
  readonly byMetric: ReadonlyMap<string, Subjects>;
  /** Those whose metric is not known yet. */
  readonly ofAnything: readonly Series[];
  /** Queries over all resources: `SELECT MAX(CPUUtilization) FROM "AWS/RDS"`. */
  readonly selections: readonly string[];
}

/** Kept by stack, as every watched resource asks for it and a stack has several alarms for each. */
const looksOf = new WeakMap<Stack, Looks>();

/** Whether an alarm of the stack is about one of some metrics of a resource, or of a part of it. */
export function isWatched(resource: StackResource, metrics: readonly string[], stack: Stack): Answer {
  const looks = looksOf.get(stack) ?? gather(stack);
  looksOf.set(stack, looks);
  const { certain, possible } = clusterInstances(resource, stack);
  const parts = [resource, ...certain];
  const isNamed = (part: StackResource) => {
    const series = metrics.flatMap((metric) => looks.byMetric.get(metric)?.perhapsAbout(part) ?? []);
    return some(series, (one) => isAbout(one, part, stack));
  };
  const named = some(parts, isNamed);
  if (named !== false) return named;
  const mayBe =
    some(possible, isNamed) !== false ||
    some(looks.ofAnything, (one) => some(parts, (part) => isAbout(one, part, stack))) !== false ||
    looks.selections.some((text) => metrics.some((metric) => text.includes(metric)));
  return mayBe ? undefined : false;
}

function gather(stack: Stack): Looks {
  const alarms = stack.ofType(METRIC_ALARM);
  const byMetric = new Map<string, Subjects>();
  const ofAnything: Series[] = [];
  for (const alarm of alarms) {
    for (const one of seriesOf(alarm)) {
      const series = { alarm, dimensions: one.at("dimensions") };
      const name = one.at("metricName");
      if (!name.isKnown()) {
        ofAnything.push(series);
        continue;
      }
      const metric = name.text() ?? "";
      const alike = byMetric.get(metric) ?? new Subjects(stack);
      byMetric.set(metric, alike);
      alike.add(series);
    }
  }
  return { byMetric, ofAnything, selections: alarms.flatMap(selectionsOf) };
}

/** Series by what they may be about, so that not every resource is compared with every alarm on its metric. */
class Subjects {
  /** By the URN of a resource, or by its name behind a `=`. */
  readonly #bySubject = new Map<string, Series[]>();
  /** Those that may be about anything. */
  readonly #general: Series[] = [];

  constructor(readonly stack: Stack) {}

  add(series: Series): void {
    const subjects = this.#subjectsOf(series);
    if (subjects === undefined) this.#general.push(series);
    for (const subject of subjects ?? []) {
      const alike = this.#bySubject.get(subject);
      if (alike === undefined) this.#bySubject.set(subject, [series]);
      else alike.push(series);
    }
  }

  /** Those that name a resource, or may: all others do not. */
  perhapsAbout(resource: StackResource): readonly Series[] {
    const names = [...dimensions.values()]
      .filter(({ types }) => types.includes(resource.type))
      .flatMap(({ by }) => namesOf(resource, by));
    const subjects = new Set([resource.urn, ...names.map((name) => `=${name}`)]);
    return [...this.#general, ...[...subjects].flatMap((subject) => this.#bySubject.get(subject) ?? [])];
  }

  #subjectsOf({ alarm, dimensions: all }: Series): ReadonlySet<string> | undefined {
    const subjects = new Set<string>();
    for (const value of valuesOf(all)) {
      if (value.isKnown()) {
        for (const name of ownersOf(value.text() ?? "")) subjects.add(`=${name}`);
      } else {
        const reference = this.stack.refer(alarm, value, named);
        if (reference?.kind !== "among" || reference.others || reference.resources.length === 0)
          return undefined;
        for (const { urn } of reference.resources) subjects.add(urn);
      }
    }
    return subjects;
  }
}

/** What dimensions are filled with; the dimensions themselves where they are not known yet. */
function valuesOf(all: Value): readonly Value[] {
  if (!all.isKnown()) return [all];
  return all.keys().flatMap((key) => (dimensions.has(key) ? all.at(key) : []));
}

/** A name, and what it is a node of if it is the name of a node: of a group or of a shard. */
function ownersOf(name: string): readonly string[] {
  const group = name.replace(/-\d+$/, "");
  return [name, group, group.replace(/-\d+$/, "")];
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
function isAbout({ alarm, dimensions: all }: Series, resource: StackResource, stack: Stack): Answer {
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
  const names = namesOf(resource, by);
  if (names.includes(name)) return true;
  if (!CACHE_GROUP.includes(resource.type)) return false;
  return names.some((own) => name.startsWith(`${own}-`) && /^\d+(?:-\d+)?$/.test(name.slice(own.length + 1)));
}

/** What a resource is called by some of its properties, as far as they are known. */
function namesOf({ outputs }: StackResource, by: readonly string[]): readonly string[] {
  return by
    .map((property) => outputs.at(property))
    .flatMap((own) => (own.isKnown() ? (own.text() ?? []) : []));
}

const members: Link = {
  from: DATABASE_CLUSTER_INSTANCE,
  names: ({ outputs }) => [outputs.at("clusterIdentifier")],
  to: DATABASE_CLUSTER,
};

/** The instances of a database cluster: an alarm for one of them is an alarm for the cluster. */
function clusterInstances(cluster: StackResource, stack: Stack): Linked {
  return DATABASE_CLUSTER.includes(cluster.type)
    ? stack.linked(cluster, members)
    : { certain: [], possible: [] };
}
