import { UNKNOWN } from "../lib/unknown";

const widest = 100;

/** A value as a program would write it; what a first preview does not know is called so. */
export function literal(value: unknown, indent = ""): string {
  const line = onOneLine(value);
  if (indent.length + line.length <= widest) return line;
  const document = documentIn(value);
  if (document !== undefined) return `JSON.stringify(${literal(document, indent)})`;
  if (!isContainer(value)) return line;
  const deeper = `${indent}  `;
  const members = Array.isArray(value)
    ? value.map((item) => literal(item, deeper))
    : membersOf(value).map(([key, item]) => `${name(key)}: ${literal(item, deeper)}`);
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  return [open, ...members.map((member) => `${deeper}${member},`), `${indent}${close}`].join("\n");
}

function isContainer(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function onOneLine(value: unknown): string {
  if (value === UNKNOWN) return "unknown";
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(", ")}]`;
  const document = documentIn(value);
  if (document !== undefined) return `JSON.stringify(${onOneLine(document)})`;
  if (!isContainer(value)) return JSON.stringify(value) ?? "undefined";
  const members = membersOf(value).map(([key, item]) => `${name(key)}: ${onOneLine(item)}`);
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}

function membersOf(value: object): readonly (readonly [key: string, item: unknown])[] {
  return Object.entries(value).filter(([, item]) => item !== undefined);
}

/** The document in a text, if a program that writes the document gets this very text. */
function documentIn(value: unknown): object | undefined {
  if (typeof value !== "string" || !/^[[{]/.test(value)) return undefined;
  try {
    const document: unknown = JSON.parse(value);
    return isContainer(document) && JSON.stringify(document) === value ? document : undefined;
  } catch {
    return undefined;
  }
}

function name(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key);
}
