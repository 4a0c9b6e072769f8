import type { Judgement } from "../../lib/judgement";
import type { Link } from "../../lib/links";
import { rule, type ScenarioResource } from "../../lib/rule";
import type { Stack, StackResource } from "../../lib/stack";
import { UNKNOWN } from "../../lib/unknown";
import { brief, type Value } from "../../lib/value";
import { LAUNCH_CONFIGURATION, LAUNCH_TEMPLATE, NODE_LAUNCHER } from "../types";
import { isTemplate, LAUNCH } from "./launch-kinds";

const path = "iamInstanceProfile";
const unset = { path, says: "not set, must name an instance profile" };

/** EKS and Batch give a profile of their own; EKS takes no launch template that names another. */
const launchers: Link = {
  from: NODE_LAUNCHER,
  names({ outputs }) {
    const ofNodes = outputs.at("launchTemplate");
    const ofBatch = outputs.at("computeResources", "launchTemplate");
    return [
      ofNodes.at("id"),
      ofNodes.at("name"),
      ofBatch.at("launchTemplateId"),
      ofBatch.at("launchTemplateName"),
    ];
  },
  to: LAUNCH_TEMPLATE,
};

function isNamed(profile: Value): boolean {
  return profile.keys().some((key) => ["arn", "name"].includes(key) && profile.at(key).isSet());
}

/** Judges a launch template that names no profile: who launches from it may bring one. */
function judgeUnnamed(template: StackResource, stack: Stack): Judgement {
  const { certain, possible } = stack.linked(template, launchers);
  if (certain.length > 0) return [];
  if (possible.length === 0) return [unset];
  return possible.map(({ name }) => ({
    path,
    waits: `not known whether ${brief(name)} launches from it`,
  }));
}

function nodes(launchTemplate: object, ...from: readonly string[]): ScenarioResource {
  const props = { nodeRoleArn: UNKNOWN, launchTemplate };
  return { name: "nodes", type: "aws:eks/nodeGroup:NodeGroup", props, from: { launchTemplate: from } };
}

const other: ScenarioResource = {
  name: "other",
  type: "aws:ec2/launchTemplate:LaunchTemplate",
  props: { id: UNKNOWN },
};

export const launchInstanceProfile = rule({
  name: "launch-instance-profile",
  title: "Instances have a role of their own",
  description:
    "Without one, what runs on an instance needs keys that somebody wrote down, and Systems Manager cannot reach it.",
  severity: "low",
  level: "advisory",
  types: LAUNCH,
  frameworks: {},
  remediation: "Name an instance profile in iamInstanceProfile, by ARN or by name.",
  url: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/us-iam-role.html",
  judge(launch, { type }) {
    const profile = launch.at(path);
    if (!isTemplate(type)) return profile.isSet() ? [] : [unset];
    // Read only to say that it is not known yet.
    profile.keys();
    return [];
  },
  judgeInStack(launch, { stack }) {
    const profile = launch.inputs.at(path);
    if (!isTemplate(launch.type) || !profile.isKnown() || isNamed(profile)) return [];
    return judgeUnnamed(launch, stack);
  },
  scenarios: [
    {
      name: "a profile that is created in the same deployment",
      types: LAUNCH_TEMPLATE,
      given: { iamInstanceProfile: { arn: UNKNOWN } },
      is: "pass",
    },
    { name: "by name", types: LAUNCH_TEMPLATE, given: { iamInstanceProfile: { name: "web" } }, is: "pass" },
    {
      name: "by name, in a launch configuration",
      types: LAUNCH_CONFIGURATION,
      given: { iamInstanceProfile: "web" },
      is: "pass",
    },
    {
      name: "a profile of a launch configuration, created in the same deployment",
      types: LAUNCH_CONFIGURATION,
      given: { iamInstanceProfile: UNKNOWN },
      is: "pass",
    },
    {
      name: "nodes of EKS, which brings a profile of its own",
      types: LAUNCH_TEMPLATE,
      given: {},
      outputs: { id: UNKNOWN },
      stack: [nodes({ id: UNKNOWN, version: "1" }, "subject"), other],
      is: "pass",
    },
    {
      name: "nodes of EKS, by id",
      types: LAUNCH_TEMPLATE,
      given: {},
      outputs: { id: "lt-0123456789abcdef0" },
      stack: [nodes({ id: "lt-0123456789abcdef0", version: "1" })],
      is: "pass",
    },
    {
      name: "machines of Batch, which brings a profile of its own",
      types: LAUNCH_TEMPLATE,
      given: {},
      outputs: { id: "lt-0123456789abcdef0" },
      stack: [
        {
          name: "jobs",
          type: "aws:batch/computeEnvironment:ComputeEnvironment",
          props: { computeResources: { launchTemplate: { launchTemplateId: "lt-0123456789abcdef0" } } },
        },
      ],
      is: "pass",
    },
    { name: "none", given: {}, is: "fail", findings: [unset] },
    {
      name: "none, and nodes of EKS that are launched from another template",
      types: LAUNCH_TEMPLATE,
      given: {},
      outputs: { id: UNKNOWN },
      stack: [nodes({ id: UNKNOWN, version: "1" }, "other"), other],
      is: "fail",
      findings: [unset],
    },
    {
      name: "none, and nodes of EKS from one of two templates",
      types: LAUNCH_TEMPLATE,
      given: {},
      outputs: { id: UNKNOWN },
      stack: [nodes({ id: UNKNOWN, version: "1" }, "subject", "other"), other],
      is: "deferred",
      deferrals: [{ path, waits: "not known whether nodes launches from it" }],
    },
    {
      name: "an empty one",
      types: LAUNCH_TEMPLATE,
      given: { iamInstanceProfile: { arn: "" } },
      is: "fail",
      findings: [unset],
    },
    {
      name: "an empty name",
      types: LAUNCH_CONFIGURATION,
      given: { iamInstanceProfile: "" },
      is: "fail",
      findings: [unset],
    },
    {
      name: "not known yet",
      types: LAUNCH_TEMPLATE,
      given: { iamInstanceProfile: UNKNOWN },
      is: "deferred",
      deferrals: [{ path, waits: "not known yet" }],
    },
  ],
});
