import { each, type Judgement } from "../../lib/judgement";
import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import type { Value } from "../../lib/value";
import { DNS_RECORD } from "../types";

const skip = "no primary record of a failover";

/** Whether a record is the one that is answered with until it fails. */
function isPrimary(record: Value): boolean {
  const policies = record.at("failoverRoutingPolicies").items();
  return policies.some((policy) => policy.at("type").text()?.toUpperCase() === "PRIMARY");
}

/** What is wrong with a primary record without a health check: an alias may ask its target instead. */
function judgeTarget(record: Value): Judgement {
  const aliases = record.at("aliases");
  if (aliases.items().length === 0) {
    return [{ path: "healthCheckId", says: "not set, must name a health check" }];
  }
  return each(aliases, (alias) => {
    const evaluates = alias.at("evaluateTargetHealth");
    if (evaluates.flag() === true) return [];
    return [{ path: evaluates.path, says: "not true, must be true, or healthCheckId must be set" }];
  });
}

const primary = { failoverRoutingPolicies: [{ type: "PRIMARY" }], setIdentifier: "first" };
const path = "aliases[0].evaluateTargetHealth";
const addresses = { type: "A", ttl: 60, records: ["192.0.2.1"] };

/** An alias to a load balancer, and whether Route 53 asks it how it is. */
const alias = (evaluateTargetHealth: unknown) => ({
  type: "A",
  aliases: [{ name: "edge-123.eu-west-1.elb.amazonaws.com", zoneId: "Z32O12XQLNTSW2", evaluateTargetHealth }],
});

export const dnsFailoverJudged = rule({
  name: "dns-failover-judged",
  title: "The primary record of a failover is checked",
  description:
    "Route 53 answers with the secondary record only when it finds the primary one unhealthy. A primary record that nothing checks is healthy for ever, and the failover never happens.",
  severity: "medium",
  level: "advisory",
  types: DNS_RECORD,
  frameworks: {},
  remediation:
    "Set healthCheckId to the id of an aws.route53.HealthCheck, or evaluateTargetHealth of the alias to true, which an alias to CloudFront does not allow.",
  url: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-how-route-53-chooses-records.html",
  judge(record) {
    if (record.at("failoverRoutingPolicies").items().length === 0) return { skip };
    if (record.at("healthCheckId").isSet()) return [];
    return isPrimary(record) ? judgeTarget(record) : { skip };
  },
  scenarios: [
    {
      name: "a health check",
      given: { ...primary, ...addresses, healthCheckId: "12345678-1234-1234-1234-123456789012" },
      is: "pass",
    },
    {
      name: "a health check that is created in the same deployment",
      given: { ...primary, ...alias(false), healthCheckId: UNKNOWN },
      is: "pass",
    },
    { name: "the health of an alias's target", given: { ...primary, ...alias(true) }, is: "pass" },
    { name: "the same, as a text", given: { ...primary, ...alias("true") }, is: "pass" },
    {
      name: "addresses that nothing checks",
      given: { ...primary, ...addresses },
      is: "fail",
      findings: [{ path: "healthCheckId", says: "not set, must name a health check" }],
    },
    {
      name: "an alias that asks nothing of its target",
      given: { ...primary, ...alias(false), healthCheckId: "" },
      is: "fail",
      findings: [{ path, says: "not true, must be true, or healthCheckId must be set" }],
    },
    {
      name: "an alias left to AWS",
      given: { ...primary, ...alias(undefined) },
      is: "fail",
      findings: [{ path, says: "not true, must be true, or healthCheckId must be set" }],
    },
    { name: "a record without a failover", given: { ...addresses }, is: "skip", why: skip },
    {
      name: "the secondary record",
      given: { ...addresses, failoverRoutingPolicies: [{ type: "SECONDARY" }] },
      is: "skip",
      why: skip,
    },
    {
      name: "not known yet whether it asks its target",
      given: { ...primary, ...alias(UNKNOWN) },
      is: "deferred",
      deferrals: [{ path, waits: "not known yet" }],
    },
    {
      name: "not known yet which record it is",
      given: { ...addresses, failoverRoutingPolicies: [{ type: UNKNOWN }] },
      is: "deferred",
      deferrals: [{ path: "failoverRoutingPolicies[0].type", waits: "not known yet" }],
    },
  ],
});
