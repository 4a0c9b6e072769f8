import type { Faults } from "../faults";
import type { LoadBalancerConfig } from "../schema/load-balancer";

/** Checks that a load balancer has one certificate, given or to be requested, and one name. */
export function checkLoadBalancer(config: LoadBalancerConfig, key: string, faults: Faults): void {
  faults.check({
    about: [[key, "domainName"]],
    holds: config.hostName === undefined || config.domainName === undefined,
    path: [key, "hostName"],
    found: config.hostName,
    must: "must be left out beside domainName, which is the name already",
  });
  const parts = ["certificateArn", "domainName", "hostedZoneId"] as const;
  const given = parts.filter((part) => config[part] !== undefined).join(", ");
  if (["certificateArn", "domainName, hostedZoneId"].includes(given)) return;
  if (parts.some((part) => faults.touches([key, part]))) return;
  const found = given === "" ? "no certificate" : given.replace(/, ([^,]*)$/, " and $1");
  faults.add([key], `${found}, must have either certificateArn, or domainName and hostedZoneId`);
}
