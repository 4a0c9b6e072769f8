import { closest, distance } from "fastest-levenshtein";

/** The known name a mistyped one was probably meant to be; a slip of a letter or two, never a guess. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const wanted = name.toLowerCase();
  const near = closest(
    wanted,
    known.map((each) => each.toLowerCase()),
  );
  return distance(wanted, near) <= 2 ? known.find((each) => each.toLowerCase() === near) : undefined;
}

/** `; did you mean "x"?`, or nothing when no known name is near. */
export function didYouMean(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  return near === undefined ? "" : `; did you mean ${JSON.stringify(near)}?`;
}
