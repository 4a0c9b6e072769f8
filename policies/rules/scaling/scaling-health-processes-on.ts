import { each } from "../../lib/judgement";
import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { shown } from "../../lib/value";
import { SCALING_GROUP } from "../types";

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
