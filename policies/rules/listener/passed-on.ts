import { type Answer, every } from "../../lib/answers";
import { agreed, candidatesOf } from "../../lib/candidates";
import type { Stack, StackResource } from "../../lib/stack";
import type { Value } from "../../lib/value";
import { TARGET_GROUP } from "../types";

/**
 * Whether a listener hands everything on to an application load balancer, which ends TLS itself.
 *
 * AWS allows nothing but TCP between the two, so such a listener has no other choice.
 */
export function isPassedOn(listener: StackResource, stack: Stack): Answer {
  const targets = listener.inputs.at("defaultActions").items().flatMap(targetsOf);
  if (targets.length === 0) return false;
  return every(targets, (target) => {
    const reference = stack.refer(listener, target, TARGET_GROUP);
    return reference && agreed(candidatesOf(reference), holdsBalancer);
  });
}

/** The target groups an action forwards to, named in one of two ways. */
function targetsOf(action: Value): readonly Value[] {
  const groups = action.at("forward", "targetGroups").items();
  return [action.at("targetGroupArn"), ...groups.map((group) => group.at("arn"))].filter((arn) =>
    arn.isSet(),
  );
}

function holdsBalancer({ inputs }: StackResource): boolean {
  return inputs.at("targetType").text()?.toLowerCase() === "alb";
}
