import { isDeepStrictEqual } from "node:util";

/** A JSON schema as a policy declares one for its config; `true` allows everything, `false` nothing. */
export type Schema = boolean | { readonly [keyword: string]: unknown };

/** One value that a schema does not allow. */
export interface Mismatch {
  /** Where: `ports[0]`. */
  readonly path: string;
  /** What is wanted, then what was found. */
  readonly reason: string;
}

/** Everything in a value that a schema does not allow. */
export function mismatches(schema: Schema, value: unknown, path: string): Mismatch[] {
  if (schema === true) return [];
  if (schema === false) return [{ path, reason: `not allowed, got ${shown(value)}` }];
  const wanted = wantedOf(schema, value);
  if (wanted !== undefined) return [{ path, reason: `has to be ${wanted}, got ${shown(value)}` }];
  if (Array.isArray(value)) return itemMismatches(schema, value, path);
  return isObject(value) ? memberMismatches(schema, value, path) : [];
}

type Keywords = Exclude<Schema, boolean>;
type Test = (wanted: never, value: unknown) => boolean;

/** Keywords that judge a value as a whole, and how what they want is said. A value of another type is not theirs. */
const keywords: { readonly [keyword: string]: readonly [holds: Test, says: (wanted: unknown) => string] } = {
  type: [hasType, (types) => ([] as unknown[]).concat(types).join(" or ")],
  enum: [(all: unknown[], value) => all.some((one) => isDeepStrictEqual(one, value)), (all) => oneOf(all)],
  const: [(one: unknown, value) => isDeepStrictEqual(one, value), shown],
  minimum: [(least: number, value) => !isNumber(value) || value >= least, (least) => `${least} or more`],
  maximum: [(most: number, value) => !isNumber(value) || value <= most, (most) => `${most} or less`],
  exclusiveMinimum: [
    (least: number, value) => !isNumber(value) || value > least,
    (least) => `more than ${least}`,
  ],
  exclusiveMaximum: [
    (most: number, value) => !isNumber(value) || value < most,
    (most) => `less than ${most}`,
  ],
  multipleOf: [
    (unit: number, value) => !isNumber(value) || value % unit === 0,
    (unit) => `a multiple of ${unit}`,
  ],
  minLength: [
    (least: number, value) => !isText(value) || [...value].length >= least,
    (n) => `${n} characters or more`,
  ],
  maxLength: [
    (most: number, value) => !isText(value) || [...value].length <= most,
    (n) => `${n} characters or less`,
  ],
  pattern: [
    (source: string, value) => !isText(value) || new RegExp(source, "u").test(value),
    (p) => `like ${p}`,
  ],
  minItems: [
    (least: number, value) => !Array.isArray(value) || value.length >= least,
    (n) => `${n} items or more`,
  ],
  maxItems: [
    (most: number, value) => !Array.isArray(value) || value.length <= most,
    (n) => `${n} items or less`,
  ],
  uniqueItems: [
    (on: boolean, value) => !on || !Array.isArray(value) || isUnique(value),
    () => "without repetitions",
  ],
  minProperties: [
    (least: number, value) => !isObject(value) || Object.keys(value).length >= least,
    (n) => `${n} keys or more`,
  ],
  maxProperties: [
    (most: number, value) => !isObject(value) || Object.keys(value).length <= most,
    (n) => `${n} keys or less`,
  ],
};

/** What a schema wants of a value as a whole, if the value is not that. */
function wantedOf(schema: Keywords, value: unknown): string | undefined {
  for (const [keyword, [holds, says]] of Object.entries(keywords)) {
    const wanted = schema[keyword];
    if (wanted !== undefined && !holds(wanted as never, value)) return says(wanted);
  }
  return undefined;
}

function itemMismatches({ items, contains }: Keywords, value: readonly unknown[], path: string): Mismatch[] {
  const inner = value.flatMap((item, index) => {
    const schema = Array.isArray(items) ? items[index] : items;
    return schema === undefined ? [] : mismatches(schema as Schema, item, `${path}[${index}]`);
  });
  if (
    contains === undefined ||
    value.some((item) => mismatches(contains as Schema, item, path).length === 0)
  ) {
    return inner;
  }
  return [...inner, { path, reason: `has to contain an item of the kind declared, got ${shown(value)}` }];
}

type Members = { readonly [key: string]: unknown };

function memberMismatches(schema: Keywords, value: Members, path: string): Mismatch[] {
  const required = (schema.required ?? []) as readonly string[];
  const missing = required.filter((key) => !Object.hasOwn(value, key));
  return [
    ...missing.map((key) => ({ path: `${path}.${key}`, reason: "has to be set" })),
    ...Object.entries(value).flatMap(([key, member]) =>
      schemasFor(schema, key).flatMap((one) => mismatches(one, member, `${path}.${key}`)),
    ),
  ];
}

/** The schemas that judge a member: its own and those of matching patterns, else the one for all others. */
function schemasFor(
  { properties = {}, patternProperties = {}, additionalProperties = true }: Keywords,
  key: string,
) {
  const own = Object.entries(properties as object).filter(([name]) => name === key);
  const matching = Object.entries(patternProperties as object).filter(([one]) =>
    new RegExp(one, "u").test(key),
  );
  const found = [...own, ...matching].map(([, one]) => one as Schema);
  return found.length === 0 ? [additionalProperties as Schema] : found;
}

function hasType(wanted: string | readonly string[], value: unknown): boolean {
  return ([] as string[]).concat(wanted).some((type) => {
    if (type === "integer") return Number.isInteger(value);
    if (type === "null") return value === null;
    if (type === "array") return Array.isArray(value);
    if (type === "object") return isObject(value);
    return typeof value === type;
  });
}

function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isNumber(value: unknown): value is number {
  return typeof value === "number";
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isUnique(items: readonly unknown[]): boolean {
  return items.every((item, index) => !items.slice(0, index).some((other) => isDeepStrictEqual(item, other)));
}

function oneOf(all: unknown): string {
  const [only, ...more] = (all as readonly unknown[]).map(shown);
  return more.length === 0 ? String(only) : `one of ${[only, ...more].join(", ")}`;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
