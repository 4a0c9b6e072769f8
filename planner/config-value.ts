import { isAlias, isPair, isScalar, type ParsedNode, Scalar } from "yaml";
import type { YamlFile } from "./yaml-file";

/** What stands for a secret wherever it would be seen. */
export const SECRET = "[secret]";

/** A config value as a program reads it. */
export interface ConfigValue {
  /** Structured values as JSON, secrets as `[secret]`. */
  readonly text: string;
  /** Whether it is secret, or holds a secret. */
  readonly secret: boolean;
}

type Plain = { readonly [key: string]: unknown };

function isPlain(value: unknown): value is Plain {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Reads one value, as the CLI hands it to a program. */
export function configValue(file: YamlFile, node: ParsedNode | null): ConfigValue {
  if (node === null) return { text: "", secret: false };
  refuseLeadingZero(file, node);
  const { value, secret } = withPlaceholders(file.plain(node));
  if (value === null) return { text: "", secret };
  return { text: typeof value === "string" ? value : jsonText(value), secret };
}

/** A value with a placeholder for every `{ secure: … }` in it, and whether there was one. */
function withPlaceholders(given: unknown): { readonly value: unknown; readonly secret: boolean } {
  let secret = false;
  const replace = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(replace);
    if (!isPlain(value)) return value;
    const keys = Object.keys(value);
    if (keys.length === 1 && typeof value.secure === "string") {
      secret = true;
      return SECRET;
    }
    return Object.fromEntries(keys.map((key) => [key, replace(value[key])]));
  };
  const value = replace(given);
  return { value, secret };
}

/** JSON as the CLI writes it: keys in order, so that a program iterates over a map the same way under both. */
function jsonText(value: unknown): string {
  if (typeof value === "bigint") return value.toString();
  if (Array.isArray(value)) return `[${value.map(jsonText).join(",")}]`;
  if (!isPlain(value)) return JSON.stringify(value) ?? "null";
  const entries = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${jsonText(value[key])}`);
  return `{${entries.join(",")}}`;
}

/**
 * Refuses `012345678901`: to YAML it is a number, and an octal one if its digits allow, so that an account id would
 * reach the program as something else.
 */
function refuseLeadingZero(file: YamlFile, node: ParsedNode): void {
  if (isAlias(node)) return;
  if (isScalar(node)) {
    const source = node.type === Scalar.PLAIN ? String(node.source) : "";
    if (/^[-+]?0\d+$/.test(source)) throw file.problem(node, `${source} would lose its zero, quote it`);
    return;
  }
  for (const item of node.items) {
    const child = isPair(item) ? item.value : item;
    if (child) refuseLeadingZero(file, child as ParsedNode);
  }
}
