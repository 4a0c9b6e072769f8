import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import type { Value } from "../../lib/value";
import { LAUNCH_CONFIGURATION, LAUNCH_TEMPLATE } from "../types";
import { isTemplate, LAUNCH } from "./launch-kinds";

const says = "not true, must be true";

/** The switch of a launch template or a launch configuration, of which only the second is on by itself. */
function switchOf(launch: Value, type: string): { readonly value: Value; readonly unset: boolean } {
  return isTemplate(type)
    ? { value: launch.at("monitoring", "enabled"), unset: false }
    : { value: launch.at("enableMonitoring"), unset: true };
}

export const launchDetailedMonitoring = rule({
  name: "launch-detailed-monitoring",
  title: "Instances are measured every minute",
  description:
    "A group that scales by processor load sees it every five minutes otherwise, and grows when the load has long been there.",
  severity: "low",
  level: "advisory",
  types: LAUNCH,
  frameworks: {},
  remediation: "Set monitoring.enabled to true; enableMonitoring in a launch configuration.",
  url: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/enable-as-instance-metrics.html",
  judge(launch, { type }) {
    const { value, unset } = switchOf(launch, type);
    return (value.flag() ?? unset) ? [] : [{ path: value.path, says }];
  },
  fix: (launch, { type }) => [{ path: switchOf(launch, type).value.path, value: true }],
  scenarios: [
    {
      name: "switched on",
      types: LAUNCH_TEMPLATE,
      given: { monitoring: { enabled: true } },
      is: "pass",
    },
    {
      name: "switched on, as a text, in a launch configuration",
      types: LAUNCH_CONFIGURATION,
      given: { enableMonitoring: "true" },
      is: "pass",
    },
    { name: "a launch configuration left to AWS", types: LAUNCH_CONFIGURATION, given: {}, is: "pass" },
    {
      name: "a launch template left to AWS",
      types: LAUNCH_TEMPLATE,
      given: {},
      is: "fail",
      findings: [{ path: "monitoring.enabled", says }],
    },
    {
      name: "switched off",
      types: LAUNCH_TEMPLATE,
      given: { monitoring: { enabled: "false" } },
      is: "fail",
      findings: [{ path: "monitoring.enabled", says }],
    },
    {
      name: "switched off in a launch configuration",
      types: LAUNCH_CONFIGURATION,
      given: { enableMonitoring: false },
      is: "fail",
      findings: [{ path: "enableMonitoring", says }],
    },
    {
      name: "not known yet",
      types: LAUNCH_TEMPLATE,
      given: { monitoring: { enabled: UNKNOWN } },
      is: "deferred",
      deferrals: [{ path: "monitoring.enabled", waits: "not known yet" }],
    },
    {
      name: "not known yet in a launch configuration",
      types: LAUNCH_CONFIGURATION,
      given: { enableMonitoring: UNKNOWN },
      is: "deferred",
      deferrals: [{ path: "enableMonitoring", waits: "not known yet" }],
    },
  ],
});
