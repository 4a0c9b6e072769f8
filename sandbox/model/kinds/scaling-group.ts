import { type Bag, bags, knownNumber, knownText } from "../../values";
import { all, type Check, oneOf, pattern, range, rangeOr, uniqueName } from "../checks";
import { fill } from "../fill";
import { uuidOf } from "../ids";
import { type Failure, formerOf, isSet, type Kinds, type Made, type Subject } from "../kind";
import { arnOf } from "../places";
import { same } from "../sameness";
import { whereOf } from "../where";
import { subnetsMeant } from "./network";
import { templateUses } from "./templates";

/**
 * Whether an update leaves the capacity to the group, which then has as many instances as its scaling gave it: the provider
 * sends the property only when it changes.
 */
function leavesCapacity({ inputs }: Subject, former: Made | undefined): boolean {
  if (!isSet(inputs.desiredCapacity)) return true;
  return former !== undefined && same(former.inputs.desiredCapacity, inputs.desiredCapacity);
}

const sizes: Check = function* (subject) {
  const { minSize, maxSize, desiredCapacity } = subject.inputs;
  const sent = leavesCapacity(subject, formerOf(subject)) ? undefined : desiredCapacity;
  const [min, max, desired] = [minSize, maxSize, sent].map(knownNumber);
  if (min === undefined || max === undefined) return;
  if (max < min) {
    const reason = `ValidationError: Max bound, ${max}, must be greater than or equal to min bound, ${min}`;
    yield { property: "maxSize", reason };
  } else if (desired !== undefined && (desired < min || desired > max)) {
    const reason = `ValidationError: Desired capacity:${desired} must be between the specified min size:${min} and max size:${max}`;
    yield { property: "desiredCapacity", reason };
  }
};

const ways = ["launchConfiguration", "launchTemplate", "mixedInstancesPolicy"];

const launch: Check = function* ({ inputs }) {
  const set = ways.filter((way) => isSet(inputs[way]));
  const names = "`launch_configuration`, `launch_template` or `mixed_instances_policy`";
  if (set.length === 1) return;
  if (set.length === 0) yield { reason: `One of ${names} must be specified for an Auto Scaling Group` };
  else
    yield {
      property: set[0] ?? "launchTemplate",
      reason: `only one of ${names} can be specified, got ${set.join(" and ")}`,
    };
};

const placed: Check = function* ({ inputs }) {
  const isEmpty = (value: unknown) => !isSet(value as never) || (Array.isArray(value) && value.length === 0);
  if (!isEmpty(inputs.vpcZoneIdentifiers) || !isEmpty(inputs.availabilityZones)) return;
  const reason = "ValidationError: At least one Availability Zone or VPC Subnet is required.";
  yield { property: "vpcZoneIdentifiers", reason };
};

function versionsOf(inputs: Bag): string[] {
  const mixed = bags(inputs.mixedInstancesPolicy)
    .flatMap(({ launchTemplate }) => bags(launchTemplate))
    .flatMap(({ launchTemplateSpecification }) => bags(launchTemplateSpecification));
  return [...bags(inputs.launchTemplate), ...mixed].map(({ version }) => knownText(version) ?? "");
}

/** A numbered version of the template has to be there. */
const versionExists: Check = function* (subject) {
  for (const { property, template, version = "" } of templateUses(subject)) {
    // Of a template somebody else made the model does not know how many versions there are.
    const latest = template.imagined ? undefined : knownNumber(template.outputs.latestVersion);
    if (!/^\d+$/.test(version) || latest === undefined || (Number(version) >= 1 && Number(version) <= latest))
      continue;
    const reason =
      "ValidationError: You must use a valid fully-formed launch template. Could not find the specified version " +
      `${version} for the launch template with ID ${template.id}.`;
    yield { property, reason };
  }
};

/** Whether the group's image is looked up when an instance starts. */
function imageIsResolved(subject: Subject): boolean {
  return templateUses(subject).some(({ template }) =>
    knownText(template.inputs.imageId)?.startsWith("resolve:ssm:"),
  );
}

/** What AWS does not do for an image named by a parameter. */
function* refusedWithResolved({ inputs }: Subject): Iterable<Failure> {
  const rule = "when the launch template names its image by a Systems Manager parameter";
  for (const { preferences } of bags(inputs.instanceRefresh)) {
    for (const { skipMatching, autoRollback } of bags(preferences)) {
      const path = "instanceRefresh.preferences";
      if (skipMatching === true) {
        yield {
          property: `${path}.skipMatching`,
          reason: `ValidationError: Skip matching is not supported ${rule}`,
        };
      }
      if (autoRollback === true) {
        yield {
          property: `${path}.autoRollback`,
          reason: `ValidationError: Auto rollback is not supported ${rule}`,
        };
      }
    }
  }
  const overrides = bags(inputs.mixedInstancesPolicy)
    .flatMap(({ launchTemplate }) => bags(launchTemplate))
    .flatMap((template) => bags(template.overrides));
  if (overrides.some(({ instanceRequirements }) => isSet(instanceRequirements))) {
    const reason = `ValidationError: Attribute-based instance type selection is not supported ${rule}`;
    yield { property: "mixedInstancesPolicy.launchTemplate.overrides", reason };
  }
  if (isSet(inputs.warmPool))
    yield { property: "warmPool", reason: `ValidationError: A warm pool is not supported ${rule}` };
}

const resolvedImage: Check = function* (subject) {
  if (imageIsResolved(subject)) yield* refusedWithResolved(subject);
};

const rollback: Check = function* ({ inputs }) {
  const wanted = bags(inputs.instanceRefresh).flatMap(({ preferences }) => bags(preferences));
  const floating = versionsOf(inputs).find((version) => version.startsWith("$"));
  if (floating === undefined || wanted.every(({ autoRollback }) => autoRollback !== true)) return;
  const reason = `ValidationError: Auto rollback needs a numbered launch template version, got ${floating}`;
  yield { property: "instanceRefresh.preferences.autoRollback", reason };
};

const maintenance: Check = function* ({ inputs }) {
  for (const [property, found] of [
    ["instanceMaintenancePolicy", bags(inputs.instanceMaintenancePolicy)],
    [
      "instanceRefresh.preferences",
      bags(inputs.instanceRefresh).flatMap(({ preferences }) => bags(preferences)),
    ],
  ] as const) {
    for (const { minHealthyPercentage, maxHealthyPercentage } of found) {
      const [min, max] = [minHealthyPercentage, maxHealthyPercentage].map(knownNumber);
      if (min === undefined || max === undefined || max - min <= 100) continue;
      const reason = `ValidationError: The difference between MaxHealthyPercentage and MinHealthyPercentage cannot exceed 100, got ${max} and ${min}`;
      yield { property, reason };
    }
  }
};

const launchTemplateNamed: Check = function* ({ inputs }) {
  for (const { id, name } of bags(inputs.launchTemplate)) {
    if (isSet(id) !== isSet(name)) continue;
    const reason =
      "ValidationError: Valid requests must contain either launchTemplateId or LaunchTemplateName";
    yield { property: "launchTemplate", reason };
  }
};

/** One or more of them, with commas between. */
const healthCheckTypes = pattern(
  "healthCheckType",
  /^(EC2|EBS|ELB|VPC_LATTICE)(,\s*(EC2|EBS|ELB|VPC_LATTICE))*$/,
  (text) =>
    `ValidationError: Invalid health check type(s) '${text}', must be of EC2, EBS, ELB and VPC_LATTICE`,
);

const groupMetrics = [
  "GroupMinSize GroupMaxSize GroupDesiredCapacity GroupInServiceInstances GroupPendingInstances GroupStandbyInstances",
  "GroupTerminatingInstances GroupTotalInstances GroupInServiceCapacity GroupPendingCapacity GroupStandbyCapacity",
  "GroupTerminatingCapacity GroupTotalCapacity WarmPoolDesiredCapacity WarmPoolWarmedCapacity WarmPoolPendingCapacity",
  "WarmPoolTerminatingCapacity WarmPoolTotalCapacity GroupAndWarmPoolDesiredCapacity GroupAndWarmPoolTotalCapacity",
].flatMap((line) => line.split(" "));

const processes =
  "Launch Terminate AddToLoadBalancer AlarmNotification AZRebalance HealthCheck InstanceRefresh ReplaceUnhealthy ScheduledActions";

const terminations =
  "AllocationStrategy ClosestToNextInstanceHour Default NewestInstance OldestInstance OldestLaunchConfiguration OldestLaunchTemplate";

/**
 * Instances a group has once its bounds may have moved: those it had, as far as they fit.
 * https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_UpdateAutoScalingGroup.html
 */
function capacityAfter({ inputs }: Subject, previous: Made): number {
  const [min, max] = [inputs.minSize, inputs.maxSize].map(knownNumber);
  const had = knownNumber(previous.outputs.desiredCapacity) ?? min ?? 0;
  return Math.max(min ?? had, Math.min(max ?? had, had));
}

function computed(subject: Subject): Bag {
  const { inputs, seed } = subject;
  const subnets = subnetsMeant(subject, "vpcZoneIdentifiers").flat();
  const zones = new Set(subnets.map((subnet) => String(subnet.outputs.availabilityZone)));
  return {
    arn: arnOf(
      "autoscaling",
      whereOf(subject),
      `autoScalingGroup:${uuidOf(seed)}:autoScalingGroupName/${inputs.name}`,
    ),
    desiredCapacity: inputs.minSize ?? 0,
    availabilityZones: [...zones].sort(),
    defaultCooldown: 300,
    healthCheckType: "EC2",
    serviceLinkedRoleArn: `arn:aws:iam::${subject.world.options.accountId}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`,
  };
}

/** Auto scaling groups. */
export const scalingGroupKinds: Kinds = {
  "aws:autoscaling/group:Group": {
    autoName: { property: "name", max: 255, unless: "namePrefix" },
    fill: fill({
      forceDelete: false,
      forceDeleteWarmPool: false,
      healthCheckGracePeriod: 300,
      ignoreFailedScalingActivities: false,
      metricsGranularity: "1Minute",
      protectFromScaleIn: false,
      waitForCapacityTimeout: "10m",
    }),
    id: ({ inputs }) => String(inputs.name),
    computed,
    alternatives: ways,
    decided: (subject, previous) =>
      leavesCapacity(subject, previous) ? { desiredCapacity: capacityAfter(subject, previous) } : {},
    refuse: all(
      sizes,
      launch,
      placed,
      launchTemplateNamed,
      versionExists,
      range("minSize", 0, 100000),
      range("healthCheckGracePeriod", 0, 1000000),
      range("defaultInstanceWarmup", 0, 1000000),
      rangeOr("maxInstanceLifetime", [0], 86400, 31536000),
      healthCheckTypes,
      oneOf("metricsGranularity", "1Minute"),
      oneOf("enabledMetrics", ...groupMetrics),
      oneOf("suspendedProcesses", ...processes.split(" ")),
      oneOf("terminationPolicies", ...terminations.split(" ")),
      oneOf("instanceRefresh.strategy", "Rolling", "ReplaceRootVolume"),
      range("instanceRefresh.preferences.minHealthyPercentage", 0, 100),
      range("instanceRefresh.preferences.maxHealthyPercentage", 100, 200),
      range("instanceMaintenancePolicy.minHealthyPercentage", -1, 100),
      rangeOr("instanceMaintenancePolicy.maxHealthyPercentage", [-1], 100, 200),
      range("mixedInstancesPolicy.instancesDistribution.onDemandPercentageAboveBaseCapacity", 0, 100),
      oneOf(
        "mixedInstancesPolicy.instancesDistribution.spotAllocationStrategy",
        "lowest-price",
        "capacity-optimized",
        "capacity-optimized-prioritized",
        "price-capacity-optimized",
      ),
      maintenance,
      rollback,
      resolvedImage,
      uniqueName(
        "name",
        (name) =>
          `AlreadyExists: AutoScalingGroup by this name already exists - A group with the name ${name} already exists`,
      ),
    ),
  },
};
