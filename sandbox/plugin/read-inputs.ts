import { type Bag, isBag, type Value } from "../values";
import { type Facts, meansTheSame } from "./differences";

/**
 * What a program would have asked for, had it made a resource as it is now: the properties it has asked for, with what is
 * there. What means the same as before stays as it was written.
 */
export function inputsAsRead(former: Bag, outputs: Bag, facts: Facts): Bag {
  const read: Bag = {};
  for (const [property, value] of Object.entries(former)) {
    const now = outputs[property];
    const asWritten =
      property.startsWith("__") || now === undefined || meansTheSame(property, now, value, facts);
    const kept = asWritten ? value : narrowed(value, now);
    if (now !== undefined || property.startsWith("__")) read[property] = kept;
  }
  return read;
}

/** What there is, of an object only the members that were asked for. */
function narrowed(former: Value, now: Value): Value {
  if (Array.isArray(former) && Array.isArray(now)) {
    return now.map((item, index) => narrowed(former[index] ?? former[0] ?? item, item));
  }
  if (!isBag(former) || !isBag(now) || !Object.values(former).some((value) => typeof value === "object"))
    return now;
  return Object.fromEntries(
    Object.entries(former).flatMap(([key, value]) => {
      const current = now[key];
      return current === undefined ? [] : [[key, narrowed(value, current)]];
    }),
  );
}
