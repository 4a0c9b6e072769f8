import { type Answer, some } from "../../lib/answers";
import type { Link } from "../../lib/links";
import { rule, type ScenarioResource } from "../../lib/rule";
import { SUBJECT } from "../../lib/scenario";
import type { StackResource } from "../../lib/stack";
import { UNKNOWN } from "../../lib/unknown";
import { DNS_SIGNING, DNS_ZONE } from "../types";
import { existing, other, planned, zone } from "./examples";
import { isPrivate } from "./private-zones";

const signatures: Link = {
  from: DNS_SIGNING,
  names: ({ outputs }) => [outputs.at("hostedZoneId")],
  to: DNS_ZONE,
};

/** Whether signing is on, as it is unless somebody says otherwise. */
function signs({ inputs }: StackResource): Answer {
  return (inputs.at("signingStatus").text() ?? "SIGNING") === "SIGNING";
}

const skip = "private zone";
const path = "zoneId";
const findings = [
  { path, says: "signed by nothing, must be named by an aws.route53.HostedZoneDnsSec that signs" },
];
const deferrals = [{ path, waits: "not known whether it is signed" }];

/** Signing of a zone, by its id or by what that comes from. */
function signing(
  hostedZoneId: string,
  from: readonly string[] = [],
  signingStatus?: string,
): ScenarioResource {
  const type = "aws:route53/hostedZoneDnsSec:HostedZoneDnsSec";
  return { name: "signing", type, props: { hostedZoneId, signingStatus }, from: { hostedZoneId: from } };
}

export const dnsSigning = rule({
  name: "dns-signing",
  title: "Public hosted zones sign their answers",
  description:
    "A resolver that checks signatures takes no forged answer for one of the zone's. Route 53 signs no private zones, and the parent zone must be given the key for it to count.",
  severity: "low",
  level: "advisory",
  types: DNS_ZONE,
  frameworks: {},
  remediation:
    "Add an aws.route53.KeySigningKey and an aws.route53.HostedZoneDnsSec for the zone, then a DS record in its parent.",
  url: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-configuring-dnssec.html",
  judgeInStack(resource, { stack }) {
    const { certain, possible } = stack.linked(resource, signatures);
    const signed = some(certain, signs);
    if (signed === true) return [];
    if (isPrivate(resource.inputs)) return { skip };
    return signed === false && some(possible, signs) === false ? findings : deferrals;
  },
  scenarios: [
    { name: "a zone that exists", given: zone, outputs: existing, stack: [signing("Z1EXAMPLE")], is: "pass" },
    {
      name: "a zone that is not created yet",
      given: zone,
      outputs: planned,
      stack: [other, signing(UNKNOWN, [SUBJECT], "SIGNING")],
      is: "pass",
    },
    { name: "not signed", given: zone, outputs: existing, is: "fail", findings },
    { name: "not signed, before the zone exists", given: zone, outputs: planned, is: "fail", findings },
    {
      name: "switched off",
      given: zone,
      outputs: existing,
      stack: [signing("Z1EXAMPLE", [], "NOT_SIGNING")],
      is: "fail",
      findings,
    },
    {
      name: "another zone that exists is signed",
      given: zone,
      outputs: existing,
      stack: [signing("Z2EXAMPLE")],
      is: "fail",
      findings,
    },
    {
      name: "another zone that is not created yet is signed",
      given: zone,
      outputs: planned,
      stack: [other, signing(UNKNOWN, ["other"])],
      is: "fail",
      findings,
    },
    {
      name: "switched off for one of two zones",
      given: zone,
      outputs: planned,
      stack: [other, signing(UNKNOWN, [SUBJECT, "other"], "NOT_SIGNING")],
      is: "fail",
      findings,
    },
    { name: "a private zone", given: { ...zone, vpcs: [{ vpcId: UNKNOWN }] }, is: "skip", why: skip },
    {
      name: "one of two zones is signed, not known which",
      given: zone,
      outputs: planned,
      stack: [other, signing(UNKNOWN, [SUBJECT, "other"])],
      is: "deferred",
      deferrals,
    },
    {
      name: "not known yet whether signing is on",
      given: zone,
      outputs: existing,
      stack: [signing("Z1EXAMPLE", [], UNKNOWN)],
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
