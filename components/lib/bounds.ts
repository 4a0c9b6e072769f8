import type { Problems } from "./problems";

/** The least and the greatest allowed value. */
export type Range = readonly [min: number, max: number];

/** Notes a fault at `path` unless `value` is a whole number in a range. */
export function checkWhole(value: number, [min, max]: Range, path: string, problems: Problems): boolean {
  return problems.unless(
    Number.isInteger(value) && value >= min && value <= max,
    path,
    `must be a whole number from ${min} to ${max}, got ${value}`,
  );
}

/** Notes a fault at `path` unless `value` is a number in a range. */
export function checkBetween(value: number, [min, max]: Range, path: string, problems: Problems): boolean {
  return problems.unless(
    value >= min && value <= max,
    path,
    `must be a number from ${min} to ${max}, got ${value}`,
  );
}
