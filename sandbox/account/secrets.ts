import { createHash } from "node:crypto";
import { type Bag, isBag, type Value } from "../values";
import { stepsOf, withMappedAt } from "./property-path";

const form = /^\[secret sha256:[0-9a-f]{64}\]$/;

function maskedText(text: string, salt: string): string {
  return `[secret sha256:${createHash("sha256").update(`${salt}${text}`).digest("hex")}]`;
}

/** Whether a text stands for a secret one. */
export function isMasked(value: unknown): boolean {
  return typeof value === "string" && form.test(value);
}

/** The value with a mask in the place of each text in it; a mask stays as it is. Numbers and truth are not masked. */
export function masked(value: Value, salt: string): Value {
  if (typeof value === "string") return isMasked(value) ? value : maskedText(value, salt);
  if (Array.isArray(value)) return value.map((item) => masked(item, salt));
  if (!isBag(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, masked(item, salt)]));
}

/** Whether a mask was made of this text. */
export function matches(mask: string, text: string, salt: string): boolean {
  return mask === maskedText(text, salt);
}

/** The properties with the texts at these paths masked. */
export function maskedAt(bag: Bag, paths: readonly string[], salt: string): Bag {
  return paths.reduce((left, path) => {
    const steps = stepsOf(path);
    return steps ? withMappedAt(left, steps, (value) => masked(value, salt)) : left;
  }, bag);
}

/** The value with each mask that was made of what is known at its place taken off. */
export function revealed(value: Value, known: Value | undefined, salt: string): Value {
  if (typeof value === "string") {
    return isMasked(value) && typeof known === "string" && matches(value, known, salt) ? known : value;
  }
  if (Array.isArray(value)) {
    return value.map((item, index) => revealed(item, Array.isArray(known) ? known[index] : undefined, salt));
  }
  if (!isBag(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      revealed(item, isBag(known) ? known[key] : undefined, salt),
    ]),
  );
}
