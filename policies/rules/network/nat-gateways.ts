import { type Answer, answer } from "../../lib/answers";
import { certainly } from "../../lib/candidates";
import type { Stack, StackResource } from "../../lib/stack";
import { NAT_GATEWAY, SUBNET } from "../types";
import type { Way } from "./routes";

/** The NAT gateways that a way may lead through; nothing if there may be others. */
export function natsOf({ owner, nat }: Way, stack: Stack): readonly StackResource[] | undefined {
  const reference = stack.refer(owner, nat, NAT_GATEWAY);
  if (reference?.kind === "one") return [reference.resource];
  if (reference?.kind !== "among" || reference.others) return undefined;
  return reference.resources.length === 0 ? undefined : reference.resources;
}

/** Whether a NAT gateway is in a subnet's zone; a regional one is in every zone. */
export function isAtHand(nat: StackResource, from: StackResource, stack: Stack): Answer {
  return answer(() => {
    if (nat.inputs.at("availabilityMode").text()?.toLowerCase() === "regional") return true;
    return sharesZone(certainly(stack.refer(nat, nat.outputs.at("subnetId"), SUBNET)), from);
  });
}

/** Zones have names and ids, of which only like and like compare. */
function sharesZone(one: StackResource | undefined, other: StackResource): Answer {
  if (one === undefined) return undefined;
  if (one === other) return true;
  const answers = ["availabilityZone", "availabilityZoneId"].map((key) =>
    answer(() => {
      const [a, b] = [one.outputs.at(key).text(), other.outputs.at(key).text()];
      return a === undefined || b === undefined ? undefined : a === b;
    }),
  );
  return answers.find((is) => is !== undefined);
}
