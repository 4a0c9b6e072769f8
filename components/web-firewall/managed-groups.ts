import { checkOneOf } from "../lib/closed-set";
import { groupRuleName, groupVersion } from "../lib/firewall-limits";
import {
  type ManagedRuleGroup,
  type ManagedRuleGroupKey,
  managedRuleGroupKeys,
  managedRuleGroups,
  usualRuleGroups,
} from "../lib/managed-rule-groups";
import type { Problems } from "../lib/problems";
import { RuleAction } from "./mode";

/** How one of AWS's groups of rules is used. */
export interface ManagedGroupArgs {
  /**
   * What becomes of the requests it matches.
   * @default as said for each group
   */
  readonly action?: RuleAction;
  /**
   * Version of the group, such as `Version_1.6`. Groups of addresses have none.
   * @default the one AWS recommends, which it changes
   */
  readonly version?: string;
  /**
   * Rules of the group that only count, by their exact names, such as `SizeRestrictions_BODY`. AWS says nothing of a name
   * it does not know.
   * @default none
   * @see https://docs.aws.amazon.com/waf/latest/APIReference/API_RuleActionOverride.html
   */
  readonly countRules?: string[];
}

/** AWS's groups of rules, without a fee of their own. */
export interface ManagedGroupsArgs {
  /**
   * Addresses that Amazon has seen attack. Behind a CDN it looks at the CDN's own.
   * @default action "block"
   */
  readonly ipReputation?: ManagedGroupArgs;
  /**
   * VPNs, proxies, Tor and hosting providers.
   * @default action "off"
   */
  readonly anonymousIp?: ManagedGroupArgs;
  /**
   * Requests that only an attack sends.
   * @default action "block"
   */
  readonly knownBadInputs?: ManagedGroupArgs;
  /**
   * Cross-site scripting, inclusion of files, and requests beyond the usual sizes: its `SizeRestrictions_BODY` turns away
   * every body above 8 KB.
   * @default action "block"
   */
  readonly common?: ManagedGroupArgs;
  /**
   * SQL injection.
   * @default action "block"
   */
  readonly sqlInjection?: ManagedGroupArgs;
  /**
   * Paths of administration pages that come with software.
   * @default action "off"
   */
  readonly adminProtection?: ManagedGroupArgs;
  /**
   * Files of Linux.
   * @default action "off"
   */
  readonly linux?: ManagedGroupArgs;
  /**
   * Files and commands of POSIX systems.
   * @default action "off"
   */
  readonly posix?: ManagedGroupArgs;
  /**
   * Commands of Windows.
   * @default action "off"
   */
  readonly windows?: ManagedGroupArgs;
  /**
   * Functions of PHP.
   * @default action "off"
   */
  readonly php?: ManagedGroupArgs;
  /**
   * WordPress.
   * @default action "off"
   */
  readonly wordPress?: ManagedGroupArgs;
}

/** A group of rules in use, with every default in place. */
export interface UsedGroup {
  readonly key: ManagedRuleGroupKey;
  readonly group: ManagedRuleGroup;
  readonly action: "block" | "count";
  readonly version: string | undefined;
  readonly countRules: string[];
}

/** Checks which groups are used and how, and settles the defaults. */
export function settleManagedGroups(args: ManagedGroupsArgs, problems: Problems): UsedGroup[] {
  return managedRuleGroupKeys.flatMap((key) => {
    const usual = usualRuleGroups.includes(key) ? RuleAction.Block : RuleAction.Off;
    const { action = usual, version, countRules = [] } = args[key] ?? {};
    const group = managedRuleGroups[key];
    const path = `managedGroups.${key}`;
    checkOneOf(RuleAction, action, `${path}.action`, problems);
    checkVersion(group, version, `${path}.version`, problems);
    checkCountRules(countRules, `${path}.countRules`, problems);
    return action === RuleAction.Off ? [] : [{ key, group, action, version, countRules }];
  });
}

function checkVersion(
  { name, versioned }: ManagedRuleGroup,
  version: string | undefined,
  path: string,
  problems: Problems,
): void {
  if (version === undefined) return;
  const found = JSON.stringify(version);
  if (!problems.unless(versioned, path, `must be left out: ${name} has no versions, got ${found}`)) return;
  problems.unless(groupVersion.test(version), path, `must be a version such as "Version_1.6", got ${found}`);
}

function checkCountRules(names: readonly string[], path: string, problems: Problems): void {
  for (const [index, name] of names.entries()) {
    const at = `${path}[${index}]`;
    const found = JSON.stringify(name);
    const reason = `must be the name of a rule such as "SizeRestrictions_BODY", got ${found}`;
    problems.unless(groupRuleName.test(name), at, reason);
    problems.unless(names.indexOf(name) === index, at, `must be named once, got ${found} again`);
  }
}
