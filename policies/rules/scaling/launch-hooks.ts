import { type Answer, some } from "../../lib/answers";
import type { Link } from "../../lib/links";
import type { Stack, StackResource } from "../../lib/stack";
import type { Value } from "../../lib/value";
import { SCALING_GROUP, SCALING_HOOK } from "../types";

const hooks: Link = {
  from: SCALING_HOOK,
  names: ({ outputs }) => [outputs.at("autoscalingGroupName")],
  to: SCALING_GROUP,
};

function holdsBack(hook: Value): boolean {
  return hook.at("lifecycleTransition").text() === "autoscaling:EC2_INSTANCE_LAUNCHING";
}

/** Whether a hook keeps new instances of a group out of service until they are ready; nothing if that is not known. */
export function keepsWaiting(group: StackResource, stack: Stack): Answer {
  const { certain, possible } = stack.linked(group, hooks);
  const sources = [
    () => some(group.inputs.at("initialLifecycleHooks").items(), holdsBack),
    () => some(certain, ({ outputs }) => holdsBack(outputs)),
    // What may be another group's hook says no more than maybe.
    () => some(possible, ({ outputs }) => holdsBack(outputs) && undefined),
  ];
  return some(sources, (source) => source());
}
