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
};
