import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ChangeRule, Condition } from "./change-rule";

/** When an update hands out an output anew. */
export interface Renewal {
  /** Inputs whose change does it; without this, every input does that `except` does not name. */
  readonly inputs?: readonly string[];
  /** Inputs whose change does not. */
  readonly except?: readonly string[];
  /** What must hold of the inputs besides. */
  readonly is?: Condition;
}

/**
 * What the AWS provider makes of a change to a resource of one type.
 *
 * Paths are those of the inputs, dots leading through objects and lists alike: `rules.filter.prefix`. A path in
 * `replace` stands for everything below it too.
 */
export interface Changes {
  /** Inputs whose change makes the provider replace the resource. */
  readonly replace: readonly string[];
  /** Whether that is all of them: the provider has no way to update the resource. */
  readonly never: boolean;
  /** Inputs whose change replaces it in some cases: if one of a path's rules holds, besides what `replace` says. */
  readonly when: readonly ChangeRule[];
  /** Whether the provider has a replaced resource deleted before its successor is made. */
  readonly deleteFirst: boolean;
  /** Inputs that are sets: the order of their elements means nothing. */
  readonly sets: readonly string[];
  /** Inputs AWS or the provider computes when they are left out: to leave one out changes nothing. */
  readonly computed: readonly string[];
  /** Changes the provider takes for none. */
  readonly ignored: readonly ChangeRule[];
  /** Inputs that tell the provider how to work and that AWS never hears of: an update of the state alone. */
  readonly local: readonly string[];
  /** Inputs that go to AWS and are kept nowhere: a change of one is never seen. */
  readonly writeOnly: readonly string[];
  /** By output, when an update hands it out anew: it is unknown in the preview of such an update. */
  readonly renewed: { readonly [output: string]: Renewal };
}

/** The file: per type what differs from `unchanging`. */
interface File {
  /** Of the Terraform AWS provider whose schemas and plans the facts were read from. */
  readonly provider: string;
  readonly types: { readonly [type: string]: Partial<Changes> };
}

const unchanging: Changes = {
  replace: [],
  never: false,
  when: [],
  deleteFirst: false,
  sets: [],
  computed: [],
  ignored: [],
  local: [],
  writeOnly: [],
  renewed: {},
};

let loaded: File | undefined;

function file(): File {
  loaded ??= JSON.parse(readFileSync(join(__dirname, "changes.json"), "utf8")) as File;
  return loaded;
}

/** The types something is known of. */
export function typesWithChanges(): string[] {
  return Object.keys(file().types);
}

/** What is known of changes to resources of a type. Of an unknown type nothing: every change is an update in place. */
export function changesOf(type: string): Changes {
  const { types } = file();
  return Object.hasOwn(types, type) ? { ...unchanging, ...types[type] } : unchanging;
}
