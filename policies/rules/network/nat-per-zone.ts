import { apart, type Deferral, type Finding, type Skip } from "../../lib/judgement";
import { rule, type ScenarioResource } from "../../lib/rule";
import type { Stack, StackResource } from "../../lib/stack";
import { UNKNOWN } from "../../lib/unknown";
import { brief } from "../../lib/value";
import { NAT_GATEWAY, ROUTE, ROUTE_TABLE, VPC } from "../types";
import { association, resource, subnet } from "./examples";
import { exitsOf } from "./exits";
import { isAtHand, natsOf } from "./nat-gateways";
import { leadsEverywhere, type Way, whyNot } from "./routes";

type Told<R = undefined> = Generator<Finding | Deferral, R, undefined>;

const path = "resource";
const must = "must go out in its own zone";
const skip = "no subnet that goes out through a NAT gateway";

function* judgeWay(way: Way, from: StackResource, stack: Stack): Told {
  const name = brief(from.name);
  const nats = natsOf(way, stack);
  const [nat] = nats ?? [];
  if (nats === undefined || nat === undefined) {
    yield { path, waits: `NAT gateway of ${name}: ${whyNot(stack.refer(way.owner, way.nat, NAT_GATEWAY))}` };
    return;
  }
  const near = nats.map((one) => isAtHand(one, from, stack));
  if (near.every((is) => is === true)) return;
  if (near.every((is) => is === false) && leadsEverywhere(way)) {
    const through = nats.length === 1 ? brief(nat.name) : `one of ${nats.length} NAT gateways`;
    yield { path, says: `${name} goes out through ${through}, in another zone, ${must}` };
    return;
  }
  yield { path, waits: `not known whether ${name} goes out in its own zone` };
}

function* judgeNetwork(network: StackResource, stack: Stack): Told<Skip | undefined> {
  const exits = exitsOf(network, stack);
  if (exits.length === 0) return { skip };
  for (const { subnets, ways, open } of exits) {
    for (const one of subnets) yield* apart(...ways.map((way) => () => judgeWay(way, one, stack)));
    for (const waits of open) yield { path, waits };
  }
  return undefined;
}

function nat(name: string, of: string, props: object = {}): ScenarioResource {
  return {
    ...resource(name, NAT_GATEWAY, { id: UNKNOWN, subnetId: UNKNOWN, ...props }),
    from: { subnetId: [of] },
  };
}

/** A private subnet that goes out through a NAT gateway, neither created yet, as awsx makes it. */
function privateSubnet(zone: string, ...nats: readonly string[]): readonly ScenarioResource[] {
  const name = `private-${zone}`;
  const props = { routeTableId: UNKNOWN, natGatewayId: UNKNOWN, destinationCidrBlock: "0.0.0.0/0" };
  return [
    subnet(name, zone, {}, "subject"),
    resource(`${name}-routes`, ROUTE_TABLE, { id: UNKNOWN }),
    association(`${name}-routes`, name),
    {
      ...resource(`${name}-out`, ROUTE, props),
      from: { routeTableId: [`${name}-routes`], natGatewayId: nats },
    },
  ];
}

const publicSubnets = [subnet("public-a", "a", {}, "subject"), subnet("public-b", "b", {}, "subject")];
const nats = [nat("nat-a", "public-a"), nat("nat-b", "public-b")];

export const natPerZone = rule({
  name: "nat-per-zone",
  title: "Private subnets go out through a NAT gateway of their own zone",
  description:
    "A zone that fails takes its NAT gateway with it, and the way out of every other zone that uses it. Traffic between zones is paid for, too.",
  severity: "medium",
  level: "production",
  types: VPC,
  frameworks: {},
  remediation:
    'Make a NAT gateway in each zone with private subnets and lead their default route to it, or make one with availabilityMode "regional".',
  url: "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html",
  judgeInStack: (network, { stack }) => judgeNetwork(network, stack),
  scenarios: [
    {
      name: "a gateway in each zone, not created yet",
      given: {},
      stack: [...publicSubnets, ...nats, ...privateSubnet("a", "nat-a"), ...privateSubnet("b", "nat-b")],
      is: "pass",
    },
    {
      name: "a subnet without a way out beside one that has one",
      given: {},
      stack: [
        ...publicSubnets,
        ...nats,
        ...privateSubnet("a", "nat-a"),
        subnet("isolated-c", "c", {}, "subject"),
      ],
      is: "pass",
    },
    {
      name: "a regional gateway",
      given: {},
      stack: [
        nat("regional", "", { availabilityMode: "regional", subnetId: undefined }),
        ...privateSubnet("a", "regional"),
        ...privateSubnet("b", "regional"),
      ],
      is: "pass",
    },
    {
      name: "by id, with routes in the route table",
      given: {},
      outputs: { id: "vpc-1" },
      stack: [
        subnet("public-a", "a", { id: "subnet-1", vpcId: "vpc-1" }),
        subnet("private-a", "a", { id: "subnet-2", vpcId: "vpc-1" }),
        resource("nat-a", NAT_GATEWAY, { id: "nat-1", subnetId: "subnet-1" }),
        resource("table", ROUTE_TABLE, {
          id: "rtb-1",
          vpcId: "vpc-1",
          routes: [{ cidrBlock: "0.0.0.0/0", natGatewayId: "nat-1" }],
        }),
        association("table", "private-a", { routeTableId: "rtb-1", subnetId: "subnet-2" }),
      ],
      is: "pass",
    },
    {
      name: "one gateway for two zones, not created yet",
      given: {},
      stack: [
        ...publicSubnets,
        nat("nat-a", "public-a"),
        ...privateSubnet("a", "nat-a"),
        ...privateSubnet("b", "nat-a"),
      ],
      is: "fail",
      findings: [{ path, says: `private-b goes out through nat-a, in another zone, ${must}` }],
    },
    {
      name: "a gateway in each zone, and a route to the wrong one",
      given: {},
      stack: [...publicSubnets, ...nats, ...privateSubnet("a", "nat-b"), ...privateSubnet("b", "nat-b")],
      is: "fail",
      findings: [{ path, says: `private-a goes out through nat-b, in another zone, ${must}` }],
    },
    {
      name: "one of two gateways, both in another zone",
      given: {},
      stack: [...publicSubnets, ...nats, ...privateSubnet("c", "nat-a", "nat-b")],
      is: "fail",
      findings: [
        { path, says: `private-c goes out through one of 2 NAT gateways, in another zone, ${must}` },
      ],
    },
    {
      name: "the subnets of the main route table",
      given: {},
      stack: [
        ...publicSubnets,
        nat("nat-a", "public-a"),
        association("public-routes", "public-a"),
        association("public-routes", "public-b"),
        resource("public-routes", ROUTE_TABLE, { id: UNKNOWN }),
        subnet("private-b", "b", {}, "subject"),
        {
          ...resource("main", ["aws:ec2/defaultRouteTable:DefaultRouteTable"], {
            defaultRouteTableId: UNKNOWN,
            routes: [{ cidrBlock: "0.0.0.0/0", natGatewayId: UNKNOWN }],
          }),
          from: { defaultRouteTableId: ["subject"], routes: ["nat-a"] },
        },
      ],
      is: "fail",
      findings: [{ path, says: `private-b goes out through nat-a, in another zone, ${must}` }],
    },
    {
      name: "a route of the main route table, which the network names",
      given: {},
      stack: [
        ...publicSubnets,
        nat("nat-a", "public-a"),
        association("public-routes", "public-a"),
        association("public-routes", "public-b"),
        resource("public-routes", ROUTE_TABLE, { id: UNKNOWN }),
        subnet("private-b", "b", {}, "subject"),
        {
          ...resource("out", ROUTE, {
            routeTableId: UNKNOWN,
            natGatewayId: UNKNOWN,
            destinationCidrBlock: "0.0.0.0/0",
          }),
          from: { routeTableId: ["subject"], natGatewayId: ["nat-a"] },
        },
      ],
      is: "fail",
      findings: [{ path, says: `private-b goes out through nat-a, in another zone, ${must}` }],
    },
    { name: "no gateway at all", given: {}, stack: publicSubnets, is: "skip", why: skip },
    {
      name: "another network's gateway",
      given: {},
      outputs: { id: "vpc-1" },
      stack: [
        subnet("public-a", "a", { vpcId: "vpc-2" }),
        nat("nat-a", "public-a"),
        ...privateSubnet("b", "nat-a").map((one) => ({ ...one, from: { ...one.from, vpcId: ["net"] } })),
        resource("net", VPC, { id: UNKNOWN }),
      ],
      is: "skip",
      why: skip,
    },
    {
      name: "a gateway outside the stack",
      given: {},
      outputs: { id: "vpc-1" },
      stack: [
        subnet("private-a", "a", { vpcId: "vpc-1" }),
        resource("table", ROUTE_TABLE, { routes: [{ cidrBlock: "0.0.0.0/0", natGatewayId: "nat-1" }] }),
        association("table", "private-a"),
      ],
      is: "deferred",
      deferrals: [{ path, waits: "NAT gateway of private-a: nat-1 is not in this stack" }],
    },
    {
      name: "routes and a network not known yet",
      given: {},
      stack: [
        ...publicSubnets,
        ...nats,
        {
          ...resource("table", ROUTE_TABLE, { id: UNKNOWN, vpcId: UNKNOWN, routes: UNKNOWN }),
          from: { vpcId: ["subject"] },
        },
        ...privateSubnet("a", "nat-b").map((one) =>
          one.name === "private-a" ? { ...one, from: { vpcId: ["subject", "net"] } } : one,
        ),
        resource("net", VPC, { id: UNKNOWN }),
      ],
      is: "deferred",
      deferrals: [
        { path, waits: "not known whether private-a is in it" },
        { path, waits: "routes of table not known" },
      ],
    },
    {
      name: "one of two gateways, not known which",
      given: {},
      stack: [...publicSubnets, ...nats, ...privateSubnet("a", "nat-a", "nat-b")],
      is: "deferred",
      deferrals: [{ path, waits: "not known whether private-a goes out in its own zone" }],
    },
    {
      name: "zones that AWS chooses",
      given: {},
      stack: [
        subnet("public-a", "a", { availabilityZone: UNKNOWN }, "subject"),
        nat("nat-a", "public-a"),
        ...privateSubnet("a", "nat-a"),
      ],
      is: "deferred",
      deferrals: [{ path, waits: "not known whether private-a goes out in its own zone" }],
    },
  ],
});
