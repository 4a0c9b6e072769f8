import { type Answer, some } from "../../lib/answers";
import type { Link } from "../../lib/links";
import type { StackResource } from "../../lib/stack";
import type { Value } from "../../lib/value";
import { SCALING_ATTACHMENT, SCALING_GROUP } from "../types";

/** Whether a traffic source is a load balancer; nothing if it does not say. A lattice service judges in its own way. */
function isBalancer(source: Value): Answer {
  const type = source.at("type");
  const kind = type.isKnown() ? type.text() : undefined;
  if (kind !== undefined) return kind !== "vpc-lattice";
  const identifier = source.at("identifier");
  return identifier.isKnown() ? identifier.text()?.includes(":vpc-lattice:") === false : undefined;
}

/** What a property says about whether it joins its group to a balancer; nothing if that is not known. */
export function joins(group: Value, property: string): Answer {
  const list = group.at(property);
  if (!list.isKnown()) return undefined;
  return property === "trafficSources" ? some(list.items(), isBalancer) : list.items().length > 0;
}

/** Properties of a group that join it to something which sends requests. */
export const joining = ["targetGroupArns", "trafficSources", "loadBalancers"];

/** Resources that join a group to something which sends requests. */
export const attachments: Link = {
  from: SCALING_ATTACHMENT,
  names: ({ outputs }) => [outputs.at("autoscalingGroupName")],
  to: SCALING_GROUP,
};

/** Whether a resource joins its group to a balancer; nothing if that is not known. */
export function toBalancer({ outputs }: StackResource): Answer {
  const source = outputs.at("trafficSource");
  // A source is what the newer kind of attachment has; the older joins nothing but balancers.
  return source.isSet() ? isBalancer(source) : true;
}
