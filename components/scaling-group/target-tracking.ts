import * as autoscaling from "@pulumi/aws/autoscaling";
import type { autoscaling as inputs } from "@pulumi/aws/types/input";
import type * as pulumi from "@pulumi/pulumi";
import type { Tags } from "../lib/tags";

/** What a scaling policy is attached to. */
export interface PolicySite {
  readonly groupName: pulumi.Input<string>;
  readonly warmupSeconds: number;
  readonly tags: Tags | undefined;
}

/** Creates a policy with which AWS keeps a metric near a target. */
export function addTargetTracking(
  own: string,
  targetTrackingConfiguration: inputs.PolicyTargetTrackingConfiguration,
  site: PolicySite,
  child: pulumi.CustomResourceOptions,
): autoscaling.Policy {
  return new autoscaling.Policy(
    own,
    {
      autoscalingGroupName: site.groupName,
      policyType: "TargetTrackingScaling",
      estimatedInstanceWarmup: site.warmupSeconds,
      targetTrackingConfiguration,
    },
    child,
  );
}
