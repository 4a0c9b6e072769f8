import type { Answer } from "../../lib/answers";
import { certainly } from "../../lib/candidates";
import { apart, type Deferral, type Finding } from "../../lib/judgement";
import { rule, type ScenarioResource } from "../../lib/rule";
import type { Stack, StackResource } from "../../lib/stack";
import { UNKNOWN } from "../../lib/unknown";
import { brief } from "../../lib/value";
import { INTERNET_GATEWAY, MAIN_ROUTE_TABLE, ROUTE, ROUTE_TABLE, VPC, VPN_GATEWAY } from "../types";
import { association, gateway, resource, subnet } from "./examples";
import { isPrivate } from "./private-subnets";
import { leadsEverywhere, type Way, waysIn, whyNot } from "./routes";
import { leftIn, networkOf, type Use, useOf } from "./table-use";

const must = "must lead to a NAT gateway or nowhere";

/** Whether a way leads to an internet gateway. */
function leadsOut({ owner, gateway }: Way, stack: Stack): Answer {
  if (!gateway.isSet()) return false;
  const reference = stack.refer(owner, gateway, [...INTERNET_GATEWAY, ...VPN_GATEWAY]);
  if (reference?.kind === "outside") return reference.value.startsWith("igw-");
  const found = certainly(reference);
  return found === undefined ? undefined : INTERNET_GATEWAY.includes(found.type);
}

/** Which subnets have the route table that a route is of, or that a table is; nothing if it is not known. */
function useBy(owner: StackResource, stack: Stack): Use | undefined {
  if (ROUTE_TABLE.includes(owner.type)) return useOf(owner, stack);
  const table = certainly(stack.refer(owner, owner.outputs.at("routeTableId"), ROUTE_TABLE));
  if (table !== undefined) return useOf(table, stack);
  const network = networkOf(owner, stack);
  return network === undefined ? undefined : { subnets: leftIn(network, stack), open: [] };
}

function* judgeWay(way: Way, stack: Stack): Generator<Finding | Deferral, undefined, undefined> {
  const out = leadsOut(way, stack);
  const everywhere = leadsEverywhere(way);
  if (out === false || everywhere === false) return;
  const { owner } = way;
  const { path } = way.gateway;
  const use = useBy(owner, stack);
  if (use === undefined) {
    const reference = stack.refer(owner, owner.outputs.at("routeTableId"), ROUTE_TABLE);
    yield { path: "routeTableId", waits: whyNot(reference) };
    return;
  }
  const { subnets, open } = use;
  for (const one of subnets) {
    const meant = isPrivate(one, stack);
    const name = brief(one.name);
    if (meant && out && everywhere) yield { path, says: `leads ${name} to an internet gateway, ${must}` };
    else if (meant) yield { path, waits: `not known whether it leads ${name} to the internet` };
    else if (meant === undefined) yield { path, waits: `not known whether ${name} is private` };
  }
  for (const waits of open) yield { path, waits };
}

function* judgeWays(owner: StackResource, stack: Stack): Generator<Finding | Deferral, undefined, undefined> {
  for (const way of waysIn(owner)) yield* apart(() => judgeWay(way, stack));
}

const out = { gatewayId: UNKNOWN, destinationCidrBlock: "0.0.0.0/0", routeTableId: UNKNOWN };
const toGateway = { gatewayId: ["gateway"], routeTableId: ["table"] };
const table = resource("table", ROUTE_TABLE, { id: UNKNOWN });
const net = resource("net", VPC, { id: UNKNOWN });

/** A route table for the subnets of a network that are given none. */
function madeMain(name: string): ScenarioResource {
  return {
    ...resource("main", MAIN_ROUTE_TABLE, { routeTableId: UNKNOWN, vpcId: UNKNOWN }),
    from: { routeTableId: [name], vpcId: ["net"] },
  };
}

export const privateRouteNoGateway = rule({
  name: "private-route-no-gateway",
  title: "No route leads from a private subnet to an internet gateway",
  description:
    "A private subnet is private because nothing outside has a way to it. One route to an internet gateway makes it public, under the same name.",
  severity: "high",
  level: "advisory",
  types: [...ROUTE_TABLE, ...ROUTE],
  frameworks: {},
  remediation:
    "Lead the route to a NAT gateway, or an egress-only internet gateway for IPv6, or take it out. What is meant to be public goes to a subnet that is called so.",
  url: "https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html#subnet-types",
  judgeInStack: (owner, { stack }) => judgeWays(owner, stack),
  scenarios: [
    {
      name: "a public subnet",
      given: out,
      types: ROUTE,
      from: toGateway,
      stack: [
        gateway("gateway"),
        table,
        association("table", "public-a"),
        subnet("public-a", "a", { mapPublicIpOnLaunch: true }),
      ],
      is: "pass",
    },
    {
      name: "a subnet that hands out no addresses and is not called private",
      given: out,
      types: ROUTE,
      from: toGateway,
      stack: [gateway("gateway"), table, association("table", "edge-a"), subnet("edge-a", "a")],
      is: "pass",
    },
    {
      name: "a private subnet that goes out through a NAT gateway",
      given: { routes: [{ cidrBlock: "0.0.0.0/0", natGatewayId: UNKNOWN }] },
      types: ROUTE_TABLE,
      stack: [association("subject", "private-a"), subnet("private-a", "a")],
      is: "pass",
    },
    {
      name: "a private subnet with a way to an office",
      given: { ...out, destinationCidrBlock: UNKNOWN },
      types: ROUTE,
      from: { gatewayId: ["office"], routeTableId: ["table"] },
      stack: [
        resource("office", VPN_GATEWAY, { id: UNKNOWN }),
        table,
        association("table", "private-a"),
        subnet("private-a", "a"),
      ],
      is: "pass",
    },
    {
      name: "a private subnet with a way to a few addresses",
      given: { routes: [{ cidrBlock: "198.51.100.0/24", gatewayId: "igw-1" }] },
      types: ROUTE_TABLE,
      stack: [association("subject", "private-a"), subnet("private-a", "a")],
      is: "pass",
    },
    {
      name: "called private by its name",
      given: out,
      types: ROUTE,
      from: toGateway,
      stack: [gateway("gateway"), table, association("table", "private-a"), subnet("private-a", "a")],
      is: "fail",
      findings: [{ path: "gatewayId", says: `leads private-a to an internet gateway, ${must}` }],
    },
    {
      name: "called private by a tag, in a route table with its routes in it",
      given: {
        routes: [
          { cidrBlock: "10.1.0.0/16", gatewayId: "vgw-1" },
          { cidrBlock: "0.0.0.0/0", gatewayId: "igw-1" },
          { ipv6CidrBlock: "0::/0", gatewayId: "igw-1" },
        ],
      },
      types: ROUTE_TABLE,
      stack: [association("subject", "one"), subnet("one", "a", { tags: { SubnetType: "Isolated" } })],
      is: "fail",
      findings: [
        { path: "routes[1].gatewayId", says: `leads one to an internet gateway, ${must}` },
        { path: "routes[2].gatewayId", says: `leads one to an internet gateway, ${must}` },
      ],
    },
    {
      name: "a database's subnet, by id",
      given: { gatewayId: "igw-1", destinationCidrBlock: "0.0.0.0/0", routeTableId: "rtb-1" },
      types: ROUTE,
      stack: [
        resource("table", ROUTE_TABLE, { id: "rtb-1" }),
        association("table", "one", { routeTableId: "rtb-1", subnetId: "subnet-1" }),
        subnet("one", "a", { id: "subnet-1" }),
        resource("store", ["aws:rds/subnetGroup:SubnetGroup"], { subnetIds: ["subnet-1", "subnet-2"] }),
      ],
      is: "fail",
      findings: [{ path: "gatewayId", says: `leads one to an internet gateway, ${must}` }],
    },
    {
      name: "subnets that are left to the main route table",
      given: { defaultRouteTableId: UNKNOWN, routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: "igw-1" }] },
      types: ["aws:ec2/defaultRouteTable:DefaultRouteTable"],
      from: { defaultRouteTableId: ["net"] },
      stack: [
        net,
        table,
        subnet("private-a", "a"),
        subnet("private-b", "b"),
        association("table", "private-b"),
      ],
      is: "fail",
      findings: [{ path: "routes[0].gatewayId", says: `leads private-a to an internet gateway, ${must}` }],
    },
    {
      name: "subnets that are left to a route table made the main one",
      given: { routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: "igw-1" }] },
      types: ROUTE_TABLE,
      stack: [net, madeMain("subject"), subnet("private-a", "a")],
      is: "fail",
      findings: [{ path: "routes[0].gatewayId", says: `leads private-a to an internet gateway, ${must}` }],
    },
    {
      name: "a route of the main route table, which the network names",
      given: out,
      types: ROUTE,
      from: { gatewayId: ["gateway"], routeTableId: ["net"] },
      stack: [
        gateway("gateway"),
        net,
        table,
        subnet("private-a", "a"),
        subnet("private-b", "b"),
        association("table", "private-b"),
      ],
      is: "fail",
      findings: [{ path: "gatewayId", says: `leads private-a to an internet gateway, ${must}` }],
    },
    {
      name: "a route of the main route table, by id",
      given: { gatewayId: "igw-1", destinationCidrBlock: "0.0.0.0/0", routeTableId: "rtb-1" },
      types: ROUTE,
      stack: [
        resource("net", VPC, { id: "vpc-1", defaultRouteTableId: "rtb-1" }),
        subnet("private-a", "a", { vpcId: "vpc-1" }),
      ],
      is: "fail",
      findings: [{ path: "gatewayId", says: `leads private-a to an internet gateway, ${must}` }],
    },
    {
      name: "a route of one of the route tables of a network",
      given: out,
      types: ROUTE,
      from: { gatewayId: ["gateway"], routeTableId: ["net", "one", "two"] },
      stack: [
        gateway("gateway"),
        net,
        { ...resource("one", ROUTE_TABLE, { id: UNKNOWN }), parent: "net" },
        { ...resource("two", ROUTE_TABLE, { id: UNKNOWN }), parent: "net" },
        subnet("private-a", "a"),
      ],
      is: "deferred",
      deferrals: [{ path: "routeTableId", waits: "not known yet" }],
    },
    {
      name: "a route of a table that is the main one no more",
      given: out,
      types: ROUTE,
      from: { gatewayId: ["gateway"], routeTableId: ["net"] },
      stack: [gateway("gateway"), net, table, madeMain("table"), subnet("private-a", "a")],
      is: "deferred",
      deferrals: [{ path: "routeTableId", waits: "not known yet" }],
    },
    {
      name: "a gateway of a kind not known yet",
      given: out,
      types: ROUTE,
      from: { routeTableId: ["table"] },
      stack: [table, association("table", "private-a"), subnet("private-a", "a")],
      is: "deferred",
      deferrals: [{ path: "gatewayId", waits: "not known whether it leads private-a to the internet" }],
    },
    {
      name: "a subnet whose tags are not known yet",
      given: out,
      types: ROUTE,
      from: toGateway,
      stack: [gateway("gateway"), table, association("table", "one"), subnet("one", "a", { tags: UNKNOWN })],
      is: "deferred",
      deferrals: [{ path: "gatewayId", waits: "not known whether one is private" }],
    },
    {
      name: "a route table and a subnet outside the stack",
      given: { gatewayId: "igw-1", destinationCidrBlock: "0.0.0.0/0", routeTableId: "rtb-1" },
      types: ROUTE,
      is: "deferred",
      deferrals: [{ path: "routeTableId", waits: "rtb-1 is not in this stack" }],
    },
    {
      name: "a subnet outside the stack",
      given: { routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: "igw-1" }] },
      types: ROUTE_TABLE,
      stack: [association("subject", "one", { subnetId: "subnet-1" })],
      is: "deferred",
      deferrals: [{ path: "routes[0].gatewayId", waits: "subnet-1 is not in this stack" }],
    },
  ],
});
