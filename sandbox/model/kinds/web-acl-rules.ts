import { type Bag, bags, holdsUnknown, isBag, isUnknown, knownNumber, type Value } from "../../values";
import { all, at, type Check, oneOf, pattern, range } from "../checks";
import { type Failure, isSet } from "../kind";
import { capacityOf } from "../web-acl-capacity";

/** What AWS WAF says of a parameter it does not take. */
export function invalid(property: string, why: string, field: string, parameter: unknown): Failure {
  const reason = `WAFInvalidParameterException: Error reason: ${why}, field: ${field}, parameter: ${parameter}`;
  return { property, reason };
}

const notOne = "You have used none or multiple values for a field that requires exactly one value.";
function chosen(choice: Value | undefined, ...names: readonly string[]): number {
  return isBag(choice) ? names.filter((name) => isSet(choice[name])).length : 0;
}

const oneDefault: Check = function* ({ inputs: { defaultAction } }) {
  if (isUnknown(defaultAction) || chosen(defaultAction, "allow", "block") === 1) return;
  yield invalid("defaultAction", notOne, "DEFAULT_ACTION", "DefaultAction");
};

/** Rules that have the same turn or the same name. */
const apart: Check = function* ({ inputs }) {
  const rules = Array.isArray(inputs.rules) ? inputs.rules : [];
  for (const member of ["priority", "name"] as const) {
    const seen = new Set<Value>();
    for (const [index, rule] of rules.entries()) {
      const value = isBag(rule) ? rule[member] : undefined;
      if (!isSet(value) || isUnknown(value)) continue;
      const why = `Your rules have the same ${member}. Each rule in a web ACL must have a unique one.`;
      if (seen.has(value)) yield invalid(`rules[${index}].${member}`, why, "RULE", value);
      seen.add(value);
    }
  }
};

const groups = ["managedRuleGroupStatement", "ruleGroupReferenceStatement"];

/** A rule has one statement, and an action of its own or, if it calls a group, an override. */
function* ruleFaults(rule: Bag, property: string): Iterable<Failure> {
  const { statement, action, overrideAction } = rule;
  if (!isBag(statement)) return;
  const kinds = Object.keys(statement).filter((kind) => isSet(statement[kind]));
  if (kinds.length !== 1) yield invalid(`${property}.statement`, notOne, "STATEMENT", "Statement");
  const calls = kinds.some((kind) => groups.includes(kind));
  const right = calls ? overrideAction : action;
  const wrong = calls ? action : overrideAction;
  if (!isSet(right) || isSet(wrong)) yield invalid(property, notOne, "RULE", "Rule");
  yield* rateFaults(statement.rateBasedStatement, `${property}.statement.rateBasedStatement`);
}

function* rateFaults(rate: Value | undefined, property: string): Iterable<Failure> {
  if (!isBag(rate)) return;
  const seconds = knownNumber(rate.evaluationWindowSec);
  if (seconds !== undefined && ![60, 120, 300, 600].includes(seconds)) {
    const reason = `expected evaluation_window_sec to be one of [60 120 300 600], got ${seconds}`;
    yield { property: `${property}.evaluationWindowSec`, reason };
  }
  const forwarded = rate.aggregateKeyType === "FORWARDED_IP";
  if (forwarded !== isSet(rate.forwardedIpConfig) && !isUnknown(rate.aggregateKeyType)) {
    yield invalid(property, notOne, "FORWARDED_IP_CONFIG", "ForwardedIPConfig");
  }
}

const wholeRules: Check = function* ({ inputs }) {
  const rules = Array.isArray(inputs.rules) ? inputs.rules : [];
  for (const [index, rule] of rules.entries()) {
    if (isBag(rule)) yield* ruleFaults(rule, `rules[${index}]`);
  }
};

/** Answers that rules name have to be there. */
const answers: Check = function* ({ inputs }) {
  if (holdsUnknown(inputs.customResponseBodies)) return;
  const keys = bags(inputs.customResponseBodies).map(({ key }) => key);
  for (const { path, value } of at(inputs, "rules.action.block.customResponse.customResponseBodyKey")) {
    if (isUnknown(value) || keys.includes(value)) continue;
    const why = "The referenced custom response body doesn't exist.";
    yield invalid(path, why, "CUSTOM_RESPONSE_BODY_KEY", value);
  }
};

/** https://docs.aws.amazon.com/waf/latest/developerguide/aws-waf-capacity-units.html */
const mostCapacity = 5000;

const capacity: Check = function* ({ inputs }) {
  const units = capacityOf(inputs.rules);
  if (units <= mostCapacity) return;
  const reason = `WAFLimitsExceededException: AWS WAF couldn't perform the operation because you exceeded your resource limit: the rules take ${units} web ACL capacity units, the limit is ${mostCapacity}`;
  yield { property: "rules", reason };
};

const metricName = (path: string) =>
  pattern(path, /^[\w#:./-]{1,128}$/, (text) => `invalid value for metric_name: ${text}`);

/** What AWS WAF wants of the rules in a web ACL, and of what it does with the rest. */
export const soundRules: Check = all(
  oneDefault,
  apart,
  wholeRules,
  range("rules.statement.rateBasedStatement.limit", 10, 2_000_000_000),
  oneOf(
    "rules.statement.rateBasedStatement.aggregateKeyType",
    "IP",
    "FORWARDED_IP",
    "CUSTOM_KEYS",
    "CONSTANT",
  ),
  metricName("visibilityConfig.metricName"),
  metricName("rules.visibilityConfig.metricName"),
  answers,
  capacity,
);
