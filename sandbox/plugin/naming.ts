import { type AutoName, type Failure, isSet } from "../model/kind";
import { kinds } from "../model/kinds/kinds";
import { type Bag, isUnknown } from "../values";

/** What Pulumi proposes for a physical name. */
export interface Autonaming {
  readonly proposedName: string;
  readonly mode: "propose" | "enforce" | "disable";
}

/** What a name is made from. */
export interface Unnamed {
  readonly type: string;
  /** What the program asked for last time; empty for a new resource. */
  readonly olds: Bag;
  readonly news: Bag;
  readonly autonaming?: Autonaming;
}

/** Properties the provider notes it has filled in; `undefined` where it took no note. */
export function defaultsOf({ __defaults: noted }: Bag): ReadonlySet<string> | undefined {
  return Array.isArray(noted) ? new Set(noted.map(String)) : undefined;
}

/**
 * The physical name where the program leaves it to Pulumi and it is not for the provider to make one up: the name it
 * has, or the one that is proposed.
 */
export function nameOf({ type, olds, news, autonaming }: Unnamed): { name: Bag; failures: Failure[] } {
  const rule = kinds[type]?.autoName;
  if (!rule || isSet(news[rule.property]) || (rule.unless !== undefined && isSet(news[rule.unless]))) {
    return { name: {}, failures: [] };
  }
  const former = olds[rule.property];
  const wasMade = defaultsOf(olds)?.has(rule.property) ?? true;
  if (wasMade && isSet(former) && !isUnknown(former)) {
    return { name: { [rule.property]: former }, failures: [] };
  }
  return autonaming === undefined ? { name: {}, failures: [] } : proposed(rule, autonaming);
}

/** What the project's configuration makes of a name. */
function proposed(rule: AutoName, { proposedName, mode }: Autonaming): { name: Bag; failures: Failure[] } {
  const { property, max, lowerCase = false, prefix = "" } = rule;
  if (mode === "disable") {
    const reason = "automatic naming is disabled but no explicit name was provided";
    return { name: {}, failures: [{ property, reason }] };
  }
  if (mode === "enforce") return { name: { [property]: proposedName }, failures: [] };
  const cased = lowerCase ? proposedName.toLowerCase() : proposedName;
  const name = cased.startsWith(prefix) ? cased : prefix + cased;
  if (name.length <= max) return { name: { [property]: name }, failures: [] };
  const reason = `calculated name '${name}' exceeds maximum length of ${max}`;
  return { name: {}, failures: [{ property, reason }] };
}

/**
 * Whether the new resource may have the name of the old one, which has to go first then: when the program gives a name.
 * The provider does not look at whether it stays the same.
 */
export function isNamed(type: string, news: Bag): boolean {
  const property = kinds[type]?.autoName?.property;
  if (property === undefined || !isSet(news[property])) return false;
  return !(defaultsOf(news)?.has(property) ?? true);
}
