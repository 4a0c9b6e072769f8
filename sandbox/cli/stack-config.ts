import { isDeepStrictEqual } from "node:util";
import { type Document, isMap, isScalar, type Node, type Pair, visit, type YAMLMap } from "yaml";
import { Failure } from "./failure";
import { emptyDocument } from "./yaml-text";

/** The `config` of a stack file as plain texts, lists and maps, by key. */
export type Config = { readonly [key: string]: unknown };

/** The `config` block of a document; an empty one is put there if it has none. */
export function configBlock(document: Document, file: string): YAMLMap {
  const found = document.get("config", true);
  if (isMap(found)) return found;
  if (found !== undefined && !(isScalar(found) && found.value === "")) {
    throw new Failure(`${file}: \`config\` has to be a mapping (\`key: value\`)`);
  }
  const block = document.createNode({}) as YAMLMap;
  document.set("config", block);
  return block;
}

/** What the block holds. */
export function plainConfig(document: Document, file: string): Config {
  return configBlock(document, file).toJS(document) as Config;
}

/**
 * A copy of a stack file that the sandbox can read: its config, each encrypted value replaced by one that the sandbox has
 * encrypted, and nothing of who encrypted them or of environments that need an account.
 */
export function readable(given: Document, placeholder: string, file: string): Readable {
  const copy = emptyDocument();
  const block = configBlock(given, file);
  const secretKeys = block.items.filter((pair) => hideSecrets(pair, placeholder)).map(keyOf);
  copy.set("config", block);
  return { document: copy, secretKeys };
}

/** A copy of a stack file. */
export interface Readable {
  readonly document: Document;
  /** Config keys whose value is, or holds, the placeholder. */
  readonly secretKeys: readonly string[];
}

/** Puts the placeholder wherever a value is encrypted; says whether one was. */
function hideSecrets(pair: Pair, placeholder: string): boolean {
  let found = false;
  visit(pair.value as Node, {
    Map: (_, map) => {
      if (map.items.length !== 1 || !isScalar(map.get("secure", true))) return undefined;
      found = true;
      map.set("secure", placeholder);
      return visit.SKIP;
    },
  });
  return found;
}

function keyOf({ key }: Pair): string {
  return String(isScalar(key) ? key.value : key);
}

/** Changes `document` in the way that `changes` says. */
export function applyChanges(document: Document, changes: Document, file: string): void {
  const block = configBlock(document, file);
  for (const key of removedIn(changes)) block.delete(key);
  for (const { key, value } of configBlock(changes, file).items) block.set(key, value);
}

function removedIn(changes: Document): string[] {
  const removed = (changes.toJS() as { removed?: unknown } | null)?.removed;
  return Array.isArray(removed) ? removed.map(String) : [];
}

/** What has been changed in a copy: values set anew under `config`, keys taken out under `removed`. */
export function changesOf(given: Document, copy: Document, file: string): Document {
  const [before, after] = [plainConfig(given, file), plainConfig(copy, file)];
  const removed = Object.keys(before).filter((key) => !Object.hasOwn(after, key));
  const set = configBlock(copy, file).items.filter(
    (pair) => !isDeepStrictEqual(before[keyOf(pair)], after[keyOf(pair)]),
  );
  const changes = emptyDocument();
  if (set.length > 0) {
    const block = configBlock(changes, file);
    for (const { key, value } of set) block.set(key, value);
  }
  if (removed.length > 0) changes.set("removed", changes.createNode(removed));
  return changes;
}
