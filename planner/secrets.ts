import { type Bag, isBag, isUnknown, join, type Value } from "../sandbox/values";
import { SECRET } from "./config-value";

/** Hides the secrets of one composition, in values by where they are and in texts by what they are. */
export class Secrets {
  readonly #texts = new Set<string>();

  /** Values with `[secret]` for everything under the paths; remembers what it hid. */
  hide(values: Bag, paths: readonly string[]): Bag {
    if (paths.length === 0) return values;
    const secret = new Set(paths);
    const hide = (value: Value, path: string): Value => {
      if (secret.has(path)) {
        this.#remember(value);
        return SECRET;
      }
      if (Array.isArray(value)) return value.map((item, index) => hide(item, join(path, index)));
      return isBag(value) ? mapped(value, (item, key) => hide(item, join(path, key))) : value;
    };
    return mapped(values, (value, key) => hide(value, join("", key)));
  }

  /** A text without the secrets hidden so far. */
  scrub(text: string): string {
    let clean = text;
    for (const secret of this.#texts) clean = clean.replaceAll(secret, SECRET);
    return clean;
  }

  #remember(value: Value): void {
    if (Array.isArray(value)) for (const item of value) this.#remember(item);
    else if (isBag(value)) for (const item of Object.values(value)) this.#remember(item);
    // Shorter ones would hide half of every text, as the CLI found too.
    else if (typeof value === "string" && value.length >= 4 && !isUnknown(value)) this.#texts.add(value);
  }
}

function mapped(bag: Bag, change: (value: Value, key: string) => Value): Bag {
  return Object.fromEntries(Object.entries(bag).map(([key, value]) => [key, change(value, key)]));
}
