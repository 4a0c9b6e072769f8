import { type Bag, holdsUnknown, isBag, isUnknown, UNKNOWN, type Value } from "../values";
import { outputSignature, received, secret, secretSignature, signature } from "./wire";

/** Whether a value stands for something other than itself: a secret, an output or a resource. */
export function isMarked(value: Value | undefined): value is Bag {
  return isBag(value) && value[signature] !== undefined;
}

/** Whether a value is a secret, or an output that is one. */
export function isSecret(value: Bag): boolean {
  const mark = value[signature];
  return mark === secretSignature || (mark === outputSignature && value.secret === true);
}

/** A value to hand on to another resource, and what it comes from. */
export interface HandedOn {
  /** An output is its value or unknown; a secret keeps its mark once it is known. */
  readonly value: Value;
  readonly urns: string[];
}

/** A value as it is handed on to another resource. */
export function handedOn(value: Value): HandedOn {
  const urns = new Set<string>();
  const read = (item: Value): Value => {
    if (!isMarked(item)) return mapped(item, read);
    for (const urn of dependenciesOf(item)) urns.add(urn);
    const mark = item[signature];
    if (mark !== secretSignature && mark !== outputSignature) return received({ item }).values.item ?? null;
    const inner = read(item.value ?? UNKNOWN);
    return isSecret(item) && !isUnknown(inner) ? secret(inner) : inner;
  };
  return { value: read(value), urns: [...urns] };
}

function dependenciesOf({ dependencies }: Bag): string[] {
  return Array.isArray(dependencies) ? dependencies.map(String) : [];
}

/** A value as the SDK lays it out for a component's provider. */
export interface Unwrapped {
  /** Without the marks of plain secrets. */
  readonly value: Value;
  /** Whether there were any. */
  readonly secret: boolean;
  /** Whether there are outputs in it. */
  readonly output: boolean;
}

/** Takes the marks of plain secrets off a value. */
export function unwrapped(value: Value): Unwrapped {
  let hadSecret = false;
  let isOutput = false;
  const read = (item: Value): Value => {
    if (!isMarked(item)) return mapped(item, read);
    if (item[signature] === secretSignature) {
      hadSecret = true;
      return read(item.value ?? null);
    }
    isOutput ||= item[signature] === outputSignature;
    return item;
  };
  const inner = read(value);
  return { value: inner, secret: hadSecret, output: isOutput };
}

/** An output as the engine hands it to a component's provider. */
export function outputValue(value: Value, dependencies: readonly string[], hidden: boolean): Bag {
  return {
    [signature]: outputSignature,
    ...(holdsUnknown(value) ? {} : { value }),
    ...(hidden ? { secret: true } : {}),
    dependencies: [...dependencies],
  };
}

/** The value with each part of it changed; a text, a number or nothing has no parts. */
function mapped(value: Value, change: (part: Value) => Value): Value {
  if (Array.isArray(value)) return value.map(change);
  if (!isBag(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, change(part)]));
}
