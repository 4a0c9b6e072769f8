import type { Judgement } from "../../lib/judgement";
import { brief, shown, type Value } from "../../lib/value";

/** What kind a load balancer is: application, which AWS makes if none is said, network or gateway. */
export function kindOf(balancer: Value): string {
  return brief(balancer.at("loadBalancerType").text()?.toLowerCase() ?? "application");
}

/** Judges an attribute that AWS leaves off and that has to be on. */
export function mustBeOn(attribute: Value): Judgement {
  const on = attribute.flag();
  if (on === true) return [];
  const is = on === false ? "false" : shown(attribute.text());
  return [
    { path: attribute.path, says: `${attribute.isSet() ? is : "not set, which means false"}, must be true` },
  ];
}
