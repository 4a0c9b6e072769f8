import { type ChangeRule, isCaseOf } from "../model/change-rule";
import { type Bag, isBag, isUnknown, join, memberOf, type Value } from "../values";
import { sameDocument } from "./documents";
import type { Facts } from "./facts";

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

/** A place in both, by its full path and by its path without list indexes, as facts name it. */
interface Place {
  readonly path: string;
  readonly plain: string;
  /** Whether it is a key the program has chosen. */
  readonly inMap: boolean;
}

/** A difference and where facts look for it. */
interface Found extends Difference {
  readonly plain: string;
}

const root: Place = { path: "", plain: "", inMap: false };

/** Whether a value is as good as none: the provider does not tell an empty text, list or map from an unset one. */
export function isEmpty(value: Value | undefined): boolean {
  if (value === undefined || value === null || value === "" || value === false || value === 0) return true;
  if (Array.isArray(value)) return value.length === 0;
  return isBag(value) && Object.keys(value).every((key) => key === "__defaults");
}

/** Whether a place without list indexes is another one or lies below it. */
function isWithin(plain: string, other: string): boolean {
  return plain === other || plain.startsWith(`${other}.`);
}

class Comparison {
  readonly found: Found[] = [];

  constructor(private readonly facts: Facts) {}

  /** The members of two objects; of the resource itself when the place is empty. */
  members(place: Place, old: Bag, former: Value | undefined, wanted: Bag): void {
    const inMap = this.facts.maps.has(place.plain);
    for (const key of new Set([...Object.keys(old), ...Object.keys(wanted)])) {
      const [was, is] = [memberOf(old, key), memberOf(wanted, key)];
      if ((was === is && typeof is !== "object") || (key.startsWith("__") && !inMap)) continue;
      const plain = place.plain === "" ? key : `${place.plain}.${key}`;
      this.value({ path: join(place.path, key), plain, inMap }, was, memberOf(former, key), is);
    }
  }

  value(place: Place, old: Value | undefined, former: Value | undefined, wanted: Value | undefined): void {
    if (wanted === undefined || wanted === null) {
      if (this.#isMissed(place, old, former)) this.#add(place, "delete", old);
    } else if (isUnknown(wanted)) this.#add(place, isEmpty(old) ? "add" : "update", old);
    else if (!place.inMap && isEmpty(old) && isEmpty(wanted)) return;
    // AWS answers with an empty text for what is not set.
    else if (old === undefined || old === null || (old === "" && !place.inMap)) {
      this.#add(place, "add", wanted);
    } else this.#both(place, old, former, wanted);
  }

  #both(place: Place, old: Value, former: Value | undefined, wanted: Value): void {
    if (Array.isArray(old) && Array.isArray(wanted)) this.#list(place, old, former, wanted);
    else if (isBag(old) && isBag(wanted)) this.members(place, old, former, wanted);
    else if (!this.#same(place, old, wanted)) this.#add(place, "update", wanted);
  }

  /** Whether leaving a property out takes away something that is there. */
  #isMissed({ path, plain, inMap }: Place, old: Value | undefined, former: Value | undefined): boolean {
    if (inMap) return old !== undefined && old !== null;
    if (isEmpty(old) || this.facts.computed.includes(plain)) return false;
    if (!isEmpty(former)) return true;
    // Nobody asked for it, yet it is there: somebody has changed it elsewhere, unless AWS itself answers with it.
    return path === plain && this.facts.optional.has(plain);
  }

  #list(place: Place, old: readonly Value[], former: Value | undefined, wanted: readonly Value[]): void {
    const formers = Array.isArray(former) ? former : [];
    const isSet = this.facts.sets.includes(place.plain);
    const alike = isSet ? this.#alikeIn(place, old, formers, wanted) : new Map<number, number>();
    const kept = new Set(alike.values());
    for (let index = 0; index < Math.max(old.length, wanted.length); index++) {
      const item = { path: join(place.path, index), plain: place.plain, inMap: false };
      const before = kept.has(index) ? undefined : old[index];
      const after = alike.has(index) ? undefined : wanted[index];
      if (after !== undefined) this.value(item, before, this.#formerOf(place, before, formers, index), after);
      else if (before !== undefined) this.#add(item, "delete", before);
    }
  }

  /** By index of each wanted member of a set that is there already, where it is. */
  #alikeIn(
    place: Place,
    old: readonly Value[],
    formers: readonly Value[],
    wanted: readonly Value[],
  ): Map<number, number> {
    const left = new Set(old.keys());
    const alike = new Map<number, number>();
    const asked = old.map((value, was) => this.#formerOf(place, value, formers, was));
    for (const [index, value] of wanted.entries()) {
      const found = [...left].find((was) => this.#alike(place, old[was], asked[was], value));
      if (found === undefined) continue;
      alike.set(index, found);
      left.delete(found);
    }
    return alike;
  }

  /** What was asked for when a member of a list was made: in a set, what it still answers to. */
  #formerOf(
    place: Place,
    old: Value | undefined,
    formers: readonly Value[],
    index: number,
  ): Value | undefined {
    if (!isBag(old) || !this.facts.sets.includes(place.plain)) return formers[index];
    return formers.find((former) => this.#alike(place, old, former, former)) ?? formers[index];
  }

  #alike(place: Place, old: Value | undefined, former: Value | undefined, wanted: Value): boolean {
    const inner = new Comparison(this.facts);
    inner.value(place, old, former, wanted);
    return inner.found.length === 0;
  }

  #same({ plain }: Place, old: Value, wanted: Value): boolean {
    if (typeof old === "object" || typeof wanted === "object") return false;
    // Numbers and booleans come as texts from some languages, and as such from some answers.
    if (String(old) === String(wanted)) return true;
    return this.facts.json.includes(plain) && sameDocument(plain, old, wanted);
  }

  /** @param value What comes or goes; of what is unknown, what there is so far. */
  #add({ path, plain }: Place, kind: Difference["kind"], value: Value | undefined): void {
    this.found.push({ path, plain, kind, replaces: this.#replaces(plain, value) });
  }

  /** A block that comes or goes replaces the resource if something in it does. */
  #replaces(plain: string, value: Value | undefined): boolean {
    return this.facts.replace.some(
      (property) =>
        isWithin(plain, property) ||
        (property.startsWith(`${plain}.`) && holds(value, property.slice(plain.length + 1).split("."))),
    );
  }
}

function holds(value: Value | undefined, [key, ...rest]: readonly string[]): boolean {
  if (key === undefined) return !isEmpty(value);
  if (Array.isArray(value)) return value.some((one) => holds(one, [key, ...rest]));
  return holds(memberOf(value, key), rest);
}

/** Where what is wanted is not what there is, in what a program can say of a resource. */
export function differences(
  before: Before,
  wanted: Bag,
  declared: readonly string[],
  facts: Facts,
): Difference[] {
  const comparison = new Comparison(facts);
  const seen = declared.filter((property) => !facts.writeOnly.includes(property));
  const after = only(wanted, seen);
  comparison.members(root, only(before.outputs, seen), before.inputs, after);
  if (comparison.found.length === 0) return [];
  const was = only({ ...before.inputs, ...notEmpty(before.outputs) }, seen);
  const applies = (rules: readonly ChangeRule[], plain: string) =>
    rules.some((rule) => isWithin(plain, rule.path) && isCaseOf(rule, was, after));
  return comparison.found
    .filter(({ plain }) => !applies(facts.ignored, plain))
    .map(({ path, plain, kind, replaces }) => ({
      path,
      kind,
      replaces: replaces || applies(facts.when, plain),
    }));
}

function only(bag: Bag, properties: readonly string[]): Bag {
  return Object.fromEntries(
    properties.flatMap((property) => {
      const value = memberOf(bag, property);
      return value === undefined || value === null ? [] : [[property, value]];
    }),
  );
}

function notEmpty(bag: Bag): Bag {
  return Object.fromEntries(Object.entries(bag).filter(([, value]) => !isEmpty(value)));
}

/**
 * Whether two values of a property mean the same to the provider.
 *
 * @param plain Path of the property, without list indexes.
 */
export function meansTheSame(plain: string, old: Value, wanted: Value, facts: Facts): boolean {
  const comparison = new Comparison(facts);
  comparison.value({ path: plain, plain, inMap: false }, old, wanted, wanted);
  return comparison.found.length === 0;
}
