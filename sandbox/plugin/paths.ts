import { type Bag, isBag, type Value } from "../values";

/** A property path, step by step; `*` stands for every member. */
export type Steps = readonly (string | number)[];

/** Takes apart `tags.Name`, `routes[0].cidr`, `tags["a.b"]` or `tags.*`. */
export function stepsOf(path: string): Steps {
  const found = path.match(/[^.[\]"]+|"(?:[^"\\]|\\.)*"/g) ?? [];
  return found.map((step) => {
    if (step.startsWith('"')) return JSON.parse(step) as string;
    return /^\d+$/.test(step) ? Number(step) : step;
  });
}

/** Whether a place lies at or below another, which may hold wildcards. */
export function isUnder(place: Steps, other: Steps): boolean {
  return other.length <= place.length && other.every((step, index) => step === "*" || step === place[index]);
}

/** What stands at a place without wildcards. */
export function valueAt(root: Value | undefined, steps: Steps): Value | undefined {
  let value = root;
  for (const step of steps) {
    if (Array.isArray(value) && typeof step === "number") value = value[step];
    else if (isBag(value)) value = value[String(step)];
    else return undefined;
  }
  return value;
}

/** Properties in which what stands at a place, wherever it leads to, has been taken from others. */
export function takenOver(into: Bag, from: Bag, steps: Steps): Bag {
  return taken(into, from, steps) as Bag;
}

function taken(into: Value | undefined, from: Value | undefined, [step, ...rest]: Steps): Value | undefined {
  if (step === undefined) return from;
  if (step === "*") {
    const keys = isBag(into)
      ? [...new Set([...Object.keys(into), ...Object.keys(isBag(from) ? from : {})])]
      : [];
    const indexes = Array.isArray(into) ? [...into.keys()] : [];
    return [...keys, ...indexes].reduce<Value | undefined>(
      (value, key) => taken(value, from, [key, ...rest]),
      into,
    );
  }
  if (Array.isArray(into) && typeof step === "number") {
    if (step >= into.length) return into;
    const inner = taken(into[step], Array.isArray(from) ? from[step] : undefined, rest);
    return into.map((value, index) => (index === step ? (inner ?? null) : value));
  }
  if (!isBag(into)) return into;
  const key = String(step);
  const inner = taken(into[key], isBag(from) ? from[key] : undefined, rest);
  const { [key]: _, ...others } = into;
  return inner === undefined ? others : { ...others, [key]: inner };
}
