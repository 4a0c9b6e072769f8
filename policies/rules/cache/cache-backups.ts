import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { CACHE_CLUSTER, CACHE_GROUP } from "../types";
import { engineOf, isSingle, settledBy } from "./caches";

const path = "snapshotRetentionLimit";

export const cacheBackups = rule({
  name: "cache-backups",
  title: "Caches keep backups",
  description:
    "Many a cache comes to hold what is nowhere else: sessions, queues, counters. A daily backup brings that back; filling an empty cache from the database may take it down.",
  severity: "low",
  level: "advisory",
  types: [...CACHE_GROUP, ...CACHE_CLUSTER],
  parameters: {
    minDays: {
      type: "integer",
      description: "Fewest days a cache keeps its backups.",
      default: 1,
      minimum: 1,
      maximum: 35,
    },
  },
  frameworks: { fsbp: ["ElastiCache.1"] },
  remediation: "Set snapshotRetentionLimit to {minDays} or more, at most 35.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/elasticache-controls.html#elasticache-1",
  judge(cache, { type, config }) {
    // A copy in another region keeps backups of its own; a node of a group does not.
    const skip = isSingle(type) ? settledBy(cache, type) : undefined;
    if (skip !== undefined) return { skip };
    const days = cache.at(path).number();
    if ((days ?? 0) >= config.minDays) return [];
    if (engineOf(cache) === "memcached") return { skip: "Memcached, which has no backups" };
    const is = days === undefined ? "not set, which means 0" : `${days}`;
    return [{ path, says: `${is}, must be ${config.minDays} or more` }];
  },
  scenarios: [
    { name: "a day", given: { engine: "redis", snapshotRetentionLimit: 1 }, is: "pass" },
    {
      name: "five weeks, as a text",
      given: { engine: "valkey", snapshotRetentionLimit: "35" },
      config: { minDays: 35 },
      is: "pass",
    },
    {
      name: "left to AWS",
      given: { engine: "redis" },
      is: "fail",
      findings: [{ path, says: "not set, which means 0, must be 1 or more" }],
    },
    {
      name: "none, as a text",
      given: { engine: "valkey", snapshotRetentionLimit: "0" },
      is: "fail",
      findings: [{ path, says: "0, must be 1 or more" }],
    },
    {
      name: "a day less than a week, where a week is asked for",
      given: { snapshotRetentionLimit: 6 },
      config: { minDays: 7 },
      is: "fail",
      findings: [{ path, says: "6, must be 7 or more" }],
    },
    {
      name: "a copy in another region",
      given: { globalReplicationGroupId: UNKNOWN },
      types: CACHE_GROUP,
      is: "fail",
      findings: [{ path, says: "not set, which means 0, must be 1 or more" }],
    },
    {
      name: "Memcached",
      given: { engine: "memcached" },
      types: CACHE_CLUSTER,
      is: "skip",
      why: "Memcached, which has no backups",
    },
    {
      name: "a node of a replication group",
      given: { replicationGroupId: UNKNOWN },
      types: CACHE_CLUSTER,
      is: "skip",
      why: "part of a replication group",
    },
    {
      name: "not known yet",
      given: { snapshotRetentionLimit: UNKNOWN },
      is: "deferred",
      deferrals: [{ path, waits: "not known yet" }],
    },
  ],
});
