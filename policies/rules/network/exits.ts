import { certainly } from "../../lib/candidates";
import { ifKnown } from "../../lib/if-known";
import type { Stack, StackResource } from "../../lib/stack";
import { brief } from "../../lib/value";
import { ROUTE_TABLE, VPC } from "../types";
import { leadsEverywhere, routesOfTables, type Way, waysIn } from "./routes";
import { leftIn, mainRoutesOf, networkOf, subnetsOfNetworks, useOf } from "./table-use";

/** A route table whose subnets go out, or may go out, through a NAT gateway. */
export interface Exit {
  readonly subnets: readonly StackResource[];
  readonly ways: readonly Way[];
  /** Why there may be more ways, or more subnets. */
  readonly open: readonly string[];
}

/** The exits of a network; a subnet without a route to a NAT gateway has none, and needs none. */
export function exitsOf(network: StackResource, stack: Stack): readonly Exit[] {
  const { certain, possible } = stack.linked(network, subnetsOfNetworks);
  const ofMain = mainRoutesOf(network, stack).flatMap(waysIn).filter(isThroughNat);
  const main = ofMain.length === 0 ? [] : [{ subnets: leftIn(network, stack), ways: ofMain, open: [] }];
  const others = stack.ofType(ROUTE_TABLE).flatMap((table) => {
    const use = useOf(table, stack);
    const subnets = use.subnets.filter((subnet) => certain.includes(subnet));
    const perhaps = use.subnets.filter((subnet) => possible.includes(subnet));
    const isOwn = certainly(stack.refer(table, table.outputs.at("vpcId"), VPC)) === network;
    if (subnets.length + perhaps.length === 0 && !isOwn) return [];
    const { ways, open } = waysOf(table, stack);
    if (ways.length + open.length === 0) return [];
    const doubtful = perhaps.map(({ name }) => `not known whether ${brief(name)} is in it`);
    return [{ subnets, ways, open: [...open, ...doubtful, ...(ways.length > 0 ? use.open : [])] }];
  });
  return [...main, ...others];
}

function waysOf(table: StackResource, stack: Stack): Pick<Exit, "ways" | "open"> {
  const routes = stack.linked(table, routesOfTables);
  const inTable = ifKnown(() => waysIn(table));
  const ways = [...(inTable ?? []), ...routes.certain.flatMap((route) => waysIn(route))];
  const perhaps = routes.possible.filter(
    (route) => waysIn(route).some(isThroughNat) && networkOf(route, stack) === undefined,
  );
  return {
    ways: ways.filter(isThroughNat),
    open: [
      ...(inTable === undefined ? [`routes of ${brief(table.name)} not known`] : []),
      ...perhaps.map(({ name }) => `not known whether ${brief(name)} is of ${brief(table.name)}`),
    ],
  };
}

function isThroughNat(way: Way): boolean {
  return way.nat.isSet() && leadsEverywhere(way) !== false;
}
