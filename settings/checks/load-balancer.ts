import { mostPracticeAlarms } from "../../components/lib/practice-windows";
import type { Faults } from "../faults";
import type { LoadBalancerConfig } from "../schema/load-balancer";
import type { StackConfig } from "../schema/stack";
import { checkPrivateZone } from "./private-zone";
import { checkTransport } from "./transport";

/** Checks that a load balancer has one certificate, given or to be requested, and one name. */
export function checkLoadBalancer(config: LoadBalancerConfig, key: string, faults: Faults): void {
  checkPrivateZone(config, key, faults);
  faults.check({
    about: [[key, "domainName"]],
    holds: config.hostName === undefined || config.domainName === undefined,
    path: [key, "hostName"],
    found: config.hostName,
    must: "must be left out beside domainName, which is the name already",
  });
  checkAddresses(config, key, faults);
  checkTransport(config, key, faults);
  const parts = ["certificateArn", "domainName", "hostedZoneId"] as const;
  const given = parts.filter((part) => config[part] !== undefined).join(", ");
  if (["certificateArn", "domainName, hostedZoneId"].includes(given)) return;
  if (parts.some((part) => faults.touches([key, part]))) return;
  const found = given === "" ? "no certificate" : given.replace(/, ([^,]*)$/, " and $1");
  faults.add([key], `${found}, must have either certificateArn, or domainName and hostedZoneId`);
}

/** What needs something that the rest of the stack does not have. */
function checkAddresses(
  { ipAddressType, zonalAutoshift }: LoadBalancerConfig,
  key: string,
  faults: Faults,
): void {
  faults.check({
    about: [],
    holds: ipAddressType === "ipv4",
    path: [key, "ipAddressType"],
    found: ipAddressType,
    must: 'must be "ipv4": the subnets of a stack have no IPv6 addresses',
  });
  const { blockedWindows, allowedWindows } = zonalAutoshift;
  faults.check({
    about: [[key, "zonalAutoshift", "blockedWindows"]],
    holds: blockedWindows.length === 0 || allowedWindows.length === 0,
    path: [key, "zonalAutoshift", "allowedWindows"],
    found: allowedWindows,
    must: "must be left out beside blockedWindows",
  });
}

/** Checks that AWS takes every alarm a practice run is to be judged by: one of the load balancer and one an endpoint. */
export function checkPracticeAlarms(
  { zonalAutoshift }: LoadBalancerConfig,
  services: StackConfig["services"],
  key: string,
  faults: Faults,
): void {
  const endpoints = Object.values(services).flatMap((service) => Object.keys(service.endpoints)).length;
  const room = mostPracticeAlarms - 1;
  faults.check({
    about: [],
    holds: zonalAutoshift.mode === "off" || endpoints <= room,
    path: [key, "zonalAutoshift", "mode"],
    found: zonalAutoshift.mode,
    must: `must be "off" with more than ${room} endpoints, of which there are ${endpoints}: AWS watches ${mostPracticeAlarms} alarms, one of them the load balancer's`,
  });
}
