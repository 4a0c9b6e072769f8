import type { Value } from "../../lib/value";

/** The kinds of health check a group names, in capitals; AWS takes a list with commas. */
export function healthChecksOf(group: Value): readonly string[] {
  const types = group.at("healthCheckType").text()?.toUpperCase().split(",") ?? [];
  return types.map((type) => type.trim());
}

/** Whether a group replaces what its load balancer finds broken. */
export function asksBalancer(group: Value): boolean {
  return healthChecksOf(group).includes("ELB");
}
