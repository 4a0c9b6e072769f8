import { type Bag, bags, knownNumber, knownText } from "../../values";
import { all, arns, type Check, exactlyOne, longest, oneOf, pattern, range } from "../checks";
import { fill } from "../fill";
import { hexOf, uuidOf } from "../ids";
import { type Failure, isSet, type Kinds, type Subject } from "../kind";
import { arnOf } from "../places";
import { whereOf } from "../where";

/** Which properties belong to which types of policy. */
const belongings: { readonly [property: string]: readonly string[] } = {
  scalingAdjustment: ["SimpleScaling"],
  cooldown: ["SimpleScaling"],
  adjustmentType: ["SimpleScaling", "StepScaling"],
  minAdjustmentMagnitude: ["SimpleScaling", "StepScaling"],
  stepAdjustments: ["StepScaling"],
  metricAggregationType: ["StepScaling"],
  estimatedInstanceWarmup: ["StepScaling", "TargetTrackingScaling"],
  targetTrackingConfiguration: ["TargetTrackingScaling"],
  predictiveScalingConfiguration: ["PredictiveScaling"],
};

/** What each type of policy cannot do without. */
const needs: { readonly [type: string]: readonly string[] } = {
  SimpleScaling: ["adjustmentType", "scalingAdjustment"],
  StepScaling: ["adjustmentType", "stepAdjustments"],
  TargetTrackingScaling: ["targetTrackingConfiguration"],
  PredictiveScaling: ["predictiveScalingConfiguration"],
};

const fitsType: Check = function* ({ inputs }) {
  const type = knownText(inputs.policyType);
  if (type === undefined) return;
  for (const [property, types] of Object.entries(belongings)) {
    if (!isSet(inputs[property]) || types.includes(type)) continue;
    const reason = `"${property}" is only supported for policy type ${types.join(" and ")}, got ${type}`;
    yield { property, reason };
  }
  for (const property of needs[type] ?? []) {
    if (isSet(inputs[property])) continue;
    yield { property, reason: `"${property}" is required for policy type ${type}` };
  }
};

interface Step {
  readonly from: number;
  readonly to: number;
}

/** The steps have to cover a range without gap or overlap. */
const steps: Check = function* ({ inputs }) {
  if (!Array.isArray(inputs.stepAdjustments)) return;
  const found = bags(inputs.stepAdjustments).map(
    ({ metricIntervalLowerBound: lower, metricIntervalUpperBound: upper }): Step => ({
      from: isSet(lower) ? Number(lower) : Number.NEGATIVE_INFINITY,
      to: isSet(upper) ? Number(upper) : Number.POSITIVE_INFINITY,
    }),
  );
  // An unknown bound is no number.
  if (found.some(({ from, to }) => Number.isNaN(from) || Number.isNaN(to))) return;
  const sorted = [...found].sort((a, b) => a.from - b.from);
  yield* fitTogether(sorted);
};

function* fitTogether(sorted: readonly Step[]): Iterable<Failure> {
  const property = "stepAdjustments";
  for (const [index, step] of sorted.entries()) {
    const next = sorted[index + 1];
    if (step.from >= step.to) {
      const reason = `ValidationError: The lower bound of a step must be less than its upper bound, got ${step.from} and ${step.to}`;
      yield { property, reason };
    } else if (next && next.from < step.to) {
      yield { property, reason: "ValidationError: The step adjustments must not overlap" };
    } else if (next && next.from > step.to) {
      yield { property, reason: "ValidationError: The step adjustments must not have gaps between them" };
    }
  }
}

const tracked: Check = function* ({ inputs }) {
  const property = "targetTrackingConfiguration";
  for (const config of bags(inputs[property])) {
    const metrics = ["predefinedMetricSpecification", "customizedMetricSpecification"];
    const set = metrics.filter((name) => isSet(config[name]));
    if (set.length !== 1) {
      const names = "customized_metric_specification,predefined_metric_specification";
      yield { property, reason: `exactly one of \`${names}\` must be specified, got ${set.length}` };
    }
    const target = knownNumber(config.targetValue);
    if (target !== undefined && target <= 0) {
      yield {
        property: `${property}.targetValue`,
        reason: `ValidationError: TargetValue must be greater than 0, got ${target}`,
      };
    }
    for (const metric of bags(config.predefinedMetricSpecification)) yield* resourceLabel(metric, property);
  }
};

function* resourceLabel(
  { predefinedMetricType, resourceLabel: label }: Bag,
  parent: string,
): Iterable<Failure> {
  const type = knownText(predefinedMetricType);
  const text = knownText(label);
  const property = `${parent}.predefinedMetricSpecification.resourceLabel`;
  if (type === "ALBRequestCountPerTarget") {
    if (!isSet(label)) {
      yield {
        property,
        reason: "ValidationError: The resource label must not be null for ALBRequestCountPerTarget",
      };
    } else if (text !== undefined && !/^app\/[^/]+\/[0-9a-f]+\/targetgroup\/[^/]+\/[0-9a-f]+$/.test(text)) {
      const reason = `ValidationError: The resource label '${text}' must be of the form app/<name>/<id>/targetgroup/<name>/<id>`;
      yield { property, reason };
    }
  } else if (type !== undefined && isSet(label)) {
    yield { property, reason: `ValidationError: The resource label must be null for ${type}` };
  }
}

const capacity: Check = function* ({ inputs }) {
  const [min, max, desired] = [inputs.minSize, inputs.maxSize, inputs.desiredCapacity].map((value) => {
    const number = knownNumber(value);
    return number === -1 ? undefined : number;
  });
  if (min !== undefined && max !== undefined && max < min) {
    yield {
      property: "maxSize",
      reason: `ValidationError: Given min size, ${min}, is greater than given max size, ${max}`,
    };
  } else if (
    desired !== undefined &&
    ((min !== undefined && desired < min) || (max !== undefined && desired > max))
  ) {
    const reason = `ValidationError: Desired capacity:${desired} must be between the specified min size and max size`;
    yield { property: "desiredCapacity", reason };
  }
};

const recurrence = pattern(
  "recurrence",
  /^(\S+\s+){4}\S+$/,
  (text) => `ValidationError: Given recurrence string: ${text} is invalid`,
);

function policyArn(subject: Subject): string {
  const { inputs, seed } = subject;
  const resource = `scalingPolicy:${uuidOf(seed)}:autoScalingGroupName/${inputs.autoscalingGroupName}:policyName/${inputs.name}`;
  return arnOf("autoscaling", whereOf(subject), resource);
}

/** What makes a group grow and shrink, and what happens to instances on the way. */
export const scalingPolicyKinds: Kinds = {
  "aws:autoscaling/policy:Policy": {
    autoName: { property: "name", max: 255 },
    fill: fill({
      enabled: true,
      policyType: "SimpleScaling",
      "targetTrackingConfiguration.disableScaleIn": false,
    }),
    id: ({ inputs }) => String(inputs.name),
    computed: (subject) => ({ arn: policyArn(subject), metricAggregationType: "Average" }),
    refuse: all(
      oneOf("policyType", "SimpleScaling", "StepScaling", "TargetTrackingScaling", "PredictiveScaling"),
      oneOf("adjustmentType", "ChangeInCapacity", "ExactCapacity", "PercentChangeInCapacity"),
      oneOf("metricAggregationType", "Minimum", "Maximum", "Average"),
      oneOf(
        "targetTrackingConfiguration.predefinedMetricSpecification.predefinedMetricType",
        "ASGAverageCPUUtilization",
        "ASGAverageNetworkIn",
        "ASGAverageNetworkOut",
        "ALBRequestCountPerTarget",
      ),
      fitsType,
      steps,
      tracked,
    ),
  },
  "aws:autoscaling/lifecycleHook:LifecycleHook": {
    autoName: { property: "name", max: 255 },
    id: ({ inputs }) => String(inputs.name),
    computed: () => ({ defaultResult: "ABANDON" }),
    refuse: all(
      range("heartbeatTimeout", 30, 7200),
      oneOf("defaultResult", "CONTINUE", "ABANDON"),
      oneOf(
        "lifecycleTransition",
        "autoscaling:EC2_INSTANCE_LAUNCHING",
        "autoscaling:EC2_INSTANCE_TERMINATING",
      ),
      arns("notificationTargetArn"),
      arns("roleArn"),
    ),
  },
  "aws:autoscaling/schedule:Schedule": {
    id: ({ inputs }) => String(inputs.scheduledActionName),
    computed: (subject) => ({
      arn: arnOf(
        "autoscaling",
        whereOf(subject),
        `scheduledUpdateGroupAction:${uuidOf(subject.seed)}:autoScalingGroupName/${subject.inputs.autoscalingGroupName}:scheduledActionName/${subject.inputs.scheduledActionName}`,
      ),
    }),
    refuse: all(capacity, recurrence, longest("scheduledActionName", 255)),
  },
  "aws:autoscaling/attachment:Attachment": {
    id: ({ inputs, seed }) => `${inputs.autoscalingGroupName}-${hexOf(seed, 26)}`,
    refuse: all(exactlyOne("elb", "lbTargetGroupArn"), arns("lbTargetGroupArn")),
  },
  "aws:autoscaling/trafficSourceAttachment:TrafficSourceAttachment": {
    id: ({ inputs, seed }) => `${inputs.autoscalingGroupName},elbv2,${hexOf(seed, 26)}`,
    refuse: oneOf("trafficSource.type", "elb", "elbv2", "vpc-lattice"),
  },
  "aws:autoscaling/notification:Notification": {
    id: ({ inputs }) => String(inputs.topicArn),
    refuse: all(
      arns("topicArn"),
      oneOf(
        "notifications",
        "autoscaling:EC2_INSTANCE_LAUNCH",
        "autoscaling:EC2_INSTANCE_LAUNCH_ERROR",
        "autoscaling:EC2_INSTANCE_TERMINATE",
        "autoscaling:EC2_INSTANCE_TERMINATE_ERROR",
        "autoscaling:TEST_NOTIFICATION",
      ),
    ),
  },
};
