import { each, type Judgement } from "../lib/judgement";
import type { WholeNumber } from "../lib/parameters";
import { rule } from "../lib/rule";
import { UNKNOWN } from "../lib/unknown";
import { shown, type Value } from "../lib/value";
import { SCALING_GROUP, SCALING_SCHEDULE } from "./types";

const minInstances: WholeNumber = {
  type: "integer",
  description: "Fewest instances a group may be told to keep.",
  default: 2,
  minimum: 1,
  maximum: 1000,
};

/** The most capacity that one instance of a group can count for; nothing if that has no bound. */
function largestInstance(group: Value): number | undefined {
  const type = group.at("desiredCapacityType").text()?.toLowerCase() ?? "units";
  const overrides = group.at("mixedInstancesPolicy", "launchTemplate", "overrides").items();
  const bound = type === "vcpu" ? "vcpuCount" : "memoryMib";
  let largest = type === "units" ? 1 : undefined;
  for (const override of overrides) {
    const size =
      type === "units" ? override.at("weightedCapacity") : override.at("instanceRequirements", bound, "max");
    const most = size.number() ?? (type === "units" ? 1 : undefined);
    if (most === undefined) return undefined;
    largest = Math.max(largest ?? 1, most);
  }
  return largest;
}

function judgeMinSize(group: Value, wanted: number): Judgement {
  const path = "minSize";
  const minSize = group.at(path).number();
  const must = `must be ${wanted} or more`;
  if (minSize === undefined) return [{ path, says: `not set, ${must}` }];
  // Whatever an instance counts for, it is at least one.
  if (minSize < wanted) return [{ path, says: `${minSize}, ${must}` }];
  const largest = largestInstance(group);
  const unit = group.at("desiredCapacityType").text() ?? "units";
  if (largest === undefined) {
    return [
      { path, says: `${minSize} ${shown(unit)} without a largest instance, which may be one instance` },
    ];
  }
  const instances = Math.ceil(minSize / largest);
  if (instances >= wanted) return [];
  const is = `${minSize} with instances that count for up to ${largest}, which may be ${instances} instance`;
  return [{ path, says: `${is}${instances === 1 ? "" : "s"}, ${must}` }];
}

const weighted = (...weights: readonly unknown[]) => ({
  launchTemplate: {
    overrides: weights.map((weightedCapacity) => ({ instanceType: "m7g.large", weightedCapacity })),
  },
});

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
    "Set minSize to 2 or more; where instance types carry weights, to 2 times the greatest weight.",
  url: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-capacity-limits.html",
  judge: (group, { config }) => judgeMinSize(group, config.minInstances),
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
        { path: "minSize", says: '65536 "memory-mib" without a largest instance, which may be one instance' },
      ],
    },
    {
      name: "not known yet",
      given: { minSize: UNKNOWN },
      is: "deferred",
      deferrals: [{ path: "minSize", waits: "not known yet" }],
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

export const scalingScheduleMinInstances = rule({
  name: "scaling-schedule-min-instances",
  title: "Scheduled actions never take a group below a safe number of instances",
  description:
    "A schedule overrides its group's minimum: an action for the night can leave one instance, or none.",
  severity: "high",
  level: "mandatory",
  types: SCALING_SCHEDULE,
  parameters: { minInstances },
  frameworks: {},
  remediation: "Set minSize to 2 or more, or to -1 to leave the group's minimum as it is.",
  url: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-scheduled-scaling.html",
  judge(schedule, { config }) {
    const path = "minSize";
    const minSize = schedule.at(path).number();
    const must = `must be ${config.minInstances} or more, or -1`;
    if (minSize === undefined) return [{ path, says: `not set, which means 0, ${must}` }];
    return minSize === -1 || minSize >= config.minInstances ? [] : [{ path, says: `${minSize}, ${must}` }];
  },
  scenarios: [
    { name: "the group's own minimum", given: { minSize: -1, maxSize: 10 }, is: "pass" },
    { name: "two", given: { minSize: 2, maxSize: 4 }, is: "pass" },
    { name: "one where one is enough", given: { minSize: 1 }, config: { minInstances: 1 }, is: "pass" },
    {
      name: "none at night",
      given: { minSize: 0, maxSize: 0, desiredCapacity: 0 },
      is: "fail",
      findings: [{ path: "minSize", says: "0, must be 2 or more, or -1" }],
    },
    {
      name: "left out",
      given: { maxSize: 4 },
      is: "fail",
      findings: [{ path: "minSize", says: "not set, which means 0, must be 2 or more, or -1" }],
    },
    {
      name: "not known yet",
      given: { minSize: UNKNOWN },
      is: "deferred",
      deferrals: [{ path: "minSize", waits: "not known yet" }],
    },
  ],
});

/** What keeps a group at its size and replaces what is broken. */
const vital = ["Launch", "Terminate", "HealthCheck", "ReplaceUnhealthy"];

export const scalingHealthProcessesOn = rule({
  name: "scaling-health-processes-on",
  title: "Scaling groups go on replacing broken instances",
  description:
    "Processes suspended during an incident and written down are forgotten: the group then watches its instances fail.",
  severity: "high",
  level: "mandatory",
  types: SCALING_GROUP,
  frameworks: {},
  remediation: "Take Launch, Terminate, HealthCheck and ReplaceUnhealthy out of suspendedProcesses.",
  url: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-suspend-resume-processes.html",
  judge: (group) =>
    each(group.at("suspendedProcesses"), (process) => {
      const name = process.text();
      const found = vital.find((one) => one.toLowerCase() === name?.toLowerCase());
      return found === undefined
        ? []
        : [{ path: process.path, says: `${shown(found)}, must not be suspended` }];
    }),
  scenarios: [
    { name: "none suspended", given: {}, is: "pass" },
    {
      name: "one that replaces nothing",
      given: { suspendedProcesses: ["AZRebalance", "ScheduledActions"] },
      is: "pass",
    },
    {
      name: "no new instances, and no checks",
      given: { suspendedProcesses: ["Launch", "AZRebalance", "HealthCheck"] },
      is: "fail",
      findings: [
        { path: "suspendedProcesses[0]", says: '"Launch", must not be suspended' },
        { path: "suspendedProcesses[2]", says: '"HealthCheck", must not be suspended' },
      ],
    },
    {
      name: "one certain, one not known yet",
      given: { suspendedProcesses: [UNKNOWN, "Terminate"] },
      is: "fail",
      findings: [{ path: "suspendedProcesses[1]", says: '"Terminate", must not be suspended' }],
      deferrals: [{ path: "suspendedProcesses[0]", waits: "not known yet" }],
    },
  ],
});
