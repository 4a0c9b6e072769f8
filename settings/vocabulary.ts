import { closest, distance } from "fastest-levenshtein";
import { z } from "zod";
import { secretPlaceholder } from "./faults";

// Each word of the vocabulary has one phrase that says everything it allows. Whatever is wrong with a value, that phrase
// is the message, after what was found, and the reference shows the same phrase as `allowed`.

/** What an unknown key is answered with: the known one it resembles, or all of them. */
export function unknownKey(key: string, known: readonly string[]): string {
  const near = closest(key, [...known]);
  const resembles = distance(key.toLowerCase(), near.toLowerCase()) <= Math.max(2, near.length / 3);
  const advice = resembles ? `did you mean "${near}"?` : `known are ${known.join(", ")}`;
  return `unknown key, ${advice}`;
}

/** A map with exactly these keys. The message for unknown ones has a line for each. */
export function section<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? issue.keys.map((key) => unknownKey(key, known)).join("\n")
        : `must be a map with ${known.join(", ")}`,
  });
}

/** A whole number within these bounds. */
export function wholeNumber(min: number, max: number) {
  const allowed = `a whole number from ${min} to ${max}`;
  const error = `must be ${allowed}`;
  return z.int({ error }).min(min, { error }).max(max, { error }).meta({ allowed });
}

/** A number within these bounds. */
export function decimal(min: number, max: number) {
  const allowed = `a number from ${min} to ${max}`;
  const error = `must be ${allowed}`;
  return z.number({ error }).min(min, { error }).max(max, { error }).meta({ allowed });
}

/** A share in per cent that can be exceeded and undercut. */
export function percent() {
  return wholeNumber(1, 99);
}

/** One of a few words. */
export function oneOf<Word extends string>(words: readonly [Word, ...Word[]]) {
  const allowed = words.map((word) => `"${word}"`).join(", ");
  return z.enum(words, { error: `must be one of ${allowed}` }).meta({ allowed });
}

/** One of a few numbers. `what` completes "must be …". */
export function oneNumberOf(numbers: readonly number[], what: string) {
  const allowed = `${what} ${numbers.join(", ")}`;
  return z.literal([...numbers], { error: `must be ${allowed}` }).meta({ allowed });
}

/** Text of a certain form. `allowed` completes "must be …". */
export function text(form: RegExp, allowed: string) {
  const error = `must be ${allowed}`;
  return z.string({ error }).regex(form, { error }).meta({ allowed });
}

/** Text that passes a test. `allowed` completes "must be …". */
export function tested(passes: (value: string) => boolean, allowed: string) {
  const error = `must be ${allowed}`;
  return z.string({ error }).refine(passes, { error }).meta({ allowed });
}

/**
 * Text of a certain form that may be a secret, because it goes to AWS as it is and decides nothing here. The form cannot
 * be checked where the value is not at hand: there the placeholder stands for it and is accepted.
 */
export function secretable(form: RegExp, allowed: string) {
  const passes = (value: string) => value === secretPlaceholder || form.test(value);
  return tested(passes, allowed).meta({ pattern: form.source, secretable: true });
}

/** A list of this many. `what` completes "must be a list of 2 to 6 …". */
export function list<Element extends z.core.SomeType>(
  element: Element,
  what: string,
  min: number,
  max: number,
) {
  const allowed = `a list of ${min} to ${max} ${what}`;
  const error = `must be ${allowed}`;
  return z.array(element, { error }).min(min, { error }).max(max, { error }).meta({ allowed });
}

/** A map whose keys the user chooses. Keys become parts of resource names, so they are short and plain. */
export function named<Element extends z.core.SomeType>(element: Element, longest: number, what: string) {
  const form = new RegExp(`^(?=.{1,${longest}}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$`);
  const error = `must be a name of lower-case letters, digits and single dashes that begins with a letter, up to ${longest} characters`;
  const some = `must be a map of ${what} by name, one or more`;
  return z
    .record(z.string().regex(form, { error }), element, { error: some })
    .refine((entries) => Object.keys(entries).length > 0, { error: some })
    .meta({ minProperties: 1 });
}
