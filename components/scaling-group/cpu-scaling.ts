import * as autoscaling from "@pulumi/aws/autoscaling";
import * as cloudwatch from "@pulumi/aws/cloudwatch";
import type * as pulumi from "@pulumi/pulumi";
import { checkBetween, checkWhole } from "../lib/bounds";
import { checkOneOf } from "../lib/closed-set";
import type { Problems } from "../lib/problems";
import { largestStep } from "../lib/scaling-arithmetic";
import { tagged } from "../lib/tags";
import type { Capacity } from "./capacity";
import { addTargetTracking, type PolicySite } from "./target-tracking";

/** How a group follows the use of its processors. One way at a time: two of them would fight over the same figure. */
export const CpuScalingMode = {
  /** AWS keeps the average near a target. */
  TargetTracking: "targetTracking",
  /** Two alarms, one adding and one removing a fixed number of instances. */
  Step: "step",
  /** It does not. */
  None: "none",
} as const;
export type CpuScalingMode = (typeof CpuScalingMode)[keyof typeof CpuScalingMode];

/** How a group follows the average use of its processors. */
export interface CpuScalingArgs {
  /**
   * How: "targetTracking", "step" or "none".
   * @default "targetTracking"
   */
  readonly mode?: CpuScalingMode;
  /**
   * Mode "targetTracking": use to stay near, in percent, 1 to 100.
   * @default 70
   * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-target-tracking.html
   */
  readonly targetPercent?: number;
  /**
   * Mode "step": use above which instances are added, in percent, 1 to 100.
   * @default 70
   */
  readonly highPercent?: number;
  /**
   * Mode "step": use below which instances are removed, in percent. Low enough that the use after a step up stays above
   * it, or the group would add and remove for ever.
   * @default 30
   */
  readonly lowPercent?: number;
  /**
   * Mode "step": instances added at once.
   * @default 2
   */
  readonly addInstances?: number;
  /**
   * Mode "step": instances removed at once.
   * @default 1
   */
  readonly removeInstances?: number;
  /**
   * Mode "step": length of each period looked at, in seconds, a multiple of 60.
   * @default 120
   */
  readonly periodSeconds?: number;
  /**
   * Mode "step": periods in a row that must be too high, or too low.
   * @default 2
   */
  readonly evaluationPeriods?: number;
}

type StepArgs = Required<Omit<CpuScalingArgs, "mode" | "targetPercent">>;

/** How a group follows the use of its processors, complete. */
export type CpuScaling =
  | { readonly kind: "none" }
  | { readonly kind: "targetTracking"; readonly targetPercent: number }
  | ({ readonly kind: "step" } & StepArgs);

const path = "scaling.cpu";

/** Settles how a group follows the use of its processors, and notes what is wrong with it. */
export function settleCpu(args: CpuScalingArgs, capacity: Capacity, problems: Problems): CpuScaling {
  const { mode = CpuScalingMode.TargetTracking, targetPercent, ...step } = args;
  if (!checkOneOf(CpuScalingMode, mode, `${path}.mode`, problems)) return { kind: "none" };
  const foreign = (value: object, owner: CpuScalingMode) => {
    for (const [key, each] of Object.entries(value)) {
      problems.unless(
        each === undefined,
        `${path}.${key}`,
        `belongs to scaling.cpu.mode "${owner}", got mode "${mode}"`,
      );
    }
  };
  if (mode !== CpuScalingMode.TargetTracking) foreign({ targetPercent }, CpuScalingMode.TargetTracking);
  if (mode !== CpuScalingMode.Step) foreign(step, CpuScalingMode.Step);
  switch (mode) {
    case CpuScalingMode.None:
      return { kind: "none" };
    case CpuScalingMode.TargetTracking:
      return settleTarget(targetPercent ?? 70, problems);
    case CpuScalingMode.Step:
      return settleSteps(step, capacity, problems);
  }
}

function settleTarget(targetPercent: number, problems: Problems): CpuScaling {
  checkBetween(targetPercent, [1, 100], `${path}.targetPercent`, problems);
  return { kind: "targetTracking", targetPercent };
}

function settleSteps(args: Partial<StepArgs>, capacity: Capacity, problems: Problems): CpuScaling {
  const { highPercent = 70, lowPercent = 30, addInstances = 2, removeInstances = 1 } = args;
  const { periodSeconds = 120, evaluationPeriods = 2 } = args;
  const sound = [
    checkBetween(highPercent, [1, 100], `${path}.highPercent`, problems),
    checkBetween(lowPercent, [0, 99], `${path}.lowPercent`, problems),
    checkWhole(addInstances, [1, 1000], `${path}.addInstances`, problems),
    checkWhole(removeInstances, [1, 1000], `${path}.removeInstances`, problems),
  ].every(Boolean);
  // Detailed monitoring reports once a minute, and an alarm looks back a day at most.
  problems.unless(
    Number.isInteger(periodSeconds / 60) && periodSeconds >= 60 && periodSeconds <= 3600,
    `${path}.periodSeconds`,
    `must be a multiple of 60 from 60 to 3600, got ${periodSeconds}`,
  );
  checkWhole(evaluationPeriods, [1, 24], `${path}.evaluationPeriods`, problems);
  const steps = { highPercent, lowPercent, addInstances, removeInstances };
  if (sound) checkSteady(steps, capacity, problems);
  return { kind: "step", ...steps, periodSeconds, evaluationPeriods };
}

function checkSteady(
  steps: Pick<StepArgs, "highPercent" | "lowPercent" | "addInstances" | "removeInstances">,
  capacity: Capacity,
  problems: Problems,
): void {
  const { highPercent, lowPercent } = steps;
  const below = problems.unless(
    lowPercent < highPercent,
    `${path}.lowPercent`,
    `must be below highPercent, ${highPercent}, got ${lowPercent}`,
  );
  if (!below || !(capacity.minSize >= 1)) return;
  const { from, to, percent } = largestStep({ ...capacity, ...steps });
  const rounded = Math.round(percent * 10) / 10;
  problems.unless(
    lowPercent < percent,
    `${path}.lowPercent`,
    `must be below ${rounded}, the use left when ${from} at ${highPercent} % become ${to}, got ${lowPercent}`,
  );
}

/** Creates what follows the use of processors. */
export function addCpuPolicies(
  name: string,
  cpu: CpuScaling,
  site: PolicySite,
  child: pulumi.CustomResourceOptions,
): autoscaling.Policy[] {
  switch (cpu.kind) {
    case "none":
      return [];
    case "targetTracking":
      return [addTargetTracking(`${name}-cpu`, followingCpu(cpu.targetPercent), site, child)];
    case "step":
      return addSteps(name, cpu, site, child);
  }
}

function followingCpu(targetValue: number) {
  const predefinedMetricSpecification = { predefinedMetricType: "ASGAverageCPUUtilization" };
  return { predefinedMetricSpecification, targetValue };
}

function addSteps(
  name: string,
  cpu: StepArgs,
  site: PolicySite,
  child: pulumi.CustomResourceOptions,
): autoscaling.Policy[] {
  const step = {
    autoscalingGroupName: site.groupName,
    policyType: "StepScaling",
    adjustmentType: "ChangeInCapacity",
  };
  const out = new autoscaling.Policy(
    `${name}-cpu-out`,
    {
      ...step,
      estimatedInstanceWarmup: site.warmupSeconds,
      stepAdjustments: [{ metricIntervalLowerBound: "0", scalingAdjustment: cpu.addInstances }],
    },
    child,
  );
  const back = new autoscaling.Policy(
    `${name}-cpu-in`,
    {
      ...step,
      stepAdjustments: [{ metricIntervalUpperBound: "0", scalingAdjustment: -cpu.removeInstances }],
    },
    child,
  );
  addAlarm(`${name}-cpu-high`, "above", cpu.highPercent, out, cpu, site, child);
  addAlarm(`${name}-cpu-low`, "below", cpu.lowPercent, back, cpu, site, child);
  return [out, back];
}

function addAlarm(
  own: string,
  side: "above" | "below",
  threshold: number,
  policy: autoscaling.Policy,
  cpu: StepArgs,
  site: PolicySite,
  child: pulumi.CustomResourceOptions,
): void {
  const change = side === "above" ? `adds ${cpu.addInstances}` : `removes ${cpu.removeInstances}`;
  const seconds = cpu.periodSeconds * cpu.evaluationPeriods;
  new cloudwatch.MetricAlarm(
    own,
    {
      alarmDescription: `CPU ${side} ${threshold} % for ${seconds} seconds ${change}`,
      namespace: "AWS/EC2",
      metricName: "CPUUtilization",
      dimensions: { AutoScalingGroupName: site.groupName },
      statistic: "Average",
      period: cpu.periodSeconds,
      evaluationPeriods: cpu.evaluationPeriods,
      comparisonOperator: side === "above" ? "GreaterThanThreshold" : "LessThanThreshold",
      threshold,
      alarmActions: [policy.arn],
      tags: tagged(own, site.tags),
    },
    child,
  );
}
