/**
 * A pattern, step by step: a character that stands for itself (`=a`), `?` for any one character, `*` for any number of
 * them. Stars that follow each other are one.
 */
export type Pattern = readonly string[];

const star = "*";
const one = "?";

/** Reads a pattern. With `escapes` a backslash takes the meaning from the character behind it, as in query strings. */
export function readPattern(text: string, escapes = false): Pattern {
  const steps: string[] = [];
  const characters = [...text];
  for (let index = 0; index < characters.length; index++) {
    const character = characters[index] ?? "";
    const next = characters[index + 1];
    if (escapes && character === "\\" && next !== undefined) {
      steps.push(`=${next}`);
      index++;
    } else if (character === star) {
      if (steps.at(-1) !== star) steps.push(star);
    } else steps.push(character === one ? one : `=${character}`);
  }
  return steps;
}

/** How many wildcards a text holds; an escaped one is none. */
export function wildcardsIn(text: string, escapes = false): number {
  const bare = escapes ? text.replace(/\\./g, "") : text;
  return bare.match(/[*?]/g)?.length ?? 0;
}

/** The length of the shortest text a pattern matches. */
export function shortest(pattern: Pattern): number {
  return pattern.filter((step) => step !== star).length;
}

/** Whether a pattern matches texts of one length only. */
export function isFixed(pattern: Pattern): boolean {
  return !pattern.includes(star);
}

// A set of places in a pattern is a number of as many bits: the pattern is followed at all of them at once.
interface Walk {
  /** Places after one more character, of which only `=a` decides. */
  readonly next: (places: bigint, step: string) => bigint;
  readonly start: bigint;
  readonly end: bigint;
}

function walk(pattern: Pattern): Walk {
  const at = (wanted: (step: string) => boolean) =>
    pattern.reduce((bits, step, index) => (wanted(step) ? bits | (1n << BigInt(index)) : bits), 0n);
  const stars = at((step) => step === star);
  const ones = at((step) => step === one);
  const own = new Map([...new Set(pattern)].map((step) => [step, at((each) => each === step)]));
  // A star may also stand for nothing.
  const settled = (places: bigint) => places | ((places & stars) << 1n);
  return {
    next: (places, step) => settled(((places & (ones | (own.get(step) ?? 0n))) << 1n) | (places & stars)),
    start: settled(1n),
    end: 1n << BigInt(pattern.length),
  };
}

/** Every character that one of the patterns names, and one that none does. */
function alphabet(...patterns: readonly Pattern[]): string[] {
  return [...new Set(patterns.flat().filter((step) => step.startsWith("="))), "other"];
}

/** Whether some text leads two patterns, followed together, to ends that are looked for. */
function someText(
  first: Pattern,
  second: Pattern,
  wanted: (firstEnds: boolean, secondEnds: boolean) => boolean,
): boolean {
  const letters = alphabet(first, second);
  const [one, other] = [walk(first), walk(second)];
  const seen = new Set<string>();
  const open: [bigint, bigint][] = [[one.start, other.start]];
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    if (wanted((pair[0] & one.end) !== 0n, (pair[1] & other.end) !== 0n)) return true;
    for (const letter of letters) {
      const next: [bigint, bigint] = [one.next(pair[0], letter), other.next(pair[1], letter)];
      const key = next.join(" ");
      // Where the first pattern has nowhere to go, no text is matched by it any more.
      if (next[0] === 0n || seen.has(key)) continue;
      seen.add(key);
      open.push(next);
    }
  }
  return false;
}

/** Whether every text that `narrow` matches is matched by `wide` as well. Exact. */
export function patternCovers(wide: Pattern, narrow: Pattern): boolean {
  if (shortest(narrow) < shortest(wide) || (isFixed(wide) && !isFixed(narrow))) return false;
  return !someText(narrow, wide, (narrowEnds, wideEnds) => narrowEnds && !wideEnds);
}

/** Whether some text is matched by both patterns. Exact. */
export function patternsMeet(first: Pattern, second: Pattern): boolean {
  return someText(first, second, (firstEnds, secondEnds) => firstEnds && secondEnds);
}
