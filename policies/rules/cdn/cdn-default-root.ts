import { type Answer, answer, every, some } from "../../lib/answers";
import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { shown, type Value } from "../../lib/value";
import { DISTRIBUTION } from "../types";
import { isBucket } from "./origins";

const path = "defaultRootObject";
const skip = "no bucket behind the default cache behavior";
const findings = [{ path, says: "not set, must name an object of the bucket that answers at the root" }];

/** Whether a request for the root may go to a bucket. */
function asksBucket(distribution: Value): Answer {
  const origins = distribution.at("origins").items();
  if (every(origins, (origin) => !isBucket(origin))) return false;
  if (every(origins, isBucket)) return true;
  const ids = idsBehindDefault(distribution);
  return some(origins, (origin) => ids.has(origin.at("originId").text()) && isBucket(origin));
}

/** Ids of the origins that the default cache behavior sends requests to: one, or those of a group. */
function idsBehindDefault(distribution: Value): ReadonlySet<string | undefined> {
  const id = distribution.at("defaultCacheBehavior", "targetOriginId").text();
  const groups = distribution.at("originGroups").items();
  const group = groups.find((one) => one.at("originId").text() === id);
  const members = group?.at("members").items() ?? [];
  return new Set([id, ...members.map((member) => member.at("originId").text())]);
}

const files = { originId: "files", domainName: UNKNOWN, originAccessControlId: UNKNOWN };
const spare = { ...files, originId: "spare" };
const api = {
  originId: "api",
  domainName: UNKNOWN,
  customOriginConfig: { originProtocolPolicy: "https-only", originSslProtocols: ["TLSv1.2"] },
};

/** Which origin the default cache behavior sends requests to. */
const to = (targetOriginId: string) => ({ defaultCacheBehavior: { targetOriginId } });

export const cdnDefaultRoot = rule({
  name: "cdn-default-root",
  title: "Distributions of a bucket have an object for their root",
  description:
    "Asked for its root, a bucket lists what it holds to whoever may see that, and answers everybody else with an error. Other origins answer for their root themselves.",
  severity: "low",
  level: "advisory",
  types: DISTRIBUTION,
  frameworks: { fsbp: ["CloudFront.1"] },
  remediation:
    'Set defaultRootObject to the name of an object, such as "index.html", without a slash before it.',
  url: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DefaultRootObject.html",
  judge(distribution) {
    const object = distribution.at(path);
    const name = object.isKnown() ? object.text() : undefined;
    const slashed = name?.startsWith("/") === true;
    if (distribution.isKnown() && object.isSet() && !slashed) return [];
    const asks = answer(() => asksBucket(distribution));
    if (asks === undefined) return [{ path, waits: "not known whether a bucket answers at the root" }];
    if (!asks) return { skip };
    return slashed ? [{ path, says: `${shown(name)}, must have no slash before it` }] : findings;
  },
  scenarios: [
    { name: "an object", given: { origins: [files], ...to("files"), [path]: "index.html" }, is: "pass" },
    {
      name: "an object not known yet",
      given: { origins: [files], ...to("files"), [path]: UNKNOWN },
      is: "pass",
    },
    { name: "none", given: { origins: [files], ...to("files") }, is: "fail", findings },
    { name: "an empty one", given: { origins: [files], ...to(UNKNOWN), [path]: "" }, is: "fail", findings },
    {
      name: "an object in a folder",
      given: { origins: [files], ...to("files"), [path]: "site/index.html" },
      is: "pass",
    },
    {
      name: "an object with a slash before it, which CloudFront does not allow",
      given: { origins: [files], ...to("files"), [path]: "/index.html" },
      is: "fail",
      findings: [{ path, says: '"/index.html", must have no slash before it' }],
    },
    {
      name: "none, for a bucket beside a load balancer",
      given: { origins: [api, files], ...to("files") },
      is: "fail",
      findings,
    },
    {
      name: "none, for a group of buckets beside a load balancer",
      given: {
        origins: [api, files, spare],
        originGroups: [{ originId: "both", members: [{ originId: "files" }, { originId: "spare" }] }],
        ...to("both"),
      },
      is: "fail",
      findings,
    },
    { name: "a load balancer", given: { origins: [api], ...to("api") }, is: "skip", why: skip },
    {
      name: "a load balancer at the root, and a bucket under a path",
      given: {
        origins: [api, files],
        ...to("api"),
        orderedCacheBehaviors: [{ pathPattern: "/static/*", targetOriginId: "files" }],
      },
      is: "skip",
      why: skip,
    },
    {
      name: "not known yet which origin the root is sent to",
      given: { origins: [api, files], ...to(UNKNOWN) },
      is: "deferred",
      deferrals: [{ path, waits: "not known whether a bucket answers at the root" }],
    },
    {
      name: "origins not known yet",
      given: { origins: UNKNOWN, ...to("files") },
      is: "deferred",
      deferrals: [{ path, waits: "not known whether a bucket answers at the root" }],
    },
  ],
});
