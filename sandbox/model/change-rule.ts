import { isDeepStrictEqual } from "node:util";
import { type Bag, isBag, isUnknown, type Value } from "../values";

type Scalar = boolean | null | number | string;

/** Inputs by path, each with the values it may have; `null` is an input that was left out. */
export interface Condition {
  readonly [path: string]: readonly Scalar[];
}

/** From one of these values, or any, to one of those, or any. */
export interface Turn {
  readonly from?: readonly Scalar[];
  readonly to?: readonly Scalar[];
}

/**
 * How a value changes:
 * - `altered`: of the elements before and after, neither list holds all of the other's
 * - `cleared`: true before, and no longer
 * - `emptiness`: a list without elements gets some, or the other way round
 * - `lost`: an element is gone
 * - `lowered`: a number gets smaller; left out it counts as 0
 * - `notGrown`: there are no more elements than before
 * - `presence`: it was left out and is set, or the other way round
 */
export type Sort = "altered" | "cleared" | "emptiness" | "lost" | "lowered" | "notGrown" | "presence";

/** A case of a change to one input. What is left out of the rule does not matter. */
export interface ChangeRule {
  /** Path of the input that changes. */
  readonly path: string;
  /** What the inputs are after the change. */
  readonly is?: Condition;
  /** What they were before it. */
  readonly was?: Condition;
  /** How the value changes. */
  readonly change?: Sort | Turn | { readonly otherThan: Turn };
}

type Change = (before: Value, after: Value) => boolean;

const elements = (value: Value): Value[] => (Array.isArray(value) ? value : []);
const number = (value: Value): number => (typeof value === "number" ? value : 0);
/** Unknown is not empty: nobody sets a list to nothing by way of a deployment. */
const isEmpty = (value: Value) => !isUnknown(value) && elements(value).length === 0;
const holdsAll = (some: Value, all: Value) =>
  elements(all).every((one) => elements(some).some((other) => isDeepStrictEqual(one, other)));

/** The provider judges lists only where every element is known. */
const known =
  (change: Change): Change =>
  (before, after) =>
    !isUnknown(after) && !elements(after).some(holdsUnknownElement) && change(before, after);

function holdsUnknownElement(value: Value): boolean {
  return isUnknown(value) || (isBag(value) && Object.values(value).some(isUnknown));
}

const sorts: { readonly [sort in Sort]: Change } = {
  altered: known((before, after) => !holdsAll(before, after) && !holdsAll(after, before)),
  cleared: (before, after) => before === true && after !== true && !isUnknown(after),
  emptiness: (before, after) => isEmpty(before) !== isEmpty(after),
  lost: known((before, after) => !holdsAll(after, before)),
  lowered: (before, after) => !isUnknown(after) && number(after) < number(before),
  notGrown: known((before, after) => elements(after).length <= elements(before).length),
  presence: (before, after) => (before === null) !== (after === null),
};

/** The value at a path through objects; `null` if there is none. */
function valueAt(inputs: Bag, path: string): Value {
  let value: Value = inputs;
  for (const part of path.split(".")) {
    if (!isBag(value)) return null;
    value = value[part] ?? null;
  }
  return value;
}

function among(value: Value, allowed: readonly Scalar[] | undefined): boolean {
  return allowed === undefined || allowed.some((one) => one === value);
}

/** Whether inputs are as a condition wants them. */
export function meets(inputs: Bag, condition: Condition = {}): boolean {
  return Object.entries(condition).every(([path, allowed]) => among(valueAt(inputs, path), allowed));
}

function turns(before: Value, after: Value, { from, to }: Turn): boolean {
  return among(before, from) && among(after, to);
}

function happens(change: ChangeRule["change"], before: Value, after: Value): boolean {
  if (change === undefined) return true;
  if (typeof change === "string") return sorts[change](before, after);
  if ("otherThan" in change) return !turns(before, after, change.otherThan);
  return turns(before, after, change);
}

/** Whether a change of the input a rule names, which has been found to differ, is the case the rule speaks of. */
export function isCaseOf(rule: ChangeRule, before: Bag, after: Bag): boolean {
  return (
    meets(after, rule.is) &&
    meets(before, rule.was) &&
    happens(rule.change, valueAt(before, rule.path), valueAt(after, rule.path))
  );
}
