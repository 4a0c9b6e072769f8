import { isWritten, mustBeOn } from "../../lib/attributes";
import { apart, each, type Judgement } from "../../lib/judgement";
import { brief, shown, type Value } from "../../lib/value";
import { engineOf } from "./caches";

/** Judges a number that has to be high enough; what is not set is what AWS makes of it. */
function atLeast(value: Value, least: number, unset: number): Judgement {
  const number = value.number();
  if ((number ?? unset) >= least) return [];
  const is = number === undefined ? `not set, which means ${unset}` : `${number}`;
  return [{ path: value.path, says: `${is}, must be ${least} or more` }];
}

/** Judges a shard that is written out: by the number of its replicas, or by their zones. */
function judgeShard(shard: Value, replicas: number): Judgement {
  const zones = shard.at("replicaAvailabilityZones").items().length;
  return atLeast(shard.at("replicaCount"), 1, zones > 0 ? zones : replicas);
}

/** Judges whether every shard has a node that can take over. */
function judgeReplicas(group: Value): Judgement {
  const perShard = group.at("replicasPerNodeGroup");
  const shards = group.at("nodeGroupConfigurations");
  if (shards.items().length > 0) {
    const replicas = perShard.isSet() ? (perShard.number() ?? 0) : 0;
    return each(shards, (shard) => judgeShard(shard, replicas));
  }
  const isSharded = isWritten(group, "replicasPerNodeGroup") || isWritten(group, "numNodeGroups");
  return isSharded ? atLeast(perShard, 1, 0) : atLeast(group.at("numCacheClusters"), 2, 1);
}

/** Judges whether a replication group goes on when a node, or its zone, fails. */
export function judgeGroup(group: Value): Judgement {
  return apart(
    () => mustBeOn(group.at("automaticFailoverEnabled")),
    () => mustBeOn(group.at("multiAzEnabled")),
    () => judgeReplicas(group),
  );
}

/** Judges whether the nodes of a Memcached cluster are in several zones. */
function judgeZones(cluster: Value): Judgement {
  const path = "azMode";
  const mode = cluster.at(path).text();
  if (mode?.toLowerCase() === "cross-az") return [];
  const is = mode === undefined ? 'not set, which means "single-az"' : shown(mode);
  return [{ path, says: `${is}, must be "cross-az"` }];
}

/** Judges whether a cluster by itself goes on when a zone fails; one node of Redis cannot. */
export function judgeSingle(cluster: Value): Judgement {
  const engine = engineOf(cluster);
  if (engine !== "memcached") {
    return [{ path: "engine", says: `"${brief(engine)}" in one node, must be a replication group` }];
  }
  return apart(
    () => judgeZones(cluster),
    () => atLeast(cluster.at("numCacheNodes"), 2, 1),
  );
}
