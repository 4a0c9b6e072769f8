import { nearest } from "./nearest";
import { type ConfigProblem, found, settle } from "./parameters";
import { aboutThePack } from "./policy-name";
import { type Level, levelIn, type Rule } from "./rule";

/** A policy's settings, as the engine hands them to a pack. */
export interface PolicySettings {
  /** What a violation does. */
  readonly enforcementLevel: Level | "remediate";
  /** Values of the policy's parameters. */
  readonly properties: { readonly [parameter: string]: unknown };
}

const levels = ["advisory", "mandatory", "remediate", "disabled"];

/**
 * Finds every fault in a policy configuration: what `--policy-pack-config` names, read as JSON.
 *
 * The engine checks the values of known parameters itself. It says nothing of a policy or a parameter that does not
 * exist, so that a slip of the pen would leave a rule as it was.
 */
export function checkConfig(config: unknown, rules: readonly Rule[]): readonly ConfigProblem[] {
  if (!isObject(config))
    return [{ path: "policy configuration", says: `must be an object, got ${found(config)}` }];
  return Object.entries(config).flatMap(([name, given]) => checkPolicy(name, given, rules));
}

/**
 * The settings of every policy of the pack under a configuration without faults: defaults, then what is given.
 *
 * @param environment What the stack says it is for.
 */
export function settleConfig(
  config: { readonly [policy: string]: unknown },
  rules: readonly Rule[],
  environment?: string,
): { readonly [policy: string]: PolicySettings } {
  const everywhere = levelOf(config.all);
  const others = aboutThePack.map(({ name, level }) => ({ name, level, parameters: undefined }));
  const own = rules.map((rule) => ({ ...rule, level: levelIn(rule.level, environment) }));
  const entries = [...own, ...others].map(({ name, level, parameters }) => {
    const given = config[name];
    const { values } = settle(parameters ?? {}, isObject(given) ? withoutLevel(given) : {});
    return [name, { enforcementLevel: levelOf(given) ?? everywhere ?? level, properties: values }];
  });
  return Object.fromEntries(entries);
}

function checkPolicy(name: string, given: unknown, rules: readonly Rule[]): readonly ConfigProblem[] {
  // Settings of the CLI itself: the level of every policy, and the environments to open.
  if (name === "environments") return [];
  const rule = rules.find((one) => one.name === name);
  const others = aboutThePack.map((one) => one.name);
  if (rule === undefined && name !== "all" && !others.includes(name)) {
    const close = nearest(name, [...rules.map((one) => one.name), ...others]);
    return [{ path: name, says: `is not a policy${close === undefined ? "" : `, did you mean ${close}?`}` }];
  }
  if (typeof given === "string") return checkLevel(name, given);
  if (!isObject(given)) return [{ path: name, says: `must be an object or a level, got ${found(given)}` }];
  const { problems } = settle(rule?.parameters ?? {}, withoutLevel(given));
  return [
    ...("enforcementLevel" in given ? checkLevel(`${name}.enforcementLevel`, given.enforcementLevel) : []),
    ...problems.map(({ path, says }) => ({ path: `${name}.${path}`, says })),
  ];
}

function checkLevel(path: string, level: unknown): readonly ConfigProblem[] {
  if (levels.some((one) => one === level)) return [];
  return [
    { path, says: `must be one of ${levels.map((one) => `"${one}"`).join(", ")}, got ${found(level)}` },
  ];
}

function levelOf(given: unknown): PolicySettings["enforcementLevel"] | undefined {
  const level = isObject(given) ? given.enforcementLevel : given;
  return levels.find((one) => one === level) as PolicySettings["enforcementLevel"] | undefined;
}

function withoutLevel({ enforcementLevel: _, ...properties }: { readonly [key: string]: unknown }) {
  return properties;
}

function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
