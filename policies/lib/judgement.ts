import { Undecided } from "./unknown";
import type { Value } from "./value";

/** One thing wrong with a resource. */
export interface Finding {
  /** The property, as the program's author would write it. */
  readonly path: string;
  /** What is there, then what must be. */
  readonly says: string;
}

/** One thing that cannot be judged now. */
export interface Deferral {
  /** The property, as the program's author would write it. */
  readonly path: string;
  /** What the judgement waits for. */
  readonly waits: string;
}

/** Why a rule says nothing about a resource of its type. */
export interface Skip {
  /** The reason, such as `HTTP listener`. */
  readonly skip: string;
}

/**
 * What a judge gives: findings, or a reason to skip.
 *
 * A generator keeps what it yielded before it read something not known yet, so it yields what is certain first.
 */
export type Judgement =
  | readonly (Finding | Deferral)[]
  | Skip
  | Generator<Finding | Deferral, Skip | undefined, undefined>;

/** A judgement run to its end. */
export interface Outcome {
  /** What is wrong for certain. */
  readonly findings: readonly Finding[];
  /** What could not be judged. */
  readonly deferrals: readonly Deferral[];
  /** Why the rule does not apply, if it does not. */
  readonly skip?: string;
}

/** Runs a judge to its end; what is not known yet becomes a deferral and hides nothing found before. */
export function concluded(judge: () => Judgement): Outcome {
  const findings: Finding[] = [];
  // A value is waited for once, however many parts of a judgement read it.
  const waiting = new Map<string, Deferral>();
  const skip = undecidedInto(waiting, () => {
    const judgement = judge();
    if ("skip" in judgement) return judgement.skip;
    const steps = judgement[Symbol.iterator]();
    let step = steps.next();
    for (; !step.done; step = steps.next()) {
      if ("waits" in step.value) waiting.set(`${step.value.path} ${step.value.waits}`, step.value);
      else findings.push(step.value);
    }
    return step.value?.skip;
  });
  return { findings, deferrals: [...waiting.values()], ...(skip === undefined ? {} : { skip }) };
}

function undecidedInto<T>(waiting: Map<string, Deferral>, judge: () => T): T | undefined {
  try {
    return judge();
  } catch (error) {
    if (!(error instanceof Undecided)) throw error;
    const { path, waits } = error;
    waiting.set(`${path} ${waits}`, { path, waits });
    return undefined;
  }
}

/** Judges several things on their own, so that an unknown value in one hides nothing in the others. */
export function* apart(
  ...judges: readonly (() => Judgement)[]
): Generator<Finding | Deferral, undefined, undefined> {
  for (const judge of judges) {
    const { findings, deferrals } = concluded(judge);
    yield* findings;
    yield* deferrals;
  }
}

/** Judges each element of a list on its own. */
export function* each(
  list: Value,
  judge: (element: Value) => Judgement,
): Generator<Finding | Deferral, undefined, undefined> {
  for (const element of list.items()) yield* apart(() => judge(element));
}
