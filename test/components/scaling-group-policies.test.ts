import assert from "node:assert/strict";
import { ScalingGroup, type ScalingGroupArgs } from "../../components/scaling-group/scaling-group";
import type { GroupScalingArgs } from "../../components/scaling-group/scaling-policies";
import { UNKNOWN } from "../../sandbox";
import { built } from "../support/built";

const args: ScalingGroupArgs = {
  vpcId: "vpc-0a1b2c3d4e5f60718",
  subnetIds: ["subnet-0a1b2c3d4e5f60711", "subnet-0a1b2c3d4e5f60712"],
  maxSize: 10,
};

function preview(scaling: GroupScalingArgs) {
  return built(() => new ScalingGroup("web", { ...args, scaling }), { mode: "preview" });
}

describe("a group that follows its processors", () => {
  it("stays near 70 % unless told otherwise", async () => {
    const stack = await preview({});
    const groupName = stack.outputs("web-asg").name;
    assert.deepEqual(stack.inputs("web-cpu"), {
      autoscalingGroupName: groupName,
      policyType: "TargetTrackingScaling",
      estimatedInstanceWarmup: 90,
      targetTrackingConfiguration: {
        predefinedMetricSpecification: { predefinedMetricType: "ASGAverageCPUUtilization" },
        targetValue: 70,
      },
    });
  });

  it("stays near another figure, with another warm-up, everywhere alike", async () => {
    const stack = await preview({ cpu: { targetPercent: 55 }, warmupSeconds: 45 });
    assert.equal(stack.inputs("web-asg").defaultInstanceWarmup, 45);
    assert.equal(stack.inputs("web-cpu").estimatedInstanceWarmup, 45);
    assert.deepEqual(stack.inputs("web-cpu").targetTrackingConfiguration, {
      predefinedMetricSpecification: { predefinedMetricType: "ASGAverageCPUUtilization" },
      targetValue: 55,
    });
  });

  it("adds two after four minutes above 70 %", async () => {
    const stack = await preview({ cpu: { mode: "step" } });
    const groupName = stack.outputs("web-asg").name;
    assert.deepEqual(stack.inputs("web-cpu-out"), {
      autoscalingGroupName: groupName,
      policyType: "StepScaling",
      adjustmentType: "ChangeInCapacity",
      estimatedInstanceWarmup: 90,
      stepAdjustments: [{ metricIntervalLowerBound: "0", scalingAdjustment: 2 }],
    });
    assert.deepEqual(stack.inputs("web-cpu-high"), {
      alarmDescription: "CPU above 70 % for 240 seconds adds 2",
      namespace: "AWS/EC2",
      metricName: "CPUUtilization",
      dimensions: { AutoScalingGroupName: groupName },
      statistic: "Average",
      period: 120,
      evaluationPeriods: 2,
      comparisonOperator: "GreaterThanThreshold",
      threshold: 70,
      alarmActions: [UNKNOWN],
      tags: { Name: "web-cpu-high" },
    });
  });

  it("removes one after four minutes below 30 %", async () => {
    const stack = await preview({ cpu: { mode: "step" } });
    const groupName = stack.outputs("web-asg").name;
    assert.deepEqual(stack.inputs("web-cpu-in"), {
      autoscalingGroupName: groupName,
      policyType: "StepScaling",
      adjustmentType: "ChangeInCapacity",
      stepAdjustments: [{ metricIntervalUpperBound: "0", scalingAdjustment: -1 }],
    });
    assert.deepEqual(stack.inputs("web-cpu-low"), {
      alarmDescription: "CPU below 30 % for 240 seconds removes 1",
      namespace: "AWS/EC2",
      metricName: "CPUUtilization",
      dimensions: { AutoScalingGroupName: groupName },
      statistic: "Average",
      period: 120,
      evaluationPeriods: 2,
      comparisonOperator: "LessThanThreshold",
      threshold: 30,
      alarmActions: [UNKNOWN],
      tags: { Name: "web-cpu-low" },
    });
  });

  it("has each alarm set off its own policy", async () => {
    const stack = await preview({ cpu: { mode: "step" } });
    const actions = ["web-cpu-high", "web-cpu-low"].map((name) =>
      stack.resource(name).propertyDependencies.alarmActions?.map((urn) => urn.split("::").at(-1)),
    );
    assert.deepEqual(actions, [["web-cpu-out"], ["web-cpu-in"]]);
  });

  it("steps in one way only: steps and a target for the same figure would fight", async () => {
    assert.equal((await preview({ cpu: { mode: "step" } })).names.includes("web-cpu"), false);
    assert.deepEqual(
      (await preview({})).names.filter((name) => name.startsWith("web-cpu")),
      ["web-cpu"],
    );
  });

  it("does not, when told so", async () => {
    const stack = await preview({ cpu: { mode: "none" } });
    assert.deepEqual(
      stack.registrations.filter(({ type }) => /autoscaling\/policy|metricAlarm/.test(type)),
      [],
    );
  });
});

describe("a group that follows several things", () => {
  it("follows the memory its agents report for the whole group", async () => {
    const stack = await preview({ memory: { targetPercent: 80 } });
    const groupName = stack.outputs("web-asg").name;
    assert.deepEqual(stack.inputs("web-memory"), {
      autoscalingGroupName: groupName,
      policyType: "TargetTrackingScaling",
      estimatedInstanceWarmup: 90,
      targetTrackingConfiguration: {
        customizedMetricSpecification: {
          namespace: "CWAgent",
          metricName: "mem_used_percent",
          statistic: "Average",
          metricDimensions: [{ name: "AutoScalingGroupName", value: groupName }],
        },
        targetValue: 80,
      },
    });
  });

  it("follows the requests that reach a target group", async () => {
    const stack = await preview({
      requests: {
        main: {
          loadBalancerArnSuffix: "app/edge/50dc6c495c0c9188",
          targetGroupArnSuffix: "targetgroup/web/943f017f100becff",
        },
      },
    });
    const groupName = stack.outputs("web-asg").name;
    assert.deepEqual(stack.inputs("web-requests-main"), {
      autoscalingGroupName: groupName,
      policyType: "TargetTrackingScaling",
      estimatedInstanceWarmup: 90,
      targetTrackingConfiguration: {
        predefinedMetricSpecification: {
          predefinedMetricType: "ALBRequestCountPerTarget",
          resourceLabel: "app/edge/50dc6c495c0c9188/targetgroup/web/943f017f100becff",
        },
        targetValue: 12_000,
      },
    });
  });

  it("follows all of them at once", async () => {
    const stack = await preview({
      cpu: { mode: "step" },
      memory: { targetPercent: 80 },
      requests: {
        main: {
          targetPerMinute: 600,
          loadBalancerArnSuffix: "app/a/1",
          targetGroupArnSuffix: "targetgroup/b/2",
        },
      },
    });
    assert.deepEqual(
      stack.registrations
        .filter(({ type }) => type === "aws:autoscaling/policy:Policy")
        .map(({ name }) => name)
        .sort(),
      ["web-cpu-in", "web-cpu-out", "web-memory", "web-requests-main"],
    );
  });
});
