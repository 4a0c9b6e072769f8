import { mustBeOn } from "../../lib/attributes";
import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { CACHE_GROUP } from "../types";
import { engineOf, settledBy } from "./caches";

const path = "atRestEncryptionEnabled";

export const cacheEncrypted = rule({
  name: "cache-encrypted",
  title: "Caches are encrypted at rest",
  description:
    "A cache writes its data to disk when it copies itself to a replica, swaps or makes a backup. Redis does so in the clear unless it is told otherwise, Valkey only if it is told to.",
  severity: "medium",
  level: "mandatory",
  types: CACHE_GROUP,
  frameworks: { fsbp: ["ElastiCache.4"] },
  remediation:
    "Set atRestEncryptionEnabled to true. It cannot be changed later: a group that exists is replaced, from a backup if its data matter.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/elasticache-controls.html#elasticache-4",
  judge(group, { type }) {
    const skip = settledBy(group, type);
    if (skip !== undefined) return { skip };
    const encrypted = group.at(path);
    if (encrypted.flag() === undefined && engineOf(group) === "valkey") return [];
    return mustBeOn(encrypted);
  },
  scenarios: [
    { name: "encrypted", given: { engine: "redis", atRestEncryptionEnabled: true }, is: "pass" },
    { name: "encrypted, as a text", given: { atRestEncryptionEnabled: "true" }, is: "pass" },
    { name: "Valkey left to AWS, which encrypts it", given: { engine: "valkey" }, is: "pass" },
    {
      name: "Redis left to AWS",
      given: { engine: "redis" },
      is: "fail",
      findings: [{ path, says: "not set, which means false, must be true" }],
    },
    {
      name: "engine and encryption left to AWS",
      given: {},
      is: "fail",
      findings: [{ path, says: "not set, which means false, must be true" }],
    },
    {
      name: "Valkey, switched off, as a text",
      given: { engine: "valkey", atRestEncryptionEnabled: "false" },
      is: "fail",
      findings: [{ path, says: "false, must be true" }],
    },
    {
      name: "a copy in another region",
      given: { globalReplicationGroupId: UNKNOWN },
      is: "skip",
      why: "part of a global datastore",
    },
    {
      name: "not known yet",
      given: { atRestEncryptionEnabled: UNKNOWN },
      is: "deferred",
      deferrals: [{ path, waits: "not known yet" }],
    },
    {
      name: "left to AWS, of an engine not known yet",
      given: { engine: UNKNOWN },
      is: "deferred",
      deferrals: [{ path: "engine", waits: "not known yet" }],
    },
  ],
});
