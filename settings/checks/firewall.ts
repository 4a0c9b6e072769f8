import { originHeaderValue, originHeaderValueForm } from "../../components/lib/firewall-limits";
import { originFacingEntries, rulesFor } from "../../components/lib/origin-lockdown";
import { type Faults, type Path, secretPlaceholder } from "../faults";
import type { LoadBalancerConfig } from "../schema/load-balancer";

/** Checks what stands before a load balancer: the secret, whose web ACL it is, and whether its rules fit. */
export function checkFirewall(
  config: LoadBalancerConfig,
  key: string,
  encrypted: boolean,
  faults: Faults,
): void {
  checkSecrets(config, key, encrypted, faults);
  checkOwner(config, key, faults);
  checkSources(config, key, faults);
}

/** No message shows a value: it may have been meant to be a secret. */
function checkSecrets(
  { originLockdown }: LoadBalancerConfig,
  key: string,
  encrypted: boolean,
  faults: Faults,
): void {
  for (const member of ["headerValue", "formerHeaderValue"] as const) {
    const path: Path = [key, "originLockdown", member];
    const value = originLockdown?.[member];
    if (value === undefined || faults.touches(path)) continue;
    if (!encrypted) faults.add(path, "plain text, must be encrypted: set it with --secret");
    else if (value !== secretPlaceholder && !originHeaderValue.test(value)) {
      faults.add(path, `${secretPlaceholder}, must be ${originHeaderValueForm}`);
    }
  }
}

function checkOwner({ firewall, originLockdown }: LoadBalancerConfig, key: string, faults: Faults): void {
  const path: Path = [key, "firewall", "webAclArn"];
  const given = firewall.webAclArn !== undefined;
  faults.check({
    about: [path, [key, "originLockdown"]],
    holds: !given || originLockdown === undefined,
    path,
    found: firewall.webAclArn,
    must: "must be left out beside originLockdown, whose header the stack's own web ACL checks",
  });
  faults.check({
    about: [path, [key, "firewall", "mode"]],
    holds: !given || firewall.mode === undefined || firewall.mode === "off",
    path: [key, "firewall", "mode"],
    found: firewall.mode,
    must: 'must be "off" or left out beside webAclArn',
  });
}

function checkSources(config: LoadBalancerConfig, key: string, faults: Faults): void {
  const { ingressCidrBlocks = [], ingressSecurityGroups, ingressPrefixLists, ingressRuleQuota } = config;
  const lockdown = config.originLockdown !== undefined;
  const open = ingressCidrBlocks.findIndex((block) => block.endsWith("/0"));
  faults.check({
    about: [[key, "ingressCidrBlocks"]],
    holds: !lockdown || open < 0,
    path: [key, "ingressCidrBlocks", open],
    found: ingressCidrBlocks[open],
    must: "must not be the whole internet beside originLockdown",
  });
  const rules = rulesFor({
    cidrBlocks: ingressCidrBlocks.length,
    securityGroups: Object.keys(ingressSecurityGroups).length,
    listEntries: Object.values(ingressPrefixLists).map(({ maxEntries }) => maxEntries),
    lockdownEntries: lockdown ? originFacingEntries : undefined,
  });
  const sources = ["ingressCidrBlocks", "ingressSecurityGroups", "ingressPrefixLists", "ingressRuleQuota"];
  faults.check({
    about: sources.map((source): Path => [key, source]),
    holds: rules <= ingressRuleQuota,
    path: [key, "ingressRuleQuota"],
    found: ingressRuleQuota,
    must: `must be ${rules} or more for these sources`,
  });
}
