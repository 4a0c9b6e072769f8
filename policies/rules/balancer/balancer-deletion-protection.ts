import { mustBeOn } from "../../lib/attributes";
import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { LOAD_BALANCER } from "../types";

const path = "enableDeletionProtection";

export const balancerDeletionProtection = rule({
  name: "balancer-deletion-protection",
  title: "Load balancers are protected from deletion",
  description:
    "A balancer that is deleted by mistake takes its name and addresses with it, and whatever points to them leads nowhere until all of it is made again.",
  severity: "medium",
  level: "production",
  types: LOAD_BALANCER,
  frameworks: { fsbp: ["ELB.6"] },
  remediation: "Set enableDeletionProtection to true.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-6",
  judge: (balancer) => mustBeOn(balancer.at(path)),
  fix: () => [{ path, value: true }],
  scenarios: [
    { name: "protected", given: { enableDeletionProtection: true }, is: "pass" },
    {
      name: "a gateway load balancer, protected, as a text",
      given: { loadBalancerType: "gateway", enableDeletionProtection: "true" },
      is: "pass",
    },
    {
      name: "left to AWS",
      given: {},
      is: "fail",
      findings: [{ path, says: "not set, which means false, must be true" }],
    },
    {
      name: "a network load balancer, not protected, as a text",
      given: { loadBalancerType: "network", enableDeletionProtection: "false" },
      is: "fail",
      findings: [{ path, says: "false, must be true" }],
    },
    {
      name: "not known yet",
      given: { enableDeletionProtection: UNKNOWN },
      is: "deferred",
      deferrals: [{ path, waits: "not known yet" }],
    },
  ],
});
