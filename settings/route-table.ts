import type { Conditions } from "../components/lib/route-conditions";
import type { Band, RouteOrder } from "../components/lib/route-priorities";
import type { Listed } from "../components/lib/route-table";
import type { Path } from "./faults";

/** As much of a service as says where requests go. */
export interface Routed {
  readonly endpoints: { readonly [name: string]: { readonly routes: { readonly [name: string]: Match } } };
  readonly redirects?: { readonly [name: string]: Match } | undefined;
  readonly fixedResponses?: { readonly [name: string]: Match } | undefined;
  readonly priorities?: Band | undefined;
}

/** What a route matches, and where it stands. */
export interface Match extends Conditions {
  readonly priority?: number | undefined;
  readonly order?: RouteOrder | undefined;
  readonly authenticate?: unknown;
  readonly jwtValidation?: unknown;
}

/** A route of a stack. */
export interface StackRoute extends Listed {
  readonly service: string;
  /** Where it stands below its service. */
  readonly at: readonly string[];
  /** The endpoint it leads to, if it leads to one. */
  readonly endpoint: string | undefined;
  readonly match: Match;
}

// The keys are those that components use: priorities are the same in both.
function routeOf(service: string, at: readonly string[], key: readonly string[], match: Match): StackRoute {
  const { priority, order } = match;
  const endpoint = key[0] === "endpoints" ? key[1] : undefined;
  return { service, at, endpoint, key, priority, order, conditions: match, match };
}

/** Every route of a service. */
export function routesOf(service: string, routed: Routed): StackRoute[] {
  const { endpoints, redirects = {}, fixedResponses = {} } = routed;
  return [
    ...Object.entries(endpoints).flatMap(([endpoint, { routes }]) =>
      Object.entries(routes).map(([name, match]) =>
        routeOf(service, ["endpoints", endpoint, "routes", name], ["endpoints", endpoint, name], match),
      ),
    ),
    ...Object.entries(redirects).map(([name, match]) =>
      routeOf(service, ["redirects", name], ["redirects", name], match),
    ),
    ...Object.entries(fixedResponses).map(([name, match]) =>
      routeOf(service, ["fixedResponses", name], ["fixedResponses", name], match),
    ),
  ];
}

/** The place of a route in the configuration. */
export function pathOf({ service, at }: StackRoute, key: string): Path {
  return [key, service, ...at];
}
