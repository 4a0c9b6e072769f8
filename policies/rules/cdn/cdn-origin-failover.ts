import { type Answer, every, some } from "../../lib/answers";
import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import type { Value } from "../../lib/value";
import { DISTRIBUTION } from "../types";
import { behaviorsOf } from "./behaviors";

const path = "originGroups";
const skip = "every cache behavior takes writes";
const wanted = "must be a group of two origins that a cache behavior names";
const writes = new Set(["POST", "PUT", "PATCH", "DELETE"]);

/** Whether a cache behavior lets requests through that write: AWS then allows it no group, nor would it repeat them. */
function takesWrites(behavior: Value): Answer {
  return some(behavior.at("allowedMethods").items(), (method) =>
    writes.has(method.text()?.toUpperCase() ?? ""),
  );
}

/** Whether a cache behavior sends its requests to a group of two origins. */
function failsOver(behavior: Value, group: Value): Answer {
  const members = group
    .at("members")
    .items()
    .map((member) => member.at("originId"));
  const different = new Set(members.map((member) => (member.isKnown() ? member.text() : member)));
  if (different.size < 2) return false;
  const id = group.at("originId").text();
  return id !== undefined && behavior.at("targetOriginId").text() === id;
}

/** A group of as many origins as it has names. */
const group = (originId: string, ...members: readonly string[]) => ({
  originId,
  failoverCriteria: { statusCodes: [500, 502, 503, 504] },
  members: members.map((member) => ({ originId: member })),
});

const reads = ["GET", "HEAD"];
const all = ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"];

/** A cache behavior that sends its requests somewhere. */
const to = (targetOriginId: string, allowedMethods: readonly string[] = reads) => ({
  targetOriginId,
  allowedMethods,
});

export const cdnOriginFailover = rule({
  name: "cdn-origin-failover",
  title: "Distributions ask a second origin when the first one fails",
  description:
    "With a group of two origins CloudFront repeats a read that failed at the first one at the second, so that viewers go on being served while a bucket or a region is out of order.",
  severity: "low",
  level: "advisory",
  types: DISTRIBUTION,
  frameworks: { fsbp: ["CloudFront.4"] },
  remediation:
    "Add a group of two origins to originGroups, and name its originId as the targetOriginId of a cache behavior that takes no writes.",
  url: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html",
  judge(distribution) {
    const groups = distribution.at(path).items();
    const behaviors = behaviorsOf(distribution);
    const used = some(behaviors, (behavior) => some(groups, (one) => failsOver(behavior, one)));
    if (used === true) return [];
    const writing = every(behaviors, takesWrites);
    if (writing === true) return { skip };
    if (used === undefined || writing === undefined) {
      return [{ path, waits: "not known whether a cache behavior uses one" }];
    }
    const is = groups.length === 0 ? "not set" : "no such group is used";
    return [{ path, says: `${is}, ${wanted}` }];
  },
  scenarios: [
    {
      name: "a group behind the default behavior",
      given: { defaultCacheBehavior: to("both"), originGroups: [group("both", "first", "second")] },
      is: "pass",
    },
    {
      name: "a group behind another behavior, of buckets that are created in the same deployment",
      given: {
        defaultCacheBehavior: to("api", all),
        orderedCacheBehaviors: [{ ...to("both"), allowedMethods: UNKNOWN }],
        originGroups: [group("both", UNKNOWN, UNKNOWN)],
      },
      is: "pass",
    },
    {
      name: "none",
      given: { defaultCacheBehavior: to("first") },
      is: "fail",
      findings: [{ path, says: `not set, ${wanted}` }],
    },
    {
      name: "none, and one of two behaviors takes no writes",
      given: { defaultCacheBehavior: to("api", all), orderedCacheBehaviors: [to("first")], originGroups: [] },
      is: "fail",
      findings: [{ path, says: `not set, ${wanted}` }],
    },
    {
      name: "a group that nothing uses",
      given: { defaultCacheBehavior: to("first"), originGroups: [group("both", "first", "second")] },
      is: "fail",
      findings: [{ path, says: `no such group is used, ${wanted}` }],
    },
    {
      name: "a group of one origin, named twice",
      given: { defaultCacheBehavior: to("both"), originGroups: [group("both", "first", "first")] },
      is: "fail",
      findings: [{ path, says: `no such group is used, ${wanted}` }],
    },
    {
      name: "an interface that is written to, and nothing else",
      given: { defaultCacheBehavior: to("api", all) },
      is: "skip",
      why: skip,
    },
    {
      name: "ids of origins not known yet",
      given: { defaultCacheBehavior: to(UNKNOWN), originGroups: [group(UNKNOWN, "first", "second")] },
      is: "deferred",
      deferrals: [{ path, waits: "not known whether a cache behavior uses one" }],
    },
    {
      name: "behaviors not known yet",
      given: { defaultCacheBehavior: to("api", all), orderedCacheBehaviors: UNKNOWN },
      is: "deferred",
      deferrals: [{ path, waits: "not known whether a cache behavior uses one" }],
    },
    {
      name: "groups not known yet",
      given: { defaultCacheBehavior: to("both"), originGroups: UNKNOWN },
      is: "deferred",
      deferrals: [{ path, waits: "not known yet" }],
    },
  ],
});
