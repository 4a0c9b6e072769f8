import * as autoscaling from "@pulumi/aws/autoscaling";
import type * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import { type Tags, tagged } from "../lib/tags";
import { shaped, type Transform } from "../lib/transform";
import type { Capacity } from "./capacity";
import type { Launch } from "./launch-template";
import { instancesDistribution, type Purchase } from "./purchase";
import type { Replacement } from "./replacement";

/** The last word on the group itself. */
export interface GroupTransforms {
  /** Auto Scaling group. */
  readonly group?: Transform<autoscaling.GroupArgs>;
  /** Lifecycle hook that gives an instance time to finish its work. */
  readonly lifecycleHook?: Transform<autoscaling.LifecycleHookArgs>;
}

/** Everything a group is made of, complete. */
export interface GroupParts {
  readonly subnetIds: pulumi.Input<string>[];
  readonly capacity: Capacity;
  readonly launch: Launch;
  readonly purchase: Purchase;
  readonly replacement: Replacement;
  readonly warmupSeconds: number;
  readonly balanced: boolean;
  readonly template: ec2.LaunchTemplate;
  readonly namePrefix: string | undefined;
}

/** Creates the Auto Scaling group. */
export function addGroup(
  name: string,
  parts: GroupParts,
  tags: Tags | undefined,
  transform: GroupTransforms,
  opts: pulumi.CustomResourceOptions,
): autoscaling.Group {
  const { capacity, replacement } = parts;
  const own = `${name}-asg`;
  const named = parts.namePrefix === undefined ? {} : { namePrefix: `${parts.namePrefix}-${own}-` };
  return new autoscaling.Group(
    own,
    ...shaped<autoscaling.GroupArgs>(
      transform.group,
      {
        ...named,
        vpcZoneIdentifiers: parts.subnetIds,
        availabilityZoneDistribution: { capacityDistributionStrategy: "balanced-best-effort" },
        ...capacity,
        // A deploy fails if the instances cannot be launched. It does not wait for the application in them: its health
        // is known only to a load balancer that some listener rule leads to.
        waitForCapacityTimeout: "10m",
        healthCheckType: parts.balanced ? "ELB" : "EC2",
        healthCheckGracePeriod: replacement.graceSeconds,
        defaultInstanceWarmup: parts.warmupSeconds,
        enabledMetrics: [
          "GroupDesiredCapacity",
          "GroupInServiceInstances",
          "GroupPendingInstances",
          "GroupTerminatingInstances",
          "GroupTotalInstances",
        ],
        metricsGranularity: "1Minute",
        terminationPolicies: ["OldestLaunchTemplate", "Default"],
        maxInstanceLifetime: replacement.maxLifetimeSeconds,
        capacityRebalance: parts.purchase.kind === "mixed",
        instanceMaintenancePolicy: {
          minHealthyPercentage: replacement.minHealthyPercent,
          maxHealthyPercentage: replacement.maxHealthyPercent,
        },
        instanceRefresh: instanceRefresh(replacement, parts.launch.imagePinned),
        ...launchedFrom(parts),
        tags: propagated(tagged(name, tags)),
      },
      { ...opts, ignoreChanges: ["desiredCapacity"] },
    ),
  );
}

function instanceRefresh(
  replacement: Replacement,
  imagePinned: boolean,
): autoscaling.GroupArgs["instanceRefresh"] {
  const { alarmNames } = replacement;
  return {
    strategy: "Rolling",
    preferences: {
      minHealthyPercentage: replacement.minHealthyPercent,
      maxHealthyPercentage: replacement.maxHealthyPercent,
      instanceWarmup: `${replacement.warmupSeconds}`,
      autoRollback: false,
      // AWS cannot compare an instance with a template whose image it has yet to look up, and refuses the pair.
      // https://docs.aws.amazon.com/autoscaling/ec2/userguide/using-systems-manager-parameters.html
      ...(imagePinned ? { skipMatching: true } : {}),
      ...(alarmNames.length > 0 ? { alarmSpecification: { alarms: alarmNames } } : {}),
    },
  };
}

// The version by its number: a refresh starts when the number changes, and never does with "$Latest".
function launchedFrom(
  parts: GroupParts,
): Pick<autoscaling.GroupArgs, "launchTemplate" | "mixedInstancesPolicy"> {
  const { template, launch, purchase } = parts;
  const version = pulumi.interpolate`${template.latestVersion}`;
  if (launch.instanceTypes.length === 1) return { launchTemplate: { id: template.id, version } };
  return {
    mixedInstancesPolicy: {
      instancesDistribution: instancesDistribution(purchase),
      launchTemplate: {
        launchTemplateSpecification: { launchTemplateId: template.id, version },
        overrides: launch.instanceTypes.map((instanceType) => ({ instanceType })),
      },
    },
  };
}

function propagated(tags: Tags): autoscaling.GroupArgs["tags"] {
  return Object.entries(tags).map(([key, value]) => ({ key, value, propagateAtLaunch: true }));
}

/**
 * Creates what makes the group graceful: each instance leaves its target groups first, then has time to finish.
 *
 * Target groups are attached one resource each, so that one can be added and removed in its turn: attached before a
 * listener rule leads to it, detached after the last rule is gone.
 */
export function addAttachments(
  name: string,
  group: autoscaling.Group,
  targetGroupArns: { readonly [key: string]: pulumi.Input<string> },
  heartbeatSeconds: number,
  transform: GroupTransforms,
  child: pulumi.CustomResourceOptions,
): void {
  new autoscaling.LifecycleHook(
    `${name}-drain`,
    ...shaped(
      transform.lifecycleHook,
      {
        autoscalingGroupName: group.name,
        lifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING",
        heartbeatTimeout: heartbeatSeconds,
        defaultResult: "CONTINUE",
      },
      child,
    ),
  );
  for (const [key, lbTargetGroupArn] of Object.entries(targetGroupArns)) {
    new autoscaling.Attachment(
      `${name}-attachment-${key}`,
      { autoscalingGroupName: group.name, lbTargetGroupArn },
      child,
    );
  }
}
