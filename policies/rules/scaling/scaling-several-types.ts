import { certainly } from "../../lib/candidates";
import { each, type Judgement } from "../../lib/judgement";
import { rule, type ScenarioResource } from "../../lib/rule";
import type { Stack, StackResource } from "../../lib/stack";
import { UNKNOWN } from "../../lib/unknown";
import { brief, type Value } from "../../lib/value";
import { LAUNCH_TEMPLATE, SCALING_GROUP } from "../types";
import { templateNamedBy } from "./launch-templates";

const path = "mixedInstancesPolicy.launchTemplate.overrides";
const must = "must list 2 or more";

function overridesOf(group: Value): Value {
  return group.at("mixedInstancesPolicy", "launchTemplate", "overrides");
}

/** Judges the types a group lists; a group that lists none launches what its template says. */
function judgeListed(group: Value): Judgement {
  const overrides = overridesOf(group).items();
  if (overrides.length === 0) return templateNamedBy(group) ? [] : [{ path, says: `not set, ${must}` }];
  if (overrides.some(byAttributes)) return [];
  const types = overrides.map((override) => override.at("instanceType"));
  const known = types.filter((type) => type.isKnown());
  const different = new Set(known.map((type) => type.text())).size;
  if (different > 1) return [];
  // A type that is not known yet is one type; an element that is not known yet may ask for attributes.
  const counted = overrides.every((override) => override.isKnown());
  if (counted && types.length - known.length + different < 2) {
    return [{ path, says: `1 instance type, ${must}` }];
  }
  return each(overridesOf(group), (override) => waitingFor(override.at("instanceType")));
}

/** Reads a value only to say that it is not known yet. */
function waitingFor(value: Value): Judgement {
  value.text();
  return [];
}

/** Whether AWS chooses from all types that have what is asked for. */
function byAttributes(launch: Value): boolean {
  return launch.isKnown() && launch.at("instanceRequirements").isSet();
}

function judgeTemplate(group: StackResource, stack: Stack): Judgement {
  const overrides = overridesOf(group.inputs);
  const name = templateNamedBy(group.inputs);
  if (name === undefined || !overrides.isKnown() || overrides.items().length > 0) return [];
  const reference = stack.refer(group, name, LAUNCH_TEMPLATE);
  if (reference?.kind === "outside") {
    return [{ path: name.path, waits: `${brief(reference.value)} is not in this stack` }];
  }
  const template = certainly(reference);
  if (template === undefined) return [{ path: name.path, waits: "not known which template that is" }];
  if (byAttributes(template.inputs)) return [];
  return [{ path, says: `not set, and ${brief(template.name)} names 1 instance type, ${must}` }];
}

const listing = (...overrides: readonly unknown[]) => ({
  mixedInstancesPolicy: { launchTemplate: { overrides } },
});

function template(name: string, props: object): ScenarioResource {
  return { name, type: "aws:ec2/launchTemplate:LaunchTemplate", props: { id: UNKNOWN, ...props } };
}

const requirements = { vcpuCount: { min: 2 }, memoryMib: { min: 4096 } };

export const scalingSeveralTypes = rule({
  name: "scaling-several-types",
  title: "Scaling groups can launch several instance types",
  description:
    "A zone can be out of one instance type for hours. A group that knows no other cannot grow, and cannot replace what fails.",
  severity: "low",
  level: "disabled",
  types: SCALING_GROUP,
  frameworks: { fsbp: ["AutoScaling.6"] },
  remediation:
    "List two or more instance types in mixedInstancesPolicy.launchTemplate.overrides, or ask for attributes in instanceRequirements.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/autoscaling-controls.html#autoscaling-6",
  judge: judgeListed,
  judgeInStack: (resource, { stack }) => judgeTemplate(resource, stack),
  scenarios: [
    {
      name: "two types",
      given: listing({ instanceType: "m7g.large" }, { instanceType: "m6g.large" }),
      is: "pass",
    },
    {
      name: "two types, and a third not known yet",
      given: listing({ instanceType: "m7g.large" }, { instanceType: "m6g.large" }, UNKNOWN),
      is: "pass",
    },
    { name: "attributes", given: listing({ instanceRequirements: requirements }), is: "pass" },
    {
      name: "attributes in the launch template, not created yet",
      given: { launchTemplate: { id: UNKNOWN } },
      from: { launchTemplate: ["web"] },
      stack: [template("web", { instanceRequirements: requirements }), template("other", {})],
      is: "pass",
    },
    {
      name: "one type",
      given: listing({ instanceType: "m7g.large" }),
      is: "fail",
      findings: [{ path, says: "1 instance type, must list 2 or more" }],
    },
    {
      name: "one type, not known yet",
      given: listing({ instanceType: UNKNOWN }),
      is: "fail",
      findings: [{ path, says: "1 instance type, must list 2 or more" }],
    },
    {
      name: "one type twice",
      given: listing({ instanceType: "m7g.large" }, { instanceType: "m7g.large", weightedCapacity: "1" }),
      is: "fail",
      findings: [{ path, says: "1 instance type, must list 2 or more" }],
    },
    {
      name: "the type of the launch template, not created yet",
      given: { launchTemplate: { id: UNKNOWN } },
      from: { launchTemplate: ["web"] },
      stack: [template("web", { instanceType: "m7g.large" })],
      is: "fail",
      findings: [{ path, says: "not set, and web names 1 instance type, must list 2 or more" }],
    },
    {
      name: "a policy that lists nothing, and a template by name",
      given: {
        mixedInstancesPolicy: {
          launchTemplate: { launchTemplateSpecification: { launchTemplateName: "web-1234567" } },
        },
      },
      stack: [template("web", { name: "web-1234567", instanceType: "m7g.large" })],
      is: "fail",
      findings: [{ path, says: "not set, and web names 1 instance type, must list 2 or more" }],
    },
    {
      name: "a launch configuration",
      given: { launchConfiguration: "web-2019" },
      is: "fail",
      findings: [{ path, says: "not set, must list 2 or more" }],
    },
    {
      name: "a list of one that is not known yet",
      given: listing(UNKNOWN),
      is: "deferred",
      deferrals: [{ path: `${path}[0]`, waits: "not known yet" }],
    },
    {
      name: "two types, one of them not known yet",
      given: listing({ instanceType: "m7g.large" }, { instanceType: UNKNOWN }),
      is: "deferred",
      deferrals: [{ path: `${path}[1].instanceType`, waits: "not known yet" }],
    },
    {
      name: "a template of another stack",
      given: { launchTemplate: { id: "lt-0123456789abcdef0" } },
      stack: [template("web", { instanceType: "m7g.large" })],
      is: "deferred",
      deferrals: [{ path: "launchTemplate.id", waits: "lt-0123456789abcdef0 is not in this stack" }],
    },
    {
      name: "one of two templates",
      given: { launchTemplate: { id: UNKNOWN } },
      from: { launchTemplate: ["web", "other"] },
      stack: [template("web", {}), template("other", {})],
      is: "deferred",
      deferrals: [{ path: "launchTemplate.id", waits: "not known which template that is" }],
    },
  ],
});
