import { type Bag, isBag, type Value } from "../values";

/** Whether two JSON texts say the same; what is no JSON says the same only as the same text. */
export function sameDocument(property: string, one: Value, other: Value): boolean {
  if (one === other) return true;
  const sorted = /policy$/i.test(property) ? policy : document;
  const [first, second] = [parsed(one), parsed(other)];
  if (first === undefined || second === undefined) return false;
  return JSON.stringify(sorted(first)) === JSON.stringify(sorted(second));
}

function parsed(text: Value): Value | undefined {
  if (typeof text !== "string") return undefined;
  try {
    return JSON.parse(text) as Value;
  } catch {
    return undefined;
  }
}

function members(bag: Bag, of: (value: Value) => Value): Bag {
  const sorted = Object.entries(bag).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(sorted.map(([key, value]) => [key, of(value)]));
}

/** A document with its keys in order. */
function document(value: Value): Value {
  if (Array.isArray(value)) return value.map(document);
  return isBag(value) ? members(value, document) : value;
}

/** A policy, to which the order of a list means nothing, and a list of one is what it holds. */
function policy(value: Value): Value {
  if (isBag(value)) return members(value, policy);
  if (!Array.isArray(value)) return value;
  const [first, ...others] = value.map(policy).sort((one, other) => {
    const [left, right] = [JSON.stringify(one), JSON.stringify(other)];
    return left < right ? -1 : Number(left > right);
  });
  if (first === undefined) return [];
  return others.length === 0 ? first : [first, ...others];
}
