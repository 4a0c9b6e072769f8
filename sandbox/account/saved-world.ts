import type { Saved } from "../model/world";
import { type Bag, isBag, type Value } from "../values";
import { AccountError } from "./account-error";
import { type Fault, faultFrom } from "./fault";

/** A resource as `world.json` holds it. */
export interface SavedResource extends Saved {
  /** When it was made, in ISO 8601. */
  readonly createdAt: string;
  /** Paths of the properties whose texts are masked. */
  readonly secrets?: readonly string[];
}

/** What an account has besides its resources. */
export interface AccountState {
  /** Twelve digits. */
  accountId: string;
  /** Creations so far, so that a seed is never used twice. */
  made: number;
  /** What masks of secrets are made with. */
  salt: string;
  /** Faults that are yet to hit. */
  faults: Fault[];
  /** Quotas set by the user, by name; the others are AWS's. */
  quotas: { [name: string]: number };
  /** How long IAM takes until what was made is known everywhere, in seconds. */
  propagationSeconds?: number;
}

/** The file `world.json`. */
export interface SavedWorld extends AccountState {
  readonly format: 1;
  resources: SavedResource[];
}

/** Why a text is no world. */
export class NoWorld extends AccountError {}

function wrong(path: string, wanted: string): NoWorld {
  return new NoWorld(`${path} has to be ${wanted}`);
}

function text(value: unknown, path: string): string {
  if (typeof value === "string" && value !== "") return value;
  throw wrong(path, "a text");
}

function count(value: unknown, path: string): number {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
  throw wrong(path, "a whole number from 0");
}

function object(value: unknown, path: string): Bag {
  if (isBag(value)) return value;
  throw wrong(path, "an object");
}

function list(value: unknown, path: string): Value[] {
  if (Array.isArray(value)) return value;
  throw wrong(path, "a list");
}

function resourceFrom(value: Value, path: string): SavedResource {
  const given = object(value, path);
  const texts = ["urn", "seed", "type", "name", "region", "id", "createdAt"] as const;
  const [urn, seed, type, name, region, id, createdAt] = texts.map((key) =>
    text(given[key], `${path}.${key}`),
  );
  const secrets =
    given.secrets === undefined
      ? undefined
      : list(given.secrets, `${path}.secrets`).map((each, index) => text(each, `${path}.secrets[${index}]`));
  return {
    ...({ urn, seed, type, name, region, id, createdAt } as { [key in (typeof texts)[number]]: string }),
    inputs: object(given.inputs, `${path}.inputs`),
    outputs: object(given.outputs, `${path}.outputs`),
    ...(given.defaultTags === undefined
      ? {}
      : { defaultTags: object(given.defaultTags, `${path}.defaultTags`) }),
    ...(secrets ? { secrets } : {}),
  };
}

function resourcesFrom(value: unknown): SavedResource[] {
  const resources = list(value, "resources").map((each, index) => resourceFrom(each, `resources[${index}]`));
  const seeds = new Set<string>();
  for (const [index, { seed }] of resources.entries()) {
    if (seeds.has(seed))
      throw wrong(`resources[${index}].seed`, `another than "${seed}", which one has already`);
    seeds.add(seed);
  }
  return resources;
}

function quotasFrom(value: unknown): { [name: string]: number } {
  const quotas = object(value, "quotas");
  return Object.fromEntries(
    Object.entries(quotas).map(([name, limit]) => [name, count(limit, `quotas[${JSON.stringify(name)}]`)]),
  );
}

/**
 * The world a file holds.
 *
 * @throws {NoWorld} for anything else.
 */
export function savedWorldFrom(content: string): SavedWorld {
  let parsed: unknown;
  try {
    parsed = JSON.parse(content);
  } catch (error) {
    throw new NoWorld(`it is no JSON: ${(error as Error).message}`);
  }
  const given = object(parsed, "what it holds");
  if (given.format !== 1) throw wrong("format", `1, got ${JSON.stringify(given.format)}`);
  const accountId = text(given.accountId, "accountId");
  if (!/^\d{12}$/.test(accountId)) throw wrong("accountId", `12 digits, got "${accountId}"`);
  return {
    format: 1,
    accountId,
    made: count(given.made, "made"),
    salt: text(given.salt, "salt"),
    resources: resourcesFrom(given.resources),
    faults: list(given.faults, "faults").map((each, index) => {
      const fault = faultFrom(each);
      if (!fault) throw wrong(`faults[${index}]`, "a fault");
      return fault;
    }),
    quotas: quotasFrom(given.quotas),
    ...propagationFrom(given.propagationSeconds),
  };
}

function propagationFrom(seconds: Value | undefined): { propagationSeconds?: number } {
  if (seconds === undefined) return {};
  if (typeof seconds === "number" && seconds >= 0) return { propagationSeconds: seconds };
  throw wrong("propagationSeconds", "a number from 0");
}
