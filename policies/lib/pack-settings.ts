import type { Exemption } from "./exemptions";
import { found } from "./parameters";

/** What a stack is for, as far as rules make a difference. */
export const environments = ["production", "staging", "development"] as const;
export type Environment = (typeof environments)[number];

/** What a stack says to the pack as a whole, under `evenkeel-policies:` in its own config. */
export interface PackSettings {
  /** Some rules are mandatory in production and advisory elsewhere; nothing set is elsewhere. */
  readonly environment?: Environment;
  /**
   * Whether what a rule cannot judge yet counts as a violation of that rule.
   * @default false
   */
  readonly strict: boolean;
  /** What the stack has been allowed. */
  readonly exemptions: readonly Exemption[];
  /**
   * Where the pages of the rules are, for messages.
   * @default "evenkeel-policies/docs", their folder in the package
   */
  readonly pages: string;
}

/** Values of one config namespace, structured ones as JSON. */
export interface ConfigReader {
  get(key: string): string | undefined;
}

/** The settings when a stack says nothing. */
export const defaultSettings: PackSettings = {
  strict: false,
  exemptions: [],
  pages: "evenkeel-policies/docs",
};

const keys = ["environment", "strict", "exemptions", "pages"] as const;
const namespace = "evenkeel-policies";

/** Collects what is wrong, under the key a user would type. */
class Faults {
  readonly lines: string[] = [];

  add(path: string, says: string): void {
    this.lines.push(`  ${namespace}:${path}: ${says}`);
  }
}

/**
 * Reads what a stack says to the pack.
 *
 * @param all Every key of the stack's config, to find misspelt ones of the pack.
 * @throws {Error} one that names everything wrong with it.
 */
export function readPackSettings(config: ConfigReader, all: readonly string[] = []): PackSettings {
  const faults = new Faults();
  for (const key of all.filter((each) => each.startsWith(`${namespace}:`))) {
    const name = key.slice(namespace.length + 1);
    if (!keys.some((known) => known === name))
      faults.add(name, `is not a setting; known: ${keys.join(", ")}`);
  }
  const environment = oneOf(config.get("environment"), environments, "environment", faults);
  const strict = oneOf(config.get("strict"), ["true", "false"] as const, "strict", faults) === "true";
  const exemptions = exemptionsIn(config.get("exemptions"), faults);
  const pages = (config.get("pages") ?? defaultSettings.pages).replace(/\/+$/, "");
  if (faults.lines.length > 0) {
    throw new Error(["invalid settings of the policy pack", ...faults.lines].join("\n"));
  }
  return { ...(environment === undefined ? {} : { environment }), strict, exemptions, pages };
}

function oneOf<T extends string>(
  given: string | undefined,
  allowed: readonly T[],
  path: string,
  faults: Faults,
): T | undefined {
  if (given === undefined) return undefined;
  const known = allowed.find((one) => one === given);
  if (known === undefined) {
    faults.add(path, `must be one of ${allowed.map((one) => `"${one}"`).join(", ")}, got ${found(given)}`);
  }
  return known;
}

function exemptionsIn(text: string | undefined, faults: Faults): readonly Exemption[] {
  if (text === undefined) return [];
  const list = parsed(text);
  if (Array.isArray(list))
    return list.flatMap((item, index) => exemptionIn(item, `exemptions[${index}]`, faults));
  faults.add("exemptions", `must be a list, got ${found(list)}`);
  return [];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** What each member of an exemption has to be. A reason of one word is none. */
const members: {
  readonly [Member in keyof Exemption]: readonly [holds: (text: string) => boolean, must: string];
} = {
  rule: [(text) => text.length > 0, "must be the name of a rule"],
  resource: [
    (text) => text.length > 0,
    'must be a resource\'s logical name or URN, with * for any characters, such as "bastion-*"',
  ],
  reason: [
    (text) => text.length >= 15 && text.split(/\s+/).length >= 3,
    "must say why, in three words or more",
  ],
  owner: [(text) => text.length > 1, "must be who answers for it"],
  expires: [isDay, 'must be the last day it holds, such as "2027-03-31"'],
};

function exemptionIn(given: unknown, path: string, faults: Faults): readonly Exemption[] {
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    faults.add(path, `must be an object with ${Object.keys(members).join(", ")}, got ${found(given)}`);
    return [];
  }
  const values = given as { readonly [member: string]: unknown };
  for (const member of Object.keys(values).filter((each) => !Object.hasOwn(members, each))) {
    faults.add(`${path}.${member}`, `is not known; an exemption has ${Object.keys(members).join(", ")}`);
  }
  const entries = Object.entries(members).map(([member, [holds, must]]) => {
    const value = values[member];
    const plain = typeof value === "string" ? value.trim() : "";
    // A date without quotes is a point in time to the CLI's YAML, and comes as `2027-03-31 00:00:00 +0000 UTC`.
    const text = member === "expires" ? plain.replace(/[ T]00:00:00.*$/, "") : plain;
    if (typeof value !== "string" || !holds(text)) {
      faults.add(`${path}.${member}`, `${must}, got ${value === undefined ? "nothing" : found(value)}`);
    }
    return [member, text];
  });
  return [Object.fromEntries(entries) as Exemption];
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
