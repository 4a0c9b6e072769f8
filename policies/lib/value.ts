import { saysUnknown, Undecided, whyUndecided } from "./unknown";

const yes = new Set<unknown>([true, 1, "true", "True", "TRUE", "t", "T", "1"]);
const no = new Set<unknown>([false, 0, "false", "False", "FALSE", "f", "F", "0"]);

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
  readonly #read: () => unknown;

  private constructor(path: string, read: () => unknown) {
    this.path = path;
    this.#read = read;
  }

  /** All properties of a resource. */
  static of(props: unknown): Value {
    return new Value("", () => props);
  }

  /** What stands under a key, or under one key after the other. */
  at(...keys: readonly string[]): Value {
    return keys.reduce<Value>(
      (outer, key) =>
        new Value(outer.path === "" ? key : `${outer.path}.${key}`, () => member(outer.#known(), key)),
      this,
    );
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
    return Array.from(
      { length: value.length },
      (_, index) => new Value(`${this.path}[${index}]`, () => member(value, String(index))),
    );
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
    return new Value(this.path, () => {
      const value = this.#known();
      return typeof value === "string" ? fromJson(value) : value;
    });
  }

  /** Whether something was written here; what is not known yet was. */
  isSet(): boolean {
    return decided(() => this.#known(), "unknown") !== undefined;
  }

  /** Whether it can be read now. */
  isKnown(): boolean {
    return decided(() => [this.#known()], undefined) !== undefined;
  }

  /** The value as it is, with null and the empty text as unset. */
  #known(): unknown {
    let value: unknown;
    try {
      value = this.#read();
    } catch (error) {
      throw saysUnknown(error) ? new Undecided(this.path, "not known yet") : error;
    }
    const waits = whyUndecided(value);
    if (waits !== undefined) throw new Undecided(this.path, waits);
    return value === null || value === "" ? undefined : value;
  }
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What reading gives, or something else if it cannot be decided now. */
function decided<T, U>(read: () => T, otherwise: U): T | U {
  try {
    return read();
  } catch (error) {
    if (error instanceof Undecided) return otherwise;
    throw error;
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
