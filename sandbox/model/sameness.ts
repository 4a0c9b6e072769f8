import { type Bag, holdsUnknown, isBag, type Value } from "../values";
import { isSet } from "./kind";

/** Whether two values are the same whatever order their properties stand in; an unknown one is never the same. */
export function same(a: Value | undefined, b: Value | undefined): boolean {
  if (!isSet(a) || !isSet(b)) return !isSet(a) && !isSet(b);
  if (holdsUnknown(a) || holdsUnknown(b)) return false;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => same(item, b[index]));
  }
  if (!isBag(a) || !isBag(b)) return a === b;
  return changed(a, b).length === 0;
}

/** Names of the properties that differ. */
export function changed(before: Bag, after: Bag): string[] {
  const properties = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...properties].filter((property) => !same(before[property], after[property]));
}
