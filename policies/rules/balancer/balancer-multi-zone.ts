import type { Skip } from "../../lib/judgement";
import { rule, type ScenarioResource } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import type { Value } from "../../lib/value";
import { judgeNumber, judgeZones, minZones, type Places, placesIn } from "../../lib/zones";
import { LOAD_BALANCER } from "../types";

/** Where a balancer's subnets are listed. A program writes one of two lists; AWS gives both back. */
function subnetsOf(balancer: Value): Places {
  const subnets = placesIn(balancer.at("subnets"));
  const mapped = placesIn(balancer.at("subnetMappings"), (mapping) => mapping.at("subnetId"));
  // A list that is not known yet may be the one.
  return [subnets, mapped].find(({ elements }) => elements === undefined || elements.length > 0) ?? subnets;
}

/**
 * Whether a balancer takes its addresses from an Outpost, which is in one zone: AWS takes one subnet for it, and no more.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html
 */
function isOnOutpost(balancer: Value): boolean {
  return balancer.at("customerOwnedIpv4Pool").isSet();
}

const onOutpost: Skip = { skip: "balancer on an Outpost" };

const arnOf = (name: string) => `arn:aws:ec2:eu-west-1:123456789012:subnet/${name}`;

/** A subnet that exists; without an id, one that does not yet. */
function subnet(name: string, zone: string, id: string = UNKNOWN, parent?: string): ScenarioResource {
  const props = { id, availabilityZone: `eu-west-1${zone}`, arn: id === UNKNOWN ? UNKNOWN : arnOf(id) };
  return { name, type: "aws:ec2/subnet:Subnet", props, ...(parent === undefined ? {} : { parent }) };
}

const network: readonly ScenarioResource[] = [
  { name: "net", type: "awsx:ec2:Vpc", props: {} },
  { name: "net-vpc", type: "aws:ec2/vpc:Vpc", props: { id: UNKNOWN }, parent: "net" },
  ...["a", "b", "c"].flatMap((zone) =>
    ["public", "private"].map((tier) => subnet(`${tier}-${zone}`, zone, UNKNOWN, "net-vpc")),
  ),
];
const wholeNetwork = network.map(({ name }) => name);

export const balancerMultiZone = rule({
  name: "balancer-multi-zone",
  title: "Load balancers stand in several zones",
  description: "A zone can fail as a whole; a balancer in one zone goes down with it, whatever is behind it.",
  severity: "high",
  level: "mandatory",
  types: LOAD_BALANCER,
  parameters: { minZones },
  frameworks: { fsbp: ["ELB.13"] },
  remediation: "List one subnet in each of {minZones} or more availability zones in subnets.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-13",
  judge: (balancer, { config }) =>
    isOnOutpost(balancer) ? onOutpost : judgeNumber(subnetsOf(balancer), "subnet", config.minZones),
  judgeInStack: (resource, { config, stack }) =>
    isOnOutpost(resource.inputs)
      ? onOutpost
      : judgeZones(stack, resource, subnetsOf(resource.inputs), config.minZones),
  scenarios: [
    {
      name: "two subnets in two zones, not created yet",
      given: { subnets: [UNKNOWN, UNKNOWN] },
      from: { subnets: ["one", "two"] },
      stack: [subnet("one", "a"), subnet("two", "b")],
      is: "pass",
    },
    {
      name: "two subnets in two zones, by id",
      given: { subnetMappings: [{ subnetId: "subnet-1" }, { subnetId: "subnet-2" }] },
      outputs: { subnetMappings: [{ subnetId: "subnet-1" }, { subnetId: "subnet-2" }], subnets: UNKNOWN },
      stack: [subnet("one", "a", "subnet-1"), subnet("two", "b", "subnet-2")],
      is: "pass",
    },
    {
      name: "two subnets with addresses of their own, and none beside them",
      given: { subnets: [], subnetMappings: [{ subnetId: "subnet-1" }, { subnetId: "subnet-2" }] },
      stack: [subnet("one", "a", "subnet-1"), subnet("two", "b", "subnet-2")],
      is: "pass",
    },
    {
      name: "three subnets of a network with two in each zone",
      given: { subnets: [UNKNOWN, UNKNOWN, UNKNOWN] },
      from: { subnets: wholeNetwork },
      stack: network,
      is: "pass",
    },
    {
      name: "one subnet",
      given: { subnets: [UNKNOWN] },
      is: "fail",
      findings: [{ path: "subnets", says: "1 subnet, must be 2 or more in different zones" }],
    },
    {
      name: "none",
      given: {},
      is: "fail",
      findings: [{ path: "subnets", says: "not set, must be 2 or more in different zones" }],
    },
    {
      name: "one subnet twice",
      given: { subnetMappings: [{ subnetId: "subnet-1" }, { subnetId: "subnet-1" }] },
      is: "fail",
      findings: [
        {
          path: "subnetMappings",
          says: "2 elements that are 1 subnet, must be 2 or more in different zones",
        },
      ],
    },
    {
      name: "two subnets in one zone, not created yet",
      given: { subnets: [UNKNOWN, UNKNOWN] },
      from: { subnets: ["one", "two"] },
      stack: [subnet("one", "a"), subnet("two", "a")],
      is: "fail",
      findings: [{ path: "subnets", says: "all in eu-west-1a, must be in 2 zones or more" }],
    },
    {
      name: "two subnets in one zone, by id",
      given: { subnets: ["subnet-1", "subnet-2"] },
      stack: [subnet("one", "a", "subnet-1"), subnet("two", "a", "subnet-2")],
      is: "fail",
      findings: [{ path: "subnets", says: "all in eu-west-1a, must be in 2 zones or more" }],
    },
    {
      name: "a list of unknown length, out of subnets in one zone",
      given: { subnets: UNKNOWN },
      from: { subnets: ["one", "two"] },
      stack: [subnet("one", "a"), subnet("two", "a")],
      is: "fail",
      findings: [{ path: "subnets", says: "all in eu-west-1a, must be in 2 zones or more" }],
    },
    {
      name: "two zones where three are wanted",
      given: { subnets: ["subnet-1", "subnet-2", "subnet-3"] },
      config: { minZones: 3 },
      stack: [
        subnet("one", "a", "subnet-1"),
        subnet("two", "b", "subnet-2"),
        subnet("three", "b", "subnet-3"),
      ],
      is: "fail",
      findings: [{ path: "subnets", says: "all in eu-west-1a and eu-west-1b, must be in 3 zones or more" }],
    },
    {
      name: "on an Outpost, where AWS takes one subnet",
      given: { subnets: [UNKNOWN], customerOwnedIpv4Pool: "ipv4pool-coip-0123456789abcdef0" },
      is: "skip",
      why: "balancer on an Outpost",
    },
    {
      name: "two subnets of a network with two in each zone",
      given: { subnets: [UNKNOWN, UNKNOWN] },
      from: { subnets: wholeNetwork },
      stack: network,
      is: "deferred",
      deferrals: [{ path: "subnets", waits: "2 of 6 subnets" }],
    },
    {
      name: "a subnet of another stack",
      given: { subnets: ["subnet-1", "subnet-9"] },
      stack: [subnet("one", "a", "subnet-1")],
      is: "deferred",
      deferrals: [{ path: "subnets", waits: "subnet-9 is not in this stack" }],
    },
    {
      name: "a list that may come from elsewhere",
      given: { subnets: UNKNOWN },
      from: { subnets: ["shared"] },
      stack: [{ name: "shared", type: "pulumi:pulumi:StackReference", props: { outputs: UNKNOWN } }],
      is: "deferred",
      deferrals: [{ path: "subnets", waits: "not known yet" }],
    },
  ],
});
