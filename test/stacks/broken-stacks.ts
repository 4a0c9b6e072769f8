/** What becomes of each deliberately broken stack, by the policy its `BREAK` is named after: the resource that is refused. */
export const refusedStacks: { readonly [policy: string]: string } = {
  "listener-tls-minimum": "edge-https",
  "listener-http-redirect": "edge-http",
  "listener-rule-no-plain-forward": "plain",
  "scaling-min-instances": "search-group-asg",
  "scaling-schedule-min-instances": "night",
  "scaling-multi-zone": "web-group-asg",
  "balancer-multi-zone": "inner",
  "scaling-load-balancer-health": "web-group-asg",
  "scaling-health-processes-on": "web-group-asg",
  "target-health-check": "web-targets-api",
  "target-health-check-timing": "web-targets-api",
  "target-failover-time": "web-targets-main",
};

/** Policies that refuse the same stack as well: what takes five minutes to notice is no failover of half a minute. */
const companions: { readonly [policy: string]: readonly string[] } = {
  "target-health-check-timing": ["target-failover-time"],
};

/** The policies that refuse a deliberately broken stack, in the order of their names. */
export function refusing(policy: string): readonly string[] {
  return [policy, ...(companions[policy] ?? [])].sort();
}
