import { type Bag, isBag, join, UNKNOWN, type Value } from "../values";

/** Marks an object on the wire as something other than a map. */
export const signature = "4dabf18193072939515e22adb298388d";
/** The mark of a secret. */
export const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
const resourceSignature = "5cf8f73096256a8f31e491e813e4eb8e";
/** The mark of an output. */
export const outputSignature = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

/** Properties as they came, taken apart. */
export interface Received {
  /** Without wrappers: a secret is its value, a resource its id (a component its URN), an output its value or unknown. */
  readonly values: Bag;
  /** Where secrets were. */
  readonly secretPaths: string[];
  /** What the outputs among the values said they depend on, by property. */
  readonly dependencies: Map<string, Set<string>>;
}

class Reader {
  readonly secretPaths: string[] = [];
  dependencies = new Set<string>();

  read(value: unknown, path: string): Value {
    if (Array.isArray(value)) return value.map((item, index) => this.read(item, join(path, index)));
    if (!isBag(value)) return (value ?? null) as Value;
    switch (value[signature]) {
      case undefined:
        return this.map(value, path);
      case secretSignature:
        this.secretPaths.push(path);
        return this.read(value.value, path);
      case outputSignature:
        return this.output(value, path);
      case resourceSignature:
        // An empty id is how the SDK says that a resource is yet to be created.
        return (value.id === undefined ? value.urn : value.id || UNKNOWN) ?? null;
      default:
        return value;
    }
  }

  private map(value: Bag, path: string): Bag {
    const found: Bag = {};
    for (const key of Object.keys(value).sort()) found[key] = this.read(value[key], join(path, key));
    return found;
  }

  private output(value: Bag, path: string): Value {
    const { dependencies, secret } = value;
    if (secret === true) this.secretPaths.push(path);
    if (Array.isArray(dependencies)) for (const urn of dependencies) this.dependencies.add(String(urn));
    return "value" in value ? this.read(value.value, path) : UNKNOWN;
  }
}

/** Takes apart what the SDK sent. */
export function received(properties: object): Received {
  const reader = new Reader();
  const values: Bag = {};
  const dependencies = new Map<string, Set<string>>();
  for (const key of Object.keys(properties).sort()) {
    reader.dependencies = new Set();
    values[key] = reader.read((properties as Bag)[key], join("", key));
    dependencies.set(key, reader.dependencies);
  }
  return { values, secretPaths: [...new Set(reader.secretPaths)], dependencies };
}

/** A secret as the SDK reads it. */
export function secret(value: Value): Bag {
  return { [signature]: secretSignature, value };
}

/** A resource as an output of a component; an empty id says that it is not known yet. */
export function resourceReference(resource: { urn: string; type: string; name: string; id: string }): Bag {
  const { urn, type, name, id } = resource;
  return { [signature]: resourceSignature, urn, type, name, id: id === UNKNOWN ? "" : id };
}

/** Puts the wrappers back: values with everything under `secretPaths` marked secret. */
export function withSecrets(values: Bag, secretPaths: readonly string[]): Bag {
  if (secretPaths.length === 0) return values;
  const secrets = new Set(secretPaths);
  const wrap = (value: Value, path: string): Value => {
    const inner = Array.isArray(value)
      ? value.map((item, index) => wrap(item, join(path, index)))
      : isBag(value)
        ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, wrap(item, join(path, key))]))
        : value;
    return secrets.has(path) ? secret(inner) : inner;
  };
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, wrap(value, join("", key))]));
}
