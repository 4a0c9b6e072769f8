import type { Judgement } from "../../lib/judgement";
import type { Link } from "../../lib/links";
import { rule, type ScenarioResource } from "../../lib/rule";
import type { Stack, StackResource } from "../../lib/stack";
import { UNKNOWN } from "../../lib/unknown";
import { brief } from "../../lib/value";
import { SCALING_GROUP, SCALING_NOTIFICATION } from "../types";

const notifications: Link = {
  from: SCALING_NOTIFICATION,
  names({ outputs }) {
    const names = outputs.at("groupNames");
    return names.isKnown() ? names.items() : [names];
  },
  to: SCALING_GROUP,
};

const unheard = { path: "resource", says: "not in the groupNames of any notification, must be in one" };

function judgeNotified(group: StackResource, stack: Stack): Judgement {
  const { certain, possible } = stack.linked(group, notifications);
  if (certain.length > 0) return [];
  if (group.inputs.at("maxSize").number() === 0) return { skip: "no instances" };
  if (possible.length === 0) return [unheard];
  return possible.map(({ name }) => ({
    path: "resource",
    waits: `not known whether ${brief(name)} tells of it`,
  }));
}

function notification(groupNames: unknown, ...from: readonly string[]): ScenarioResource {
  return {
    name: "tell",
    type: "aws:autoscaling/notification:Notification",
    props: { groupNames, notifications: ["autoscaling:EC2_INSTANCE_LAUNCH_ERROR"], topicArn: UNKNOWN },
    from: { groupNames: from },
  };
}

const other: ScenarioResource = {
  name: "other",
  type: "aws:autoscaling/group:Group",
  props: { name: "other-1234567" },
};

export const scalingNotifications = rule({
  name: "scaling-notifications",
  title: "Scaling groups tell a topic what happens to their instances",
  description:
    "A group that fails to launch goes on trying and says nothing. Without a notification it is noticed when the capacity is missing.",
  severity: "low",
  level: "advisory",
  types: SCALING_GROUP,
  frameworks: {},
  remediation:
    "Write an aws.autoscaling.Notification with the group's name, a topic, and at least the notifications about errors.",
  url: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-sns-notifications.html",
  judgeInStack: (resource, { stack }) => judgeNotified(resource, stack),
  scenarios: [
    {
      name: "a notification, by name",
      given: { maxSize: 4 },
      outputs: { name: "web-1234567", maxSize: 4 },
      stack: [notification(["other-1234567", "web-1234567"]), other],
      is: "pass",
    },
    {
      name: "a notification of a group that is not created yet",
      given: { maxSize: 4 },
      stack: [notification([UNKNOWN], "subject"), other],
      is: "pass",
    },
    { name: "none", given: { maxSize: "4" }, is: "fail", findings: [unheard] },
    {
      name: "another group's notification",
      given: { maxSize: 4 },
      stack: [notification(["other-1234567"]), other],
      is: "fail",
      findings: [unheard],
    },
    { name: "a group that never has instances", given: { maxSize: 0 }, is: "skip", why: "no instances" },
    {
      name: "a notification of this group or another",
      given: { maxSize: 4 },
      stack: [notification([UNKNOWN], "subject", "other"), other],
      is: "deferred",
      deferrals: [{ path: "resource", waits: "not known whether tell tells of it" }],
    },
    {
      name: "a notification of nobody knows what",
      given: { maxSize: 4 },
      stack: [notification(UNKNOWN), other],
      is: "deferred",
      deferrals: [{ path: "resource", waits: "not known whether tell tells of it" }],
    },
  ],
});
