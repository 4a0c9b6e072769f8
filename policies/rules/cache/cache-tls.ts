import { mustBeOn } from "../../lib/attributes";
import { apart, type Judgement } from "../../lib/judgement";
import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import type { Value } from "../../lib/value";
import { CACHE_CLUSTER, CACHE_GROUP } from "../types";
import { settledBy } from "./caches";

const enabled = "transitEncryptionEnabled";
const mode = "transitEncryptionMode";

function judgeMode(cache: Value): Judgement {
  if (cache.at(mode).text()?.toLowerCase() !== "preferred") return [];
  return [{ path: mode, says: '"preferred", must be "required"' }];
}

export const cacheTls = rule({
  name: "cache-tls",
  title: "Caches take nothing but TLS",
  description:
    "Sessions, tokens and whatever else a cache holds cross the network with every request. Without TLS, or where a client may choose, so does the cache's password.",
  severity: "high",
  level: "mandatory",
  types: [...CACHE_GROUP, ...CACHE_CLUSTER],
  frameworks: { fsbp: ["ElastiCache.5"] },
  remediation:
    'Set transitEncryptionEnabled to true, and transitEncryptionMode to "required" once every client speaks TLS; one node of Redis can have it only as a replication group.',
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/elasticache-controls.html#elasticache-5",
  judge(cache, { type }) {
    const skip = settledBy(cache, type);
    if (skip !== undefined) return { skip };
    return apart(
      () => mustBeOn(cache.at(enabled)),
      () => judgeMode(cache),
    );
  },
  scenarios: [
    { name: "TLS", given: { engine: "memcached", transitEncryptionEnabled: true }, is: "pass" },
    {
      name: "nothing but TLS, as a text",
      given: { transitEncryptionEnabled: "true", transitEncryptionMode: "required" },
      types: CACHE_GROUP,
      is: "pass",
    },
    {
      name: "left to AWS",
      given: { engine: "valkey" },
      is: "fail",
      findings: [{ path: enabled, says: "not set, which means false, must be true" }],
    },
    {
      name: "switched off, as a text",
      given: { engine: "redis", transitEncryptionEnabled: "false" },
      is: "fail",
      findings: [{ path: enabled, says: "false, must be true" }],
    },
    {
      name: "TLS for those who want it",
      given: { transitEncryptionEnabled: true, transitEncryptionMode: "preferred" },
      types: CACHE_GROUP,
      is: "fail",
      findings: [{ path: mode, says: '"preferred", must be "required"' }],
    },
    {
      name: "not known yet, and only for those who want it",
      given: { transitEncryptionEnabled: UNKNOWN, transitEncryptionMode: "preferred" },
      types: CACHE_GROUP,
      is: "fail",
      findings: [{ path: mode, says: '"preferred", must be "required"' }],
      deferrals: [{ path: enabled, waits: "not known yet" }],
    },
    {
      name: "a node of a replication group",
      given: { replicationGroupId: "sessions" },
      types: CACHE_CLUSTER,
      is: "skip",
      why: "part of a replication group",
    },
    {
      name: "a copy in another region",
      given: { globalReplicationGroupId: "ldgnf-sessions" },
      types: CACHE_GROUP,
      is: "skip",
      why: "part of a global datastore",
    },
    {
      name: "not known yet",
      given: { transitEncryptionEnabled: UNKNOWN },
      is: "deferred",
      deferrals: [{ path: enabled, waits: "not known yet" }],
    },
  ],
});
