import type * as autoscaling from "@pulumi/aws/autoscaling";
import type * as pulumi from "@pulumi/pulumi";
import { checkBetween, checkWhole } from "../lib/bounds";
import { checkKeys } from "../lib/child-names";
import type { Problems } from "../lib/problems";
import type { Capacity } from "./capacity";
import { addCpuPolicies, type CpuScaling, type CpuScalingArgs, settleCpu } from "./cpu-scaling";
import { addRequestPolicy, type RequestScalingArgs, requestRange } from "./request-scaling";
import { addTargetTracking, type PolicySite } from "./target-tracking";

/** How a group follows the use of memory, as the CloudWatch agent on its instances reports it. */
export interface MemoryScalingArgs {
  /**
   * Use to stay near, in percent, 1 to 100. The agent has to aggregate `mem_used_percent` on `AutoScalingGroupName`.
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Agent-Configuration-File-Details.html
   */
  readonly targetPercent: number;
}

/**
 * What a group follows when it grows and shrinks. With several targets the largest demand wins on the way up, and all
 * have to agree on the way down.
 */
export interface ScalingArgs {
  /** How the group follows the use of its processors. */
  readonly cpu?: CpuScalingArgs;
  /** How the group follows the use of its memory. */
  readonly memory?: MemoryScalingArgs;
  /**
   * How long a new instance takes before its figures count, in seconds, 0 to 3600.
   * @default 90
   * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-default-instance-warmup.html
   */
  readonly warmupSeconds?: number;
}

/** What a group follows, requests to its target groups among it. */
export interface GroupScalingArgs extends ScalingArgs {
  /** How the group follows requests, by target group. */
  readonly requests?: { [name: string]: RequestScalingArgs };
}

/** What a group follows, complete. */
export interface Scaling {
  readonly cpu: CpuScaling;
  readonly memoryPercent: number | undefined;
  readonly requests: { readonly [name: string]: RequestScalingArgs };
  readonly warmupSeconds: number;
}

/** Settles what a group follows, and notes what is wrong with it. */
export function settleScaling(args: GroupScalingArgs, capacity: Capacity, problems: Problems): Scaling {
  const { memory, requests = {}, warmupSeconds = 90 } = args;
  const cpu = settleCpu(args.cpu ?? {}, capacity, problems);
  if (memory) checkBetween(memory.targetPercent, [1, 100], "scaling.memory.targetPercent", problems);
  checkKeys(requests, "scaling.requests", problems);
  for (const [key, { targetPerMinute }] of Object.entries(requests)) {
    if (targetPerMinute === undefined) continue;
    checkBetween(targetPerMinute, requestRange, `scaling.requests.${key}.targetPerMinute`, problems);
  }
  checkWhole(warmupSeconds, [0, 3600], "scaling.warmupSeconds", problems);
  return { cpu, memoryPercent: memory?.targetPercent, requests, warmupSeconds };
}

/** Creates the policies that grow and shrink a group. */
export function addScalingPolicies(
  name: string,
  scaling: Scaling,
  site: PolicySite,
  child: pulumi.CustomResourceOptions,
): autoscaling.Policy[] {
  const policies = addCpuPolicies(name, scaling.cpu, site, child);
  if (scaling.memoryPercent !== undefined) {
    const memory = followingMemory(scaling.memoryPercent, site);
    policies.push(addTargetTracking(`${name}-memory`, memory, site, child));
  }
  for (const [key, requests] of Object.entries(scaling.requests)) {
    policies.push(addRequestPolicy(`${name}-requests-${key}`, requests, site, child));
  }
  return policies;
}

function followingMemory(targetValue: number, site: PolicySite) {
  const customizedMetricSpecification = {
    namespace: "CWAgent",
    metricName: "mem_used_percent",
    statistic: "Average",
    metricDimensions: [{ name: "AutoScalingGroupName", value: site.groupName }],
  };
  return { customizedMetricSpecification, targetValue };
}
