import type { wafv2 } from "@pulumi/aws/types/input";
import type * as pulumi from "@pulumi/pulumi";
import type { AddressList } from "../lib/address-list";
import { type ManagedRuleGroupKey, managedRuleGroupKeys } from "../lib/managed-rule-groups";
import type { ForwardedIp } from "./forwarded-ip";
import type { UsedGroup } from "./managed-groups";
import { FirewallMode } from "./mode";
import type { OriginHeader } from "./origin-header";
import type { RateLimit } from "./rate-limit";
import { addressIn, headerIs, oneOf, type Priced, pathIs, rateUnits, type Statement } from "./statements";

/** What a web firewall does, with every default in place. */
export interface FirewallPlan {
  /** What its metrics are called, and what those of its rules begin with. */
  readonly metric: string;
  readonly mode: FirewallMode;
  readonly originHeader: OriginHeader | undefined;
  readonly allowed: AddressList;
  readonly blocked: AddressList;
  readonly rateLimit: RateLimit | undefined;
  readonly groups: UsedGroup[];
  readonly forwarded: ForwardedIp | undefined;
}

/** IP sets that hold the addresses of a list, by their ARNs. */
export interface SetArns {
  readonly allowed: pulumi.Input<string>[];
  readonly blocked: pulumi.Input<string>[];
}

/** A rule of the web ACL, and the units of capacity it takes at most. */
export interface PricedRule {
  readonly rule: wafv2.WebAclRule;
  readonly capacity: number;
}

/** What a rule is called and when its turn is. */
interface Place {
  readonly name: string;
  readonly priority: number;
}

/** Names of the texts that blocked requests are answered with. */
export const responses = { forbidden: "forbidden", tooMany: "too-many-requests" } as const;

/**
 * The turns of the rules, with room for others between them: who may come at all, who is let through unseen, who is turned
 * away, who comes too often, and then what is wrong with the request.
 */
const places = {
  originHeader: { name: "origin-header", priority: 0 },
  allowList: { name: "allow-list", priority: 10 },
  blockList: { name: "block-list", priority: 20 },
  rateLimit: { name: "rate-limit", priority: 30 },
} as const;

const firstGroup = 100;
const step = 10;

function placeOfGroup(key: ManagedRuleGroupKey, name: string): Place {
  return { name, priority: firstGroup + step * managedRuleGroupKeys.indexOf(key) };
}

/** The rules in the order of their turns. */
export function firewallRules(plan: FirewallPlan, arns: SetArns): PricedRule[] {
  return [
    originRule(plan),
    allowRule(plan, arns.allowed),
    blockRule(plan, arns.blocked),
    rateRule(plan),
    ...plan.groups.map((group) => groupRule(plan, group)),
  ].filter((rule) => rule !== undefined);
}

function ruleAt(
  { metric }: FirewallPlan,
  { name, priority }: Place,
  { statement, capacity }: Priced<Statement>,
  act: Pick<wafv2.WebAclRule, "action" | "overrideAction">,
): PricedRule {
  const visibilityConfig = {
    cloudwatchMetricsEnabled: true,
    metricName: `${metric}-${name}`,
    sampledRequestsEnabled: true,
  };
  return { rule: { name, priority, ...act, statement, visibilityConfig }, capacity };
}

/** What is done in earnest, and in a trial. */
function actionOf(
  plan: FirewallPlan,
  block: wafv2.WebAclRuleActionBlock,
): { action: wafv2.WebAclRuleAction } {
  return { action: plan.mode === FirewallMode.Count ? { count: {} } : { block } };
}

/** Turns away whoever does not bring the secret header, in a trial too: it is a lock, no guess. */
function originRule(plan: FirewallPlan): PricedRule | undefined {
  if (!plan.originHeader) return undefined;
  const { name, values } = plan.originHeader;
  const known = either(values.map((value) => headerIs(name, value)));
  if (!known) return undefined;
  const { statement, capacity } = known;
  const customResponse = { responseCode: 403, customResponseBodyKey: responses.forbidden };
  const without = { statement: { notStatement: { statement } }, capacity };
  return ruleAt(plan, places.originHeader, without, { action: { block: { customResponse } } });
}

function either(priced: readonly Priced<Statement>[]): Priced<Statement> | undefined {
  return oneOf(priced, (statements) => ({ orStatement: { statements } }));
}

function allowRule(plan: FirewallPlan, arns: readonly pulumi.Input<string>[]): PricedRule | undefined {
  // A header without a valid address must not open the door.
  const listed = either(arns.map((arn) => addressIn(arn, plan.forwarded, "NO_MATCH")));
  return listed && ruleAt(plan, places.allowList, listed, { action: { allow: {} } });
}

function blockRule(plan: FirewallPlan, arns: readonly pulumi.Input<string>[]): PricedRule | undefined {
  const fallback = plan.forwarded?.fallbackBehavior ?? "MATCH";
  const listed = either(arns.map((arn) => addressIn(arn, plan.forwarded, fallback)));
  return listed && ruleAt(plan, places.blockList, listed, actionOf(plan, {}));
}

function rateRule(plan: FirewallPlan): PricedRule | undefined {
  const { rateLimit, forwarded } = plan;
  if (!rateLimit) return undefined;
  const { requests, windowSeconds, excludedPaths, action } = rateLimit;
  const excluded = oneOf(excludedPaths.map(pathIs), (statements) => ({ orStatement: { statements } }));
  const scope = excluded && {
    scopeDownStatement: { notStatement: { statement: excluded.statement } },
  };
  const rateBasedStatement = {
    limit: requests,
    evaluationWindowSec: windowSeconds,
    ...keyOf(forwarded),
    ...scope,
  };
  const capacity = rateUnits + (excluded?.capacity ?? 0);
  const customResponse = {
    responseCode: 429,
    customResponseBodyKey: responses.tooMany,
    responseHeaders: [{ name: "Retry-After", value: `${windowSeconds}` }],
  };
  const act = action === "count" ? { action: { count: {} } } : actionOf(plan, { customResponse });
  return ruleAt(plan, places.rateLimit, { statement: { rateBasedStatement }, capacity }, act);
}

/** Whose requests are counted together. */
function keyOf(
  forwarded: ForwardedIp | undefined,
): Pick<wafv2.WebAclRuleStatementRateBasedStatement, "aggregateKeyType" | "forwardedIpConfig"> {
  if (!forwarded) return { aggregateKeyType: "IP" };
  const { headerName, fallbackBehavior } = forwarded;
  return { aggregateKeyType: "FORWARDED_IP", forwardedIpConfig: { headerName, fallbackBehavior } };
}

function groupRule(plan: FirewallPlan, { key, group, action, version, countRules }: UsedGroup): PricedRule {
  const managedRuleGroupStatement = {
    vendorName: "AWS",
    name: group.name,
    ...(version === undefined ? {} : { version }),
    ...(countRules.length === 0
      ? {}
      : { ruleActionOverrides: countRules.map((name) => ({ name, actionToUse: { count: {} } })) }),
  };
  const counts = action === "count" || plan.mode === FirewallMode.Count;
  const overrideAction = counts ? { count: {} } : { none: {} };
  const priced = { statement: { managedRuleGroupStatement }, capacity: group.capacity };
  return ruleAt(plan, placeOfGroup(key, group.rule), priced, { overrideAction });
}
