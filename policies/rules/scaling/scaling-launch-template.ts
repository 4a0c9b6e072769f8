import type { Judgement } from "../../lib/judgement";
import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import type { Value } from "../../lib/value";
import { LAUNCH_CONFIGURATION, SCALING_GROUP } from "../types";

const configured = { path: "resource", says: "a launch configuration, must be a launch template" };

function judgeGroup(group: Value): Judgement {
  const path = "launchConfiguration";
  const configuration = group.at(path);
  const named = group.at("launchTemplate").isSet() || group.at("mixedInstancesPolicy").isSet();
  // Where nothing else is named, whatever was written is meant as one, also a name that is not known yet; beside a template
  // it is read as a list of one, be it a name or a resource.
  if ((!named && configuration.isSet()) || configuration.list().length > 0) {
    return [{ path, says: "set, must be a launchTemplate instead" }];
  }
  if (named) return [];
  return [{ path: "launchTemplate", says: "not set, must name a launch template" }];
}

export const scalingLaunchTemplate = rule({
  name: "scaling-launch-template",
  title: "Scaling groups launch from launch templates",
  description:
    "Launch configurations know no newer instance types and no several types in one group. AWS lets new accounts create none.",
  severity: "medium",
  level: "mandatory",
  types: [...SCALING_GROUP, ...LAUNCH_CONFIGURATION],
  frameworks: { fsbp: ["AutoScaling.9"] },
  remediation:
    "Write an aws.ec2.LaunchTemplate, and name it in launchTemplate, or in mixedInstancesPolicy for several instance types.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/autoscaling-controls.html#autoscaling-9",
  judge: (resource, { type }) => (LAUNCH_CONFIGURATION.includes(type) ? [configured] : judgeGroup(resource)),
  scenarios: [
    {
      name: "a launch template that is created in the same deployment",
      types: SCALING_GROUP,
      given: { launchTemplate: { id: UNKNOWN, version: "$Latest" } },
      is: "pass",
    },
    {
      name: "a template for several instance types",
      types: SCALING_GROUP,
      given: {
        mixedInstancesPolicy: {
          launchTemplate: { launchTemplateSpecification: { launchTemplateName: "web" } },
        },
      },
      is: "pass",
    },
    {
      name: "a template not known yet",
      types: SCALING_GROUP,
      given: { launchTemplate: UNKNOWN, launchConfiguration: "" },
      is: "pass",
    },
    {
      name: "a launch configuration",
      types: SCALING_GROUP,
      given: { launchConfiguration: "web-2019" },
      is: "fail",
      findings: [{ path: "launchConfiguration", says: "set, must be a launchTemplate instead" }],
    },
    {
      name: "neither",
      types: SCALING_GROUP,
      given: { minSize: 2 },
      is: "fail",
      findings: [{ path: "launchTemplate", says: "not set, must name a launch template" }],
    },
    {
      name: "a launch configuration, whoever uses it",
      types: LAUNCH_CONFIGURATION,
      given: { imageId: UNKNOWN, instanceType: "t3.medium" },
      is: "fail",
      findings: [configured],
    },
    {
      name: "a launch configuration that is created in the same deployment",
      types: SCALING_GROUP,
      given: { launchConfiguration: UNKNOWN },
      is: "fail",
      findings: [{ path: "launchConfiguration", says: "set, must be a launchTemplate instead" }],
    },
    {
      name: "a launch configuration not known yet, beside a launch template",
      types: SCALING_GROUP,
      given: { launchConfiguration: UNKNOWN, launchTemplate: { id: UNKNOWN } },
      is: "deferred",
      deferrals: [{ path: "launchConfiguration", waits: "not known yet" }],
    },
  ],
});
