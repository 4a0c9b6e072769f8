import type { Judgement } from "../../lib/judgement";
import { rule } from "../../lib/rule";
import type { Stack, StackResource } from "../../lib/stack";
import { UNKNOWN } from "../../lib/unknown";
import { brief, type Value } from "../../lib/value";
import { SCALING_GROUP } from "../types";
import { joined, targetGroup } from "./served-examples";
import { mostOf, servedBy } from "./served-targets";

const path = "defaultInstanceWarmup";

/** A group without a warm-up of its own takes its cooldown, and that is five minutes if nobody says. */
const DEFAULT_COOLDOWN = 300;

function slowStartOf(targets: Value): number | undefined {
  const seconds = targets.at("slowStart").number() ?? 0;
  return seconds > 0 ? seconds : undefined;
}

function judgeWarmup(
  { inputs: group }: StackResource,
  slowest: { name: string; seconds: number },
): Judgement {
  const given = group.at(path).number();
  const warmup = given ?? group.at("defaultCooldown").number() ?? DEFAULT_COOLDOWN;
  if (warmup >= slowest.seconds) return [];
  const is = given === undefined ? `not set, which means the cooldown of ${warmup} s` : `${warmup} s`;
  const says = `${is}, and ${brief(slowest.name)} starts slowly for ${slowest.seconds} s, must be ${slowest.seconds} s or more`;
  return [{ path, says }];
}

function judgeGroup(group: StackResource, stack: Stack): Judgement {
  const slowest = mostOf(servedBy(group, stack), slowStartOf);
  return slowest === undefined ? { skip: "no slow start" } : judgeWarmup(group, slowest);
}

const slow = targetGroup("web", { slowStart: 120 });

export const scalingWarmupSlowStart = rule({
  name: "scaling-warmup-slow-start",
  title: "A new instance counts as warm only when it gets its full share of requests",
  description:
    "While an instance starts slowly, it has less to do than the others. Counted already, it makes the group look less busy than it is, and the group stops growing too early.",
  severity: "low",
  level: "advisory",
  types: SCALING_GROUP,
  frameworks: {},
  remediation: "Set defaultInstanceWarmup to the longest slowStart of the group's target groups, or more.",
  url: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-default-instance-warmup.html",
  judgeInStack: (group, { stack }) => judgeGroup(group, stack),
  scenarios: [
    {
      name: "as long as the slow start",
      given: { defaultInstanceWarmup: 120, name: UNKNOWN },
      stack: [slow, joined("subject", "web")],
      is: "pass",
    },
    {
      name: "left to the cooldown: five minutes",
      given: { name: UNKNOWN },
      stack: [slow, joined("subject", "web")],
      is: "pass",
    },
    {
      name: "shorter than the slow start",
      given: { defaultInstanceWarmup: "90", name: UNKNOWN },
      stack: [slow, joined("subject", "web")],
      is: "fail",
      findings: [{ path, says: "90 s, and web starts slowly for 120 s, must be 120 s or more" }],
    },
    {
      name: "left to a short cooldown",
      given: { defaultCooldown: 60, targetGroupArns: ["arn:web"] },
      stack: [targetGroup("web", { slowStart: 120, arn: "arn:web" })],
      is: "fail",
      findings: [
        {
          path,
          says: "not set, which means the cooldown of 60 s, and web starts slowly for 120 s, must be 120 s or more",
        },
      ],
    },
    {
      name: "requests at once",
      given: { defaultInstanceWarmup: 0, name: UNKNOWN },
      stack: [targetGroup("web", { slowStart: 0 }), joined("subject", "web")],
      is: "skip",
      why: "no slow start",
    },
    {
      name: "another group's slow start",
      given: { defaultInstanceWarmup: 0, name: UNKNOWN },
      stack: [
        slow,
        { name: "other", type: "aws:autoscaling/group:Group", props: { name: UNKNOWN } },
        joined("other", "web"),
      ],
      is: "skip",
      why: "no slow start",
    },
    {
      name: "a warm-up not known yet",
      given: { defaultInstanceWarmup: UNKNOWN, name: UNKNOWN },
      stack: [slow, joined("subject", "web")],
      is: "deferred",
      deferrals: [{ path, waits: "not known yet" }],
    },
  ],
});
