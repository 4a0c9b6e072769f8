import { rule, type ScenarioResource } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import type { Value } from "../../lib/value";
import { judgeNumber, judgeZones, minZones, type Places, placesIn } from "../../lib/zones";
import { SCALING_GROUP } from "../types";

/** Where a group lists the zones it launches into, if it does so by name. */
function zonesOf(group: Value): Places | undefined {
  const zones = placesIn(group.at("availabilityZones"));
  const subnets = group.at("vpcZoneIdentifiers");
  // AWS gives the zones back for the subnets a program writes, so subnets come first.
  return subnets.isKnown() && subnets.items().length === 0 && zones.list.isSet() ? zones : undefined;
}

function subnetsOf(group: Value): Places {
  return placesIn(group.at("vpcZoneIdentifiers"));
}

function subnet(name: string, zone: string, id: string = UNKNOWN): ScenarioResource {
  return { name, type: "aws:ec2/subnet:Subnet", props: { id, availabilityZone: `eu-west-1${zone}` } };
}

export const scalingMultiZone = rule({
  name: "scaling-multi-zone",
  title: "Scaling groups launch into several zones",
  description:
    "A zone can fail as a whole; a group in one zone loses every instance with it and cannot launch others.",
  severity: "high",
  level: "mandatory",
  types: SCALING_GROUP,
  parameters: { minZones },
  frameworks: { fsbp: ["AutoScaling.2"] },
  remediation: "List subnets of {minZones} or more availability zones in vpcZoneIdentifiers.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/autoscaling-controls.html#autoscaling-2",
  judge(group, { config }) {
    const zones = zonesOf(group);
    return zones === undefined
      ? judgeNumber(subnetsOf(group), "subnet", config.minZones)
      : judgeNumber(zones, "zone", config.minZones);
  },
  judgeInStack(group, { config, stack }) {
    const zones = zonesOf(group.inputs);
    if (zones === undefined) return judgeZones(stack, group, subnetsOf(group.inputs), config.minZones);
    // Zones need no other resource: they are judged by number, or not known in this run.
    return zones.elements === undefined ? [{ path: zones.path, waits: "not known yet" }] : [];
  },
  scenarios: [
    {
      name: "two subnets in two zones, not created yet",
      given: { vpcZoneIdentifiers: [UNKNOWN, UNKNOWN] },
      outputs: { vpcZoneIdentifiers: [UNKNOWN, UNKNOWN], availabilityZones: UNKNOWN },
      from: { vpcZoneIdentifiers: ["one", "two"] },
      stack: [subnet("one", "a"), subnet("two", "b")],
      is: "pass",
    },
    {
      name: "two subnets in two zones, by id",
      given: { vpcZoneIdentifiers: ["subnet-1", "subnet-2"] },
      stack: [subnet("one", "a", "subnet-1"), subnet("two", "b", "subnet-2")],
      is: "pass",
    },
    { name: "two zones by name", given: { availabilityZones: ["eu-west-1a", "eu-west-1b"] }, is: "pass" },
    {
      name: "one subnet",
      given: { vpcZoneIdentifiers: [UNKNOWN] },
      from: { vpcZoneIdentifiers: ["one"] },
      stack: [subnet("one", "a")],
      is: "fail",
      findings: [{ path: "vpcZoneIdentifiers", says: "1 subnet, must be 2 or more in different zones" }],
    },
    {
      name: "one zone by name",
      given: { availabilityZones: ["eu-west-1a"] },
      is: "fail",
      findings: [{ path: "availabilityZones", says: "1 zone, must be 2 or more in different zones" }],
    },
    {
      name: "two subnets in one zone, not created yet",
      given: { vpcZoneIdentifiers: [UNKNOWN, UNKNOWN] },
      from: { vpcZoneIdentifiers: ["one", "two"] },
      stack: [subnet("one", "a"), subnet("two", "a")],
      is: "fail",
      findings: [{ path: "vpcZoneIdentifiers", says: "all in eu-west-1a, must be in 2 zones or more" }],
    },
    {
      name: "two subnets in one zone, by id",
      given: { vpcZoneIdentifiers: ["subnet-1", "subnet-2"] },
      stack: [subnet("one", "a", "subnet-1"), subnet("two", "a", "subnet-2")],
      is: "fail",
      findings: [{ path: "vpcZoneIdentifiers", says: "all in eu-west-1a, must be in 2 zones or more" }],
    },
    {
      name: "neither subnets nor zones",
      given: {},
      is: "fail",
      findings: [{ path: "vpcZoneIdentifiers", says: "not set, must be 2 or more in different zones" }],
    },
    {
      name: "one known subnet and one of two others",
      given: { vpcZoneIdentifiers: ["subnet-1", UNKNOWN] },
      from: { vpcZoneIdentifiers: ["one", "two", "three"] },
      stack: [subnet("one", "a", "subnet-1"), subnet("two", "a"), subnet("three", "b")],
      is: "deferred",
      deferrals: [{ path: "vpcZoneIdentifiers", waits: "2 of 3 subnets" }],
    },
    {
      name: "a subnet whose zone is not known yet",
      given: { vpcZoneIdentifiers: ["subnet-1", "subnet-2"] },
      stack: [subnet("one", "a", "subnet-1"), { ...subnet("two", "a"), props: { id: "subnet-2" } }],
      is: "deferred",
      deferrals: [{ path: "vpcZoneIdentifiers", waits: "zone of two not known" }],
    },
    {
      name: "zones not known yet",
      given: { availabilityZones: UNKNOWN },
      is: "deferred",
      deferrals: [{ path: "availabilityZones", waits: "not known yet" }],
    },
  ],
});
