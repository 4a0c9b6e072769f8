import { type Bag, isBag, isUnknown, join, type Value } from "../values";
import type { Failure } from "./kind";
import { type PropertySchemas, type Schema, schema } from "./type-schema";

/** AWS's provider names properties in its own manner: `vpcId` is `vpc_id`. */
function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function describe(value: Value): string {
  if (Array.isArray(value)) return "list";
  if (value === null) return "null";
  return typeof value;
}

const primitives: { readonly [letter: string]: string } = { s: "string", n: "number", b: "boolean" };

/** The value as the provider would take it: it reads numbers and truth out of texts, and writes them as texts. */
function converted(value: Value, wanted: string): Value | undefined {
  const given: string = typeof value;
  if (given === wanted) return value;
  if (wanted === "string" && (typeof value === "number" || typeof value === "boolean")) return String(value);
  if (wanted === "number" && typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value)) return Number(value);
  if (wanted === "boolean" && (value === "true" || value === "false")) return value === "true";
  return undefined;
}

/** Compares values with what the SDK declares. */
class ShapeChecker {
  readonly failures: Failure[] = [];

  constructor(
    readonly type: string,
    readonly known: Schema,
  ) {}

  bag(given: Bag, declared: PropertySchemas, path: string): Bag {
    const taken: Bag = {};
    for (const [key, value] of Object.entries(given)) {
      if (value === null || key.startsWith("__")) continue;
      const wanted = Object.hasOwn(declared, key) ? declared[key] : undefined;
      if (wanted === undefined) this.unknownProperty(join(path, key));
      else taken[key] = this.value(value, wanted.replace(/\?$/, ""), join(path, key));
    }
    for (const [key, wanted] of Object.entries(declared)) {
      if (!wanted.endsWith("?") && !Object.hasOwn(taken, key)) this.missing(path, key);
    }
    return taken;
  }

  private value(value: Value, wanted: string, path: string): Value {
    if (isUnknown(value) || wanted === "*" || value === null) return value;
    const alternatives = splitUnion(wanted);
    if (alternatives.length > 1) return this.either(value, alternatives, path);
    const primitive = primitives[wanted];
    if (primitive !== undefined) {
      const taken = converted(value, primitive);
      return taken ?? this.mismatch(value, primitive, path);
    }
    if (wanted.startsWith("[")) {
      if (!Array.isArray(value)) return this.mismatch(value, "list", path);
      return value.map((item, index) => this.value(item, wanted.slice(1, -1), join(path, index)));
    }
    if (!isBag(value)) return this.mismatch(value, "object", path);
    if (wanted.startsWith("#")) return this.bag(value, this.known.objects[wanted.slice(1)] ?? {}, path);
    const inner = wanted.slice(1, -1);
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, this.value(item, inner, join(path, key))]),
    );
  }

  /** Takes the first alternative that is of the value's form, so that a fault inside an object is named there. */
  private either(value: Value, alternatives: string[], path: string): Value {
    const form = Array.isArray(value) ? "[" : isBag(value) ? "#" : "s";
    const fitting =
      alternatives.find((alternative) => alternative.startsWith(form)) ?? alternatives[0] ?? "*";
    return this.value(value, fitting, path);
  }

  private mismatch(value: Value, wanted: string, path: string): Value {
    this.failures.push({ property: path, reason: `expected ${wanted} type, got ${describe(value)} type` });
    return value;
  }

  private missing(path: string, key: string): void {
    const property = join(path, key);
    const reason = `Missing required argument. The argument "${snake(key)}" is required, but no definition was found`;
    this.failures.push({ property, reason });
  }

  private unknownProperty(property: string): void {
    const reason =
      `${this.type} of AWS SDK ${this.known.version} has no such property; ` +
      "if a newer SDK has it, read the schema anew (npm run model)";
    this.failures.push({ property, reason });
  }
}

/** Splits `a|b` where it is not inside brackets. */
function splitUnion(type: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index < type.length; index++) {
    const letter = type[index];
    if (letter === "[" || letter === "{") depth++;
    if (letter === "]" || letter === "}") depth--;
    if (letter === "|" && depth === 0) {
      parts.push(type.slice(start, index));
      start = index + 1;
    }
  }
  return [...parts, type.slice(start)];
}

/** The inputs as the provider takes them, and where they differ from what the type declares. */
export function checkShape(type: string, inputs: Bag): { inputs: Bag; failures: Failure[] } {
  const known = schema();
  const declared = known.types[type];
  if (!declared) return { inputs, failures: [{ reason: unknownType(type) }] };
  const checker = new ShapeChecker(type, known);
  const given = type.startsWith("pulumi:providers:") ? parsed(inputs, declared.inputs) : inputs;
  return { inputs: checker.bag(given, declared.inputs, ""), failures: checker.failures };
}

/** The SDK hands a provider whatever is no text as JSON. */
function parsed(inputs: Bag, declared: PropertySchemas): Bag {
  return Object.fromEntries(
    Object.entries(inputs).map(([property, value]) => {
      const text = typeof value === "string" && !isUnknown(value) && !declared[property]?.startsWith("s");
      return [property, text ? (JSON.parse(value) as Value) : value];
    }),
  );
}

/** What to do about a type nobody has modelled. */
export function unknownType(type: string): string {
  const [pkg, path] = type.split(":");
  const missing = `the model of AWS does not know ${type}`;
  return pkg === "aws"
    ? `${missing}: add "${path}" to sandbox/tools/types.ts and run npm run model`
    : missing;
}
