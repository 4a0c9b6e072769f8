import { concluded, type Deferral, type Judgement } from "../../lib/judgement";
import { rule, type ScenarioResource } from "../../lib/rule";
import type { Stack, StackResource } from "../../lib/stack";
import { UNKNOWN } from "../../lib/unknown";
import { brief, shown, type Value } from "../../lib/value";
import { SCALING_GROUP } from "../types";
import { attachments, joining, joins, toBalancer } from "./balancer-joining";
import { asksBalancer, healthChecksOf } from "./health-checks";

const path = "healthCheckType";
const skip = "no load balancer";

/** What is wrong with a group's kinds of health check if it is behind a balancer. */
function judgeType(group: Value, because: string): Judgement {
  if (asksBalancer(group)) return [];
  const types = group.at(path).text();
  const is = types === undefined ? 'not set, which means "EC2",' : shown(types);
  return [{ path, says: `${is} ${because}, must contain "ELB"` }];
}

/** Kinds of health check that stay; the machine itself is looked at in any case. */
const others = ["EBS", "VPC_LATTICE"];

function withBalancer(group: Value): string {
  return [...healthChecksOf(group).filter((type) => others.includes(type)), "ELB"].join(",");
}

function judgeJoined(group: Value): Judgement {
  const certain = joining.find((property) => joins(group, property) === true);
  if (certain !== undefined) return judgeType(group, `on a group with ${certain}`);
  const open = joining.filter((property) => joins(group, property) === undefined);
  if (open.length === 0) return { skip };
  return ifWrong(group, () => open.map((property) => ({ path: property, waits: "not known yet" })));
}

/** Leaves something open only where it matters: for a group that a balancer would make wrong. */
function ifWrong(group: Value, open: () => readonly Deferral[]): Judgement {
  const { findings, deferrals } = concluded(() => judgeType(group, ""));
  return findings.length + deferrals.length === 0 ? [] : open();
}

function judgeAttached(group: StackResource, stack: Stack): Judgement {
  const { certain, possible } = stack.linked(group, attachments);
  const sure = certain.find((attachment) => toBalancer(attachment) === true);
  if (sure !== undefined) {
    return judgeType(group.inputs, `on a group that ${brief(sure.name)} joins to a load balancer`);
  }
  const open = [...certain, ...possible].filter((attachment) => toBalancer(attachment) !== false);
  if (open.length === 0) return { skip };
  return ifWrong(group.inputs, () =>
    open.map(({ name }) => ({ path, waits: `not known whether ${brief(name)} joins it to a load balancer` })),
  );
}

const targetGroup = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/1234567890123456";
const lattice = "arn:aws:vpc-lattice:eu-west-1:123456789012:targetgroup/tg-12345678901234567";

function attachment(props: object, ...from: readonly string[]): ScenarioResource {
  return {
    name: "join",
    type: "aws:autoscaling/attachment:Attachment",
    props: { lbTargetGroupArn: UNKNOWN, ...props },
    from: { autoscalingGroupName: from },
  };
}

const other: ScenarioResource = {
  name: "other",
  type: "aws:autoscaling/group:Group",
  props: { name: UNKNOWN },
};

export const scalingLoadBalancerHealth = rule({
  name: "scaling-load-balancer-health",
  title: "Scaling groups behind a load balancer use its health checks",
  description:
    "By itself a group sees only whether the machine runs. An instance whose service is dead gets no requests, and is never replaced.",
  severity: "high",
  level: "mandatory",
  types: SCALING_GROUP,
  frameworks: { fsbp: ["AutoScaling.1"] },
  remediation:
    'Set healthCheckType to "ELB", and healthCheckGracePeriod to the time an instance takes to start.',
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/autoscaling-controls.html#autoscaling-1",
  judge: judgeJoined,
  judgeInStack: (resource, { stack }) => judgeAttached(resource, stack),
  fix: (group) => [{ path, value: withBalancer(group) }],
  scenarios: [
    { name: "behind a balancer", given: { healthCheckType: "ELB", targetGroupArns: [UNKNOWN] }, is: "pass" },
    {
      name: "several kinds of health check",
      given: { healthCheckType: "EBS, ELB", loadBalancers: ["classic"] },
      is: "pass",
    },
    {
      name: "a list not known yet, and balancer health in any case",
      given: { healthCheckType: "ELB", targetGroupArns: UNKNOWN },
      is: "pass",
    },
    {
      name: "an attachment that makes no difference",
      given: { healthCheckType: "ELB" },
      stack: [attachment({ autoscalingGroupName: UNKNOWN }, "subject"), other],
      is: "pass",
    },
    {
      name: "left to AWS",
      given: { targetGroupArns: [UNKNOWN] },
      is: "fail",
      findings: [
        { path, says: 'not set, which means "EC2", on a group with targetGroupArns, must contain "ELB"' },
      ],
    },
    {
      name: "a traffic source that is a target group",
      given: { healthCheckType: "EC2", trafficSources: [{ identifier: targetGroup, type: "elbv2" }] },
      is: "fail",
      findings: [{ path, says: '"EC2" on a group with trafficSources, must contain "ELB"' }],
    },
    {
      name: "health of the disks beside that of the machine",
      given: { healthCheckType: "EC2,EBS", loadBalancers: ["classic"] },
      is: "fail",
      findings: [{ path, says: '"EC2,EBS" on a group with loadBalancers, must contain "ELB"' }],
    },
    {
      name: "joined by an attachment, not created yet",
      given: { healthCheckType: "EC2" },
      stack: [attachment({ autoscalingGroupName: UNKNOWN }, "subject"), other],
      is: "fail",
      findings: [{ path, says: '"EC2" on a group that join joins to a load balancer, must contain "ELB"' }],
    },
    {
      name: "left to AWS, and joined by an attachment",
      given: {},
      outputs: { healthCheckType: UNKNOWN, name: UNKNOWN, targetGroupArns: UNKNOWN },
      stack: [attachment({ autoscalingGroupName: UNKNOWN }, "subject"), other],
      is: "fail",
      findings: [
        {
          path,
          says: 'not set, which means "EC2", on a group that join joins to a load balancer, must contain "ELB"',
        },
      ],
    },
    {
      name: "joined by an attachment, by name",
      given: { healthCheckType: "EC2" },
      outputs: { name: "web-1234567", healthCheckType: "EC2" },
      stack: [attachment({ autoscalingGroupName: "web-1234567" })],
      is: "fail",
      findings: [{ path, says: '"EC2" on a group that join joins to a load balancer, must contain "ELB"' }],
    },
    {
      name: "no balancer",
      given: { healthCheckType: "EC2" },
      is: "skip",
      why: skip,
    },
    {
      name: "a lattice service",
      given: { trafficSources: [{ identifier: lattice }, { identifier: UNKNOWN, type: "vpc-lattice" }] },
      is: "skip",
      why: skip,
    },
    {
      name: "another group's attachment",
      given: { healthCheckType: "EC2" },
      stack: [attachment({ autoscalingGroupName: UNKNOWN }, "other"), other],
      is: "skip",
      why: skip,
    },
    {
      name: "kind of health check not known yet",
      given: { healthCheckType: UNKNOWN, targetGroupArns: [targetGroup] },
      is: "deferred",
      deferrals: [{ path, waits: "not known yet" }],
    },
    {
      name: "a list not known yet",
      given: { targetGroupArns: UNKNOWN },
      is: "deferred",
      deferrals: [{ path: "targetGroupArns", waits: "not known yet" }],
    },
    {
      name: "an attachment to one of two groups",
      given: { healthCheckType: "EC2" },
      stack: [attachment({ autoscalingGroupName: UNKNOWN }, "subject", "other"), other],
      is: "deferred",
      deferrals: [{ path, waits: "not known whether join joins it to a load balancer" }],
    },
  ],
});
