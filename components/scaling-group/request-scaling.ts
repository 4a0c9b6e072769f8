import type * as autoscaling from "@pulumi/aws/autoscaling";
import * as pulumi from "@pulumi/pulumi";
import { addTargetTracking, type PolicySite } from "./target-tracking";

/**
 * How a group follows the requests that reach one target group.
 *
 * AWS takes such a policy only once a listener rule leads from the load balancer to the target group.
 */
export interface RequestScalingArgs {
  /**
   * Requests a minute for each instance to stay near.
   * @default 12000, which is 200 a second
   * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-target-tracking.html
   */
  readonly targetPerMinute?: number;
  /** Last part of the load balancer's ARN: `app/edge/50dc6c495c0c9188`. */
  readonly loadBalancerArnSuffix: pulumi.Input<string>;
  /** Last part of the target group's ARN: `targetgroup/web/943f017f100becff`. */
  readonly targetGroupArnSuffix: pulumi.Input<string>;
}

/** Requests a minute that any policy may aim at. */
export const requestRange = [1, 10_000_000] as const;

/** Creates what follows the requests that reach one target group. */
export function addRequestPolicy(
  own: string,
  args: RequestScalingArgs,
  site: PolicySite,
  opts: pulumi.CustomResourceOptions,
): autoscaling.Policy {
  const { targetPerMinute = 12_000, loadBalancerArnSuffix, targetGroupArnSuffix } = args;
  const predefinedMetricSpecification = {
    predefinedMetricType: "ALBRequestCountPerTarget",
    resourceLabel: pulumi.interpolate`${loadBalancerArnSuffix}/${targetGroupArnSuffix}`,
  };
  return addTargetTracking(own, { predefinedMetricSpecification, targetValue: targetPerMinute }, site, opts);
}
