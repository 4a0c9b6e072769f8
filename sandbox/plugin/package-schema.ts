import { type PropertySchemas, schema, type TypeSchema } from "../model/type-schema";
import { type Bag, isBag } from "../values";
import { functions } from "./functions";
import { secretsOf } from "./secrets";

const awsProvider = "pulumi:providers:aws";

const anything: Bag = { $ref: "pulumi.json#/Any" };
const primitives: { readonly [letter: string]: Bag } = {
  s: { type: "string" },
  n: { type: "number" },
  b: { type: "boolean" },
  o: { type: "object", additionalProperties: anything },
  "*": anything,
};

/**
 * What the model knows of the AWS SDK, as a package schema for other languages, `pulumi import` and `pulumi package`.
 *
 * @see https://www.pulumi.com/docs/iac/packages-and-automation/pulumi-packages/schema/
 */
export function packageSchema(): Bag {
  const { version, types } = schema();
  const provider = settable(types[awsProvider] ?? { inputs: {}, outputs: {} }, awsProvider);
  const resources = Object.entries(types).filter(([type]) => type.startsWith("aws:"));
  const described = {
    resources: mapped(resources, ([type, known]) => [type, resourceOf(type, known)]),
    functions: mapped(Object.entries(functions), ([token, { inputs, outputs }]) => [
      token,
      { inputs: objectOf(inputs), outputs: objectOf(outputs) },
    ]),
  };
  return {
    name: "aws",
    version,
    description: "The part of AWS that the sandbox has a model of",
    meta: { moduleFormat: "(.*)(?:/[^/]*)" },
    config: { variables: provider.inputProperties },
    provider,
    ...described,
    types: objectsIn({ ...described, provider }),
  };
}

function mapped<T>(items: readonly T[], entry: (item: T) => readonly [string, Bag]): Bag {
  return Object.fromEntries(items.map(entry));
}

/** `ec2.InstanceCpuOptions` as the schema of the SDK calls it. */
function tokenOf(name: string): string {
  const [module, type] = name.includes(".") ? name.split(".") : ["index", name];
  return `aws:${module}/${type}:${type}`;
}

/** A property's type, written as in `PropertySchemas`. */
function typeOf(form: string): Bag {
  const plain = form.replace(/\?$/, "");
  const known = primitives[plain];
  if (known) return known;
  if (plain.startsWith("#") && !plain.includes("|")) return { $ref: `#/types/${tokenOf(plain.slice(1))}` };
  if (/^\[[^[\]]*\]$/.test(plain)) return { type: "array", items: typeOf(plain.slice(1, -1)) };
  if (/^\{[^{}]*\}$/.test(plain)) return { type: "object", additionalProperties: typeOf(plain.slice(1, -1)) };
  return { oneOf: plain.split("|").map(typeOf) };
}

function propertiesOf(declared: PropertySchemas, secrets: readonly string[] = []): Bag {
  return mapped(Object.entries(declared), ([property, form]) => [
    property,
    { ...typeOf(form), ...(secrets.includes(property) ? { secret: true } : {}) },
  ]);
}

/** Properties that are never left out. */
function requiredOf(declared: PropertySchemas): string[] {
  return Object.keys(declared).filter((property) => !declared[property]?.endsWith("?"));
}

function objectOf(declared: PropertySchemas): Bag {
  return { type: "object", properties: propertiesOf(declared), required: requiredOf(declared) };
}

function settable({ inputs }: TypeSchema, type: string): { inputProperties: Bag; requiredInputs: string[] } {
  return { inputProperties: propertiesOf(inputs, secretsOf(type)), requiredInputs: requiredOf(inputs) };
}

function resourceOf(type: string, known: TypeSchema): Bag {
  const { inputs, outputs } = known;
  // Of what can be set and read, the inputs say more.
  const readable = Object.entries(outputs).map(([property, form]) => {
    const input = Object.hasOwn(inputs, property) ? inputs[property]?.replace(/\?$/, "") : undefined;
    const told = input !== undefined && /^\[?o\]?\??$/.test(form) ? input : form;
    return [property, told + (form.endsWith("?") && !told.endsWith("?") ? "?" : "")] as const;
  });
  const readableProperties = Object.fromEntries(readable);
  return {
    ...settable(known, type),
    properties: propertiesOf(readableProperties, secretsOf(type)),
    required: requiredOf(readableProperties),
  };
}

/** The objects that are referred to, and those they refer to. */
function objectsIn(described: Bag): Bag {
  const byToken = new Map(Object.keys(schema().objects).map((name) => [tokenOf(name), name]));
  const found: Bag = {};
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (isBag(value)) Object.values(value).forEach(visit);
    if (!isBag(value) || typeof value.$ref !== "string") return;
    const token = value.$ref.replace("#/types/", "");
    const name = byToken.get(token);
    if (name === undefined || Object.hasOwn(found, token)) return;
    found[token] = objectOf(schema().objects[name] ?? {});
    visit(found[token]);
  };
  visit(described);
  return found;
}
