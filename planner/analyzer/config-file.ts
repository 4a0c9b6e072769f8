import { readFile } from "node:fs/promises";
import path from "node:path";
import { Failure, readingProblem } from "../failure";
import { isLevel, type Level, levels } from "./levels";

/** What a config file, or a pack's own code, says about one policy. */
export interface GivenConfig {
  readonly level?: Level;
  readonly properties: { readonly [key: string]: unknown };
}

/** What a config file says, by policy; `all` stands for every policy. */
export type PackConfig = ReadonlyMap<string, GivenConfig>;

/** Reads a config file of the kind `pulumi preview --policy-pack-config` takes. */
export async function readPackConfig(location: string, cwd: string): Promise<PackConfig> {
  const label = path.relative(cwd, location) || location;
  let text: string;
  try {
    text = await readFile(location, "utf8");
  } catch (error) {
    throw new Failure(`cannot read the policy config ${label}: ${readingProblem(error)}`);
  }
  // The CLI takes an empty file for no config.
  if (text.trim() === "") return new Map();
  const content = parse(text, label);
  if (!isObject(content)) throw new Failure(`${label}: has to be an object, policies by name`);
  if ("environments" in content) {
    throw new Failure(`${label}: \`environments\` needs a Pulumi account; plan works without one`);
  }
  return new Map(Object.entries(content).map(([policy, given]) => [policy, configOf(given, policy, label)]));
}

function configOf(given: unknown, policy: string, label: string): GivenConfig {
  if (typeof given === "string") return { level: levelIn(given, policy, label), properties: {} };
  if (!isObject(given)) {
    throw new Failure(`${label}: ${policy} has to be a level or an object, got ${JSON.stringify(given)}`);
  }
  const { enforcementLevel, ...properties } = given;
  if (enforcementLevel === undefined) return { properties };
  return { level: levelIn(enforcementLevel, `${policy}.enforcementLevel`, label), properties };
}

function levelIn(value: unknown, where: string, label: string): Level {
  if (isLevel(value)) return value;
  throw new Failure(`${label}: ${where} has to be one of ${levels.join(", ")}, got ${JSON.stringify(value)}`);
}

function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parse(text: string, label: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Failure(`${label}${placeIn(text)}: not valid JSON`);
  }
}

/** Line and column of the first thing that is not JSON. What `JSON.parse` says of it differs between versions. */
function placeIn(text: string): string {
  const ts = require("typescript") as typeof import("typescript");
  const [problem] = (ts.parseJsonText("config.json", text) as unknown as Parsed).parseDiagnostics;
  if (!problem) return "";
  const before = text.slice(0, problem.start).split("\n");
  return `:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}

interface Parsed {
  readonly parseDiagnostics: readonly { readonly start: number }[];
}
