import { isMap, type ParsedNode, type YAMLMap } from "yaml";
import { fullKey } from "./config-key";
import { type ConfigValue, configValue } from "./config-value";
import { Failure } from "./failure";
import type { Project } from "./project";
import type { YamlFile } from "./yaml-file";

/** A type as `Pulumi.yaml` declares it: `array<string>` is an array with items. */
interface ConfigType {
  readonly type: string;
  readonly items?: ConfigType;
}

/** What `Pulumi.yaml` says about one config key. */
interface Declaration {
  readonly key: string;
  /** As it is written in the file. */
  readonly written: string;
  readonly fallback?: ParsedNode;
  readonly type?: ConfigType;
  readonly secret: boolean;
}

/** Fills in what a stack leaves out and the project gives, and checks what the project declares. */
export function applyProjectConfig(
  project: Project,
  stackFile: string,
  values: Map<string, ConfigValue>,
): void {
  const { config, file } = project;
  const missing: string[] = [];
  for (const { key: keyNode, value } of config?.items ?? []) {
    const declaration = declarationOf(project, keyNode as ParsedNode, value as ParsedNode | null);
    const { key, written, fallback } = declaration;
    const given = values.get(key);
    if (given) check(declaration, given, `${stackFile}: ${written}`);
    else if (fallback) values.set(key, configValue(file, fallback));
    else if (key.startsWith(`${project.name}:`)) missing.push(written);
  }
  if (missing.length === 0) return;
  throw new Failure(`${stackFile}: not set, but ${file.label} asks for it: ${missing.sort().join(", ")}`);
}

function declarationOf({ name, file }: Project, keyNode: ParsedNode, value: ParsedNode | null): Declaration {
  const written = String(file.plain(keyNode));
  const key = fullKey(name, written);
  if (key === undefined)
    throw file.problem(keyNode, `a config key is written <namespace>:<name>, found \`${written}\``);
  // In short: the value itself, a default for the project's own keys.
  if (value === null || !isMap(value))
    return { key, written, secret: false, ...(value ? { fallback: value } : {}) };
  const block = value as YAMLMap.Parsed;
  const type = typeOf(file, block);
  const fallback = (block.get("default", true) ?? block.get("value", true)) as ParsedNode | undefined;
  return {
    key,
    written,
    secret: (file.plain(block) as { secret?: unknown }).secret === true,
    ...(fallback === undefined ? {} : { fallback }),
    ...(type === undefined ? {} : { type }),
  };
}

const types = ["string", "integer", "boolean", "object", "array"];

function typeOf(file: YamlFile, block: YAMLMap.Parsed): ConfigType | undefined {
  const node = block.get("type", true) as ParsedNode | undefined;
  if (node === undefined) return undefined;
  const type = String(file.plain(node));
  if (!types.includes(type)) throw file.problem(node, `\`type\` has to be one of ${types.join(", ")}`);
  const items = block.get("items", true) as ParsedNode | undefined;
  const inner = items !== undefined && isMap(items) ? typeOf(file, items as YAMLMap.Parsed) : undefined;
  return inner === undefined ? { type } : { type, items: inner };
}

function check({ type, secret }: Declaration, given: ConfigValue, where: string): void {
  if (type === undefined) return;
  if (secret && !given.secret) throw new Failure(`${where} has to be encrypted: pulumi config set --secret`);
  // What a placeholder stands for cannot be checked.
  if (!given.secret && !fits(type, given.text))
    throw new Failure(`${where} has to be of type ${nameOf(type)}`);
}

function nameOf({ type, items }: ConfigType): string {
  return items === undefined ? type : `${type}<${nameOf(items)}>`;
}

/** Whether a value has a type; texts that read as a number or a truth value count, as in the CLI. */
function fits({ type, items }: ConfigType, given: unknown): boolean {
  switch (type) {
    case "string":
      return typeof given === "string";
    case "integer":
      return /^[-+]?\d+$/.test(String(given));
    case "boolean":
      return given === true || given === false || given === "true" || given === "false";
  }
  const value = typeof given === "string" ? parsed(given) : given;
  if (type === "object") return typeof value === "object" && value !== null && !Array.isArray(value);
  return Array.isArray(value) && items !== undefined && value.every((item) => fits(items, item));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
