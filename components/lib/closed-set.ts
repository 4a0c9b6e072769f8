import type { Problems } from "./problems";

/**
 * Notes a fault at `path` unless `value` is one of a closed set.
 *
 * The compiler checks this for TypeScript callers only: values from other languages and from configuration come as
 * plain strings.
 */
export function checkOneOf(
  set: { readonly [key: string]: string },
  value: string,
  path: string,
  problems: Problems,
): boolean {
  const values = Object.values(set);
  const list = values.map((each) => JSON.stringify(each)).join(", ");
  return problems.unless(
    values.includes(value),
    path,
    `must be one of ${list}, got ${JSON.stringify(value)}`,
  );
}
