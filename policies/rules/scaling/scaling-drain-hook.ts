import { certainly } from "../../lib/candidates";
import type { Judgement } from "../../lib/judgement";
import { rule } from "../../lib/rule";
import type { Stack, StackResource } from "../../lib/stack";
import { UNKNOWN } from "../../lib/unknown";
import { brief, type Value } from "../../lib/value";
import { SCALING_GROUP, SCALING_HOOK } from "../types";
import { joined, targetGroup } from "./served-examples";
import { mostOf, servedBy } from "./served-targets";

const path = "heartbeatTimeout";

/** What AWS waits where nobody says. */
const DEFAULT_HEARTBEAT = 3600;
const DEFAULT_DRAIN = 300;

const drainOf = (targets: Value) => targets.at("deregistrationDelay").number() ?? DEFAULT_DRAIN;

function judgeHook(hook: StackResource, stack: Stack): Judgement {
  const { inputs } = hook;
  if (inputs.at("lifecycleTransition").text() !== "autoscaling:EC2_INSTANCE_TERMINATING") {
    return { skip: "not a hook for the end of an instance" };
  }
  const group = certainly(stack.refer(hook, hook.outputs.at("autoscalingGroupName"), SCALING_GROUP));
  const longest = group && mostOf(servedBy(group, stack), drainOf);
  if (longest === undefined) return { skip: "no target group of the stack" };
  const heartbeat = inputs.at(path).number() ?? DEFAULT_HEARTBEAT;
  if (heartbeat >= longest.seconds) return [];
  const says = `${heartbeat} s, and ${brief(longest.name)} drains for ${longest.seconds} s, must be ${longest.seconds} s or more`;
  return [{ path, says }];
}

const ending = {
  autoscalingGroupName: UNKNOWN,
  lifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING",
  defaultResult: "CONTINUE",
};
const from = { autoscalingGroupName: ["group"] };
const group = { name: "group", type: "aws:autoscaling/group:Group", props: { name: UNKNOWN } };

export const scalingDrainHook = rule({
  name: "scaling-drain-hook",
  title: "An instance about to end is kept as long as its requests may take",
  description:
    "The hook keeps it, the target groups wait for what is in flight. A hook that gives up first ends the instance under requests that were promised more time.",
  severity: "medium",
  level: "advisory",
  types: SCALING_HOOK,
  frameworks: {},
  remediation:
    "Set heartbeatTimeout to the longest deregistrationDelay of the group's target groups and half a minute more.",
  url: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/lifecycle-hooks.html",
  judgeInStack: (hook, { stack }) => judgeHook(hook, stack),
  scenarios: [
    {
      name: "half a minute more",
      given: { ...ending, heartbeatTimeout: 90 },
      from,
      stack: [group, targetGroup("web", { deregistrationDelay: 60 }), joined("group", "web")],
      is: "pass",
    },
    {
      name: "both left to AWS: an hour and five minutes",
      given: ending,
      from,
      stack: [group, targetGroup("web", {}), joined("group", "web")],
      is: "pass",
    },
    {
      name: "a drain in another stack",
      given: { ...ending, autoscalingGroupName: "web-1234567", heartbeatTimeout: 30 },
      stack: [
        {
          ...group,
          props: {
            name: "web-1234567",
            targetGroupArns: ["arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/1"],
          },
        },
      ],
      is: "skip",
      why: "no target group of the stack",
    },
    {
      name: "the longer of two drains",
      given: { ...ending, heartbeatTimeout: "90" },
      from,
      stack: [
        group,
        targetGroup("main", { deregistrationDelay: 60 }),
        targetGroup("ws", { deregistrationDelay: "300" }),
        joined("group", "main"),
        joined("group", "ws"),
      ],
      is: "fail",
      findings: [{ path, says: "90 s, and ws drains for 300 s, must be 300 s or more" }],
    },
    {
      name: "a drain left to AWS, of a group that names its target group itself",
      given: { ...ending, autoscalingGroupName: "web-1234567", heartbeatTimeout: 60 },
      stack: [
        { ...group, props: { name: "web-1234567", targetGroupArns: ["arn:web"] } },
        targetGroup("web", { arn: "arn:web" }),
      ],
      is: "fail",
      findings: [{ path, says: "60 s, and web drains for 300 s, must be 300 s or more" }],
    },
    {
      name: "a hook for the start",
      given: { ...ending, lifecycleTransition: "autoscaling:EC2_INSTANCE_LAUNCHING", heartbeatTimeout: 30 },
      from,
      stack: [group, targetGroup("web", {}), joined("group", "web")],
      is: "skip",
      why: "not a hook for the end of an instance",
    },
    {
      name: "a drain not known yet",
      given: { ...ending, heartbeatTimeout: 90 },
      from,
      stack: [group, targetGroup("web", { deregistrationDelay: UNKNOWN }), joined("group", "web")],
      is: "deferred",
      deferrals: [{ path: "deregistrationDelay", waits: "not known yet" }],
    },
  ],
});
