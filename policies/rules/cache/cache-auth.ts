import { isWritten } from "../../lib/attributes";
import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { CACHE_GROUP } from "../types";
import { settledBy } from "./caches";

const users = "userGroupIds";
const findings = [
  { path: users, says: "not set, must name a user group, unless authToken or authTokenWo is set" },
];

export const cacheAuth = rule({
  name: "cache-auth",
  title: "Caches ask who is there",
  description:
    "Whoever reaches the port of an open cache reads and deletes everything in it. A user group says who may do what; a token at least keeps strangers out.",
  severity: "medium",
  level: "advisory",
  types: CACHE_GROUP,
  frameworks: { fsbp: ["ElastiCache.6"] },
  remediation:
    "Set userGroupIds to a group of users, or authTokenWo for Redis before version 6; both want transitEncryptionEnabled.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/elasticache-controls.html#elasticache-6",
  judge(group, { type }) {
    const skip = settledBy(group, type);
    if (skip !== undefined) return { skip };
    if (isWritten(group, "authToken") || isWritten(group, "authTokenWo")) return [];
    return group.at(users).items().length > 0 ? [] : findings;
  },
  scenarios: [
    { name: "a user group", given: { userGroupIds: ["readers"] }, is: "pass" },
    { name: "a user group that is not created yet", given: { userGroupIds: [UNKNOWN] }, is: "pass" },
    { name: "a token", given: { authToken: "[secret]" }, is: "pass" },
    {
      name: "a token that is only written",
      given: { authTokenWo: UNKNOWN, authTokenWoVersion: 1 },
      is: "pass",
    },
    { name: "left to AWS", given: { engine: "valkey" }, is: "fail", findings },
    {
      name: "no user groups, and an empty token",
      given: { userGroupIds: [], authToken: "" },
      is: "fail",
      findings,
    },
    {
      name: "a copy in another region",
      given: { globalReplicationGroupId: UNKNOWN },
      is: "skip",
      why: "part of a global datastore",
    },
    {
      name: "not known yet whether there are user groups",
      given: { userGroupIds: UNKNOWN },
      is: "deferred",
      deferrals: [{ path: users, waits: "not known yet" }],
    },
  ],
});
