import { z } from "zod";
import { Environment, environments } from "../environments";
import { regionSchema, stackSchema } from "../schema/stack";

/** A default, and the environment it holds in. */
export type Defaults = { readonly [environment in Environment]: unknown };

/** What the reference knows of one value: its JSON Schema, and the defaults of each environment. */
export interface Node {
  readonly type?: string;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly properties?: { readonly [key: string]: Node };
  readonly required?: readonly string[];
  readonly additionalProperties?: Node | boolean;
  readonly items?: Node;
  readonly anyOf?: readonly Node[];
  /** What messages say is allowed. */
  readonly allowed?: string;
  /** Whether the value may be encrypted. */
  readonly secretable?: boolean;
  /** What it is when it is left out, unless that follows from what it contains. */
  readonly defaults?: Defaults;
}

type Raw = Node & { readonly default?: unknown; readonly $schema?: string };

function rawTree(environment: Environment): Raw {
  const shape = { ...stackSchema(environments[environment]) };
  return z.toJSONSchema(z.strictObject(shape), { io: "input" }) as Raw;
}

/** The same value in all three environments, defaults side by side. */
function merged(production: Raw, staging: Raw, development: Raw): Node {
  const at = (step: (node: Raw) => Node | undefined) => {
    const [first, second, third] = [step(production), step(staging), step(development)];
    return first && second && third ? merged(first, second, third) : undefined;
  };
  const { default: own, $schema: _, properties, additionalProperties, items, anyOf, ...rest } = production;
  const keys = Object.keys(properties ?? {});
  // An empty map stands for whatever its members are by default.
  const isFilled = own !== undefined && JSON.stringify(own) !== "{}";
  return {
    ...rest,
    ...(isFilled && {
      defaults: { production: own, staging: staging.default, development: development.default },
    }),
    ...(properties && {
      properties: Object.fromEntries(keys.map((key) => [key, at((node) => node.properties?.[key]) ?? {}])),
    }),
    ...(typeof additionalProperties === "boolean" && { additionalProperties }),
    ...(typeof additionalProperties === "object" && {
      additionalProperties:
        at(({ additionalProperties: each }) => (typeof each === "object" ? each : undefined)) ?? {},
    }),
    ...(items && { items: at((node) => node.items) ?? {} }),
    ...(anyOf && { anyOf: anyOf.map((_, index) => at((node) => node.anyOf?.[index]) ?? {}) }),
  };
}

/** Everything a stack may say under the project's own keys. */
export function settingsTree(): Node {
  return merged(
    rawTree(Environment.Production),
    rawTree(Environment.Staging),
    rawTree(Environment.Development),
  );
}

/** What `aws:region` may be. */
export function regionNode(): Node {
  const { $schema: _, ...node } = z.toJSONSchema(regionSchema) as Raw;
  return node;
}

/** A default as it is typed in a stack's file; where environments differ, with their names. */
export function defaultText(defaults: Defaults, quote = ""): string {
  const texts = Object.entries(defaults).map(([environment, value]) => ({
    environment,
    text: `${quote}${typeof value === "string" ? value : JSON.stringify(value)}${quote}`,
  }));
  const distinct = [...new Set(texts.map(({ text }) => text))];
  if (distinct.length === 1) return distinct[0] ?? "";
  return texts.map(({ environment, text }) => `${environment} ${text}`).join(", ");
}

/** Whether a value, or something in it, may be encrypted. */
export function isSecretable(node: Node): boolean {
  const { additionalProperties, items, anyOf = [], properties = {} } = node;
  const inside = [...Object.values(properties), ...anyOf, ...(items ? [items] : [])];
  if (typeof additionalProperties === "object") inside.push(additionalProperties);
  return node.secretable === true || inside.some(isSecretable);
}
