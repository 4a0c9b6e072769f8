import { insteadOfAlgorithm } from "../lib/balancing-algorithms";
import { checkWhole } from "../lib/bounds";
import { checkOneOf } from "../lib/closed-set";
import type { Problems } from "../lib/problems";
import type { Stickiness } from "./stickiness";

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

/** Whether requests go to instances of every zone. */
export const CrossZone = {
  /** They do, from whichever zone they come. */
  On: "on",
  /** They stay in the zone they arrived in. */
  Off: "off",
} as const;
export type CrossZone = (typeof CrossZone)[keyof typeof CrossZone];

/** How requests are spread over the instances. */
export interface BalancingArgs {
  /**
   * How the load balancer chooses an instance: "round_robin", "least_outstanding_requests" or "weighted_random".
   * "weighted_random" excludes stickiness.
   * @default "least_outstanding_requests"
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html
   */
  readonly algorithm?: BalancingAlgorithm;
  /**
   * Whether instances that answer worse get fewer requests: "on" or "off". "on" needs algorithm "weighted_random", and
   * three healthy instances to have an effect.
   * @default "on" with algorithm "weighted_random", else "off"
   */
  readonly anomalyMitigation?: AnomalyMitigation;
  /**
   * Whether requests go to instances of every zone: "on" or "off". "off" excludes stickiness, and every zone then needs
   * instances enough of its own.
   * @default "on"
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/disable-cross-zone.html
   */
  readonly crossZone?: CrossZone;
  /**
   * How long a new instance takes to get its full share of requests, in seconds, 30 to 900. Needs algorithm
   * "round_robin".
   * @default at once
   */
  readonly slowStartSeconds?: number;
}

/** How requests are spread over the instances, complete. */
export interface Balancing {
  readonly algorithm: BalancingAlgorithm;
  readonly anomalyMitigation: AnomalyMitigation;
  readonly crossZone: CrossZone;
  readonly slowStartSeconds: number | undefined;
}

/** Settles how requests are spread, and notes what is wrong with it. */
export function settleBalancing(
  args: BalancingArgs,
  stickiness: Stickiness,
  path: string,
  problems: Problems,
): Balancing {
  const {
    algorithm = BalancingAlgorithm.LeastOutstandingRequests,
    crossZone = CrossZone.On,
    slowStartSeconds,
  } = args;
  const weighted = algorithm === BalancingAlgorithm.WeightedRandom;
  const { anomalyMitigation = weighted ? AnomalyMitigation.On : AnomalyMitigation.Off } = args;
  const known = checkAlgorithm(algorithm, `${path}.algorithm`, problems);
  checkOneOf(AnomalyMitigation, anomalyMitigation, `${path}.anomalyMitigation`, problems);
  checkOneOf(CrossZone, crossZone, `${path}.crossZone`, problems);
  if (slowStartSeconds !== undefined) {
    checkWhole(slowStartSeconds, [30, 900], `${path}.slowStartSeconds`, problems);
  }
  const balancing = { algorithm, anomalyMitigation, crossZone, slowStartSeconds };
  if (known) checkPairs(balancing, path, problems);
  checkSticky(balancing, stickiness, path, problems);
  return balancing;
}

function checkAlgorithm(algorithm: string, path: string, problems: Problems): boolean {
  const advice = insteadOfAlgorithm(algorithm);
  if (advice === undefined) return checkOneOf(BalancingAlgorithm, algorithm, path, problems);
  problems.add(path, `${advice}, got ${JSON.stringify(algorithm)}`);
  return false;
}

// What AWS refuses together is on the page of each attribute:
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html
function checkPairs(
  { algorithm, anomalyMitigation, slowStartSeconds }: Balancing,
  path: string,
  problems: Problems,
): void {
  problems.unless(
    slowStartSeconds === undefined || algorithm === BalancingAlgorithm.RoundRobin,
    `${path}.slowStartSeconds`,
    `needs algorithm "round_robin", got algorithm "${algorithm}"`,
  );
  problems.unless(
    anomalyMitigation !== AnomalyMitigation.On || algorithm === BalancingAlgorithm.WeightedRandom,
    `${path}.anomalyMitigation`,
    `"on" needs algorithm "weighted_random", got algorithm "${algorithm}"`,
  );
}

// AWS on the first: "You cannot have both stickiness and weighted random algorithm enabled on the same target group."
function checkSticky(
  { algorithm, crossZone }: Balancing,
  { kind }: Stickiness,
  path: string,
  problems: Problems,
): void {
  if (kind === "off") return;
  problems.unless(
    algorithm !== BalancingAlgorithm.WeightedRandom,
    `${path}.stickiness.mode`,
    `must be "off" for algorithm "weighted_random", got "${kind}"`,
  );
  problems.unless(
    crossZone !== CrossZone.Off,
    `${path}.stickiness.mode`,
    `must be "off" for crossZone "off", got "${kind}"`,
  );
}
