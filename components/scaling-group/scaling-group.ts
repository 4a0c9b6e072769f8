import * as pulumi from "@pulumi/pulumi";
import { checkWhole } from "../lib/bounds";
import { checkKeys, checkName, checkNamePrefix, roleNameLength } from "../lib/child-names";
import { Problems } from "../lib/problems";
import type { Tags } from "../lib/tags";
import { terminationHeartbeatSeconds } from "../lib/timing";
import { type Capacity, type CapacityArgs, settleCapacity } from "./capacity";
import { addFirewall, checkSources, type FirewallTransforms, type TrafficSourceArgs } from "./firewall";
import { addAttachments, addGroup, type GroupTransforms } from "./group";
import { addIdentity, checkIdentity, type IdentityTransforms } from "./identity";
import {
  addLaunchTemplate,
  checkInstanceTags,
  type Launch,
  type LaunchArgs,
  type LaunchTransforms,
  settleLaunch,
} from "./launch-template";
import { type Purchase, type PurchaseArgs, settlePurchase } from "./purchase";
import { type LifetimeArgs, type Replacement, settleReplacement } from "./replacement";
import { addScalingPolicies, type GroupScalingArgs, type Scaling, settleScaling } from "./scaling-policies";

/** What a service and a bare scaling group have in common: the instances. */
export interface InstancesArgs extends CapacityArgs, LaunchArgs, LifetimeArgs {
  /** VPC of the subnets. */
  readonly vpcId: pulumi.Input<string>;
  /** How instances are paid for. */
  readonly purchase?: PurchaseArgs;
  /**
   * Managed policies of the instances' role, by a name of your own. Session Manager and the CloudWatch agent have
   * theirs.
   */
  readonly managedPolicyArns?: { [name: string]: pulumi.Input<string> };
  /**
   * Start of the physical names of the group, its launch template and its security group: letters, digits and hyphens, 32
   * at most.
   * @default Pulumi's own names
   */
  readonly namePrefix?: string;
  /** Added to every child that can carry tags, and to instances and their volumes. */
  readonly tags?: Tags;
}

/** Arguments of a scaling group. */
export interface ScalingGroupArgs extends InstancesArgs {
  /**
   * Who may reach the instances, by a name of your own.
   * @default nobody
   */
  readonly trafficSources?: { [name: string]: TrafficSourceArgs };
  /**
   * Target groups the instances serve, by a name of your own. With any, instances that fail their probes are replaced.
   * @default none
   */
  readonly targetGroupArns?: { [name: string]: pulumi.Input<string> };
  /**
   * How long the load balancer waits for requests in flight, in seconds, 0 to 3600. An instance about to be terminated
   * has 30 seconds more, and 90 at least.
   * @default 60
   */
  readonly drainSeconds?: number;
  /** What the group follows when it grows and shrinks. */
  readonly scaling?: GroupScalingArgs;
}

/** The last word on each child of a scaling group. */
export interface ScalingGroupTransforms
  extends IdentityTransforms,
    FirewallTransforms,
    LaunchTransforms,
    GroupTransforms {}

/** Resource options, and the last word on each child. */
export interface ScalingGroupOptions extends pulumi.ComponentResourceOptions {
  readonly transform?: ScalingGroupTransforms;
}

/** A scaling group, complete. */
export interface SettledGroup {
  readonly capacity: Capacity;
  readonly launch: Launch;
  readonly purchase: Purchase;
  readonly replacement: Replacement;
  readonly scaling: Scaling;
  readonly heartbeatSeconds: number;
}

// The launch template has the least room: 128 characters, of which the provider needs 26 for a suffix. With the longest
// name a group may have, this prefix makes 94.
const longestPrefix = 32;

/** Settles the arguments of a scaling group, and notes what is wrong with them. */
export function settleScalingGroup(args: ScalingGroupArgs, problems: Problems): SettledGroup {
  const { targetGroupArns = {}, drainSeconds = 60, namePrefix } = args;
  checkNamePrefix(namePrefix, longestPrefix, problems);
  checkInstanceTags(args.tags, problems);
  checkInstanceTags(args.instanceTags, problems, "instanceTags");
  checkIdentity(args.managedPolicyArns ?? {}, problems);
  checkSources(args.trafficSources ?? {}, problems);
  checkKeys(targetGroupArns, "targetGroupArns", problems);
  checkWhole(drainSeconds, [0, 3600], "drainSeconds", problems);
  const capacity = settleCapacity(args, problems);
  const launch = settleLaunch(args, problems);
  return {
    capacity,
    launch,
    purchase: settlePurchase(args.purchase ?? {}, launch.instanceTypes.length, problems),
    replacement: settleReplacement(args, problems),
    scaling: settleScaling(args.scaling ?? {}, capacity, problems),
    heartbeatSeconds: terminationHeartbeatSeconds(drainSeconds),
  };
}

/**
 * A group of EC2 instances that grows and shrinks with its load, replaces what fails, and rolls out changes.
 *
 * Instances have no public address as long as their subnets give them none; their disks are encrypted, their metadata
 * needs a session token, their role allows Session Manager and the CloudWatch agent, and they are reached only by the
 * traffic sources named. They reach HTTPS and HTTP anywhere; for anything else, add a rule to `securityGroupId`.
 *
 * A deploy waits until the first instances run. A later change of the launch template starts an instance refresh that
 * goes on after the deploy has ended.
 *
 * Creates `<name>-role`, `<name>-role-session-manager`, `<name>-role-cloudwatch-agent`, `<name>-role-<policy>` for each
 * of your own, `<name>-profile`, `<name>-sg` (security group), `<name>-ingress-<source>-<port>`,
 * `<name>-egress-443`, `<name>-egress-80`, `<name>-template`, `<name>-asg`, `<name>-drain` (lifecycle hook),
 * `<name>-attachment-<target group>`, `<name>-cpu` or `<name>-cpu-out`, `-cpu-in`, `-cpu-high`, `-cpu-low`,
 * `<name>-memory` and `<name>-requests-<target group>`.
 *
 * @throws {ArgumentError} for sizes that do not fit together, thresholds that would make the group flap, an image given
 * twice, a spot share with one instance type, and whatever else AWS would refuse.
 */
export class ScalingGroup extends pulumi.ComponentResource {
  /** Name of the Auto Scaling group. */
  readonly groupName: pulumi.Output<string>;
  /** ARN of the Auto Scaling group. */
  readonly groupArn: pulumi.Output<string>;
  /** Id of the launch template. */
  readonly launchTemplateId: pulumi.Output<string>;
  /** Id of the instances' security group. */
  readonly securityGroupId: pulumi.Output<string>;
  /** ARN of the instances' role. */
  readonly roleArn: pulumi.Output<string>;
  /** Name of the instances' role, to attach policies to. */
  readonly roleName: pulumi.Output<string>;
  /** ARN of the instance profile. */
  readonly instanceProfileArn: pulumi.Output<string>;
  /** ARNs of the scaling policies. */
  readonly scalingPolicyArns: pulumi.Output<string>[];

  constructor(name: string, args: ScalingGroupArgs, opts: ScalingGroupOptions = {}) {
    const { transform = {}, ...resourceOpts } = opts;
    super("evenkeel:index:ScalingGroup", name, args, resourceOpts);

    const problems = new Problems();
    checkName(name, "-role", roleNameLength, problems);
    const settled = settleScalingGroup(args, problems);
    problems.throwFor(this);

    const child = { parent: this };
    const {
      vpcId,
      tags,
      namePrefix,
      managedPolicyArns = {},
      trafficSources = {},
      targetGroupArns = {},
    } = args;
    const { scaling, launch } = settled;

    const identity = addIdentity(name, managedPolicyArns, tags, transform, child);
    const network = { vpcId, sources: trafficSources, namePrefix };
    const firewall = addFirewall(name, network, tags, transform, child);
    const ownership = {
      instanceProfileArn: identity.profile.arn,
      securityGroupId: firewall.securityGroup.id,
    };
    const template = addLaunchTemplate(
      name,
      launch,
      { ...args, ...ownership, namePrefix },
      tags,
      transform,
      this,
    );
    const balanced = Object.keys(targetGroupArns).length > 0;
    const group = addGroup(
      name,
      { ...settled, ...scaling, subnetIds: args.subnetIds, balanced, template, namePrefix },
      tags,
      transform,
      // An instance that boots before it may call AWS, or reach it, is never quite set up.
      { ...child, dependsOn: [...identity.attachments, ...firewall.egressRules] },
    );
    addAttachments(name, group, targetGroupArns, settled.heartbeatSeconds, transform, child);
    const site = { groupName: group.name, warmupSeconds: scaling.warmupSeconds, tags };
    const policies = addScalingPolicies(name, scaling, site, child);

    this.groupName = group.name;
    this.groupArn = group.arn;
    this.launchTemplateId = template.id;
    this.securityGroupId = firewall.securityGroup.id;
    this.roleArn = identity.role.arn;
    this.roleName = identity.role.name;
    this.instanceProfileArn = identity.profile.arn;
    this.scalingPolicyArns = policies.map(({ arn }) => arn);
    this.registerOutputs({
      groupName: this.groupName,
      groupArn: this.groupArn,
      launchTemplateId: this.launchTemplateId,
      securityGroupId: this.securityGroupId,
      roleArn: this.roleArn,
      roleName: this.roleName,
      instanceProfileArn: this.instanceProfileArn,
      scalingPolicyArns: this.scalingPolicyArns,
    });
  }
}
