import { handedOn, isMarked, isSecret, outputValue, unwrapped } from "../monitor/marks";
import { type Bag, isBag, isUnknown, type Value } from "../values";
import type { Source } from "./planned";

/**
 * The arguments of a component as they came over the wire, with their marks: where secrets are, and what each value
 * comes from.
 */
export class Given {
  readonly #values: Bag;

  /**
   * @param values Properties as they came.
   * @param listed URNs each property was said to depend on; they hold where no output inside says it more exactly.
   */
  constructor(values: Bag, listed: { readonly [property: string]: readonly string[] }) {
    this.#values = Object.fromEntries(
      Object.entries(values).map(([property, value]) => [property, lifted(value, listed[property] ?? [])]),
    );
  }

  /** A value, marked; a mark holds for all that is inside. */
  at(...path: readonly (string | number)[]): Value | undefined {
    return path.reduce<Value | undefined>(inside, this.#values);
  }

  /** Whether a value, or something in it, is secret. */
  holdsSecret(...path: readonly (string | number)[]): boolean {
    return holdsSecret(this.at(...path));
  }

  /** A value, to be handed on to a child. */
  source(...path: readonly (string | number)[]): Source {
    return sourceOf(this.at(...path));
  }
}

/** Whether a value, or something in it, is secret. */
function holdsSecret(value: Value | undefined): boolean {
  if (Array.isArray(value)) return value.some(holdsSecret);
  if (!isBag(value)) return false;
  return isSecret(value) || Object.values(value).some(holdsSecret);
}

/** A marked value as what a child is given. */
export function sourceOf(marked: Value | undefined): Source {
  const { value, urns } = marked === undefined ? { value: undefined, urns: [] } : handedOn(marked);
  return { value: () => value, children: [], urns };
}

/**
 * Maps laid over each other, the last one wins.
 *
 * The awsx provider spreads them, and what it spreads of an output is the output itself: one that is given as a whole
 * takes the place of all the others.
 */
export function merged(...maps: readonly (Value | undefined)[]): Source {
  const whole = maps.filter((map) => isMarked(map) || isUnknown(map)).at(-1);
  return sourceOf(whole ?? Object.assign({}, ...maps.filter(isBag)));
}

/** The SDK moves a secret that is no output up to its property, and so does it with dependencies. */
function lifted(value: Value, listed: readonly string[]): Value {
  const { value: inner, secret, output } = unwrapped(value);
  return secret || (!output && listed.length > 0) ? outputValue(inner, listed, secret) : value;
}

function inside(value: Value | undefined, key: string | number): Value | undefined {
  if (Array.isArray(value)) return value[Number(key)];
  // Of what is not known, every part is not known.
  if (isUnknown(value)) return value;
  if (!isBag(value)) return undefined;
  if (!isMarked(value)) return value[key];
  if (value.value === undefined) return value;
  const inner = inside(value.value, key);
  return inner === undefined ? undefined : { ...value, value: inner };
}
