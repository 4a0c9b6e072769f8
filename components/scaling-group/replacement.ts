import type * as pulumi from "@pulumi/pulumi";
import { checkWhole } from "../lib/bounds";
import type { Problems } from "../lib/problems";

/**
 * How instances are replaced when their launch template changes, and whenever AWS replaces one for another reason.
 *
 * A deploy starts the refresh and does not wait for it. There is no automatic rollback: the provider saves the new
 * launch template on the group before the refresh begins, so there would be nothing older to return to.
 */
export interface InstanceRefreshArgs {
  /**
   * Share of the desired capacity that must stay healthy meanwhile, in percent, 0 to 100.
   * @default 100
   * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-instance-maintenance-policy.html
   */
  readonly minHealthyPercent?: number;
  /**
   * Share of the desired capacity that may run meanwhile, in percent, 100 to 200 and at most 100 above
   * `minHealthyPercent`.
   * @default 150
   */
  readonly maxHealthyPercent?: number;
  /**
   * How long a new instance must be in service before the next one is replaced, in seconds, 0 to 3600.
   * @default 120
   */
  readonly warmupSeconds?: number;
  /** Names of CloudWatch alarms, at most 10. The refresh stops when one of them goes off. */
  readonly alarmNames?: pulumi.Input<string>[];
}

/** How long instances live. */
export interface LifetimeArgs {
  /** How instances are replaced. */
  readonly instanceRefresh?: InstanceRefreshArgs;
  /**
   * Age at which an instance is replaced, in days, 1 to 365.
   * @default 30
   * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-max-instance-lifetime.html
   */
  readonly maxInstanceLifetimeDays?: number;
  /**
   * How long a new instance may fail its checks before it is replaced, in seconds, 0 to 7200. Traffic does not wait for
   * it: the load balancer sends requests from the first passed probes on.
   * @default 300
   * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/health-check-grace-period.html
   */
  readonly healthCheckGraceSeconds?: number;
}

/** How instances are replaced, complete. */
export interface Replacement {
  readonly minHealthyPercent: number;
  readonly maxHealthyPercent: number;
  readonly warmupSeconds: number;
  readonly alarmNames: pulumi.Input<string>[];
  readonly maxLifetimeSeconds: number;
  readonly graceSeconds: number;
}

const secondsADay = 86_400;

/** Settles how instances are replaced, and notes what is wrong with it. */
export function settleReplacement(args: LifetimeArgs, problems: Problems): Replacement {
  const { instanceRefresh = {}, maxInstanceLifetimeDays = 30, healthCheckGraceSeconds = 300 } = args;
  const {
    minHealthyPercent = 100,
    maxHealthyPercent = 150,
    warmupSeconds = 120,
    alarmNames = [],
  } = instanceRefresh;
  const bounded = [
    checkWhole(minHealthyPercent, [0, 100], "instanceRefresh.minHealthyPercent", problems),
    checkWhole(maxHealthyPercent, [100, 200], "instanceRefresh.maxHealthyPercent", problems),
  ].every(Boolean);
  problems.unless(
    !bounded || maxHealthyPercent - minHealthyPercent <= 100,
    "instanceRefresh.maxHealthyPercent",
    `must be at most 100 above minHealthyPercent, ${minHealthyPercent}, got ${maxHealthyPercent}`,
  );
  checkWhole(warmupSeconds, [0, 3600], "instanceRefresh.warmupSeconds", problems);
  problems.unless(
    alarmNames.length <= 10,
    "instanceRefresh.alarmNames",
    `takes 10 or fewer, got ${alarmNames.length}`,
  );
  checkWhole(maxInstanceLifetimeDays, [1, 365], "maxInstanceLifetimeDays", problems);
  checkWhole(healthCheckGraceSeconds, [0, 7200], "healthCheckGraceSeconds", problems);
  return {
    minHealthyPercent,
    maxHealthyPercent,
    warmupSeconds,
    alarmNames,
    maxLifetimeSeconds: maxInstanceLifetimeDays * secondsADay,
    graceSeconds: healthCheckGraceSeconds,
  };
}
