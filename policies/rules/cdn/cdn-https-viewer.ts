import { apart, concluded, type Judgement } from "../../lib/judgement";
import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { shown, type Value } from "../../lib/value";
import { DISTRIBUTION } from "../types";
import { behaviorsOf } from "./behaviors";

const redirect = "redirect-to-https";
const wanted = `must be "${redirect}" or "https-only"`;

function judgeBehavior(behavior: Value): Judgement {
  const property = behavior.at("viewerProtocolPolicy");
  const policy = property.text();
  if (policy === redirect || policy === "https-only") return [];
  return [{ path: property.path, says: `${shown(policy)}, ${wanted}` }];
}

function judgeBehaviors(distribution: Value): Judgement {
  return apart(...behaviorsOf(distribution).map((behavior) => () => judgeBehavior(behavior)));
}

const path = "defaultCacheBehavior.viewerProtocolPolicy";

/** Cache behaviors with these policies, the default one first. */
const serving = (first: string, ...others: readonly string[]) => ({
  defaultCacheBehavior: { targetOriginId: "web", viewerProtocolPolicy: first },
  orderedCacheBehaviors: others.map((viewerProtocolPolicy, index) => ({
    pathPattern: `/part-${index}/*`,
    targetOriginId: "web",
    viewerProtocolPolicy,
  })),
});

export const cdnHttpsViewer = rule({
  name: "cdn-https-viewer",
  title: "Distributions serve nothing over plain HTTP",
  description:
    "What goes over plain HTTP can be read and changed by anybody on its way. A distribution decides for each cache behavior, and one that allows it is enough.",
  severity: "high",
  level: "mandatory",
  types: DISTRIBUTION,
  frameworks: { fsbp: ["CloudFront.3"] },
  remediation: `Set viewerProtocolPolicy to "${redirect}" in every cache behavior, or to "https-only" where nobody comes over HTTP.`,
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudfront-controls.html#cloudfront-3",
  judge: judgeBehaviors,
  fix: (distribution) =>
    concluded(() => judgeBehaviors(distribution)).findings.map((finding) => ({
      path: finding.path,
      value: redirect,
    })),
  scenarios: [
    { name: "a redirect", given: serving(redirect), is: "pass" },
    { name: "HTTPS only, and a redirect", given: serving("https-only", redirect), is: "pass" },
    {
      name: "plain HTTP",
      given: serving("allow-all"),
      is: "fail",
      findings: [{ path, says: `"allow-all", ${wanted}` }],
    },
    {
      name: "plain HTTP in one of two other behaviors",
      given: serving(redirect, "https-only", "allow-all"),
      is: "fail",
      findings: [{ path: "orderedCacheBehaviors[1].viewerProtocolPolicy", says: `"allow-all", ${wanted}` }],
    },
    {
      name: "left out",
      given: { defaultCacheBehavior: { targetOriginId: "web" } },
      is: "fail",
      findings: [{ path, says: `not set, ${wanted}` }],
    },
    {
      name: "one behavior certain, the others not known yet",
      given: { ...serving("allow-all"), orderedCacheBehaviors: UNKNOWN },
      is: "fail",
      findings: [{ path, says: `"allow-all", ${wanted}` }],
      deferrals: [{ path: "orderedCacheBehaviors", waits: "not known yet" }],
    },
    {
      name: "a policy not known yet",
      given: serving(UNKNOWN, redirect),
      is: "deferred",
      deferrals: [{ path, waits: "not known yet" }],
    },
  ],
});
