import type { RouteSettings, Settings } from "./settings";

/**
 * A path on which the load balancer answers for an endpoint that is well: the probe path of the first endpoint whose own
 * routes win it. A probe goes straight to the instances, a request for the same path goes wherever the routes say.
 */
export function healthPathOf(services: Settings["services"], host: string | undefined): string {
  const endpoints = Object.values(services).flatMap((service) => Object.values(service.endpoints));
  const routes = endpoints
    .flatMap((endpoint) => Object.values(endpoint.routes).map((route) => ({ endpoint, route })))
    .sort((one, other) => one.route.priority - other.route.priority);
  // No gRPC server answers what a browser or curl asks.
  const pages = endpoints.filter(({ protocolVersion }) => protocolVersion !== "GRPC");
  const isReached = (endpoint: (typeof endpoints)[number]) =>
    routes.find(({ route }) => takes(route, endpoint.health.path, host))?.endpoint === endpoint;
  return (pages.find(isReached) ?? pages[0])?.health.path ?? "/";
}

function takes({ paths, hosts }: RouteSettings, path: string, host: string | undefined): boolean {
  const here = hosts === undefined || (host !== undefined && hosts.some((each) => matches(each, host)));
  return here && (paths === undefined || paths.some((each) => matches(each, path)));
}

/** As a listener rule does: `*` stands for any characters, `?` for one. */
function matches(pattern: string, text: string): boolean {
  const form = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${form}$`).test(text);
}
