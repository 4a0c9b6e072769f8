import { type Bag, isBag, memberOf, type Value } from "../values";

/** A property path, step by step; `*` stands for every member. */
export type Steps = readonly (string | number)[];

/** Takes apart `tags.Name`, `routes[0].cidr`, `tags["a.b"]` or `tags.*`. */
export function stepsOf(path: string): Steps {
  const found = path.match(/[^.[\]"]+|"(?:[^"\\]|\\.)*"/g) ?? [];
  return found.map((step) => {
    if (step.startsWith('"')) return step.slice(1, -1).replace(/\\(.)/g, "$1");
    return /^\d+$/.test(step) ? Number(step) : step;
  });
}

/** The property a path starts at. */
export function propertyOf(path: string): string {
  return String(stepsOf(path)[0] ?? "");
}

/** Whether a place lies at or below another, which may hold wildcards. */
export function isUnder(place: Steps, other: Steps): boolean {
  return (
    other.length <= place.length &&
    other.every((step, index) => step === "*" || String(step) === String(place[index]))
  );
}

/**
 * Properties in which what stands at a place, wherever it leads to, has been taken from others. An element of a list is
 * taken only if both lists have it.
 */
export function takenOver(into: Bag, from: Bag, steps: Steps): Bag {
  return taken(into, from, steps) as Bag;
}

function taken(into: Value | undefined, from: Value | undefined, steps: Steps): Value | undefined {
  const [step, ...rest] = steps;
  if (step === undefined) return from;
  if (step === "*") {
    const places = Array.isArray(into) ? [...into.keys()] : namesIn(into, from);
    return places.reduce<Value | undefined>((value, place) => taken(value, from, [place, ...rest]), into);
  }
  if (Array.isArray(into)) return inList(into, from, step, rest);
  if (isBag(into)) return inBag(into, from, String(step), rest);
  if (into !== undefined || !isBag(from)) return into;
  const made = inBag({}, from, String(step), rest);
  return Object.keys(made).length > 0 ? made : into;
}

function namesIn(...values: readonly (Value | undefined)[]): string[] {
  return [...new Set(values.flatMap((value) => (isBag(value) ? Object.keys(value) : [])))];
}

function inList(into: Value[], from: Value | undefined, step: string | number, rest: Steps): Value[] {
  const both = Array.isArray(from) ? Math.min(from.length, into.length) : 0;
  if (typeof step !== "number" || step >= both) return into;
  const inner = taken(into[step], memberOf(from, step), rest);
  return into.map((value, index) => (index === step ? (inner ?? null) : value));
}

function inBag(into: Bag, from: Value | undefined, key: string, rest: Steps): Bag {
  const inner = taken(memberOf(into, key), memberOf(from, key), rest);
  const { [key]: _, ...others } = into;
  return inner === undefined ? others : { ...others, [key]: inner };
}
