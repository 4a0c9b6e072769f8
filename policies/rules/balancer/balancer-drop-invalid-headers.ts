import { mustBeOn } from "../../lib/attributes";
import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { LOAD_BALANCER } from "../types";
import { kindOf } from "./kind";

const path = "dropInvalidHeaderFields";

export const balancerDropInvalidHeaders = rule({
  name: "balancer-drop-invalid-headers",
  title: "Application load balancers drop malformed HTTP headers",
  description:
    "Targets and balancer may read a malformed header differently, and a request is smuggled between them.",
  severity: "medium",
  level: "mandatory",
  types: LOAD_BALANCER,
  frameworks: { fsbp: ["ELB.4"] },
  remediation: "Set dropInvalidHeaderFields to true.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-4",
  judge(balancer) {
    const kind = kindOf(balancer);
    return kind === "application" ? mustBeOn(balancer.at(path)) : { skip: `${kind} balancer` };
  },
  fix: () => [{ path, value: true }],
  scenarios: [
    { name: "switched on", given: { dropInvalidHeaderFields: true }, is: "pass" },
    {
      name: "switched on, as a text",
      given: { loadBalancerType: "application", dropInvalidHeaderFields: "true" },
      is: "pass",
    },
    {
      name: "left to AWS",
      given: {},
      is: "fail",
      findings: [{ path, says: "not set, which means false, must be true" }],
    },
    {
      name: "switched off",
      given: { dropInvalidHeaderFields: false },
      is: "fail",
      findings: [{ path, says: "false, must be true" }],
    },
    { name: "network", given: { loadBalancerType: "network" }, is: "skip", why: "network balancer" },
    { name: "gateway", given: { loadBalancerType: "gateway" }, is: "skip", why: "gateway balancer" },
    {
      name: "not known yet",
      given: { dropInvalidHeaderFields: UNKNOWN },
      is: "deferred",
      deferrals: [{ path, waits: "not known yet" }],
    },
  ],
});
