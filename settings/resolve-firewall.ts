import { managedRuleGroupKeys } from "../components/lib/managed-rule-groups";
import type { EnvironmentDefaults } from "./environments";
import type { Conceal } from "./given";
import type { OriginLockdownConfig } from "./schema/firewall";
import type { LoadBalancerConfig } from "./schema/load-balancer";
import type { FirewallSettings, LoadBalancerSettings } from "./settings";

/** Whether a stack has a web firewall, and how it acts. */
function modeOf({ exposure, firewall }: LoadBalancerConfig, defaults: EnvironmentDefaults) {
  // Services that call each other share few addresses and are soon over a limit for one client.
  return firewall.mode ?? (exposure === "internet" ? defaults.firewall : "off");
}

function headerOf(lockdown: OriginLockdownConfig, conceal: Conceal): FirewallSettings["originHeader"] {
  const { headerName, headerValue, formerHeaderValue } = lockdown;
  const former = formerHeaderValue === undefined ? {} : { formerValue: conceal(formerHeaderValue) };
  return { name: headerName, value: conceal(headerValue), ...former };
}

/** The web firewall of a stack: none, all of it, or, where it is off, what checks the secret header alone. */
export function firewallOf(
  config: LoadBalancerConfig,
  defaults: EnvironmentDefaults,
  conceal: Conceal,
): Pick<LoadBalancerSettings, "firewall" | "webAclArn"> {
  const { firewall, originLockdown } = config;
  if (firewall.webAclArn !== undefined) return { webAclArn: conceal(firewall.webAclArn) };
  const mode = modeOf(config, defaults);
  const header = originLockdown && headerOf(originLockdown, conceal);
  if (mode === "off" && !header) return {};
  const { logs, maxCapacityUnits } = firewall;
  const always = { logs, maxCapacityUnits, ...(header && { originHeader: header }) };
  if (mode === "off") return { firewall: { ...nothing(), ...always } };
  const { rateLimit, managedGroups, allowCidrBlocks, blockCidrBlocks, forwardedIp } = firewall;
  const groups = Object.entries(managedGroups).map(([key, { version, ...group }]) => [
    key,
    { ...group, ...(version !== undefined && { version }) },
  ]);
  return {
    firewall: {
      mode,
      rateLimit,
      managedGroups: Object.fromEntries(groups),
      allowCidrBlocks,
      blockCidrBlocks,
      ...(forwardedIp && { forwardedIp }),
      ...always,
    },
  };
}

function nothing(): Omit<FirewallSettings, "logs" | "maxCapacityUnits"> {
  const off = { action: "off" } as const;
  return {
    mode: "block",
    rateLimit: off,
    managedGroups: Object.fromEntries(managedRuleGroupKeys.map((key) => [key, off])),
    allowCidrBlocks: [],
    blockCidrBlocks: [],
  };
}
