import { type Answer, every, some } from "../../lib/answers";
import { apart, type Judgement } from "../../lib/judgement";
import { isMadeByAws } from "../../lib/makers";
import { rule, type ScenarioResource } from "../../lib/rule";
import type { Stack, StackResource } from "../../lib/stack";
import { UNKNOWN } from "../../lib/unknown";
import { brief, type Value } from "../../lib/value";
import { DISTRIBUTION, RESPONSE_HEADERS } from "../types";
import { behaviorsOf } from "./behaviors";
import { managedPolicies } from "./managed-headers";

const property = "responseHeadersPolicyId";
const wanted = "must name a policy with Strict-Transport-Security";

/** What a cache behavior's policy tells without the stack: that there is none, or one that AWS keeps. */
function judgeAlone(behavior: Value): Judgement {
  const id = behavior.at(property);
  if (!id.isSet()) return [{ path: id.path, says: `not set, ${wanted}` }];
  const managed = id.isKnown() ? managedPolicies.get(id.text() ?? "") : undefined;
  if (managed === undefined || managed.strict) return [];
  return [{ path: id.path, says: `${managed.name} without it, ${wanted}` }];
}

function judgeTogether(distribution: StackResource, behavior: Value, stack: Stack): Judgement {
  // Of a behavior that is not known at all, nothing tells whether it names the policy it came with.
  if (!behavior.isKnown()) return [{ path: behavior.path, waits: "not known yet" }];
  const id = behavior.at(property);
  const { path } = id;
  const reference = stack.refer(distribution, id, RESPONSE_HEADERS);
  switch (reference?.kind) {
    case undefined:
      return [];
    case "one":
      return judgePolicies(path, [reference.resource]);
    case "outside":
      if (managedPolicies.has(reference.value)) return [];
      return [{ path, waits: `${brief(reference.value)} is not in this stack` }];
    case "among": {
      const { resources, others } = reference;
      // Behaviors name buckets and cache policies too: those hand on no ids of other policies.
      const elsewhere = others && !stack.sourcesOf(distribution, id).every(isMadeByAws);
      if (elsewhere || resources.length === 0) return [{ path, waits: "not known yet" }];
      return judgePolicies(path, resources);
    }
  }
}

/** Judges the policies of which a cache behavior names one. */
function judgePolicies(path: string, policies: readonly StackResource[]): Judgement {
  if (every(policies, addsHeader)) return [];
  const [first, ...others] = policies.map(({ name }) => brief(name));
  const all = `${policies.length} policies`;
  if (some(policies, addsHeader) === false) {
    const is = others.length === 0 ? `${first} without it` : `one of ${all} without it`;
    return [{ path, says: `${is}, ${wanted}` }];
  }
  return [
    { path, waits: others.length === 0 ? `headers of ${first} not known` : `not known which of ${all}` },
  ];
}

/** Whether a policy adds the header; with an age of 0 it would have browsers forget it. */
function addsHeader({ inputs }: StackResource): Answer {
  const header = inputs.at("securityHeadersConfig", "strictTransportSecurity");
  return (header.at("accessControlMaxAgeSec").number() ?? 0) > 0;
}

const path = `defaultCacheBehavior.${property}`;
const security = "67f7725c-6f97-4210-82d7-5512b31e9d03";
const simple = "60669652-455b-4ae9-85a4-c4c02393f86c";
const ofAnother = "12345678-1234-1234-1234-123456789012";

/** A default cache behavior with a policy. */
const withPolicy = (responseHeadersPolicyId?: string) => ({
  defaultCacheBehavior: { targetOriginId: "web", responseHeadersPolicyId },
});

/** A policy of the stack, and for how long it has browsers remember. */
function policy(name: string, accessControlMaxAgeSec: unknown, id: string = UNKNOWN): ScenarioResource {
  const strictTransportSecurity = { accessControlMaxAgeSec, override: true };
  const type = "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy";
  return { name, type, props: { id, securityHeadersConfig: { strictTransportSecurity } } };
}

const bare: ScenarioResource = { ...policy("bare", 0), props: { id: UNKNOWN, corsConfig: {} } };

export const cdnSecurityHeaders = rule({
  name: "cdn-security-headers",
  title: "Distributions tell browsers to stay with HTTPS",
  description:
    "A browser that has once seen the header Strict-Transport-Security asks for nothing over plain HTTP any more. Headers that an origin or a function adds by itself are not seen here.",
  severity: "low",
  level: "advisory",
  types: DISTRIBUTION,
  frameworks: {},
  remediation: `Set responseHeadersPolicyId of every cache behavior to "${security}", AWS's SecurityHeadersPolicy, or to the id of an aws.cloudfront.ResponseHeadersPolicy with strictTransportSecurity.`,
  url: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-response-headers-policies.html",
  judge: (distribution) => apart(...behaviorsOf(distribution).map((one) => () => judgeAlone(one))),
  judgeInStack: (distribution, { stack }) =>
    apart(...behaviorsOf(distribution.outputs).map((one) => () => judgeTogether(distribution, one, stack))),
  scenarios: [
    { name: "AWS's own policy", given: withPolicy(security), is: "pass" },
    {
      name: "a policy of the stack that exists",
      given: withPolicy(ofAnother),
      stack: [policy("strict", "31536000", ofAnother)],
      is: "pass",
    },
    {
      name: "a policy of the stack that is not created yet",
      given: withPolicy(UNKNOWN),
      from: { defaultCacheBehavior: ["strict"] },
      stack: [policy("strict", 1), bare],
      is: "pass",
    },
    {
      name: "a policy of the stack, in a behavior that names a bucket too",
      given: withPolicy(UNKNOWN),
      from: { defaultCacheBehavior: ["strict", "files"] },
      stack: [policy("strict", 1), { name: "files", type: "aws:s3/bucket:Bucket", props: { id: UNKNOWN } }],
      is: "pass",
    },
    {
      name: "none",
      given: withPolicy(),
      is: "fail",
      findings: [{ path, says: `not set, ${wanted}` }],
    },
    {
      name: "none in one of two other behaviors",
      given: {
        ...withPolicy(security),
        orderedCacheBehaviors: [{ responseHeadersPolicyId: security }, { responseHeadersPolicyId: "" }],
      },
      is: "fail",
      findings: [{ path: `orderedCacheBehaviors[1].${property}`, says: `not set, ${wanted}` }],
    },
    {
      name: "AWS's own policy for other headers",
      given: withPolicy(simple),
      is: "fail",
      findings: [{ path, says: `SimpleCORS without it, ${wanted}` }],
    },
    {
      name: "a policy that makes browsers forget",
      given: withPolicy(ofAnother),
      stack: [policy("forgetful", 0, ofAnother)],
      is: "fail",
      findings: [{ path, says: `forgetful without it, ${wanted}` }],
    },
    {
      name: "a policy for other headers that is not created yet",
      given: withPolicy(UNKNOWN),
      from: { defaultCacheBehavior: ["bare"] },
      stack: [bare],
      is: "fail",
      findings: [{ path, says: `bare without it, ${wanted}` }],
    },
    {
      name: "one of two policies for other headers, not known which",
      given: withPolicy(UNKNOWN),
      from: { defaultCacheBehavior: ["bare", "forgetful"] },
      stack: [bare, policy("forgetful", "0")],
      is: "fail",
      findings: [{ path, says: `one of 2 policies without it, ${wanted}` }],
    },
    {
      name: "one behavior certain, the others not known yet",
      given: { ...withPolicy(), orderedCacheBehaviors: UNKNOWN },
      is: "fail",
      findings: [{ path, says: `not set, ${wanted}` }],
      deferrals: [{ path: "orderedCacheBehaviors", waits: "not known yet" }],
    },
    {
      name: "one of two policies, not known which",
      given: withPolicy(UNKNOWN),
      from: { defaultCacheBehavior: ["strict", "bare"] },
      stack: [policy("strict", 1), bare],
      is: "deferred",
      deferrals: [{ path, waits: "not known which of 2 policies" }],
    },
    {
      name: "an age not known yet",
      given: withPolicy(ofAnother),
      stack: [policy("strict", UNKNOWN, ofAnother)],
      is: "deferred",
      deferrals: [{ path, waits: "headers of strict not known" }],
    },
    {
      name: "a policy from elsewhere",
      given: withPolicy(ofAnother),
      is: "deferred",
      deferrals: [{ path, waits: `${ofAnother} is not in this stack` }],
    },
    {
      name: "a policy of the stack, or of another one",
      given: withPolicy(UNKNOWN),
      from: { defaultCacheBehavior: ["strict", "shared"] },
      stack: [
        policy("strict", 1),
        { name: "shared", type: "pulumi:pulumi:StackReference", props: { outputs: UNKNOWN } },
      ],
      is: "deferred",
      deferrals: [{ path, waits: "not known yet" }],
    },
    {
      name: "a behavior that is not known at all, whose policy may be another than the one it came from",
      given: { defaultCacheBehavior: UNKNOWN },
      from: { defaultCacheBehavior: ["bare"] },
      stack: [bare],
      is: "deferred",
      deferrals: [{ path: "defaultCacheBehavior", waits: "not known yet" }],
    },
    {
      name: "behaviors that are not known at all, not all of which may name the policy",
      given: { ...withPolicy(security), orderedCacheBehaviors: UNKNOWN },
      from: { orderedCacheBehaviors: ["strict"] },
      stack: [policy("strict", 1)],
      is: "deferred",
      deferrals: [{ path: "orderedCacheBehaviors", waits: "not known yet" }],
    },
    {
      name: "not known yet, and from nothing in the stack",
      given: withPolicy(UNKNOWN),
      is: "deferred",
      deferrals: [{ path, waits: "not known yet" }],
    },
  ],
});
