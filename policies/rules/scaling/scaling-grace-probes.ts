import type { Judgement } from "../../lib/judgement";
import { rule } from "../../lib/rule";
import type { Stack, StackResource } from "../../lib/stack";
import { UNKNOWN } from "../../lib/unknown";
import { brief, type Value } from "../../lib/value";
import { healthyThresholdOf, intervalOf, withoutChecks } from "../target/probe-timing";
import { SCALING_GROUP } from "../types";
import { asksBalancer } from "./health-checks";
import { keepsWaiting } from "./launch-hooks";
import { joined, targetGroup } from "./served-examples";
import { mostOf, servedBy } from "./served-targets";

const path = "healthCheckGracePeriod";

/** What the provider sends if nothing is written. */
const PROVIDER_DEFAULT = 300;

function recoveryOf(targets: Value): number | undefined {
  return withoutChecks(targets) === undefined ? intervalOf(targets) * healthyThresholdOf(targets) : undefined;
}

function judgeGrace(group: StackResource, stack: Stack): Judgement {
  if (!asksBalancer(group.inputs)) return { skip: "no load balancer health checks" };
  const slowest = mostOf(servedBy(group, stack), recoveryOf);
  if (slowest === undefined) return { skip: "no target group of the stack" };
  const given = group.inputs.at(path).number();
  const grace = given ?? PROVIDER_DEFAULT;
  if (grace >= slowest.seconds) return [];
  const waiting = keepsWaiting(group, stack);
  if (waiting) return { skip: "a launch hook holds instances back" };
  if (waiting === undefined) return [{ path, waits: "not known whether a launch hook holds instances back" }];
  const is = given === undefined ? `not set, which means ${grace} s` : `${grace} s`;
  const says = `${is}, and ${brief(slowest.name)} takes ${slowest.seconds} s to find an instance well, must be ${slowest.seconds} s or more`;
  return [{ path, says }];
}

const asked = { healthCheckType: "ELB", name: UNKNOWN };
const patient = targetGroup("web", { healthCheck: { interval: 30, healthyThreshold: 2 } });

export const scalingGraceProbes = rule({
  name: "scaling-grace-probes",
  title: "New instances are judged only after the probes can have found them well",
  description:
    "An instance that was not ready for its first probe is well again after interval times healthyThreshold at the earliest. With less grace it is replaced before, and so is the next one.",
  severity: "medium",
  level: "advisory",
  types: SCALING_GROUP,
  frameworks: {},
  remediation:
    "Set healthCheckGracePeriod to the time an instance takes to start and healthCheck.interval times healthyThreshold of its target groups, or hold it back with a launch hook.",
  url: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/health-check-grace-period.html",
  judgeInStack: (group, { stack }) => judgeGrace(group, stack),
  scenarios: [
    {
      name: "five minutes",
      given: { ...asked, healthCheckGracePeriod: 300 },
      stack: [patient, joined("subject", "web")],
      is: "pass",
    },
    {
      name: "left to the provider, and to AWS: 300 and 150 seconds",
      given: asked,
      stack: [targetGroup("web", {}), joined("subject", "web")],
      is: "pass",
    },
    {
      name: "less than two probes",
      given: { ...asked, healthCheckGracePeriod: "59" },
      stack: [patient, joined("subject", "web")],
      is: "fail",
      findings: [{ path, says: "59 s, and web takes 60 s to find an instance well, must be 60 s or more" }],
    },
    {
      name: "left to the provider, with the most patient probes there are",
      given: asked,
      stack: [
        patient,
        targetGroup("slow", { healthCheck: { interval: 300, healthyThreshold: 10 } }),
        joined("subject", "web"),
        joined("subject", "slow"),
      ],
      is: "fail",
      findings: [
        {
          path,
          says: "not set, which means 300 s, and slow takes 3000 s to find an instance well, must be 3000 s or more",
        },
      ],
    },
    {
      name: "none, because a launch hook waits for the service",
      given: {
        ...asked,
        healthCheckGracePeriod: 0,
        initialLifecycleHooks: [{ name: "ready", lifecycleTransition: "autoscaling:EC2_INSTANCE_LAUNCHING" }],
      },
      stack: [patient, joined("subject", "web")],
      is: "skip",
      why: "a launch hook holds instances back",
    },
    {
      name: "health of the machine only",
      given: { healthCheckType: "EC2", healthCheckGracePeriod: 0, name: UNKNOWN },
      stack: [patient, joined("subject", "web")],
      is: "skip",
      why: "no load balancer health checks",
    },
    {
      name: "target groups of another stack",
      given: { ...asked, healthCheckGracePeriod: 0, targetGroupArns: ["arn:elsewhere"] },
      is: "skip",
      why: "no target group of the stack",
    },
    {
      name: "a target group without probes",
      given: { ...asked, healthCheckGracePeriod: 0 },
      stack: [targetGroup("web", { healthCheck: { enabled: false } }), joined("subject", "web")],
      is: "skip",
      why: "no target group of the stack",
    },
    {
      name: "probes not known yet",
      given: { ...asked, healthCheckGracePeriod: 0 },
      stack: [targetGroup("web", { healthCheck: { interval: UNKNOWN } }), joined("subject", "web")],
      is: "deferred",
      deferrals: [{ path: "healthCheck.interval", waits: "not known yet" }],
    },
    {
      name: "too short, and a hook of this group or another",
      given: { ...asked, healthCheckGracePeriod: 0 },
      stack: [
        patient,
        joined("subject", "web"),
        { name: "other", type: "aws:autoscaling/group:Group", props: { name: UNKNOWN } },
        {
          name: "ready",
          type: "aws:autoscaling/lifecycleHook:LifecycleHook",
          props: { lifecycleTransition: "autoscaling:EC2_INSTANCE_LAUNCHING", autoscalingGroupName: UNKNOWN },
          from: { autoscalingGroupName: ["subject", "other"] },
        },
      ],
      is: "deferred",
      deferrals: [{ path, waits: "not known whether a launch hook holds instances back" }],
    },
  ],
});
