import { saysUnknown, Undecided, whyUndecided } from "./unknown";

const yes = new Set<unknown>([true, 1, "true", "True", "TRUE", "t", "T", "1"]);
const no = new Set<unknown>([false, 0, "false", "False", "FALSE", "f", "F", "0"]);

/** What looking at a value shows: the value, or what it waits for, and where. */
type Looked = { readonly value: unknown } | { readonly path: string; readonly waits: string };

/**
 * A property of a resource, or something inside one, not read yet.
 *
 * Going down with {@link at} never fails, whatever the shape. Reading gives the value in the type asked for, nothing
 * for what is unset or of another type, and throws {@link Undecided} for what is not known yet. Strings are accepted
 * for numbers and booleans, because providers and other languages write them so.
 */
export class Value {
  /** Where it stands, such as `defaultActions[0].redirect.port`; empty for the resource itself. */
  readonly path: string;
  readonly #look: () => Looked;
  #looked: Looked | undefined;

  private constructor(path: string, look: () => Looked) {
    this.path = path;
    this.#look = look;
  }

  /** All properties of a resource. */
  static of(props: unknown): Value {
    return new Value("", () => seen("", () => bare(props)));
  }

  /** What stands under a key, or under one key after the other. */
  at(...keys: readonly string[]): Value {
    return keys.reduce<Value>((outer, key) => {
      const path = outer.path === "" ? key : `${outer.path}.${key}`;
      return new Value(path, () => outer.#seen((value) => seen(path, () => member(value, key))));
    }, this);
  }

  /** A text that is not empty; AWS treats an empty one as unset. */
  text(): string | undefined {
    const value = this.#known();
    if (typeof value === "string") return value === "" ? undefined : value;
    return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
  }

  /** A boolean. */
  flag(): boolean | undefined {
    const value = this.#known();
    if (yes.has(value)) return true;
    return no.has(value) ? false : undefined;
  }

  /** A finite number. */
  number(): number | undefined {
    const value = this.#known();
    const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
    return typeof number === "number" && Number.isFinite(number) ? number : undefined;
  }

  /** The elements of a list, each still unread, so that they can be counted even if none is known. */
  items(): readonly Value[] {
    const value = this.#known();
    if (!Array.isArray(value)) return [];
    return Array.from({ length: value.length }, (_, index) => {
      const path = `${this.path}[${index}]`;
      return new Value(path, () => seen(path, () => member(value, String(index))));
    });
  }

  /** The elements of a list; of what may stand alone in the place of a list, itself. */
  list(): readonly Value[] {
    const value = this.#known();
    if (value === undefined) return [];
    return Array.isArray(value) ? this.items() : [this];
  }

  /** Names of an object's members, known or not; none of anything else. */
  keys(): readonly string[] {
    const value = this.#known();
    return typeof value === "object" && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
  }

  /** What a text says as JSON; an object or a list as it is. Nothing for a text that is no JSON. */
  parsed(): Value {
    return new Value(this.path, () =>
      this.#seen((value) => (typeof value === "string" ? seen(this.path, () => fromJson(value)) : { value })),
    );
  }

  /** Whether something was written here; what is not known yet was. */
  isSet(): boolean {
    const looked = this.#once();
    return "waits" in looked || looked.value !== undefined;
  }

  /** Whether it can be read now. */
  isKnown(): boolean {
    return !("waits" in this.#once());
  }

  /** The value as it is, with null and the empty text as unset. */
  #known(): unknown {
    const looked = this.#once();
    if ("waits" in looked) throw new Undecided(looked.path, looked.waits);
    return looked.value;
  }

  /** What can be seen further on, if this can be seen. */
  #seen(further: (value: unknown) => Looked): Looked {
    const looked = this.#once();
    return "waits" in looked ? looked : further(looked.value);
  }

  #once(): Looked {
    this.#looked ??= this.#look();
    return this.#looked;
  }
}

/** Looks at a value, with null and the empty text as unset. */
function seen(path: string, read: () => unknown): Looked {
  let value: unknown;
  try {
    value = read();
  } catch (error) {
    if (saysUnknown(error)) return { path, waits: "not known yet" };
    throw error;
  }
  const waits = whyUndecided(value);
  if (waits !== undefined) return { path, waits };
  return { value: value === null || value === "" ? undefined : value };
}

/**
 * Properties without the policy SDK's proxy, which throws an error with a stack for every unknown value that is touched.
 * What is unknown is as plain underneath. A proxy the SDK no longer marks so is read through.
 */
function bare(props: unknown): unknown {
  const proxy = props as {
    readonly __isSpecialProxy?: unknown;
    readonly __getSpecialProxyTarget?: unknown;
  } | null;
  if (typeof proxy !== "object" || proxy === null || proxy.__isSpecialProxy !== true) return props;
  return proxy.__getSpecialProxyTarget;
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function member(value: unknown, key: string): unknown {
  const holds = typeof value === "object" && value !== null && Object.hasOwn(value, key);
  return holds ? (value as { readonly [key: string]: unknown })[key] : undefined;
}

/** A text as a message quotes it: one line and short, since a wrong value may be anything. */
export function shown(text: string | undefined): string {
  return text === undefined ? "not set" : `"${brief(text)}"`;
}

/** A name as a message gives it: one line and short, whatever somebody called it. */
export function brief(name: string): string {
  const plain = name.slice(0, 61).replace(/[^\x20-\x7e]/g, "?");
  return plain.length > 60 ? `${plain.slice(0, 57)}...` : plain;
}
