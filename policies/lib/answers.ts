import { Undecided } from "./unknown";

/** Yes, no, or nothing while it is not known. */
export type Answer = boolean | undefined;

/** The answer to a question, which may come upon a value that is not known yet. */
export function answer(ask: () => Answer): Answer {
  try {
    return ask();
  } catch (error) {
    if (error instanceof Undecided) return undefined;
    throw error;
  }
}

/** Yes if one answer is, no if every one is. */
export function some<T>(things: readonly T[], ask: (thing: T) => Answer): Answer {
  const answers = things.map((thing) => answer(() => ask(thing)));
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}

/** No if one answer is, yes if every one is. */
export function every<T>(things: readonly T[], ask: (thing: T) => Answer): Answer {
  const denied = some(things, (thing) => {
    const is = ask(thing);
    return is === undefined ? undefined : !is;
  });
  return denied === undefined ? undefined : !denied;
}

/** The contrary. */
export function not(is: Answer): Answer {
  return is === undefined ? undefined : !is;
}
