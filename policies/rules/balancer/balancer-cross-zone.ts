import { mustBeOn } from "../../lib/attributes";
import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { LOAD_BALANCER } from "../types";
import { kindOf } from "./kind";

const path = "enableCrossZoneLoadBalancing";

export const balancerCrossZone = rule({
  name: "balancer-cross-zone",
  title: "Network and gateway load balancers send requests to every zone",
  description:
    "Otherwise each zone gets its share whatever number of targets it has: two targets of one zone carry as much as ten of another, and a zone whose targets fail drops what it gets.",
  severity: "low",
  level: "advisory",
  types: LOAD_BALANCER,
  frameworks: {},
  remediation: "Set enableCrossZoneLoadBalancing to true.",
  url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html#cross-zone-load-balancing",
  judge(balancer) {
    const kind = kindOf(balancer);
    return kind === "application" ? { skip: "application balancer" } : mustBeOn(balancer.at(path));
  },
  fix: () => [{ path, value: true }],
  scenarios: [
    {
      name: "switched on",
      given: { loadBalancerType: "network", enableCrossZoneLoadBalancing: true },
      is: "pass",
    },
    {
      name: "switched on, as a text",
      given: { loadBalancerType: "gateway", enableCrossZoneLoadBalancing: "true" },
      is: "pass",
    },
    {
      name: "left to AWS",
      given: { loadBalancerType: "network" },
      is: "fail",
      findings: [{ path, says: "not set, which means false, must be true" }],
    },
    {
      name: "switched off",
      given: { loadBalancerType: "gateway", enableCrossZoneLoadBalancing: false },
      is: "fail",
      findings: [{ path, says: "false, must be true" }],
    },
    {
      name: "application, where it is always on",
      given: { enableCrossZoneLoadBalancing: false },
      is: "skip",
      why: "application balancer",
    },
    {
      name: "not known yet",
      given: { loadBalancerType: "network", enableCrossZoneLoadBalancing: UNKNOWN },
      is: "deferred",
      deferrals: [{ path, waits: "not known yet" }],
    },
  ],
});
