import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { shown } from "../../lib/value";
import { CACHE_CLUSTER, CACHE_GROUP } from "../types";
import { isSingle, settledBy } from "./caches";

const path = "subnetGroupName";
const must = "must be a subnet group of your own";

export const cacheOwnSubnets = rule({
  name: "cache-own-subnets",
  title: "Caches stand in subnets chosen for them",
  description:
    "AWS's own subnet group is all of the default network, whose subnets lead to the internet and are shared with whatever else was never given a place.",
  severity: "medium",
  level: "advisory",
  types: [...CACHE_GROUP, ...CACHE_CLUSTER],
  frameworks: { fsbp: ["ElastiCache.7"] },
  remediation: "Set subnetGroupName to an aws.elasticache.SubnetGroup over private subnets.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/elasticache-controls.html#elasticache-7",
  judge(cache, { type }) {
    // A copy in another region stands in a network of its own; a node of a group does not.
    const skip = isSingle(type) ? settledBy(cache, type) : undefined;
    if (skip !== undefined) return { skip };
    const name = cache.at(path).text();
    if (name !== undefined && name.toLowerCase() !== "default") return [];
    return [
      { path, says: `${name === undefined ? 'not set, which means "default"' : shown(name)}, ${must}` },
    ];
  },
  scenarios: [
    { name: "a group of its own", given: { subnetGroupName: "data-1234567" }, is: "pass" },
    {
      name: "left to AWS",
      given: { engine: "memcached" },
      is: "fail",
      findings: [{ path, says: `not set, which means "default", ${must}` }],
    },
    {
      name: "AWS's own",
      given: { engine: "redis", subnetGroupName: "default" },
      is: "fail",
      findings: [{ path, says: `"default", ${must}` }],
    },
    {
      name: "a copy in another region, left to AWS",
      given: { globalReplicationGroupId: UNKNOWN },
      types: CACHE_GROUP,
      is: "fail",
      findings: [{ path, says: `not set, which means "default", ${must}` }],
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
      given: { subnetGroupName: UNKNOWN },
      is: "deferred",
      deferrals: [{ path, waits: "not known yet" }],
    },
  ],
});
