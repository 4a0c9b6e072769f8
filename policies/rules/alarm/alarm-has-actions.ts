import type { Judgement } from "../../lib/judgement";
import { rule, type ScenarioResource } from "../../lib/rule";
import { SUBJECT } from "../../lib/scenario";
import type { StackResource } from "../../lib/stack";
import { UNKNOWN } from "../../lib/unknown";
import { COMPOSITE_ALARM, METRIC_ALARM } from "../types";
import { isPartOfAnother } from "./composite-parts";

const path = "alarmActions";
const types = [...METRIC_ALARM, ...COMPOSITE_ALARM];
const empty = { path, says: "not set, must name a topic or another action" };
const off = { path: "actionsEnabled", says: "false, must be true" };
const topic = "arn:aws:sns:eu-west-1:123456789012:pager";

/** A composite alarm over others, by their names or by what its rule comes from. */
function composite(alarmRule: string, from: readonly string[] = []): ScenarioResource {
  const type = "aws:cloudwatch/compositeAlarm:CompositeAlarm";
  return { name: "page", type, props: { alarmRule, alarmActions: [topic] }, from: { alarmRule: from } };
}

export const alarmHasActions = rule({
  name: "alarm-has-actions",
  title: "Alarms tell somebody",
  description:
    "An alarm without an action goes red on a page nobody looks at. One that is part of a composite alarm may leave the telling to that.",
  severity: "medium",
  level: "mandatory",
  types,
  frameworks: { securityHub: ["CloudWatch.15", "CloudWatch.17"] },
  remediation:
    "Set alarmActions to the ARN of a topic that people are subscribed to, and leave out actionsEnabled.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-15",
  judge(alarm) {
    if (alarm.at("actionsEnabled").flag() !== false) return [];
    // What has no actions need not have them enabled.
    return alarm.at(path).items().length === 0 ? [] : [off];
  },
  judgeInStack(alarm: StackResource, { stack }): Judgement {
    if (alarm.inputs.at(path).items().length > 0) return [];
    const part = isPartOfAnother(alarm, stack);
    if (part === undefined) return [{ path, waits: "not known whether a composite alarm is over it" }];
    return part ? [] : [empty];
  },
  scenarios: [
    { name: "a topic", given: { alarmActions: [topic], actionsEnabled: "true" }, is: "pass" },
    {
      name: "a topic that is created in the same deployment",
      given: { alarmActions: [UNKNOWN] },
      is: "pass",
    },
    {
      name: "part of a composite alarm",
      given: { name: "web-errors", actionsEnabled: false },
      types: METRIC_ALARM,
      stack: [composite('ALARM("web-errors") AND NOT ALARM(maintenance)')],
      is: "pass",
    },
    {
      name: "part of a composite alarm, before anything exists",
      given: {},
      outputs: { name: UNKNOWN, arn: UNKNOWN },
      types: METRIC_ALARM,
      stack: [composite(UNKNOWN, [SUBJECT])],
      is: "pass",
    },
    {
      name: "part of a composite alarm, by an ARN put together from its name, before either exists",
      given: { name: "web-errors" },
      outputs: { name: "web-errors", arn: UNKNOWN },
      types: METRIC_ALARM,
      stack: [composite("ALARM(arn:aws:cloudwatch:eu-west-1:123456789012:alarm:web-errors)")],
      is: "pass",
    },
    {
      name: "left out",
      given: { name: "web-errors", okActions: [topic] },
      is: "fail",
      findings: [empty],
    },
    { name: "an empty list", given: { alarmActions: [] }, is: "fail", findings: [empty] },
    {
      name: "switched off",
      given: { alarmActions: [UNKNOWN], actionsEnabled: "false" },
      is: "fail",
      findings: [off],
    },
    {
      name: "a composite alarm over another alarm",
      given: { name: "web" },
      types: METRIC_ALARM,
      stack: [composite('ALARM("web-errors")')],
      is: "fail",
      findings: [empty],
    },
    {
      name: "a composite alarm over an alarm of that name in another region",
      given: { name: "web-errors", arn: "arn:aws:cloudwatch:eu-west-1:123456789012:alarm:web-errors" },
      types: METRIC_ALARM,
      stack: [composite("ALARM(arn:aws:cloudwatch:us-east-1:123456789012:alarm:web-errors)")],
      is: "fail",
      findings: [empty],
    },
    {
      name: "how many, not known yet",
      given: { alarmActions: UNKNOWN },
      is: "deferred",
      deferrals: [{ path, waits: "not known yet" }],
    },
    {
      name: "a composite alarm over something not known yet",
      given: { name: UNKNOWN },
      types: METRIC_ALARM,
      stack: [composite(UNKNOWN)],
      is: "deferred",
      deferrals: [{ path, waits: "not known whether a composite alarm is over it" }],
    },
  ],
});
