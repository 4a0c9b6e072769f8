import type { Deferral, Finding } from "../../lib/judgement";
import type { Link } from "../../lib/links";
import { scaledBy } from "../../lib/scaled";
import type { Stack, StackResource } from "../../lib/stack";
import { brief } from "../../lib/value";
import { DATABASE_CLUSTER, DATABASE_CLUSTER_INSTANCE, SCALABLE_TARGET } from "../types";

const members: Link = {
  from: DATABASE_CLUSTER_INSTANCE,
  names: ({ outputs }) => [outputs.at("clusterIdentifier")],
  to: DATABASE_CLUSTER,
};

const readers: Link = {
  from: SCALABLE_TARGET,
  names: (target) => scaledBy(target, "rds:cluster:ReadReplicaCount", "cluster:"),
  to: DATABASE_CLUSTER,
};

/** In how many zones something is: at least, and at most. */
interface Zones {
  readonly least: number;
  readonly most: number;
}

/** What the instances of a cluster say about its zones. */
function zonesOf(instances: readonly StackResource[]): Zones & { readonly named: readonly string[] } {
  const named = new Set<string>();
  let placed = 0;
  let open = 0;
  for (const { inputs, outputs } of instances) {
    const zone = outputs.at("availabilityZone");
    const name = zone.isKnown() ? zone.text() : undefined;
    if (name !== undefined) named.add(name);
    // AWS puts an instance that names no zone where the cluster has none yet.
    else if (inputs.at("availabilityZone").isSet() && !inputs.at("availabilityZone").isKnown()) open += 1;
    else placed += 1;
  }
  const least = Math.max(named.size + placed, Math.min(open, 1));
  return { least, most: named.size + placed + open, named: [...named] };
}

/** Zones that automatic scaling adds: it keeps a number of readers that are written nowhere else. */
function zonesOfReaders(targets: readonly StackResource[]): Zones {
  const least = targets.map(({ outputs }) => {
    const capacity = outputs.at("minCapacity");
    return capacity.isKnown() ? (capacity.number() ?? 0) : undefined;
  });
  const sure = Math.max(0, ...least.map((number) => number ?? 0));
  return { least: sure, most: least.includes(undefined) ? Number.POSITIVE_INFINITY : sure };
}

/** Judges a cluster by the instances of the stack that are in it. */
export function judgeInstances(cluster: StackResource, stack: Stack): readonly (Finding | Deferral)[] {
  const path = "clusterIdentifier";
  const { certain, possible } = stack.linked(cluster, members);
  const scaling = stack.linked(cluster, readers);
  const zones = zonesOf(certain);
  const added = zonesOfReaders(scaling.certain);
  if (zones.least + added.least >= 2) return [];
  const [unsure] = [...possible, ...scaling.possible];
  if (unsure !== undefined) return [{ path, waits: `not known whether ${brief(unsure.name)} belongs to it` }];
  if (zones.most + added.most >= 2) return [{ path, waits: "zones of its instances not known yet" }];
  const must = "must have two or more, in different zones";
  if (certain.length === 0) return [{ path, says: `no instance in this stack, ${must}` }];
  const is =
    certain.length === 1
      ? "one instance"
      : `${certain.length} instances, all in ${brief(zones.named.join(" "))}`;
  return [{ path, says: `${is}, ${must}` }];
}
