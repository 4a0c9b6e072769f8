/** A property's value as the engine sees it. */
export type Value = null | boolean | number | string | Value[] | Bag;

/** Properties by name. */
export interface Bag {
  [property: string]: Value;
}

/** What stands for a value that only a deployment can tell: the text the Pulumi SDK puts on the wire. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Whether a value itself is unknown. */
export function isUnknown(value: unknown): boolean {
  return value === UNKNOWN;
}

/** Whether a value is a plain object. */
export function isBag(value: unknown): value is Bag {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a value is unknown, or holds something that is. */
export function holdsUnknown(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsUnknown);
  if (isBag(value)) return Object.values(value).some(holdsUnknown);
  return isUnknown(value);
}

/** The value if it is a text that is known. */
export function knownText(value: unknown): string | undefined {
  return typeof value === "string" && !isUnknown(value) ? value : undefined;
}

/** The known texts of a list; `undefined` when the list itself is missing or unknown. */
export function knownTexts(value: unknown): string[] | undefined {
  return Array.isArray(value) ? value.filter((item) => knownText(item) !== undefined).map(String) : undefined;
}

/** The value if it is a number. */
export function knownNumber(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}

/** The objects of a list, or of the one object given in its place. */
export function bags(value: unknown): Bag[] {
  if (Array.isArray(value)) return value.filter(isBag);
  return isBag(value) ? [value] : [];
}

/** A step of a property path: `tags.Name`, `routes[0]`, `tags["a.b"]`. */
export function join(path: string, key: string | number): string {
  if (typeof key === "number") return `${path}[${key}]`;
  if (!/^[A-Za-z_][\w-]*$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === "" ? key : `${path}.${key}`;
}

/** A member of an object or list, never what every object has, such as `constructor`. */
export function memberOf(value: Value | undefined, step: string | number): Value | undefined {
  if (Array.isArray(value)) return typeof step === "number" ? value[step] : undefined;
  return isBag(value) && Object.hasOwn(value, step) ? value[String(step)] : undefined;
}
