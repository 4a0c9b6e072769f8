import { type Bag, isBag, isUnknown, type Value } from "../../sandbox/values";
import { harmless } from "./style";

/** What stands for a value that only a deployment can tell, wherever a plan is printed. */
export const UNKNOWN_TEXT = "[unknown]";

/** Values with a readable mark for what is unknown. */
export function readable(value: Value): Value {
  if (isUnknown(value)) return UNKNOWN_TEXT;
  if (Array.isArray(value)) return value.map(readable);
  if (!isBag(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, readable(item)]));
}

/** Properties as indented lines, for a person to read. */
export function linesOf(values: Bag): string[] {
  return Object.entries(values).flatMap(([key, value]) => entry(`${harmless(key)}:`, value));
}

function entry(label: string, value: Value): string[] {
  const block = blockOf(value);
  return block === undefined ? [`${label} ${scalar(value)}`] : [label, ...block.map((line) => `  ${line}`)];
}

/** A value that takes lines of its own. */
function blockOf(value: Value): string[] | undefined {
  if (typeof value === "string" && value.includes("\n")) return value.trimEnd().split(/\r?\n/).map(harmless);
  if (Array.isArray(value) && value.length > 0) return value.flatMap(item);
  return isBag(value) && Object.keys(value).length > 0 ? linesOf(value) : undefined;
}

function item(value: Value): string[] {
  const [first = "", ...rest] = blockOf(value) ?? [scalar(value)];
  return [`- ${first}`, ...rest.map((line) => `  ${line}`)];
}

/** A value on one line. Texts go without quotes unless something else would read the same. */
export function scalar(value: Value): string {
  if (isUnknown(value)) return UNKNOWN_TEXT;
  if (typeof value !== "string") return JSON.stringify(value);
  const isPlain =
    value !== "" && value.trim() === value && !/^(null|true|false|[-+.\d][\d.eE+-]*)$/.test(value);
  return isPlain ? harmless(value) : JSON.stringify(harmless(value));
}
