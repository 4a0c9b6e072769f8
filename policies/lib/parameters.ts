/** A bound that is a whole number. */
export interface WholeNumber {
  readonly type: "integer";
  /** What it bounds, as one sentence. */
  readonly description: string;
  readonly default: number;
  readonly minimum: number;
  readonly maximum: number;
}

/** A choice out of a closed set. */
export interface Choice<T extends string = string> {
  readonly type: "string";
  /** What is chosen, as one sentence. */
  readonly description: string;
  readonly default: T;
  readonly enum: readonly T[];
}

/** Something allowed or not. */
export interface Switch {
  readonly type: "boolean";
  /** What is allowed, as one sentence. */
  readonly description: string;
  readonly default: boolean;
}

/** Several whole numbers, such as ports. */
export interface WholeNumbers {
  readonly type: "array";
  /** What they are, as one sentence. */
  readonly description: string;
  readonly items: { readonly type: "integer"; readonly minimum: number; readonly maximum: number };
  readonly default: readonly number[];
}

/** Several texts, such as the keys of tags. */
export interface Texts {
  readonly type: "array";
  /** What they are, as one sentence. */
  readonly description: string;
  readonly items: { readonly type: "string" };
  readonly default: readonly string[];
}

/** What a stack may set for a rule: a JSON schema small enough to check by hand. */
export type Parameter = WholeNumber | Choice | Switch | WholeNumbers | Texts;

/** A rule's parameters by name. */
export interface Parameters {
  readonly [name: string]: Parameter;
}

type ValueOf<P extends Parameter> = P extends Choice
  ? P["enum"][number]
  : P extends WholeNumber
    ? number
    : P extends WholeNumbers
      ? readonly number[]
      : P extends Texts
        ? readonly string[]
        : boolean;

/** The settled values of a rule's parameters. */
export type Settled<P extends Parameters> = { readonly [K in keyof P]: ValueOf<P[K]> };

/** Something wrong in a policy configuration. */
export interface ConfigProblem {
  /** The key, such as `scaling-min-instances.minInstances`. */
  readonly path: string;
  /** What is allowed, then what was found. */
  readonly says: string;
}

/** What a parameter accepts, in words. */
export function allowed(parameter: Parameter): string {
  switch (parameter.type) {
    case "integer":
      return `a whole number from ${parameter.minimum} to ${parameter.maximum}`;
    case "string":
      return `one of ${parameter.enum.map((name) => JSON.stringify(name)).join(", ")}`;
    case "boolean":
      return "true or false";
    case "array":
      return parameter.items.type === "string"
        ? "a list of texts"
        : `a list of whole numbers from ${parameter.items.minimum} to ${parameter.items.maximum}`;
  }
}

function accepts(parameter: Parameter, value: unknown): boolean {
  switch (parameter.type) {
    case "integer":
      return (
        Number.isInteger(value) && Number(value) >= parameter.minimum && Number(value) <= parameter.maximum
      );
    case "string":
      return parameter.enum.some((name) => name === value);
    case "boolean":
      return typeof value === "boolean";
    case "array":
      return Array.isArray(value) && value.every((item) => fits(parameter, item));
  }
}

function fits({ items }: WholeNumbers | Texts, item: unknown): boolean {
  if (items.type === "string") return typeof item === "string" && item !== "";
  return Number.isInteger(item) && Number(item) >= items.minimum && Number(item) <= items.maximum;
}

/** A value as a message shows it. */
export function found(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** What every policy takes beside its own parameters: why a stack sets it otherwise. It changes nothing. */
export const REASON = "reason";

/** A rule's parameter values: what is given, else the defaults; and what is wrong with what is given. */
export function settle<P extends Parameters>(
  parameters: P,
  given: { readonly [name: string]: unknown },
): { readonly values: Settled<P>; readonly problems: readonly ConfigProblem[] } {
  const problems: ConfigProblem[] = [];
  const names = Object.keys(parameters);
  for (const name of Object.keys(given)) {
    if (Object.hasOwn(parameters, name) || name === REASON) continue;
    const known = names.length === 0 ? "this policy takes none" : `known: ${names.join(", ")}`;
    problems.push({ path: name, says: `is not a parameter; ${known}` });
  }
  const values = Object.entries(parameters).map(([name, parameter]) => {
    const value = Object.hasOwn(given, name) ? given[name] : parameter.default;
    if (accepts(parameter, value)) return [name, value];
    problems.push({ path: name, says: `must be ${allowed(parameter)}, got ${found(value)}` });
    return [name, parameter.default];
  });
  return { values: Object.fromEntries(values) as Settled<P>, problems };
}
