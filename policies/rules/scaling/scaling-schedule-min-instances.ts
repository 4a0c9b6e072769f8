import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { SCALING_SCHEDULE } from "../types";
import { minInstances } from "./min-instances";

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
  remediation: "Set minSize to {minInstances} or more, or to -1 to leave the group's minimum as it is.",
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
