import { checkBetween, checkWhole } from "../lib/bounds";
import { checkKeys } from "../lib/child-names";
import { checkOneOf } from "../lib/closed-set";
import type { Problems } from "../lib/problems";
import { requestRange } from "../scaling-group/request-scaling";
import { type HealthCheck, type HealthCheckArgs, settleHealthCheck } from "./health-check";
import { checkPriorities, checkRoutes, type RouteArgs, type Routes } from "./routes";
import { type Stickiness, type StickinessArgs, settleStickiness } from "./stickiness";

/** How the load balancer chooses an instance for a request. */
export const BalancingAlgorithm = {
  /** Each in turn. */
  RoundRobin: "round_robin",
  /** The one with the fewest requests in progress. */
  LeastOutstandingRequests: "least_outstanding_requests",
  /** At random, fewer to one that answers badly if anomaly mitigation is on. */
  WeightedRandom: "weighted_random",
} as const;
export type BalancingAlgorithm = (typeof BalancingAlgorithm)[keyof typeof BalancingAlgorithm];

/** Whether instances that answer worse than the others get fewer requests. */
export const AnomalyMitigation = {
  /** They do. AWS needs three healthy instances to tell. */
  On: "on",
  /** They do not. */
  Off: "off",
} as const;
export type AnomalyMitigation = (typeof AnomalyMitigation)[keyof typeof AnomalyMitigation];

/** One way into a service: a target group with its probes, and the listener rules that lead to it. */
export interface EndpointArgs {
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
  /**
   * How the load balancer chooses an instance: "round_robin", "least_outstanding_requests" or "weighted_random".
   * @default "least_outstanding_requests"
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html
   */
  readonly algorithm?: BalancingAlgorithm;
  /**
   * Whether instances that answer worse get fewer requests: "on" or "off". "on" needs algorithm "weighted_random".
   * @default "on" with algorithm "weighted_random", else "off"
   */
  readonly anomalyMitigation?: AnomalyMitigation;
  /**
   * How long a new instance takes to get its full share of requests, in seconds, 30 to 900. Needs algorithm
   * "round_robin".
   * @default at once
   */
  readonly slowStartSeconds?: number;
  /**
   * How long the load balancer waits for requests in flight before an instance leaves, in seconds, 0 to 3600.
   * @default 60
   */
  readonly drainSeconds?: number;
  /**
   * Requests a minute for each instance that the service stays near.
   * @default the service does not follow requests
   */
  readonly requestsPerMinute?: number;
}

/** One way into a service, complete. */
export interface Endpoint {
  readonly port: number;
  readonly routes: Routes;
  readonly health: HealthCheck;
  readonly stickiness: Stickiness;
  readonly algorithm: BalancingAlgorithm;
  readonly anomalyMitigation: AnomalyMitigation;
  readonly slowStartSeconds: number | undefined;
  readonly drainSeconds: number;
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
  checkPriorities(endpoints, problems);
  return Object.fromEntries(
    Object.entries(endpoints).map(([key, args]) => [key, settleEndpoint(args, `endpoints.${key}`, problems)]),
  );
}

function settleEndpoint(args: EndpointArgs, path: string, problems: Problems): Endpoint {
  const { port = 8080, routes, drainSeconds = 60, requestsPerMinute } = args;
  checkWhole(port, [1, 65_535], `${path}.port`, problems);
  checkRoutes(routes, `${path}.routes`, problems);
  checkWhole(drainSeconds, [0, 3600], `${path}.drainSeconds`, problems);
  if (requestsPerMinute !== undefined) {
    checkBetween(requestsPerMinute, requestRange, `${path}.requestsPerMinute`, problems);
  }
  return {
    port,
    routes,
    health: settleHealthCheck(args.health ?? {}, port, `${path}.health`, problems),
    stickiness: settleStickiness(args.stickiness ?? {}, `${path}.stickiness`, problems),
    ...settleBalancing(args, path, problems),
    drainSeconds,
    requestsPerMinute,
  };
}

// What AWS refuses together is on the page of each attribute:
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html
function settleBalancing(
  args: EndpointArgs,
  path: string,
  problems: Problems,
): Pick<Endpoint, "algorithm" | "anomalyMitigation" | "slowStartSeconds"> {
  const { algorithm = BalancingAlgorithm.LeastOutstandingRequests, slowStartSeconds } = args;
  const weighted = algorithm === BalancingAlgorithm.WeightedRandom;
  const { anomalyMitigation = weighted ? AnomalyMitigation.On : AnomalyMitigation.Off } = args;
  const known = checkOneOf(BalancingAlgorithm, algorithm, `${path}.algorithm`, problems);
  checkOneOf(AnomalyMitigation, anomalyMitigation, `${path}.anomalyMitigation`, problems);
  if (slowStartSeconds !== undefined) {
    checkWhole(slowStartSeconds, [30, 900], `${path}.slowStartSeconds`, problems);
  }
  if (known) {
    problems.unless(
      slowStartSeconds === undefined || algorithm === BalancingAlgorithm.RoundRobin,
      `${path}.slowStartSeconds`,
      `needs algorithm "round_robin", got algorithm "${algorithm}"`,
    );
    problems.unless(
      anomalyMitigation !== AnomalyMitigation.On || weighted,
      `${path}.anomalyMitigation`,
      `"on" needs algorithm "weighted_random", got algorithm "${algorithm}"`,
    );
  }
  return { algorithm, anomalyMitigation, slowStartSeconds };
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
