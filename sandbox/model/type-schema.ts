import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Properties by name. A type is `s` string, `n` number, `b` boolean, `*` anything, `o` an object nobody sets,
 * `#module.Name` a nested object, `[x]` a list, `{x}` a map; `a|b` either; `?` at the end: may be left out.
 */
export interface PropertySchemas {
  readonly [property: string]: string;
}

/** What the SDK declares for one resource type. */
export interface TypeSchema {
  /** What a program may set. */
  readonly inputs: PropertySchemas;
  /** What it can read. */
  readonly outputs: PropertySchemas;
}

/** What the model knows of the AWS SDK. */
export interface Schema {
  /** Of the SDK it was read from. */
  readonly version: string;
  readonly types: { readonly [type: string]: TypeSchema };
  readonly objects: { readonly [name: string]: PropertySchemas };
}

let loaded: Schema | undefined;

/** The schema, read when it is first asked for. */
export function schema(): Schema {
  loaded ??= JSON.parse(readFileSync(join(__dirname, "schema.json"), "utf8")) as Schema;
  return loaded;
}
