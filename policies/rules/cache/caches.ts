import { isWritten } from "../../lib/attributes";
import type { Value } from "../../lib/value";
import { CACHE_CLUSTER } from "../types";

/** Whether a type is that of a cluster by itself: Memcached, or one node of another engine. */
export function isSingle(type: string): boolean {
  return CACHE_CLUSTER.includes(type);
}

/** The engine, in small letters; a replication group is Redis unless it says otherwise. */
export function engineOf(cache: Value): string {
  return cache.at("engine").text()?.toLowerCase() ?? "redis";
}

/** Why a cache has its settings from another resource, if it has. */
export function settledBy(cache: Value, type: string): string | undefined {
  if (isSingle(type))
    return isWritten(cache, "replicationGroupId") ? "part of a replication group" : undefined;
  return isWritten(cache, "globalReplicationGroupId") ? "part of a global datastore" : undefined;
}
