/** What becomes of a request that a rule matches. */
export const RuleAction = {
  /** It is turned away. */
  Block: "block",
  /** It is counted, logged and let through. */
  Count: "count",
  /** There is no such rule. */
  Off: "off",
} as const;
export type RuleAction = (typeof RuleAction)[keyof typeof RuleAction];

/** Whether a web firewall acts. */
export const FirewallMode = {
  /** Each rule does what it says. */
  Block: "block",
  /** A trial: what would be turned away is counted, logged and let through. */
  Count: "count",
} as const;
export type FirewallMode = (typeof FirewallMode)[keyof typeof FirewallMode];
