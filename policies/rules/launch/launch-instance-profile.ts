import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { LAUNCH_CONFIGURATION, LAUNCH_TEMPLATE } from "../types";
import { isTemplate, LAUNCH } from "./launch-kinds";

const path = "iamInstanceProfile";
const unset = { path, says: "not set, must name an instance profile" };

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
    const named = profile.keys().some((key) => ["arn", "name"].includes(key) && profile.at(key).isSet());
    return named ? [] : [unset];
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
    { name: "none", given: {}, is: "fail", findings: [unset] },
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
