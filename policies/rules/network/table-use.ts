import { certainly } from "../../lib/candidates";
import type { Link } from "../../lib/links";
import type { Stack, StackResource } from "../../lib/stack";
import { brief } from "../../lib/value";
import { MAIN_ROUTE_TABLE, ROUTE, ROUTE_TABLE, ROUTE_TABLE_ASSOCIATION, SUBNET, VPC } from "../types";
import { whyNot } from "./routes";

/** Where a route table is used, and what keeps the rest from being known. */
export interface Use {
  readonly subnets: readonly StackResource[];
  readonly open: readonly string[];
}

const associations: Link = {
  from: ROUTE_TABLE_ASSOCIATION,
  names: ({ outputs }) => [outputs.at("routeTableId")],
  to: ROUTE_TABLE,
};

const tables: Link = {
  from: ROUTE_TABLE_ASSOCIATION,
  names: ({ outputs }) => [outputs.at("subnetId")],
  to: SUBNET,
};

const mainTables: Link = {
  from: MAIN_ROUTE_TABLE,
  names: ({ outputs }) => [outputs.at("vpcId")],
  to: VPC,
};

/** Which subnets a network has. */
export const subnetsOfNetworks: Link = {
  from: SUBNET,
  names: ({ outputs }) => [outputs.at("vpcId")],
  to: VPC,
};

/** Which networks a table is made the main one of. */
const madeMain: Link = {
  from: MAIN_ROUTE_TABLE,
  names: ({ outputs }) => [outputs.at("routeTableId")],
  to: ROUTE_TABLE,
};

/** Which routes name their table by its network. */
const routesOfNetworks: Link = {
  from: ROUTE,
  names: ({ outputs }) => [outputs.at("routeTableId")],
  to: VPC,
};

/** The subnets that a table is given to; those that are given none, for the main table of their network. */
export function useOf(table: StackResource, stack: Stack): Use {
  const { certain, possible } = stack.linked(table, associations);
  const references = certain.flatMap((association) => {
    const reference = stack.refer(association, association.outputs.at("subnetId"), SUBNET);
    return reference === undefined ? [] : [reference];
  });
  const given = references.flatMap((reference) => certainly(reference) ?? []);
  const unclear = references.filter((reference) => certainly(reference) === undefined).map(whyNot);
  const perhaps = possible.map(({ name }) => `not known whether ${brief(name)} is of this route table`);
  const left = networksOf(table, stack).flatMap((network) => leftIn(network, stack));
  return { subnets: [...new Set([...given, ...left])], open: [...unclear, ...perhaps] };
}

/** The networks that a table is the main one of. */
function networksOf(table: StackResource, stack: Stack): readonly StackResource[] {
  const made = stack
    .linked(table, madeMain)
    .certain.flatMap((main) => certainly(stack.refer(main, main.outputs.at("vpcId"), VPC)) ?? []);
  const main = table.outputs.at("defaultRouteTableId");
  if (!main.isSet()) return made;
  // A network gives out the id of one route table, its main one.
  const network = [table.outputs.at("vpcId"), main]
    .map((id) => certainly(stack.refer(table, id, VPC)))
    .find((found) => found !== undefined);
  return network === undefined || isNamed(network, stack, mainTables) ? made : [...made, network];
}

/** The subnets of a network that are given no table, and so have its main one. */
export function leftIn(network: StackResource, stack: Stack): readonly StackResource[] {
  const subnets = stack.linked(network, subnetsOfNetworks).certain;
  return subnets.filter((subnet) => !isNamed(subnet, stack, tables));
}

/** The network whose main table a route is of, where it names that by the network: `network.defaultRouteTableId`. */
export function networkOf(route: StackResource, stack: Stack): StackResource | undefined {
  const id = route.outputs.at("routeTableId");
  const table = stack.refer(route, id, ROUTE_TABLE);
  // An output of a component comes from its network and from its tables alike.
  if (table?.kind === "one" || (table?.kind === "among" && table.resources.length > 0)) return undefined;
  const network = certainly(stack.refer(route, id, VPC));
  return network === undefined || isNamed(network, stack, mainTables) ? undefined : network;
}

/** The routes of a network's main table that name it by the network. */
export function mainRoutesOf(network: StackResource, stack: Stack): readonly StackResource[] {
  const { certain } = stack.linked(network, routesOfNetworks);
  return certain.filter((route) => networkOf(route, stack) === network);
}

/** Whether something names a resource, or may. */
function isNamed(resource: StackResource, stack: Stack, link: Link): boolean {
  const { certain, possible } = stack.linked(resource, link);
  return certain.length + possible.length > 0;
}
