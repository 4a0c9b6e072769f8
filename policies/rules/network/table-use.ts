import type { Link } from "../../lib/links";
import type { Stack, StackResource } from "../../lib/stack";
import { brief } from "../../lib/value";
import { MAIN_ROUTE_TABLE, ROUTE_TABLE, ROUTE_TABLE_ASSOCIATION, SUBNET, VPC } from "../types";
import { certainly, whyNot } from "./routes";

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

/** The subnets that a table is given to; those that are given none, for the table AWS makes for them. */
export function useOf(table: StackResource, stack: Stack): Use {
  const { certain, possible } = stack.linked(table, associations);
  const references = certain.flatMap((association) => {
    const reference = stack.refer(association, association.outputs.at("subnetId"), SUBNET);
    return reference === undefined ? [] : [reference];
  });
  const given = references.flatMap((reference) => certainly(reference) ?? []);
  const unclear = references.filter((reference) => certainly(reference) === undefined).map(whyNot);
  const perhaps = possible.map(({ name }) => `not known whether ${brief(name)} is of this route table`);
  return { subnets: [...new Set([...given, ...leftTo(table, stack)])], open: [...unclear, ...perhaps] };
}

function leftTo(table: StackResource, stack: Stack): readonly StackResource[] {
  const main = table.outputs.at("defaultRouteTableId");
  if (!main.isSet()) return [];
  // A network gives out the id of one route table, its main one.
  const network = [table.outputs.at("vpcId"), main]
    .map((id) => certainly(stack.refer(table, id, VPC)))
    .find((found) => found !== undefined);
  if (network === undefined || isNamed(network, stack, mainTables)) return [];
  const subnets = stack.linked(network, subnetsOfNetworks).certain;
  return subnets.filter((subnet) => !isNamed(subnet, stack, tables));
}

/** Whether something names a resource, or may. */
function isNamed(resource: StackResource, stack: Stack, link: Link): boolean {
  const { certain, possible } = stack.linked(resource, link);
  return certain.length + possible.length > 0;
}
