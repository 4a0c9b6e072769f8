import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { CACHE_CLUSTER, CACHE_GROUP } from "../types";
import { isSingle, settledBy } from "./caches";
import { judgeGroup, judgeSingle } from "./failover";

const safe = { automaticFailoverEnabled: true, multiAzEnabled: true };

export const cacheFailover = rule({
  name: "cache-failover",
  title: "Caches live on when a node or a zone fails",
  description:
    "A cache that is gone sends all of its load to the database behind it at once. A replica in another zone takes over in seconds, with the data.",
  severity: "high",
  level: "production",
  types: [...CACHE_GROUP, ...CACHE_CLUSTER],
  frameworks: { fsbp: ["ElastiCache.3"] },
  remediation:
    'Set automaticFailoverEnabled and multiAzEnabled to true, and numCacheClusters to 2 or more or replicasPerNodeGroup to 1 or more; for Memcached, set azMode to "cross-az" and numCacheNodes to 2 or more.',
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/elasticache-controls.html#elasticache-3",
  judge(cache, { type }) {
    const skip = settledBy(cache, type);
    if (skip !== undefined) return { skip };
    return isSingle(type) ? judgeSingle(cache) : judgeGroup(cache);
  },
  scenarios: [
    {
      name: "a primary and a replica",
      given: { ...safe, numCacheClusters: 2 },
      types: CACHE_GROUP,
      is: "pass",
    },
    {
      name: "a replica for each shard, as texts",
      given: {
        engine: "valkey",
        automaticFailoverEnabled: "true",
        multiAzEnabled: "true",
        numNodeGroups: "3",
        replicasPerNodeGroup: "1",
      },
      types: CACHE_GROUP,
      is: "pass",
    },
    {
      name: "shards written out",
      given: {
        ...safe,
        replicasPerNodeGroup: 1,
        nodeGroupConfigurations: [
          { slots: "0-8191", replicaCount: 2 },
          { slots: "8192-12000", replicaAvailabilityZones: [UNKNOWN] },
          { slots: "12001-16383" },
        ],
      },
      types: CACHE_GROUP,
      is: "pass",
    },
    {
      name: "Memcached in several zones",
      given: { engine: "memcached", azMode: "cross-az", numCacheNodes: 2 },
      types: CACHE_CLUSTER,
      is: "pass",
    },
    {
      name: "a group left to AWS",
      given: {},
      types: CACHE_GROUP,
      is: "fail",
      findings: [
        { path: "automaticFailoverEnabled", says: "not set, which means false, must be true" },
        { path: "multiAzEnabled", says: "not set, which means false, must be true" },
        { path: "numCacheClusters", says: "not set, which means 1, must be 2 or more" },
      ],
    },
    {
      name: "a replica in the same zone, perhaps",
      given: { automaticFailoverEnabled: true, multiAzEnabled: "false", numCacheClusters: "2" },
      types: CACHE_GROUP,
      is: "fail",
      findings: [{ path: "multiAzEnabled", says: "false, must be true" }],
    },
    {
      name: "one node",
      given: { ...safe, numCacheClusters: 1 },
      types: CACHE_GROUP,
      is: "fail",
      findings: [{ path: "numCacheClusters", says: "1, must be 2 or more" }],
    },
    {
      name: "shards without replicas",
      given: { ...safe, clusterMode: "enabled", numNodeGroups: 3, replicasPerNodeGroup: 0 },
      types: CACHE_GROUP,
      is: "fail",
      findings: [{ path: "replicasPerNodeGroup", says: "0, must be 1 or more" }],
    },
    {
      name: "shards without a word on replicas, in an unknown number",
      given: { ...safe, numNodeGroups: UNKNOWN },
      types: CACHE_GROUP,
      is: "fail",
      findings: [{ path: "replicasPerNodeGroup", says: "not set, which means 0, must be 1 or more" }],
    },
    {
      name: "one shard without a replica, and one that is not known yet",
      given: {
        ...safe,
        nodeGroupConfigurations: [{ replicaCount: 0 }, { replicaCount: UNKNOWN }, { replicaCount: 1 }],
      },
      types: CACHE_GROUP,
      is: "fail",
      findings: [{ path: "nodeGroupConfigurations[0].replicaCount", says: "0, must be 1 or more" }],
      deferrals: [{ path: "nodeGroupConfigurations[1].replicaCount", waits: "not known yet" }],
    },
    {
      name: "Memcached left to AWS",
      given: { engine: "memcached", numCacheNodes: 3 },
      types: CACHE_CLUSTER,
      is: "fail",
      findings: [{ path: "azMode", says: 'not set, which means "single-az", must be "cross-az"' }],
    },
    {
      name: "one node of Memcached in one zone",
      given: { engine: "memcached", azMode: "single-az", numCacheNodes: "1" },
      types: CACHE_CLUSTER,
      is: "fail",
      findings: [
        { path: "azMode", says: '"single-az", must be "cross-az"' },
        { path: "numCacheNodes", says: "1, must be 2 or more" },
      ],
    },
    {
      name: "one node of Redis",
      given: { engine: "redis", numCacheNodes: 1 },
      types: CACHE_CLUSTER,
      is: "fail",
      findings: [{ path: "engine", says: '"redis" in one node, must be a replication group' }],
    },
    {
      name: "a node of a replication group",
      given: { replicationGroupId: UNKNOWN },
      types: CACHE_CLUSTER,
      is: "skip",
      why: "part of a replication group",
    },
    {
      name: "a copy in another region",
      given: { globalReplicationGroupId: UNKNOWN },
      types: CACHE_GROUP,
      is: "skip",
      why: "part of a global datastore",
    },
    {
      name: "a group not known yet",
      given: { automaticFailoverEnabled: UNKNOWN, multiAzEnabled: true, numCacheClusters: UNKNOWN },
      types: CACHE_GROUP,
      is: "deferred",
      deferrals: [
        { path: "automaticFailoverEnabled", waits: "not known yet" },
        { path: "numCacheClusters", waits: "not known yet" },
      ],
    },
    {
      name: "a cluster not known yet",
      given: { engine: "memcached", azMode: UNKNOWN, numCacheNodes: 2 },
      types: CACHE_CLUSTER,
      is: "deferred",
      deferrals: [{ path: "azMode", waits: "not known yet" }],
    },
  ],
});
