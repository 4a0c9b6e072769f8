import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { LOAD_BALANCER } from "../types";
import { kindOf } from "./kind";

const path = "enableWafFailOpen";

export const balancerWebAclFailClosed = rule({
  name: "balancer-web-acl-fail-closed",
  title: "Application load balancers let nothing pass that the firewall has not seen",
  description:
    "A balancer that fails open sends requests on unchecked whenever it cannot reach the firewall, which is when an attacker wants it to.",
  severity: "low",
  level: "advisory",
  types: LOAD_BALANCER,
  frameworks: {},
  remediation: "Set enableWafFailOpen to false, or leave it out.",
  url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html",
  judge(balancer) {
    const kind = kindOf(balancer);
    if (kind !== "application") return { skip: `${kind} balancer` };
    return balancer.at(path).flag() === true ? [{ path, says: "true, must be false" }] : [];
  },
  scenarios: [
    { name: "left to AWS: closed", given: {}, is: "pass" },
    { name: "closed, as a text", given: { enableWafFailOpen: "false" }, is: "pass" },
    {
      name: "open",
      given: { enableWafFailOpen: true },
      is: "fail",
      findings: [{ path, says: "true, must be false" }],
    },
    {
      name: "open, as a text",
      given: { loadBalancerType: "application", enableWafFailOpen: "true" },
      is: "fail",
      findings: [{ path, says: "true, must be false" }],
    },
    { name: "network", given: { loadBalancerType: "network" }, is: "skip", why: "network balancer" },
    {
      name: "not known yet",
      given: { enableWafFailOpen: UNKNOWN },
      is: "deferred",
      deferrals: [{ path, waits: "not known yet" }],
    },
  ],
});
