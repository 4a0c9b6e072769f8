import { isDeepStrictEqual } from "node:util";
import { type Bag, isBag, memberOf, type Value } from "../values";
import { isEmpty, meansTheSame } from "./differences";
import type { Facts } from "./facts";

/** Where the provider notes which properties it has filled in. */
const defaults = "__defaults";

/**
 * What a program would have asked for, had it made a resource as it is now: the properties it has asked for, at every
 * level, with what is there. What means the same as before stays as it was written; what is gone is left out, and
 * nothing is added that somebody else has put there. What has changed is no default any more.
 */
export function inputsAsRead(former: Bag, outputs: Bag, facts: Facts): Bag {
  return members(former, outputs, "", facts);
}

/** Properties of a resource nobody has asked for yet, as a program would have to write them: without what is empty or follows anyway. */
export function inputsAsImported(
  given: Bag,
  outputs: Bag,
  filledIn: Bag,
  required: (property: string) => boolean,
): Bag {
  const worthWriting = ([property, value]: [string, Value]) =>
    required(property) || !(isEmpty(value) || isDeepStrictEqual(value, memberOf(filledIn, property)));
  const now = Object.keys(given).map((property): [string, Value] => [
    property,
    memberOf(outputs, property) ?? given[property] ?? null,
  ]);
  return { ...Object.fromEntries(now.filter(worthWriting)), [defaults]: [] };
}

function members(former: Bag, now: Bag, plain: string, facts: Facts): Bag {
  const read = Object.entries(former).flatMap(([key, value]): [string, Value][] => {
    if (key === defaults) return [];
    const current = memberOf(now, key);
    if (current === undefined || current === null) return [];
    return [[key, valueAsRead(value, current, plain === "" ? key : `${plain}.${key}`, facts)]];
  });
  const same = new Set(read.flatMap(([key, value]) => (value === former[key] ? [key] : [])));
  const stillDefaults = Array.isArray(former[defaults])
    ? former[defaults].filter((key) => same.has(String(key)))
    : [];
  return { ...Object.fromEntries(read), ...(stillDefaults.length > 0 ? { [defaults]: stillDefaults } : {}) };
}

/** The value as it was written, that very one, if it still means what is there. */
function valueAsRead(former: Value, now: Value, plain: string, facts: Facts): Value {
  if (meansTheSame(plain, now, former, facts)) return former;
  if (Array.isArray(former) && Array.isArray(now)) return listAsRead(former, now, plain, facts);
  return isBag(former) && isBag(now) ? members(former, now, plain, facts) : now;
}

/** Members of a list by position, those of a set of objects that are still there; never more than there were. */
function listAsRead(former: readonly Value[], now: readonly Value[], plain: string, facts: Facts): Value[] {
  if (facts.sets.includes(plain) && former.some(isBag)) {
    return former.filter((value) => now.some((item) => meansTheSame(plain, item, value, facts)));
  }
  return now.slice(0, former.length).map((item, index) => {
    const value = former[index];
    return value === undefined ? item : valueAsRead(value, item, plain, facts);
  });
}
