import { certainly } from "../../lib/candidates";
import { ifKnown } from "../../lib/if-known";
import type { Judgement } from "../../lib/judgement";
import { type Change, rule, type ScenarioResource } from "../../lib/rule";
import type { Stack, StackResource } from "../../lib/stack";
import { UNKNOWN, Undecided } from "../../lib/unknown";
import { brief, shown, type Value } from "../../lib/value";
import { LAUNCH_TEMPLATE, SCALING_GROUP } from "../types";
import { boundOf, largestInstance, leavesSizeToTemplate } from "./largest-instance";
import { templateNamedBy } from "./launch-templates";
import { minInstances } from "./min-instances";

function judgeMinSize(group: Value, wanted: number): Judgement {
  const path = "minSize";
  const minSize = group.at(path).number();
  const must = `must be ${wanted} or more`;
  if (minSize === undefined) return [{ path, says: `not set, ${must}` }];
  // Whatever an instance counts for, it is at least one.
  if (minSize < wanted) return [{ path, says: `${minSize}, ${must}` }];
  // What the launch template says is judged with the stack.
  if (leavesSizeToTemplate(group) && templateNamedBy(group) !== undefined) return [];
  return judgeCount(group, minSize, largestInstance(group), wanted);
}

/** Judges a minimum by the fewest instances it can be. */
function judgeCount(group: Value, minSize: number, largest: number | undefined, wanted: number): Judgement {
  const path = "minSize";
  const instances = largest === undefined ? 1 : Math.ceil(minSize / largest);
  if (instances >= wanted) return [];
  if (largest === undefined) {
    const unit = shown(group.at("desiredCapacityType").text());
    const is = `${minSize} ${unit} without a largest instance, which may be one instance`;
    return [{ path, says: `${is}, must have a max in ${boundOf(group)} of instanceRequirements` }];
  }
  const is = `${minSize} with instances that count for up to ${largest}, which may be ${instances} instance`;
  return [{ path, says: `${is}${instances === 1 ? "" : "s"}, must be ${wanted} or more` }];
}

/** Judges a group that leaves the size of its instances to its launch template. */
function judgeByTemplate(group: StackResource, stack: Stack, wanted: number): Judgement {
  const { inputs } = group;
  const size = inputs.at("minSize");
  const minSize = size.isKnown() ? size.number() : undefined;
  if (minSize === undefined || minSize < wanted || wanted === 1) return [];
  const name = ifKnown(() => leavesSizeToTemplate(inputs)) ? templateNamedBy(inputs) : undefined;
  if (name === undefined) return [];
  const reference = stack.refer(group, name, LAUNCH_TEMPLATE);
  if (reference?.kind === "outside") {
    return [{ path: name.path, waits: `${brief(reference.value)} is not in this stack` }];
  }
  const template = certainly(reference);
  if (template === undefined) return [{ path: name.path, waits: "not known which template that is" }];
  return judgeCount(inputs, minSize, largestInstance(inputs, template.inputs), wanted);
}

/** Raises the minimum, and with it the sizes that AWS does not take below it. */
function raised(group: Value, wanted: number): readonly Change[] {
  const largest = largestSoFar(group);
  if (largest === undefined) return [];
  const least = wanted * Math.ceil(largest);
  const below = ["maxSize", "desiredCapacity"].filter((property) => {
    const size = group.at(property);
    return size.isKnown() && (size.number() ?? least) < least;
  });
  return ["minSize", ...below].map((path) => ({ path, value: least }));
}

/** What is not known yet counts for one: that many are too few whatever it turns out to be. */
function largestSoFar(group: Value): number | undefined {
  try {
    return largestInstance(group);
  } catch (error) {
    if (error instanceof Undecided) return 1;
    throw error;
  }
}

const weighted = (...weights: readonly unknown[]) => ({
  launchTemplate: {
    overrides: weights.map((weightedCapacity) => ({ instanceType: "m7g.large", weightedCapacity })),
  },
});

function template(name: string, vcpuCount: object): ScenarioResource {
  const props = { id: UNKNOWN, instanceRequirements: { vcpuCount, memoryMib: { min: 4096 } } };
  return { name, type: "aws:ec2/launchTemplate:LaunchTemplate", props };
}

const processors = { minSize: 16, desiredCapacityType: "vcpu", launchTemplate: { id: UNKNOWN } };

export const scalingMinInstances = rule({
  name: "scaling-min-instances",
  title: "Scaling groups never fall below a safe number of instances",
  description: "With one instance, its failure or its replacement is an outage of the service.",
  severity: "high",
  level: "mandatory",
  types: SCALING_GROUP,
  parameters: { minInstances },
  frameworks: {},
  remediation:
    "Set minSize to {minInstances} or more; where instance types carry weights, to {minInstances} times the greatest weight.",
  url: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-capacity-limits.html",
  judge: (group, { config }) => judgeMinSize(group, config.minInstances),
  judgeInStack: (resource, { config, stack }) => judgeByTemplate(resource, stack, config.minInstances),
  fix: (group, { config }) => raised(group, config.minInstances),
  scenarios: [
    { name: "two", given: { minSize: 2 }, is: "pass" },
    { name: "three, as a text", given: { minSize: "3" }, is: "pass" },
    {
      name: "eight units of instances that count for four",
      given: { minSize: 8, mixedInstancesPolicy: weighted("2", "4") },
      is: "pass",
    },
    { name: "one where one is enough", given: { minSize: 1 }, config: { minInstances: 1 }, is: "pass" },
    {
      name: "processors without a bound, where one instance is enough",
      given: { minSize: 4, desiredCapacityType: "vcpu" },
      config: { minInstances: 1 },
      is: "pass",
    },
    {
      name: "processors, of instances that the launch template bounds",
      given: processors,
      from: { launchTemplate: ["web"] },
      stack: [template("web", { min: 2, max: 8 })],
      is: "pass",
    },
    {
      name: "processors, of instances that the launch template does not bound enough",
      given: processors,
      from: { launchTemplate: ["web"] },
      stack: [template("web", { min: 2, max: 16 })],
      is: "fail",
      findings: [
        {
          path: "minSize",
          says: "16 with instances that count for up to 16, which may be 1 instance, must be 2 or more",
        },
      ],
    },
    {
      name: "one",
      given: { minSize: 1, mixedInstancesPolicy: UNKNOWN },
      is: "fail",
      findings: [{ path: "minSize", says: "1, must be 2 or more" }],
    },
    {
      name: "none",
      given: {},
      is: "fail",
      findings: [{ path: "minSize", says: "not set, must be 2 or more" }],
    },
    {
      name: "a group of one, and no more",
      given: { minSize: 1, maxSize: 1, desiredCapacity: 1 },
      is: "fail",
      findings: [{ path: "minSize", says: "1, must be 2 or more" }],
    },
    {
      name: "two where three are asked for",
      given: { minSize: 2, maxSize: 8 },
      config: { minInstances: 3 },
      is: "fail",
      findings: [{ path: "minSize", says: "2, must be 3 or more" }],
    },
    {
      name: "four units that are one instance",
      given: { minSize: 4, mixedInstancesPolicy: weighted("1", 4) },
      is: "fail",
      findings: [
        {
          path: "minSize",
          says: "4 with instances that count for up to 4, which may be 1 instance, must be 2 or more",
        },
      ],
    },
    {
      name: "processors instead of instances",
      given: {
        minSize: 8,
        desiredCapacityType: "vcpu",
        mixedInstancesPolicy: {
          launchTemplate: { overrides: [{ instanceRequirements: { vcpuCount: { min: 2, max: 8 } } }] },
        },
      },
      is: "fail",
      findings: [
        {
          path: "minSize",
          says: "8 with instances that count for up to 8, which may be 1 instance, must be 2 or more",
        },
      ],
    },
    {
      name: "memory, of instances of any size",
      given: { minSize: 65536, desiredCapacityType: "memory-mib" },
      is: "fail",
      findings: [
        {
          path: "minSize",
          says: '65536 "memory-mib" without a largest instance, which may be one instance, must have a max in memoryMib of instanceRequirements',
        },
      ],
      left: [
        {
          path: "minSize",
          says: '65536 "memory-mib" without a largest instance, which may be one instance, must have a max in memoryMib of instanceRequirements',
        },
      ],
    },
    {
      name: "not known yet",
      given: { minSize: UNKNOWN },
      is: "deferred",
      deferrals: [{ path: "minSize", waits: "not known yet" }],
    },
    {
      name: "processors, of instances of a template in another stack",
      given: { ...processors, launchTemplate: { id: "lt-0123456789abcdef0" } },
      is: "deferred",
      deferrals: [{ path: "launchTemplate.id", waits: "lt-0123456789abcdef0 is not in this stack" }],
    },
    {
      name: "processors, of instances of one of two templates",
      given: processors,
      from: { launchTemplate: ["web", "other"] },
      stack: [template("web", { min: 2, max: 8 }), template("other", { min: 2, max: 8 })],
      is: "deferred",
      deferrals: [{ path: "launchTemplate.id", waits: "not known which template that is" }],
    },
    {
      name: "a weight not known yet",
      given: { minSize: 2, mixedInstancesPolicy: weighted(UNKNOWN) },
      is: "deferred",
      deferrals: [
        { path: "mixedInstancesPolicy.launchTemplate.overrides[0].weightedCapacity", waits: "not known yet" },
      ],
    },
  ],
});
