import type { Judgement } from "../../lib/judgement";
import type { WholeNumber } from "../../lib/parameters";
import { rule, type ScenarioResource } from "../../lib/rule";
import type { Stack, StackResource } from "../../lib/stack";
import { UNKNOWN } from "../../lib/unknown";
import type { Value } from "../../lib/value";
import { SCALING_GROUP } from "../types";
import { asksBalancer } from "./health-checks";
import { keepsWaiting } from "./launch-hooks";

const path = "healthCheckGracePeriod";
const skip = "no load balancer health checks";

/** What the provider sends if nothing is written; AWS itself would take 0. */
const PROVIDER_DEFAULT = 300;

const minSeconds: WholeNumber = {
  type: "integer",
  description: "Shortest time a new instance is given to pass its first health check.",
  default: 30,
  minimum: 0,
  maximum: 7200,
};

const maxSeconds: WholeNumber = {
  type: "integer",
  description: "Longest time a new instance may fail its health checks.",
  default: 900,
  minimum: 0,
  maximum: 7200,
};

interface Bounds {
  readonly minSeconds: number;
  readonly maxSeconds: number;
}

function graceOf(group: Value): number {
  return group.at(path).number() ?? PROVIDER_DEFAULT;
}

function saidOf(group: Value): string {
  const seconds = group.at(path).number();
  return seconds === undefined ? `not set, which means ${PROVIDER_DEFAULT}` : `${seconds}`;
}

function judgeLongest(group: Value, bounds: Bounds): Judgement {
  if (!asksBalancer(group)) return { skip };
  if (graceOf(group) <= bounds.maxSeconds) return [];
  return [{ path, says: `${saidOf(group)}, must be ${bounds.maxSeconds} or less` }];
}

/** A short time is too short only if nothing keeps an instance out of service until it is ready. */
function judgeShortest(resource: StackResource, stack: Stack, bounds: Bounds): Judgement {
  const { inputs: group } = resource;
  if (!group.at("healthCheckType").isKnown() || !group.at(path).isKnown()) return [];
  if (!asksBalancer(group)) return { skip };
  if (graceOf(group) >= bounds.minSeconds) return [];
  const waiting = keepsWaiting(resource, stack);
  if (waiting) return [];
  if (waiting === undefined) return [{ path, waits: "not known whether a launch hook holds instances back" }];
  return [{ path, says: `${saidOf(group)}, must be ${bounds.minSeconds} or more` }];
}

function hook(props: object, ...from: readonly string[]): ScenarioResource {
  return {
    name: "ready",
    type: "aws:autoscaling/lifecycleHook:LifecycleHook",
    props: { lifecycleTransition: "autoscaling:EC2_INSTANCE_LAUNCHING", ...props },
    from: { autoscalingGroupName: from },
  };
}

const other: ScenarioResource = {
  name: "other",
  type: "aws:autoscaling/group:Group",
  props: { name: UNKNOWN },
};

export const scalingHealthGrace = rule({
  name: "scaling-health-grace",
  title: "New instances get time to start before they are judged by the load balancer, but not for ever",
  description:
    "Too short, and a group ends its instances before they have started, one after the other. Too long, and it keeps broken ones.",
  severity: "medium",
  level: "advisory",
  types: SCALING_GROUP,
  parameters: { minSeconds, maxSeconds },
  frameworks: {},
  remediation:
    "Set healthCheckGracePeriod to the time an instance takes to start, from {minSeconds} to {maxSeconds} seconds.",
  url: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/health-check-grace-period.html",
  judge: (group, { config }) => judgeLongest(group, config),
  judgeInStack: (resource, { config, stack }) => judgeShortest(resource, stack, config),
  scenarios: [
    {
      name: "as short as allowed",
      given: { healthCheckType: "ELB", healthCheckGracePeriod: 30 },
      is: "pass",
    },
    {
      name: "as long as allowed, as a text",
      given: { healthCheckType: "EC2,ELB", healthCheckGracePeriod: "900" },
      is: "pass",
    },
    { name: "left to the provider", given: { healthCheckType: "ELB" }, is: "pass" },
    {
      name: "none, because a launch hook waits for the service",
      given: { healthCheckType: "ELB", healthCheckGracePeriod: 0 },
      stack: [hook({ autoscalingGroupName: UNKNOWN }, "subject"), other],
      is: "pass",
    },
    {
      name: "none, because a launch hook of the group's own waits for the service",
      given: {
        healthCheckType: "ELB",
        healthCheckGracePeriod: 0,
        initialLifecycleHooks: [{ name: "ready", lifecycleTransition: "autoscaling:EC2_INSTANCE_LAUNCHING" }],
      },
      is: "pass",
    },
    {
      name: "too short",
      given: { healthCheckType: "ELB", healthCheckGracePeriod: 29 },
      is: "fail",
      findings: [{ path, says: "29, must be 30 or more" }],
    },
    {
      name: "none, and a hook for the end of an instance",
      given: { healthCheckType: "ELB", healthCheckGracePeriod: 0 },
      outputs: { healthCheckType: "ELB", healthCheckGracePeriod: 0, name: "web-1234567" },
      stack: [
        hook({
          autoscalingGroupName: "web-1234567",
          lifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING",
        }),
      ],
      is: "fail",
      findings: [{ path, says: "0, must be 30 or more" }],
    },
    {
      name: "none, and another group's hook",
      given: { healthCheckType: "ELB", healthCheckGracePeriod: 0 },
      stack: [hook({ autoscalingGroupName: UNKNOWN }, "other"), other],
      is: "fail",
      findings: [{ path, says: "0, must be 30 or more" }],
    },
    {
      name: "too long",
      given: { healthCheckType: "ELB", healthCheckGracePeriod: 901 },
      is: "fail",
      findings: [{ path, says: "901, must be 900 or less" }],
    },
    {
      name: "left to the provider, where instances take longer",
      given: { healthCheckType: "ELB" },
      config: { minSeconds: 600 },
      is: "fail",
      findings: [{ path, says: "not set, which means 300, must be 600 or more" }],
    },
    {
      name: "left to the provider, where instances are quick",
      given: { healthCheckType: "ELB" },
      config: { maxSeconds: 120 },
      is: "fail",
      findings: [{ path, says: "not set, which means 300, must be 120 or less" }],
    },
    {
      name: "health of the machine only",
      given: { healthCheckType: "EC2", healthCheckGracePeriod: 0 },
      is: "skip",
      why: skip,
    },
    {
      name: "not known yet",
      given: { healthCheckType: "ELB", healthCheckGracePeriod: UNKNOWN },
      is: "deferred",
      deferrals: [{ path, waits: "not known yet" }],
    },
    {
      name: "none, and the hook of one of two groups",
      given: { healthCheckType: "ELB", healthCheckGracePeriod: 0 },
      stack: [hook({ autoscalingGroupName: UNKNOWN }, "subject", "other"), other],
      is: "deferred",
      deferrals: [{ path, waits: "not known whether a launch hook holds instances back" }],
    },
  ],
});
