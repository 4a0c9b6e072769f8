import type { z } from "zod";
import { type Faults, type Path, secretPlaceholder } from "./faults";

type Step = string | number;

interface Miss {
  readonly steps: readonly Step[];
  readonly message: string;
  readonly input: unknown;
  /** The type that was expected, if the value has another one. */
  readonly expected: string | undefined;
}

/** What zod found, one entry per value at fault. */
function missesOf(issues: readonly z.core.$ZodIssue[], before: readonly Step[] = []): Miss[] {
  return issues.flatMap((issue): Miss[] => {
    const steps = [...before, ...issue.path.filter((step) => typeof step !== "symbol")];
    const { message, input } = issue;
    if (issue.code === "unrecognized_keys") {
      const lines = message.split("\n");
      return issue.keys.map((key, index) => ({
        steps: [...steps, key],
        message: lines[index] ?? message,
        input: undefined,
        expected: undefined,
      }));
    }
    // Only the block of a "word or block" says what is wrong inside it; the block stands last.
    const block = issue.code === "invalid_union" ? issue.errors.at(-1) : undefined;
    if (block && isMap(input)) return missesOf(block, steps);
    if (issue.code === "invalid_key") {
      return [
        { steps, message: issue.issues[0]?.message ?? message, input: steps.at(-1), expected: undefined },
      ];
    }
    return [{ steps, message, input, expected: issue.code === "invalid_type" ? issue.expected : undefined }];
  });
}

function isMap(value: unknown): value is Record<Step, unknown> {
  return typeof value === "object" && value !== null;
}

function holderOf(root: unknown, steps: readonly Step[]): Record<Step, unknown> | undefined {
  let holder = root;
  for (const step of steps.slice(0, -1)) holder = isMap(holder) ? holder[step] : undefined;
  return isMap(holder) ? holder : undefined;
}

/**
 * A value of the type that was expected, where the CLI had a say in it.
 *
 * `pulumi config set --path` stores what looks like a whole number as one, also where a text such as a cost centre is
 * meant, and everything else as text, also a number with decimals.
 */
function mended({ input, expected }: Miss, secret: boolean): Step | undefined {
  const isNumber = expected === "number" || expected === "int";
  if (isNumber && !secret && typeof input === "string" && /^-?[0-9]+(\.[0-9]+)?$/.test(input))
    return Number(input);
  if (expected === "string" && (typeof input === "number" || typeof input === "boolean"))
    return String(input);
  return undefined;
}

function mend(root: unknown, misses: readonly Miss[], secret: boolean): boolean {
  let changed = false;
  for (const miss of misses) {
    const value = mended(miss, secret);
    const last = miss.steps.at(-1);
    const holder = holderOf(root, miss.steps);
    if (value === undefined || last === undefined || !holder) continue;
    holder[last] = value;
    changed = true;
  }
  return changed;
}

/** Takes a value at fault out, or what should contain it where it is missing. Says whether anything is left. */
function prune(root: unknown, steps: readonly Step[]): boolean {
  const last = steps.at(-1);
  if (last === undefined) return false;
  const holder = holderOf(root, steps);
  if (!holder || !Object.hasOwn(holder, last)) return prune(root, steps.slice(0, -1));
  if (Array.isArray(holder)) holder.splice(Number(last), 1);
  else delete holder[last];
  return true;
}

function describe(miss: Miss, key: string, secret: boolean, faults: Faults): string {
  if (miss.message.startsWith("unknown key")) return miss.message;
  // A value that was encrypted on its own is text once it is decrypted, whatever it was before.
  const encrypted =
    miss.input === secretPlaceholder || (secret && typeof miss.input === "string" && miss.expected);
  const shown = faults.show([key], miss.input);
  return `${shown}, ${miss.message}${encrypted ? ", and cannot be a secret" : ""}`;
}

/**
 * Reads the value of one key.
 *
 * What is at fault is noted and left out, and the rest is read again, so that one run finds every fault and the checks
 * of values against each other still see all that is sound.
 *
 * @returns the value, or `undefined` when nothing of it can be used.
 */
export function parse<Schema extends z.ZodType>(
  schema: Schema,
  key: string,
  input: unknown,
  secret: boolean,
  faults: Faults,
): z.output<Schema> | undefined {
  const root = structuredClone(input);
  for (;;) {
    const result = schema.safeParse(root, { reportInput: true, jitless: true });
    if (result.success) return result.data;
    const misses = missesOf(result.error.issues);
    if (mend(root, misses, secret)) continue;
    for (const miss of misses) {
      const path: Path = [key, ...miss.steps];
      if (!faults.touches(path)) faults.add(path, describe(miss, key, secret, faults));
    }
    // From the end, so that taking one element out of a list does not move another one.
    const left = [...misses].reverse().every(({ steps }) => prune(root, steps));
    if (!left) return undefined;
  }
}
