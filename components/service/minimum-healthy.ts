import type * as lb from "@pulumi/aws/lb";
import { checkWhole, type Range } from "../lib/bounds";
import type { Problems } from "../lib/problems";

/** How many instances have to be healthy: a number, a share, or both. With both, either one counts. */
export interface HealthThresholdArgs {
  /** Number of instances, 1 to 1000. */
  readonly count?: number;
  /** Share of the instances, in percent, 1 to 100. */
  readonly percent?: number;
}

/**
 * How many instances have to be healthy before the load balancer does something about it.
 *
 * With `crossZone` "on" all instances count in every zone, with "off" each zone counts its own.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health.html
 */
export interface MinimumHealthyArgs {
  /**
   * With fewer than these, a zone leaves DNS. At least what `routing` says.
   * @default 1 instance
   */
  readonly dnsFailover?: HealthThresholdArgs;
  /**
   * With fewer than these, requests go to all instances, healthy or not: a wrong probe is likelier than the loss of
   * everything.
   * @default 1 instance
   */
  readonly routing?: HealthThresholdArgs;
}

/** How many instances have to be healthy, complete. */
export interface MinimumHealthy {
  readonly dnsFailover: HealthThresholdArgs;
  readonly routing: HealthThresholdArgs;
}

/** Bounds of the thresholds. A target group takes 1,000 targets. */
export const healthThresholdRanges: { readonly count: Range; readonly percent: Range } = {
  count: [1, 1000],
  percent: [1, 100],
};

/** Settles how many instances have to be healthy, and notes what is wrong with it. */
export function settleMinimumHealthy(
  args: MinimumHealthyArgs,
  path: string,
  problems: Problems,
): MinimumHealthy {
  const { dnsFailover = { count: 1 }, routing = { count: 1 } } = args;
  const sound = [
    checkThreshold(dnsFailover, `${path}.dnsFailover`, problems),
    checkThreshold(routing, `${path}.routing`, problems),
  ].every(Boolean);
  if (sound) checkOrder(dnsFailover, routing, path, problems);
  return { dnsFailover, routing };
}

function checkThreshold(threshold: HealthThresholdArgs, path: string, problems: Problems): boolean {
  const { count, percent } = threshold;
  return [
    problems.unless(
      count !== undefined || percent !== undefined,
      path,
      "needs count or percent, got neither",
    ),
    count === undefined || checkWhole(count, healthThresholdRanges.count, `${path}.count`, problems),
    percent === undefined || checkWhole(percent, healthThresholdRanges.percent, `${path}.percent`, problems),
  ].every(Boolean);
}

// A zone leaves DNS before, or as soon as, requests in it go to unhealthy instances as well; AWS refuses the contrary.
function checkOrder(
  dnsFailover: HealthThresholdArgs,
  routing: HealthThresholdArgs,
  path: string,
  problems: Problems,
): void {
  for (const kind of ["count", "percent"] as const) {
    const [leaves, opens] = [dnsFailover[kind], routing[kind]];
    if (leaves === undefined || opens === undefined) continue;
    problems.unless(
      leaves >= opens,
      `${path}.dnsFailover.${kind}`,
      `must be at least routing.${kind}, ${opens}, got ${leaves}`,
    );
  }
}

/** Health thresholds of a target group, for the provider, which takes some of the numbers as texts. */
export function targetGroupHealth({
  dnsFailover,
  routing,
}: MinimumHealthy): NonNullable<lb.TargetGroupArgs["targetGroupHealth"]> {
  return {
    dnsFailover: {
      ...(dnsFailover.count === undefined ? {} : { minimumHealthyTargetsCount: `${dnsFailover.count}` }),
      ...percentage(dnsFailover),
    },
    unhealthyStateRouting: {
      ...(routing.count === undefined ? {} : { minimumHealthyTargetsCount: routing.count }),
      ...percentage(routing),
    },
  };
}

function percentage({ percent }: HealthThresholdArgs): { minimumHealthyTargetsPercentage?: string } {
  return percent === undefined ? {} : { minimumHealthyTargetsPercentage: `${percent}` };
}
