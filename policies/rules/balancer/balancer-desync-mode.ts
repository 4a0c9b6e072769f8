import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { shown } from "../../lib/value";
import { LOAD_BALANCER } from "../types";
import { kindOf } from "./kind";

const path = "desyncMitigationMode";
const wanted = 'must be "defensive" or "strictest"';

export const balancerDesyncMode = rule({
  name: "balancer-desync-mode",
  title: "Application load balancers hold back ambiguous HTTP requests",
  description:
    "A request that can be read in two ways carries another one past the balancer. In mode monitor, such requests are only counted.",
  severity: "medium",
  level: "mandatory",
  types: LOAD_BALANCER,
  frameworks: { fsbp: ["ELB.12"] },
  remediation:
    'Set desyncMitigationMode to "defensive" or "strictest", or leave it out, which means "defensive".',
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-12",
  judge(balancer) {
    const kind = kindOf(balancer);
    if (kind !== "application") return { skip: `${kind} balancer` };
    const mode = balancer.at(path).text() ?? "defensive";
    return ["defensive", "strictest"].includes(mode) ? [] : [{ path, says: `${shown(mode)}, ${wanted}` }];
  },
  fix: () => [{ path, value: "defensive" }],
  scenarios: [
    { name: "left to AWS: defensive", given: {}, is: "pass" },
    { name: "defensive", given: { desyncMitigationMode: "defensive" }, is: "pass" },
    { name: "strictest", given: { desyncMitigationMode: "strictest" }, is: "pass" },
    {
      name: "only watched",
      given: { desyncMitigationMode: "monitor" },
      is: "fail",
      findings: [{ path, says: `"monitor", ${wanted}` }],
    },
    {
      name: "network",
      given: { loadBalancerType: "network", desyncMitigationMode: "monitor" },
      is: "skip",
      why: "network balancer",
    },
    {
      name: "not known yet",
      given: { desyncMitigationMode: UNKNOWN },
      is: "deferred",
      deferrals: [{ path, waits: "not known yet" }],
    },
  ],
});
