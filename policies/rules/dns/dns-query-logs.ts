import type { Link } from "../../lib/links";
import { rule, type ScenarioResource } from "../../lib/rule";
import { SUBJECT } from "../../lib/scenario";
import { UNKNOWN } from "../../lib/unknown";
import { DNS_QUERY_LOG, DNS_ZONE } from "../types";
import { existing, other, planned, zone } from "./examples";
import { isPrivate } from "./private-zones";

const logs: Link = {
  from: DNS_QUERY_LOG,
  names: ({ outputs }) => [outputs.at("zoneId")],
  to: DNS_ZONE,
};

const skip = "private zone";
const findings = [{ path: "zoneId", says: "named by no query log, must be by one" }];
const deferrals = [{ path: "zoneId", waits: "not known whether a query log names it" }];

/** A query log, by the id of its zone or by what that comes from. */
function log(zoneId: string, from: readonly string[] = []): ScenarioResource {
  const type = "aws:route53/queryLog:QueryLog";
  return { name: "queries", type, props: { zoneId, cloudwatchLogGroupArn: UNKNOWN }, from: { zoneId: from } };
}

export const dnsQueryLogs = rule({
  name: "dns-query-logs",
  title: "Public hosted zones log the queries they answer",
  description:
    "The log tells which names are asked for, from where, and what was answered: how a name is misused, and whether an old one can go. The queries of private zones are logged by the resolver of their network.",
  severity: "low",
  level: "advisory",
  types: DNS_ZONE,
  frameworks: { fsbp: ["Route53.2"] },
  remediation:
    "Add an aws.route53.QueryLog whose zoneId is the zone's, with a log group in us-east-1 that Route 53 may write to.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/route53-controls.html#route53-2",
  judgeInStack(resource, { stack }) {
    const { certain, possible } = stack.linked(resource, logs);
    if (certain.length > 0) return [];
    if (isPrivate(resource.inputs)) return { skip };
    return possible.length > 0 ? deferrals : findings;
  },
  scenarios: [
    {
      name: "a log of a zone that exists",
      given: zone,
      outputs: existing,
      stack: [log("Z1EXAMPLE")],
      is: "pass",
    },
    {
      name: "a log of a zone that is not created yet",
      given: zone,
      outputs: planned,
      stack: [other, log(UNKNOWN, [SUBJECT])],
      is: "pass",
    },
    { name: "none", given: { ...zone, vpcs: [] }, outputs: existing, is: "fail", findings },
    { name: "none, before the zone exists", given: zone, outputs: planned, is: "fail", findings },
    {
      name: "a log of another zone that exists",
      given: zone,
      outputs: existing,
      stack: [log("Z2EXAMPLE")],
      is: "fail",
      findings,
    },
    {
      name: "a log of another zone that is not created yet",
      given: zone,
      outputs: planned,
      stack: [other, log(UNKNOWN, ["other"])],
      is: "fail",
      findings,
    },
    { name: "a private zone", given: { ...zone, vpcs: [{ vpcId: UNKNOWN }] }, is: "skip", why: skip },
    {
      name: "a log of one of two zones, not known which",
      given: zone,
      outputs: planned,
      stack: [other, log(UNKNOWN, [SUBJECT, "other"])],
      is: "deferred",
      deferrals,
    },
    {
      name: "not known yet whether it is private",
      given: { ...zone, vpcs: UNKNOWN },
      is: "deferred",
      deferrals: [{ path: "vpcs", waits: "not known yet" }],
    },
  ],
});
