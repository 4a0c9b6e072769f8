import { place } from "../components/lib/route-table";
import { type Match, routesOf, type StackRoute } from "./route-table";
import type { EndpointSettings, Settings } from "./settings";

interface Way {
  readonly priority: number;
  readonly route: StackRoute;
  readonly endpoint: EndpointSettings | undefined;
}

/**
 * A path on which the load balancer answers for an endpoint that is well: the probe path of the first endpoint whose own
 * routes win it. A probe goes straight to the instances, a request for the same path goes wherever the routes say.
 */
export function healthPathOf(services: Settings["services"], host: string | undefined): string {
  const endpoints = Object.values(services).flatMap((service) => Object.values(service.endpoints));
  const ways = Object.entries(services)
    .flatMap(([name, service]) => routesOf(name, service).flatMap((route) => wayOf(route, service)))
    .sort((one, other) => one.priority - other.priority);
  // No gRPC server answers what a browser or curl asks.
  const pages = endpoints.filter(({ protocolVersion }) => protocolVersion !== "GRPC");
  const isReached = (endpoint: EndpointSettings) => {
    const way = ways.find(({ route }) => takes(route.match, endpoint.health.path, host));
    return way?.endpoint === endpoint && isOpen(way.route.match);
  };
  return (pages.find(isReached) ?? pages[0])?.health.path ?? "/";
}

function wayOf(route: StackRoute, service: Settings["services"][string]): Way[] {
  const placed = place(route, service.priorities);
  const endpoint = route.endpoint === undefined ? undefined : service.endpoints[route.endpoint];
  return placed ? [{ priority: placed.priority, route, endpoint }] : [];
}

/** Whether a route lets anybody in. */
function isOpen({ authenticate, jwtValidation }: Match): boolean {
  return authenticate === undefined && jwtValidation === undefined;
}

/** Whether a route takes a request without headers and query string of its own, from anywhere. */
function takes(match: Match, path: string, host: string | undefined): boolean {
  const { paths, hosts, pathRegexes, hostRegexes, methods, headers, headerRegexes, queryStrings, sourceIps } =
    match;
  const special = [headers, headerRegexes, queryStrings, sourceIps].some((each) => each !== undefined);
  if (special || methods?.includes("GET") === false) return false;
  const found = (regex: string, text: string) => expression(regex)?.test(text) ?? false;
  return (
    (hosts === undefined || (host !== undefined && hosts.some((each) => matches(each, host)))) &&
    (hostRegexes === undefined || (host !== undefined && hostRegexes.some((each) => found(each, host)))) &&
    (paths === undefined || paths.some((each) => matches(each, path))) &&
    (pathRegexes === undefined || pathRegexes.some((each) => found(each, path)))
  );
}

function expression(regex: string): RegExp | undefined {
  try {
    return new RegExp(regex);
  } catch {
    return undefined;
  }
}

/** As a listener rule does: `*` stands for any characters, `?` for one. */
function matches(pattern: string, text: string): boolean {
  const form = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${form}$`).test(text);
}
