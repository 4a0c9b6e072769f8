import { type Bag, isBag, isUnknown, join, knownNumber, knownText, type Value } from "../values";
import { type Failure, isSet, type Subject } from "./kind";

/** Looks at one thing about a resource. */
export type Check = (subject: Subject) => Iterable<Failure>;

/** Several checks as one. */
export function all(...checks: readonly Check[]): Check {
  return function* (subject) {
    for (const check of checks) yield* check(subject);
  };
}

/** A value and where it was found. */
export interface Found {
  readonly path: string;
  readonly value: Value;
}

const steps = new Map<string, readonly string[]>();

function stepsOf(path: string): readonly string[] {
  const known = steps.get(path) ?? path.split(".");
  steps.set(path, known);
  return known;
}

/** What stands at `healthCheck.interval` or, in every member of a list, at `conditions.hostHeader.values`. */
export function at(inputs: Bag, path: string): readonly Found[] {
  const found: Found[] = [];
  collect(inputs, stepsOf(path), "", found);
  return found;
}

// Every resource is looked at in dozens of places, most of which it does not have.
function collect(
  value: Value | undefined,
  keys: readonly string[],
  place: string,
  found: Found[],
  depth = 0,
): void {
  if (!isSet(value)) return;
  const key = keys[depth];
  if (key === undefined) found.push({ path: place, value });
  else if (Array.isArray(value)) {
    value.forEach((item, index) => {
      collect(item, keys, join(place, index), found, depth);
    });
  } else if (isBag(value) && isSet(value[key])) collect(value[key], keys, join(place, key), found, depth + 1);
}

/** The known texts at a path, those in lists one by one. */
export function textsAt(inputs: Bag, path: string): readonly { path: string; text: string }[] {
  return at(inputs, path).flatMap(({ path: place, value }) => {
    const listed = Array.isArray(value);
    return (listed ? value : [value]).flatMap((item, index) => {
      const text = knownText(item);
      return text === undefined ? [] : [{ path: listed ? join(place, index) : place, text }];
    });
  });
}

/** The provider's name of a property: `vpcId` is `vpc_id`. */
export function argumentName(path: string): string {
  const last = path.split(".").pop() ?? path;
  return last.replace(/\[.*$/, "").replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** A number within bounds. Texts that hold numbers count: the provider reads them. */
export function range(path: string, min: number, max: number): Check {
  return function* ({ inputs }) {
    for (const found of at(inputs, path)) {
      const value =
        typeof found.value === "string" && !isUnknown(found.value) ? Number(found.value) : found.value;
      const number = knownNumber(value);
      if (number === undefined || (number >= min && number <= max)) continue;
      const reason = `expected ${argumentName(path)} to be in the range (${min} - ${max}), got ${number}`;
      yield { property: found.path, reason };
    }
  };
}

/** A number, or one of a few apart from the range. */
export function rangeOr(path: string, others: readonly number[], min: number, max: number): Check {
  const inRange = range(path, min, max);
  return function* (subject) {
    for (const failure of inRange(subject)) {
      const found = at(subject.inputs, path).find((item) => item.path === failure.property);
      if (!others.includes(Number(found?.value))) yield failure;
    }
  };
}

/** One of a closed set of texts. */
export function oneOf(path: string, ...allowed: readonly string[]): Check {
  return function* ({ inputs }) {
    for (const { path: property, text } of textsAt(inputs, path)) {
      if (allowed.includes(text)) continue;
      const list = allowed.map((item) => JSON.stringify(item)).join(" ");
      yield { property, reason: `expected ${argumentName(path)} to be one of [${list}], got ${text}` };
    }
  };
}

/** A text of a certain form. */
export function pattern(path: string, form: RegExp, reason: (text: string) => string): Check {
  return function* ({ inputs }) {
    for (const { path: property, text } of textsAt(inputs, path)) {
      if (!form.test(text)) yield { property, reason: reason(text) };
    }
  };
}

/** Texts of a length within bounds. */
export function lengths(path: string, min: number, max: number): Check {
  return function* ({ inputs }) {
    for (const { path: property, text } of textsAt(inputs, path)) {
      if (text.length >= min && text.length <= max) continue;
      const reason = `expected length of ${argumentName(path)} to be in the range (${min} - ${max}), got ${text.length}`;
      yield { property, reason };
    }
  };
}

/** A text no longer than AWS takes. */
export function longest(path: string, max: number): Check {
  return function* ({ inputs }) {
    for (const { path: property, text } of textsAt(inputs, path)) {
      if (text.length <= max) continue;
      const reason = `"${argumentName(path)}" cannot be longer than ${max} characters, got ${text.length}`;
      yield { property, reason };
    }
  };
}

/** Exactly one of several properties. */
export function exactlyOne(...properties: readonly string[]): Check {
  return function* ({ inputs }) {
    const set = properties.filter((property) => isSet(inputs[property]));
    const names = properties.map(argumentName).join(",");
    if (set.length === 0) yield { reason: `one of \`${names}\` must be specified` };
    const [first] = set;
    if (set.length > 1 && first !== undefined) {
      const found = set.map(argumentName).join(",");
      yield {
        property: first,
        reason: `only one of \`${names}\` can be specified, but \`${found}\` were specified`,
      };
    }
  };
}

/** Not both of two properties. */
export function notBoth(first: string, second: string): Check {
  return function* ({ inputs }) {
    if (!isSet(inputs[first]) || !isSet(inputs[second])) return;
    yield { property: first, reason: `"${argumentName(first)}": conflicts with ${argumentName(second)}` };
  };
}

/** An ARN. */
export function isArn(text: string): boolean {
  return /^arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:(\d{12}|aws)?:.+$/.test(text);
}

/** ARNs, where AWS takes nothing else. */
export function arns(path: string): Check {
  return function* ({ inputs }) {
    for (const { path: property, text } of textsAt(inputs, path)) {
      if (isArn(text)) continue;
      yield { property, reason: `"${argumentName(path)}" (${text}) is an invalid ARN: arn: invalid prefix` };
    }
  };
}

/**
 * Another resource of the type has the same physical name: in AWS the second creation fails.
 *
 * @param placeOf Where a name can be taken once: the region, for most.
 */
export function uniqueName(
  property: string,
  reason: (name: string) => string,
  placeOf: (subject: Subject) => string = ({ region }) => region,
): Check {
  const keysOf = (subject: Subject) => {
    const name = knownText(subject.inputs[property]);
    return name === undefined ? [] : [`${placeOf(subject)} ${name}`];
  };
  return function* (subject) {
    if (subject.world.occupants(subject, keysOf).length === 0) return;
    yield { property, reason: reason(String(subject.inputs[property])) };
  };
}
