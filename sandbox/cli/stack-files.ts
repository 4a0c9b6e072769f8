import { readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import type { Document } from "yaml";
import { textOf, writeWhole } from "./files";
import type { Folder } from "./folder";
import { type Keys, PLACEHOLDER } from "./keys";
import { Crypter } from "./passphrase";
import { type Project, stackFilesOf, stackOf } from "./project";
import { applyChanges, changesOf, plainConfig, readable } from "./stack-config";
import { emptyDocument, parsed } from "./yaml-text";

/** The copy of a stack file. */
export interface Copy {
  readonly file: string;
  /** Config keys that hold a placeholder. */
  readonly placeholders: readonly string[];
}

/**
 * The stack files the CLI is given in place of the project's, which it would write to. Each is made of the project's file
 * and of what was changed in the sandbox, at every start; `keep` afterwards notes what the CLI has changed.
 */
export class StackFiles {
  readonly #project: Project;
  readonly #folder: Folder;
  readonly #keys: Keys;

  constructor(project: Project, folder: Folder, keys: Keys) {
    this.#project = project;
    this.#folder = folder;
    this.#keys = keys;
  }

  /** Makes the sandbox's own project, with a copy of every stack file. */
  async renew(): Promise<Map<string, Copy>> {
    writeWhole(path.join(this.#folder.project, this.#project.fileName), ownProject(this.#project));
    const files = stackFilesOf(this.#project);
    const wanted = new Set([...files.keys(), ...stacksIn(this.#folder.changes)]);
    for (const stack of stacksIn(this.#folder.project)) if (!wanted.has(stack)) this.#forget(stack);
    const copies = new Map<string, Copy>();
    for (const stack of wanted) {
      copies.set(stack, await this.#copy(stack, files.get(stack), this.#read("changes", stack)));
    }
    return copies;
  }

  /** Makes the copy of one stack, for one run, of this file or of none: without what was changed in the sandbox. */
  replace(stack: string, file?: string): Promise<Copy> {
    return this.#copy(stack, file, undefined);
  }

  /** Notes what the CLI has changed in the copies, so that it is there the next time, too. */
  keep(): void {
    const stacks = stacksIn(this.#folder.project);
    for (const stack of stacksIn(this.#folder.given)) if (!stacks.includes(stack)) this.#forget(stack);
    for (const stack of stacks) this.#keep(stack);
  }

  async #copy(stack: string, file: string | undefined, changes: Document | undefined): Promise<Copy> {
    const given = file === undefined ? emptyDocument() : parsed(readFileSync(file, "utf8"), file);
    const { encryptionSalt, encrypted } = await this.#encryption(changes);
    const { document, secretKeys } = readable(given, encrypted, file ?? stack);
    writeWhole(this.#at("given", stack), String(document));
    if (changes !== undefined) applyChanges(document, changes, this.#at("changes", stack));
    document.set("encryptionsalt", encryptionSalt);
    writeWhole(this.#at("project", stack), String(document));
    const set = changes === undefined ? {} : plainConfig(changes, this.#at("changes", stack));
    return {
      file: this.#at("project", stack),
      placeholders: secretKeys.filter((key) => !Object.hasOwn(set, key)),
    };
  }

  /** What encrypts the secrets of a stack. One that the CLI has created has a salt of its own. */
  async #encryption(changes: Document | undefined) {
    const own = saltOf(changes);
    if (own === undefined) {
      return { encryptionSalt: this.#keys.encryptionSalt, encrypted: this.#keys.placeholder };
    }
    const crypter = await Crypter.from(this.#keys.passphrase, own);
    return { encryptionSalt: own, encrypted: crypter.encrypt(PLACEHOLDER) };
  }

  #keep(stack: string): void {
    const copy = this.#read("project", stack) ?? emptyDocument();
    const given = this.#read("given", stack) ?? emptyDocument();
    const changes = changesOf(given, copy, this.#at("project", stack));
    const salt = saltOf(copy);
    if (salt !== undefined && salt !== this.#keys.encryptionSalt) changes.set("encryptionsalt", salt);
    const isOwn = !stackFilesOf(this.#project).has(stack);
    // A stack that only the sandbox has is known by its changes, even if there are none.
    if (isOwn || Object.keys(changes.toJS() as object).length > 0) {
      writeWhole(this.#at("changes", stack), String(changes));
    } else rmSync(this.#at("changes", stack), { force: true });
  }

  #forget(stack: string): void {
    for (const part of ["project", "given", "changes"] as const)
      rmSync(this.#at(part, stack), { force: true });
  }

  #read(part: Part, stack: string): Document | undefined {
    const file = this.#at(part, stack);
    const text = textOf(file);
    return text === undefined ? undefined : parsed(text, file);
  }

  #at(part: Part, stack: string): string {
    // The CLI gives a stack file the ending of the project's.
    return path.join(this.#folder[part], `Pulumi.${stack}${path.extname(this.#project.fileName)}`);
  }
}

type Part = "project" | "given" | "changes";

function stacksIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => stackOf(name) ?? []);
}

function saltOf(document: Document | undefined): string | undefined {
  const salt: unknown = document?.get("encryptionsalt");
  return typeof salt === "string" && salt !== "" ? salt : undefined;
}

/** What stands in `Pulumi.yaml` that names the stacks and says what their config may be. No program runs there. */
function ownProject({ document }: Project): string {
  const own = emptyDocument();
  for (const key of ["name", "runtime", "description", "config"]) {
    const node: unknown = document.get(key, true);
    // In an older project `config` names the folder of the stack files.
    const isFolder = key === "config" && typeof document.get(key) === "string";
    if (node !== undefined && !isFolder) own.set(key, node);
  }
  return String(own);
}
