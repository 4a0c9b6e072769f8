import { checkBetween, checkWhole } from "../lib/bounds";
import { checkKeys } from "../lib/child-names";
import type { Problems } from "../lib/problems";
import { requestRange } from "../scaling-group/request-scaling";
import { type Balancing, type BalancingArgs, settleBalancing } from "./balancing";
import { type Connections, type ConnectionsArgs, settleConnections } from "./connections";
import { type HealthCheck, type HealthCheckArgs, settleHealthCheck } from "./health-check";
import { type MinimumHealthy, type MinimumHealthyArgs, settleMinimumHealthy } from "./minimum-healthy";
import { type Protocol, type ProtocolArgs, settleProtocol } from "./protocol";
import type { RouteArgs, Routes } from "./routes/forwarding";
import { checkRoutes } from "./routes/settle-routes";
import { type Stickiness, type StickinessArgs, settleStickiness } from "./stickiness";

/** One way into a service: a target group with its probes, and the listener rules that lead to it. */
export interface EndpointArgs extends BalancingArgs, ProtocolArgs, ConnectionsArgs {
  /**
   * Port the instances listen on, 1 to 65535.
   * @default 8080
   */
  readonly port?: number;
  /** Requests that come here, by a name of your own; at least one route. */
  readonly routes: { [name: string]: RouteArgs };
  /** How the load balancer finds out whether an instance can serve this endpoint. */
  readonly health?: HealthCheckArgs;
  /** What keeps a client with the instance that answered it first. */
  readonly stickiness?: StickinessArgs;
  /** How many instances have to be healthy before the load balancer acts. */
  readonly minimumHealthy?: MinimumHealthyArgs;
  /**
   * Requests a minute for each instance that the service stays near.
   * @default the service does not follow requests
   */
  readonly requestsPerMinute?: number;
}

/** One way into a service, complete. */
export interface Endpoint extends Balancing, Protocol, Connections {
  readonly port: number;
  readonly routes: Routes;
  readonly health: HealthCheck;
  readonly stickiness: Stickiness;
  readonly minimumHealthy: MinimumHealthy;
  readonly requestsPerMinute: number | undefined;
}

/** Endpoints by name, complete. */
export interface Endpoints {
  readonly [name: string]: Endpoint;
}

/** Settles the endpoints of a service, and notes what is wrong with them. */
export function settleEndpoints(endpoints: { [name: string]: EndpointArgs }, problems: Problems): Endpoints {
  checkKeys(endpoints, "endpoints", problems);
  problems.unless(Object.keys(endpoints).length > 0, "endpoints", "needs 1 or more, got 0");
  return Object.fromEntries(
    Object.entries(endpoints).map(([key, args]) => [key, settleEndpoint(args, `endpoints.${key}`, problems)]),
  );
}

function settleEndpoint(args: EndpointArgs, path: string, problems: Problems): Endpoint {
  const { port = 8080, routes, requestsPerMinute } = args;
  checkWhole(port, [1, 65_535], `${path}.port`, problems);
  checkRoutes(routes, `${path}.routes`, problems);
  const protocol = settleProtocol(args, path, problems);
  const stickiness = settleStickiness(args.stickiness ?? {}, `${path}.stickiness`, problems);
  const settled = {
    port,
    routes,
    ...protocol,
    health: settleHealthCheck(args.health ?? {}, { ...protocol, port }, `${path}.health`, problems),
    stickiness,
    ...settleBalancing(args, stickiness, path, problems),
    ...settleConnections(args, protocol, path, problems),
    minimumHealthy: settleMinimumHealthy(args.minimumHealthy ?? {}, `${path}.minimumHealthy`, problems),
    requestsPerMinute,
  };
  if (requestsPerMinute !== undefined) {
    checkBetween(requestsPerMinute, requestRange, `${path}.requestsPerMinute`, problems);
  }
  return settled;
}

/** Every port the load balancer talks to, for requests or for probes, once each and in ascending order. */
export function reachedPorts(endpoints: Endpoints): number[] {
  const ports = Object.values(endpoints).flatMap(({ port, health }) => [port, health.port]);
  return [...new Set(ports)].sort((a, b) => a - b);
}

/** The longest any endpoint waits for requests in flight, in seconds. */
export function longestDrain(endpoints: Endpoints): number {
  return Math.max(0, ...Object.values(endpoints).map(({ drainSeconds }) => drainSeconds));
}
