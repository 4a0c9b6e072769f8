import { Failure } from "../failure";
import { nearest } from "../nearest";
import type { PackConfig } from "./config-file";
import type { Level } from "./levels";
import { mismatches, type Schema } from "./schema";

/** What a pack says of one of its policies. */
export interface PolicyInfo {
  readonly name: string;
  readonly level: Level;
  /** Schema of its config, if it takes any. */
  readonly schema?: {
    readonly properties: { readonly [key: string]: Schema };
    readonly required: readonly string[];
  };
}

/** What a policy is run with. */
export interface Settled {
  readonly level: Level;
  readonly properties: { readonly [key: string]: unknown };
}

/**
 * Puts together what each policy is run with, as the engine does: defaults of the schema, then the pack's own initial
 * config, then the file; in each `all` first, then the policy by name.
 *
 * Stricter than the engine in one thing: a policy or a key that does not exist is refused and not passed over, because
 * a mistyped one would leave the check off that somebody meant to set.
 */
export function reconcile(
  policies: readonly PolicyInfo[],
  initial: PackConfig,
  given: PackConfig,
  label: string,
): ReadonlyMap<string, Settled> {
  const problems = [...given].flatMap(([name, { properties }]) => unknownNames(policies, name, properties));
  const settled = new Map<string, Settled>();
  for (const policy of policies) {
    let current: Settled = { level: policy.level, properties: defaultsOf(policy) };
    for (const config of [initial, given])
      current = overlaid(overlaid(current, config, "all"), config, policy.name);
    settled.set(policy.name, current);
    problems.push(...invalid(policy, current));
  }
  if (problems.length === 0) return settled;
  throw new Failure(
    [`${label}: the policy config is not valid`, ...problems.map((line) => `  ${line}`)].join("\n"),
  );
}

function defaultsOf({ schema }: PolicyInfo): { [key: string]: unknown } {
  const found: { [key: string]: unknown } = {};
  for (const [key, property] of Object.entries(schema?.properties ?? {})) {
    if (typeof property === "object" && "default" in property) found[key] = property.default;
  }
  return found;
}

function overlaid(current: Settled, config: PackConfig, name: string): Settled {
  const { level = current.level, properties = {} } = config.get(name) ?? {};
  // Of `all` the engine takes the level only.
  return {
    level,
    properties: name === "all" ? current.properties : { ...current.properties, ...properties },
  };
}

function unknownNames(policies: readonly PolicyInfo[], name: string, properties: object): string[] {
  if (name === "all") return [];
  const policy = policies.find((one) => one.name === name);
  const hint = (wrong: string, known: readonly string[]) => {
    const near = nearest(wrong, known);
    return near === undefined ? "" : `, did you mean ${near}?`;
  };
  if (!policy)
    return [
      `${name}: the pack has no such policy${hint(
        name,
        policies.map((one) => one.name),
      )}`,
    ];
  const known = Object.keys(policy.schema?.properties ?? {});
  return Object.keys(properties)
    .filter((key) => !known.includes(key))
    .map((key) => `${name}.${key}: no such setting${hint(key, known) || allowed(known)}`);
}

function allowed(known: readonly string[]): string {
  return known.length === 0 ? ", the policy takes none" : `, it takes ${known.join(", ")}`;
}

function invalid({ name, schema }: PolicyInfo, { properties }: Settled): string[] {
  if (!schema) return [];
  // Keys that do not exist are told once, above.
  const wanted = { type: "object", properties: schema.properties, required: schema.required };
  return mismatches(wanted, properties, name).map(({ path, reason }) => `${path}: ${reason}`);
}
