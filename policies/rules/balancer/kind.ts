import { brief, type Value } from "../../lib/value";

/** What kind a load balancer is: application, which AWS makes if none is said, network or gateway. */
export function kindOf(balancer: Value): string {
  return brief(balancer.at("loadBalancerType").text()?.toLowerCase() ?? "application");
}
