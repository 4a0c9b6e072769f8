import { closest, distance } from "fastest-levenshtein";

/** The known name a mistyped one was probably meant to be; a slip of a letter or two, never a guess. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const near = closest(name.toLowerCase(), known);
  return distance(name.toLowerCase(), near.toLowerCase()) <= 2 ? near : undefined;
}
