import { type Bag, isBag, join, memberOf, type Value } from "../values";
import { Mistake } from "./account-error";

/** A step into an object, by a name, or into a list, by a position from 0. */
export type Step = string | number;

const name = "[A-Za-z_][\\w-]*";
const index = "\\[\\d+\\]";
const key = '\\["(?:[^"\\\\]|\\\\.)*"\\]';
const whole = new RegExp(`^${name}(?:\\.${name}|${index}|${key})*$`);
const single = new RegExp(`${name}|${index}|${key}`, "g");

/** The steps of `tags.Name`, `routes[0].cidrBlock` or `tags["a.b"]`; `undefined` if the text is no property path. */
export function stepsOf(path: string): Step[] | undefined {
  if (!whole.test(path)) return undefined;
  try {
    // What stands in brackets is a number or a text as JSON has them.
    return (path.match(single) ?? []).map((part) =>
      part.startsWith("[") ? (JSON.parse(part.slice(1, -1)) as Step) : part,
    );
  } catch {
    return undefined;
  }
}

/** Whether what one path leads to is, or is inside of, what another leads to. */
export function isWithin(inner: string, outer: string): boolean {
  return inner.startsWith(outer) && /^([.[]|$)/.test(inner.slice(outer.length));
}

/** The steps as text. */
export function pathOf(steps: readonly Step[]): string {
  return steps.reduce<string>(join, "");
}

/** What stands at a path, if anything does. */
export function valueAt(value: Value | undefined, steps: readonly Step[]): Value | undefined {
  return steps.reduce<Value | undefined>(memberOf, value);
}

/** The properties with another value at a path; objects on the way that are missing are made. */
export function withValueAt(bag: Bag, steps: readonly Step[], value: Value): Bag {
  return changed(bag, steps, 0, () => value) as Bag;
}

/** The properties without what stands at a path. */
export function withoutValueAt(bag: Bag, steps: readonly Step[]): Bag {
  if (valueAt(bag, steps) === undefined) throw new Mistake(`${pathOf(steps)} is not set`);
  return changed(bag, steps, 0, () => undefined) as Bag;
}

/** The properties with what stands at a path, if anything does, made something else. */
export function withMappedAt(bag: Bag, steps: readonly Step[], map: (value: Value) => Value): Bag {
  const value = valueAt(bag, steps);
  return value === undefined ? bag : withValueAt(bag, steps, map(value));
}

type Change = (former: Value | undefined) => Value | undefined;

function changed(
  value: Value | undefined,
  steps: readonly Step[],
  depth: number,
  change: Change,
): Value | undefined {
  const key = steps[depth];
  if (key === undefined) return change(value);
  return typeof key === "number"
    ? inList(value, key, steps, depth, change)
    : inBag(value ?? {}, key, steps, depth, change);
}

function inBag(value: Value, key: string, steps: readonly Step[], depth: number, change: Change): Value {
  if (!isBag(value)) throw new Mistake(`${placeOf(steps, depth)} is no object, it has no "${key}"`);
  const inner = changed(Object.hasOwn(value, key) ? value[key] : undefined, steps, depth + 1, change);
  const { [key]: _former, ...others } = value;
  return inner === undefined ? others : { ...value, [key]: inner };
}

function inList(
  value: Value | undefined,
  index: number,
  steps: readonly Step[],
  depth: number,
  change: Change,
): Value {
  const list = value ?? [];
  if (!Array.isArray(list)) throw new Mistake(`${placeOf(steps, depth)} is no list, it has no [${index}]`);
  if (index > list.length) {
    throw new Mistake(
      `${placeOf(steps, depth)} has ${list.length} members: [${index}] is beyond the next free place`,
    );
  }
  const inner = changed(list[index], steps, depth + 1, change);
  const put = inner === undefined ? [] : [inner];
  return [...list.slice(0, index), ...put, ...list.slice(index + 1)];
}

function placeOf(steps: readonly Step[], depth: number): string {
  return pathOf(steps.slice(0, depth));
}
