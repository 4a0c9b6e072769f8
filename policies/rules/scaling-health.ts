import { concluded, type Deferral, type Judgement } from "../lib/judgement";
import { rule, type ScenarioResource } from "../lib/rule";
import type { Stack, StackResource } from "../lib/stack";
import { UNKNOWN } from "../lib/unknown";
import { brief, shown, type Value } from "../lib/value";
import { SCALING_ATTACHMENT, SCALING_GROUP } from "./types";

const path = "healthCheckType";
const skip = "no load balancer";

/** What is wrong with a group's kinds of health check if it is behind a balancer; AWS takes a list with commas. */
function judgeType(group: Value, because: string): Judgement {
  const types = group.at(path).text();
  const kinds = types?.toUpperCase().split(",") ?? [];
  if (kinds.some((kind) => kind.trim() === "ELB")) return [];
  const is = types === undefined ? 'not set, which means "EC2",' : shown(types);
  return [{ path, says: `${is} ${because}, must contain "ELB"` }];
}

/** Whether a traffic source is a load balancer; nothing if it does not say. A lattice service judges in its own way. */
function isBalancer(source: Value): boolean | undefined {
  const type = source.at("type");
  const kind = type.isKnown() ? type.text() : undefined;
  if (kind !== undefined) return kind !== "vpc-lattice";
  const identifier = source.at("identifier");
  return identifier.isKnown() ? identifier.text()?.includes(":vpc-lattice:") === false : undefined;
}

/** What a property says about whether it joins its group to a balancer; nothing if that is not known. */
function joins(group: Value, property: string): boolean | undefined {
  const list = group.at(property);
  if (!list.isKnown()) return undefined;
  if (property !== "trafficSources") return list.items().length > 0;
  const answers = list.items().map(isBalancer);
  return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
}

const joining = ["targetGroupArns", "trafficSources", "loadBalancers"];

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

/** Whether a resource joins the group to a balancer; nothing if that is not known. */
function attaches(attachment: StackResource, group: StackResource, stack: Stack): boolean | undefined {
  const source = attachment.outputs.at("trafficSource");
  // A source is what the newer kind of attachment has; the older joins nothing but balancers.
  const balancer = source.isSet() ? isBalancer(source) : true;
  const to = stack.refer(attachment, attachment.outputs.at("autoscalingGroupName"), SCALING_GROUP);
  if (balancer === false || to === undefined || to.kind === "outside") return false;
  if (to.kind === "one") return to.resource === group ? balancer : false;
  if (!to.resources.includes(group)) return false;
  return to.resources.length === 1 && !to.others ? balancer : undefined;
}

function judgeAttached(group: StackResource, stack: Stack): Judgement {
  const attachments = stack
    .ofType(SCALING_ATTACHMENT)
    .filter((attachment) => attaches(attachment, group, stack) !== false);
  if (attachments.length === 0) return { skip };
  const certain = attachments.find((attachment) => attaches(attachment, group, stack) === true);
  if (certain !== undefined) {
    return judgeType(group.inputs, `on a group that ${brief(certain.name)} joins to a load balancer`);
  }
  return ifWrong(group.inputs, () =>
    attachments.map(({ name }) => ({
      path,
      waits: `not known whether ${brief(name)} joins it to a load balancer`,
    })),
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
