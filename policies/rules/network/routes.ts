import { isWorld } from "../../lib/addresses";
import { type Answer, some } from "../../lib/answers";
import type { Link } from "../../lib/links";
import type { Reference, StackResource } from "../../lib/stack";
import { brief, type Value } from "../../lib/value";
import { ROUTE, ROUTE_TABLE } from "../types";

/** A way out of a route table, in it or as a resource; nothing of it is read yet. */
export interface Way {
  /** The resource that it is written in. */
  readonly owner: StackResource;
  /** Blocks of addresses it leads to. */
  readonly destinations: readonly Value[];
  /** An internet gateway, or one to a network elsewhere. */
  readonly gateway: Value;
  readonly nat: Value;
}

/** The ways that a route table holds, or that a route is. */
export function waysIn(owner: StackResource): readonly Way[] {
  const { inputs, type } = owner;
  const [routes, v4, v6] = ROUTE.includes(type)
    ? [[inputs], "destinationCidrBlock", "destinationIpv6CidrBlock"]
    : [inputs.at("routes").items(), "cidrBlock", "ipv6CidrBlock"];
  return routes.map((route) => ({
    owner,
    destinations: [route.at(v4), route.at(v6)],
    gateway: route.at("gatewayId"),
    nat: route.at("natGatewayId"),
  }));
}

/** Whether a way leads everywhere. */
export function leadsEverywhere({ destinations }: Way): Answer {
  return some(destinations, (block) => isWorld(block.text() ?? ""));
}

/** Why what a reference names is not known. */
export function whyNot(reference: Reference | undefined): string {
  return reference?.kind === "outside" ? `${brief(reference.value)} is not in this stack` : "not known yet";
}

/** Which routes stand beside a route table. */
export const routesOfTables: Link = {
  from: ROUTE,
  names: ({ outputs }) => [outputs.at("routeTableId")],
  to: ROUTE_TABLE,
};
