import type { Crash, Fail, Fault, Operation, Slow, Throttle } from "./fault";

/** What becomes of a call. */
export interface Hit {
  /** How long AWS takes, in seconds, besides what it takes anyway. */
  readonly delaySeconds: number;
  /** Tries AWS refuses for their rate before it takes the call, or before the provider gives up. */
  readonly retries: number;
  /** What AWS says, having done nothing. */
  readonly failure?: string;
  /** The provider dies: before AWS did it, or after, and before the engine had the answer. Then there is no failure. */
  readonly crash?: "before" | "after";
}

/** How often AWS's provider tries again before it gives up (`max_retries`). */
export const mostRetries = 25;

/** What AWS says when something in it is broken. */
export const brokenMessage =
  "InternalFailure: The request processing has failed because of an unknown error, exception or failure.";

const throttledMessage = "ThrottlingException: Rate exceeded";

/** What one fault does to a call, and what is left of the fault afterwards. */
interface Effect {
  readonly hit?: Partial<Hit>;
  readonly left?: Fault;
}

function throttle(fault: Throttle): Effect {
  const tries = Math.min(fault.times, mostRetries + 1);
  const left = fault.times > tries ? { left: { ...fault, times: fault.times - tries } } : {};
  return tries > mostRetries
    ? { ...left, hit: { retries: mostRetries, failure: throttledMessage } }
    : { ...left, hit: { retries: tries } };
}

function fail(fault: Fail): Effect {
  if (fault.nth > 1) return { left: { ...fault, nth: fault.nth - 1 } };
  const hit = { failure: fault.message ?? brokenMessage };
  return fault.times > 1 ? { hit, left: { ...fault, times: fault.times - 1 } } : { hit };
}

function crash(fault: Crash): Effect {
  return fault.nth > 1 ? { left: { ...fault, nth: fault.nth - 1 } } : { hit: { crash: fault.when } };
}

function slow(fault: Slow): Effect {
  return { hit: { delaySeconds: fault.seconds }, left: fault };
}

function effectOf(fault: Fault): Effect {
  if (fault.kind === "throttle") return throttle(fault);
  if (fault.kind === "fail") return fail(fault);
  return fault.kind === "crash" ? crash(fault) : slow(fault);
}

/** The faults an account has in store, each used up as it hits. */
export class Faults {
  /** @param list The saved list, which is changed in place. */
  constructor(readonly list: Fault[]) {}

  /**
   * Says what becomes of a call, and takes it off the faults that count it.
   *
   * Not to be asked in a preview. The caller writes the account down before it acts on the answer, so that a provider that
   * dies does not die of the same fault again.
   *
   * @param name Logical name of the resource.
   */
  hit(operation: Operation, type: string, name: string): Hit {
    const left: Fault[] = [];
    const hits: Partial<Hit>[] = [];
    let throttled = false;
    for (const fault of this.list) {
      const aimed: boolean =
        aimsAt(fault, operation, type, name) && !(throttled && fault.kind === "throttle");
      const effect: Effect = aimed ? effectOf(fault) : { left: fault };
      if (effect.left) left.push(effect.left);
      if (effect.hit) hits.push(effect.hit);
      throttled ||= aimed && fault.kind === "throttle";
    }
    this.list.splice(0, this.list.length, ...left);
    return together(hits);
  }

  /** Adds a fault under a number of its own. */
  add<F extends Fault>(fault: Omit<F, "number">): F {
    const number = Math.max(0, ...this.list.map((each) => each.number)) + 1;
    const added = { number, ...fault } as F;
    this.list.push(added);
    return added;
  }

  /** Takes away the fault with this number; whether there was one. */
  clear(number: number): boolean {
    const index = this.list.findIndex((fault) => fault.number === number);
    if (index >= 0) this.list.splice(index, 1);
    return index >= 0;
  }
}

function aimsAt(fault: Fault, operation: Operation, type: string, name: string): boolean {
  const wanted = [fault.operation ?? operation, fault.type ?? type, fault.name ?? name];
  return wanted[0] === operation && wanted[1] === type && wanted[2] === name;
}

/** Delays add up; of several failures the first is told, and a crash leaves nobody to tell one. */
function together(hits: readonly Partial<Hit>[]): Hit {
  const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
  const [failure] = hits.flatMap((hit) => hit.failure ?? []);
  const [crashed] = hits.flatMap((hit) => hit.crash ?? []);
  const calm = {
    delaySeconds: sum(hits.map((hit) => hit.delaySeconds ?? 0)),
    retries: sum(hits.map((hit) => hit.retries ?? 0)),
  };
  // What fails AWS has not done.
  if (crashed !== undefined) return { ...calm, crash: failure === undefined ? crashed : "before" };
  return failure === undefined ? calm : { ...calm, failure };
}
