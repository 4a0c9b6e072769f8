/** One of the groups of rules that AWS keeps for AWS WAF, without a fee of its own. */
export interface ManagedRuleGroup {
  /** What AWS calls it. */
  readonly name: string;
  /** What it is called in the web ACL and its metrics. */
  readonly rule: string;
  /** Web ACL capacity units it takes, as AWS publishes them. */
  readonly capacity: number;
  /** Whether AWS keeps versions of it. The lists of addresses have none. */
  readonly versioned: boolean;
}

function group(name: string, rule: string, capacity: number, versioned = true): ManagedRuleGroup {
  return { name: `AWSManagedRules${name}`, rule, capacity, versioned };
}

/**
 * The groups in the order of their rules: what is cheap to decide and seldom wrong comes first.
 *
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-use-case.html
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-ip-rep.html
 */
export const managedRuleGroups = {
  ipReputation: group("AmazonIpReputationList", "ip-reputation", 25, false),
  anonymousIp: group("AnonymousIpList", "anonymous-ip", 50, false),
  knownBadInputs: group("KnownBadInputsRuleSet", "known-bad-inputs", 200),
  common: group("CommonRuleSet", "common", 700),
  sqlInjection: group("SQLiRuleSet", "sql-injection", 200),
  adminProtection: group("AdminProtectionRuleSet", "admin-protection", 100),
  linux: group("LinuxRuleSet", "linux", 200),
  posix: group("UnixRuleSet", "posix", 100),
  windows: group("WindowsRuleSet", "windows", 200),
  php: group("PHPRuleSet", "php", 100),
  wordPress: group("WordPressRuleSet", "word-press", 100),
} as const;

/** The short name of a group. */
export type ManagedRuleGroupKey = keyof typeof managedRuleGroups;

/** All short names, in the order of their rules. */
export const managedRuleGroupKeys = Object.keys(managedRuleGroups) as ManagedRuleGroupKey[];

/** Groups that are on unless somebody says otherwise. */
export const usualRuleGroups: readonly ManagedRuleGroupKey[] = [
  "ipReputation",
  "knownBadInputs",
  "common",
  "sqlInjection",
];
