import { isBag } from "../values";

/** What a provider is asked to do with a resource. */
export const operations = ["create", "update", "delete", "read"] as const;
export type Operation = (typeof operations)[number];

/** Which calls a fault hits; what is left out is any. */
export interface Aim {
  readonly operation?: Operation;
  /** Type token. */
  readonly type?: string;
  /** Logical name. */
  readonly name?: string;
}

interface Numbered extends Aim {
  /** What the user knows it by. */
  readonly number: number;
}

/** AWS refuses the next tries for their rate. */
export interface Throttle extends Numbered {
  readonly kind: "throttle";
  /** Tries that are still to be refused. */
  readonly times: number;
}

/** AWS fails. */
export interface Fail extends Numbered {
  readonly kind: "fail";
  /** The how-manieth call from now is hit first; 1 is the next. */
  readonly nth: number;
  /** Calls that are still to fail, one behind the other. */
  readonly times: number;
  /** What AWS says. */
  readonly message?: string;
}

/** The provider dies. */
export interface Crash extends Numbered {
  readonly kind: "crash";
  /** The how-manieth call from now is hit; 1 is the next. */
  readonly nth: number;
  /** Before AWS did it, or after AWS did it and before the engine had the answer. */
  readonly when: "before" | "after";
}

/** AWS takes its time, until the fault is cleared. */
export interface Slow extends Numbered {
  readonly kind: "slow";
  readonly seconds: number;
}

/** A fault that is yet to hit. */
export type Fault = Throttle | Fail | Crash | Slow;

const isCount = (value: unknown) => Number.isSafeInteger(value) && Number(value) >= 1;
const isText = (value: unknown) => typeof value === "string" && value !== "";
const isOptional = (is: (value: unknown) => boolean) => (value: unknown) => value === undefined || is(value);
const isOperation = (value: unknown) => operations.some((operation) => operation === value);

const aimed = {
  number: isCount,
  operation: isOptional(isOperation),
  type: isOptional(isText),
  name: isOptional(isText),
};

const fields: { readonly [kind in Fault["kind"]]: { readonly [key: string]: (value: unknown) => boolean } } =
  {
    throttle: { ...aimed, times: isCount },
    fail: { ...aimed, nth: isCount, times: isCount, message: isOptional(isText) },
    crash: { ...aimed, nth: isCount, when: (value) => value === "before" || value === "after" },
    slow: { ...aimed, seconds: (value) => typeof value === "number" && value > 0 },
  };

/** The fault a saved value is, if it is one. */
export function faultFrom(value: unknown): Fault | undefined {
  if (!isBag(value) || typeof value.kind !== "string" || !Object.hasOwn(fields, value.kind)) return undefined;
  const checks = Object.entries(fields[value.kind as Fault["kind"]]);
  return checks.every(([key, fits]) => fits(value[key])) ? (value as unknown as Fault) : undefined;
}
