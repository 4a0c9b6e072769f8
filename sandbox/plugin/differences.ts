import type { Changes } from "../model/type-changes";
import { type Bag, isBag, isUnknown, join, type Value } from "../values";

/** One place where what is wanted is not what there is. */
export interface Difference {
  /** `tags.Name`, `conditions[0].pathPattern`. */
  readonly path: string;
  readonly kind: "add" | "delete" | "update";
  /** Whether the provider makes the resource anew for it. */
  readonly replaces: boolean;
}

/** A resource as the last deployment or refresh left it. */
export interface Before {
  /** What the program asked for then. */
  readonly inputs: Bag;
  /** What was there then. */
  readonly outputs: Bag;
}

/** What has to be known of a resource type to compare. */
export interface Facts extends Changes {
  /** Properties that hold JSON texts, which may be written in several ways. */
  readonly json: readonly string[];
  /** Properties whose outputs may be missing. */
  readonly optional: ReadonlySet<string>;
}

/** A place in both, by its full path and by its path without list indexes, as facts name it. */
interface Place {
  readonly path: string;
  readonly plain: string;
}

/** Whether a value is as good as none: the provider does not tell an empty text, list or map from an unset one. */
function isEmpty(value: Value | undefined): boolean {
  if (value === undefined || value === null || value === "" || value === false || value === 0) return true;
  if (Array.isArray(value)) return value.length === 0;
  return isBag(value) && Object.keys(value).every((key) => key.startsWith("__"));
}

const at = ({ path, plain }: Place, key: string): Place => ({
  path: join(path, key),
  plain: plain === "" ? key : `${plain}.${key}`,
});

const item = ({ path, plain }: Place, index: number): Place => ({ path: join(path, index), plain });

class Comparison {
  readonly found: Difference[] = [];

  constructor(private readonly facts: Facts) {}

  /** The members of two objects; of the resource itself when the place is empty. */
  members(place: Place, old: Bag, former: Bag, wanted: Bag): void {
    const keys = new Set([...Object.keys(old), ...Object.keys(wanted)]);
    for (const key of keys) {
      if (!key.startsWith("__")) this.value(at(place, key), old[key], former[key], wanted[key]);
    }
  }

  value(place: Place, old: Value | undefined, former: Value | undefined, wanted: Value | undefined): void {
    if (wanted === undefined || wanted === null) {
      if (this.#isMissed(place, old, former)) this.#add(place, "delete", old);
    } else if (isUnknown(wanted)) this.#add(place, isEmpty(old) ? "add" : "update", wanted);
    else if (isEmpty(old) && isEmpty(wanted)) return;
    else if (old === undefined || old === null) this.#add(place, "add", wanted);
    else if (Array.isArray(old) && Array.isArray(wanted)) this.#list(place, old, former, wanted);
    else if (isBag(old) && isBag(wanted)) this.members(place, old, isBag(former) ? former : {}, wanted);
    else if (!this.#same(place, old, wanted)) this.#add(place, "update", wanted);
  }

  /** Whether leaving a property out takes away something that is there. */
  #isMissed({ path, plain }: Place, old: Value | undefined, former: Value | undefined): boolean {
    if (isEmpty(old) || this.facts.computed.includes(plain)) return false;
    if (!isEmpty(former)) return true;
    // Nobody asked for it, yet it is there: somebody has changed it elsewhere, unless AWS itself answers with it.
    return path === plain && this.facts.optional.has(plain);
  }

  #list(place: Place, old: readonly Value[], former: Value | undefined, wanted: readonly Value[]): void {
    const formerItems = Array.isArray(former) ? former : [];
    const pairs = this.facts.sets.includes(place.plain)
      ? this.#pairs(place, old, formerItems, wanted)
      : Array.from({ length: Math.max(old.length, wanted.length) }, (_, index) => [index, index] as const);
    for (const [was, is] of pairs) {
      const index = is ?? was ?? 0;
      const before = was === undefined ? undefined : old[was];
      const after = is === undefined ? undefined : wanted[is];
      if (after === undefined) this.#add(item(place, index), "delete", before);
      else this.value(item(place, index), before, was === undefined ? undefined : formerItems[was], after);
    }
  }

  /** Which member of a set has become which: the alike ones are pairs, what is left over is paired in order. */
  #pairs(
    place: Place,
    old: readonly Value[],
    former: readonly Value[],
    wanted: readonly Value[],
  ): (readonly [number | undefined, number | undefined])[] {
    const left = new Set(old.keys());
    const unpaired: number[] = [];
    for (const [index, value] of wanted.entries()) {
      const alike = [...left].find((was) => this.#alike(place, old[was], former[was], value));
      if (alike === undefined) unpaired.push(index);
      else left.delete(alike);
    }
    const rest = [...left];
    return Array.from({ length: Math.max(rest.length, unpaired.length) }, (_, index) => [
      rest[index],
      unpaired[index],
    ]);
  }

  #alike(place: Place, old: Value | undefined, former: Value | undefined, wanted: Value): boolean {
    const inner = new Comparison(this.facts);
    inner.value(place, old, former, wanted);
    return inner.found.length === 0;
  }

  #same({ plain }: Place, old: Value, wanted: Value): boolean {
    // Numbers and booleans come as texts from some languages, and as such from some answers.
    if (String(old) === String(wanted)) return true;
    return this.facts.json.includes(plain) && canonical(old) === canonical(wanted);
  }

  #add({ path, plain }: Place, kind: Difference["kind"], value: Value | undefined): void {
    this.found.push({ path, kind, replaces: this.#replaces(plain, value) });
  }

  /** A block that comes or goes replaces the resource if something in it does. */
  #replaces(plain: string, value: Value | undefined): boolean {
    return this.facts.replace.some((property) => {
      if (property === plain || plain.startsWith(`${property}.`)) return true;
      return property.startsWith(`${plain}.`) && holds(value, property.slice(plain.length + 1).split("."));
    });
  }
}

function holds(value: Value | undefined, [key, ...rest]: readonly string[]): boolean {
  if (key === undefined) return !isEmpty(value);
  if (Array.isArray(value)) return value.some((one) => holds(one, [key, ...rest]));
  return isBag(value) && holds(value[key], rest);
}

function canonical(value: Value): string | undefined {
  if (typeof value !== "string") return undefined;
  try {
    return JSON.stringify(sorted(JSON.parse(value) as Value));
  } catch {
    return undefined;
  }
}

function sorted(value: Value): Value {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isBag(value)) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key] ?? null)]));
}

/** Where what is wanted is not what there is. */
export function differences(
  before: Before,
  wanted: Bag,
  declared: readonly string[],
  facts: Facts,
): Difference[] {
  const comparison = new Comparison(facts);
  const own = (bag: Bag): Bag =>
    Object.fromEntries(declared.flatMap((key) => (key in bag ? [[key, bag[key] ?? null]] : [])));
  comparison.members({ path: "", plain: "" }, own(before.outputs), before.inputs, own(wanted));
  return comparison.found;
}

/** Whether two values of a property mean the same to the provider. */
export function meansTheSame(property: string, old: Value, wanted: Value, facts: Facts): boolean {
  const comparison = new Comparison(facts);
  comparison.value({ path: property, plain: property }, old, wanted, wanted);
  return comparison.found.length === 0;
}
