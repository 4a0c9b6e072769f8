import assert from "node:assert/strict";
import { UNKNOWN } from "../../../sandbox";
import { Account, type Case } from "../account";
import { eachIsRefused } from "./single";

const groupType = "aws:autoscaling/group:Group";
const policyType = "aws:autoscaling/policy:Policy";
const templateType = "aws:ec2/launchTemplate:LaunchTemplate";

const group = {
  minSize: 2,
  maxSize: 4,
  vpcZoneIdentifiers: ["subnet-0a"],
  launchTemplate: { id: "lt-0a", version: "1" },
};

function groupCase(title: string, inputs: Case["inputs"], at: string, reason: string): Case {
  return { title, type: groupType, inputs: { ...group, ...inputs }, at, reason };
}

describe("AWS refuses a scaling group", () => {
  eachIsRefused([
    groupCase(
      "that may hold fewer than it must",
      { maxSize: 1 },
      "maxSize",
      "ValidationError: Max bound, 1, must be greater than or equal to min bound, 2",
    ),
    groupCase(
      "that wants more than it may hold",
      { desiredCapacity: 5 },
      "desiredCapacity",
      "ValidationError: Desired capacity:5 must be between the specified min size:2 and max size:4",
    ),
    groupCase(
      "with instances that live less than a day",
      { maxInstanceLifetime: 3600 },
      "maxInstanceLifetime",
      "expected max_instance_lifetime to be in the range (86400 - 31536000), got 3600",
    ),
    groupCase(
      "that measures what AWS does not",
      { enabledMetrics: ["GroupSize"] },
      "enabledMetrics[0]",
      'expected enabled_metrics to be one of ["GroupMinSize" "GroupMaxSize" "GroupDesiredCapacity" "GroupInServiceInstances" "GroupPendingInstances" "GroupStandbyInstances" "GroupTerminatingInstances" "GroupTotalInstances" "GroupInServiceCapacity" "GroupPendingCapacity" "GroupStandbyCapacity" "GroupTerminatingCapacity" "GroupTotalCapacity" "WarmPoolDesiredCapacity" "WarmPoolWarmedCapacity" "WarmPoolPendingCapacity" "WarmPoolTerminatingCapacity" "WarmPoolTotalCapacity" "GroupAndWarmPoolDesiredCapacity" "GroupAndWarmPoolTotalCapacity"], got GroupSize',
    ),
    groupCase(
      "that replaces more than all of it at a time",
      { instanceMaintenancePolicy: { minHealthyPercentage: 90, maxHealthyPercentage: 200 } },
      "instanceMaintenancePolicy",
      "ValidationError: The difference between MaxHealthyPercentage and MinHealthyPercentage cannot exceed 100, got 200 and 90",
    ),
    groupCase(
      "that rolls back to a version without a number",
      {
        launchTemplate: { id: "lt-0a", version: "$Latest" },
        instanceRefresh: { strategy: "Rolling", preferences: { autoRollback: true } },
      },
      "instanceRefresh.preferences.autoRollback",
      "ValidationError: Auto rollback needs a numbered launch template version, got $Latest",
    ),
    {
      title: "with nothing to launch",
      type: groupType,
      inputs: { minSize: 1, maxSize: 1, vpcZoneIdentifiers: ["subnet-0a"] },
      reason:
        "One of `launch_configuration`, `launch_template` or `mixed_instances_policy` must be specified for an Auto Scaling Group",
    },
    {
      title: "that is nowhere",
      type: groupType,
      inputs: { minSize: 1, maxSize: 1, launchTemplate: { id: "lt-0a" } },
      at: "vpcZoneIdentifiers",
      reason: "ValidationError: At least one Availability Zone or VPC Subnet is required.",
    },
  ]);

  it("that asks for what an image named by parameter excludes", () => {
    const account = new Account("preview");
    const template = account.make(templateType, "web", { imageId: "resolve:ssm:/aws/service/ami" });
    const inputs = {
      ...group,
      launchTemplate: { id: UNKNOWN, version: UNKNOWN },
      instanceRefresh: { strategy: "Rolling", preferences: { skipMatching: true, autoRollback: true } },
      warmPool: { minSize: 1 },
    };
    const rule = "when the launch template names its image by a Systems Manager parameter";
    assert.deepEqual(account.failures(groupType, inputs, { launchTemplate: [template] }), [
      {
        property: "instanceRefresh.preferences.skipMatching",
        reason: `ValidationError: Skip matching is not supported ${rule}`,
      },
      {
        property: "instanceRefresh.preferences.autoRollback",
        reason: `ValidationError: Auto rollback is not supported ${rule}`,
      },
      { property: "warmPool", reason: `ValidationError: A warm pool is not supported ${rule}` },
    ]);
  });

  it("never for a mixed policy of one instance type", () => {
    const inputs = {
      minSize: 2,
      maxSize: 4,
      vpcZoneIdentifiers: ["subnet-0a"],
      mixedInstancesPolicy: {
        launchTemplate: {
          launchTemplateSpecification: { launchTemplateId: "lt-0a" },
          overrides: [{ instanceType: "t3.medium" }],
        },
      },
    };
    assert.deepEqual(new Account().failures(groupType, inputs), []);
  });
});

const tracking = {
  autoscalingGroupName: "web",
  policyType: "TargetTrackingScaling",
  targetTrackingConfiguration: {
    predefinedMetricSpecification: { predefinedMetricType: "ASGAverageCPUUtilization" },
    targetValue: 70,
  },
};
const stepping = {
  autoscalingGroupName: "web",
  policyType: "StepScaling",
  adjustmentType: "ChangeInCapacity",
};
const requests = (resourceLabel?: string) => ({
  ...tracking,
  targetTrackingConfiguration: {
    targetValue: 1000,
    predefinedMetricSpecification: {
      predefinedMetricType: "ALBRequestCountPerTarget",
      ...(resourceLabel === undefined ? {} : { resourceLabel }),
    },
  },
});
const step = (from: string | undefined, to: string | undefined) => ({
  scalingAdjustment: 1,
  ...(from === undefined ? {} : { metricIntervalLowerBound: from }),
  ...(to === undefined ? {} : { metricIntervalUpperBound: to }),
});

describe("AWS refuses a scaling policy", () => {
  eachIsRefused([
    {
      title: "that tracks a target in steps",
      type: policyType,
      inputs: { ...tracking, stepAdjustments: [step("0", undefined)] },
      at: "stepAdjustments",
      reason: '"stepAdjustments" is only supported for policy type StepScaling, got TargetTrackingScaling',
    },
    {
      title: "that steps without steps",
      type: policyType,
      inputs: stepping,
      at: "stepAdjustments",
      reason: '"stepAdjustments" is required for policy type StepScaling',
    },
    {
      title: "whose steps overlap",
      type: policyType,
      inputs: { ...stepping, stepAdjustments: [step("0", "20"), step("10", undefined)] },
      at: "stepAdjustments",
      reason: "ValidationError: The step adjustments must not overlap",
    },
    {
      title: "whose steps leave a gap",
      type: policyType,
      inputs: { ...stepping, stepAdjustments: [step("0", "10"), step("20", undefined)] },
      at: "stepAdjustments",
      reason: "ValidationError: The step adjustments must not have gaps between them",
    },
    {
      title: "that counts requests and does not say whose",
      type: policyType,
      inputs: requests(),
      at: "targetTrackingConfiguration.predefinedMetricSpecification.resourceLabel",
      reason: "ValidationError: The resource label must not be null for ALBRequestCountPerTarget",
    },
    {
      title: "that counts requests of something else than a target group",
      type: policyType,
      inputs: requests("app/edge/0123456789abcdef"),
      at: "targetTrackingConfiguration.predefinedMetricSpecification.resourceLabel",
      reason:
        "ValidationError: The resource label 'app/edge/0123456789abcdef' must be of the form app/<name>/<id>/targetgroup/<name>/<id>",
    },
    {
      title: "on a schedule that is none",
      type: "aws:autoscaling/schedule:Schedule",
      inputs: { autoscalingGroupName: "web", scheduledActionName: "night", minSize: 1, recurrence: "daily" },
      at: "recurrence",
      reason: "ValidationError: Given recurrence string: daily is invalid",
    },
    {
      title: "with a pause of more than two hours",
      type: "aws:autoscaling/lifecycleHook:LifecycleHook",
      inputs: {
        autoscalingGroupName: "web",
        lifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING",
        heartbeatTimeout: 7201,
      },
      at: "heartbeatTimeout",
      reason: "expected heartbeat_timeout to be in the range (30 - 7200), got 7201",
    },
  ]);
});

const gp3 = (ebs: Case["inputs"]) => ({
  blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { volumeType: "gp3", volumeSize: 20, ...ebs } }],
});

describe("AWS refuses a launch template", () => {
  const oversized = Buffer.alloc(16_385, "x").toString("base64");
  eachIsRefused([
    {
      title: "whose user data is plain text",
      type: templateType,
      inputs: { userData: "#!/bin/sh\necho hello" },
      at: "userData",
      reason: "InvalidUserData.Malformed: Invalid BASE64 encoding of user data.",
    },
    {
      title: "with more than 16 KB of user data",
      type: templateType,
      inputs: { userData: oversized },
      at: "userData",
      reason: "InvalidParameterValue: User data is limited to 16384 bytes, got 16385",
    },
    {
      title: "of an image that is none",
      type: templateType,
      inputs: { imageId: "amazon-linux" },
      at: "imageId",
      reason: 'InvalidAMIID.Malformed: Invalid id: "amazon-linux" (expecting "ami-..." or "resolve:ssm:...")',
    },
    {
      title: "of an instance type that does not exist",
      type: templateType,
      inputs: { instanceType: "t3.huge" },
      at: "instanceType",
      reason: "InvalidParameterValue: The following supplied instance types do not exist: [t3.huge]",
    },
    {
      title: "with metadata 65 hops away",
      type: templateType,
      inputs: { metadataOptions: { httpPutResponseHopLimit: 65 } },
      at: "metadataOptions.httpPutResponseHopLimit",
      reason: "expected http_put_response_hop_limit to be in the range (1 - 64), got 65",
    },
    {
      title: "with a volume too slow for its throughput",
      type: templateType,
      inputs: gp3({ iops: 3000, throughput: 1000 }),
      at: "blockDeviceMappings[0].ebs.throughput",
      reason:
        "InvalidParameterCombination: Throughput to iops ratio of 0.3333333333333333 is too high; maximum is 0.25",
    },
    {
      title: "with a volume that is slower than they come",
      type: templateType,
      inputs: gp3({ iops: 2999 }),
      at: "blockDeviceMappings[0].ebs.iops",
      reason:
        "InvalidParameterValue: iops of 2999 is invalid; must be between 3000 and 80000 for gp3 volumes.",
    },
    {
      title: "with firewalls both on its interfaces and beside them",
      type: templateType,
      inputs: { networkInterfaces: [{ securityGroups: ["sg-0a"] }], vpcSecurityGroupIds: ["sg-0a"] },
      at: "vpcSecurityGroupIds",
      reason:
        "InvalidParameterCombination: Network interfaces and an instance-level security groups may not be specified on the same request",
    },
  ]);
});
