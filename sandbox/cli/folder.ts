import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readdirSync, realpathSync } from "node:fs";
import path from "node:path";
import { textOf, writeWhole } from "./files";
import type { Project } from "./project";

/** What lies in `.sandbox`, beside `Pulumi.yaml`. All of it may be deleted at any time: the sandbox then begins anew. */
export interface Folder {
  /** The folder, without symbolic links. */
  readonly path: string;
  /** The AWS account. */
  readonly worldFile: string;
  /** What the CLI has for `~/.pulumi`. */
  readonly home: string;
  /** Its backend. */
  readonly state: string;
  /** What protects the secrets in the state. */
  readonly passphraseFile: string;
  /** The salt that belongs to it. */
  readonly keysFile: string;
  /** A second project of the same name, with the sandbox's copies of the stack files. */
  readonly project: string;
  /** What the copies were made of. */
  readonly given: string;
  /** What was changed in them. */
  readonly changes: string;
}

/** Makes the folder unless there is one: nobody else may look into it, and git never takes it in. */
export function openFolder({ root }: Project): Folder {
  const folder = path.join(root, ".sandbox");
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o700);
  const at = (name: string) => path.join(realpathSync(folder), name);
  writeWhole(at(".gitignore"), "*\n");
  return {
    path: realpathSync(folder),
    worldFile: at("world.json"),
    home: at("home"),
    state: at("state"),
    passphraseFile: at("passphrase"),
    keysFile: at("keys.json"),
    project: at("project"),
    given: at("given"),
    changes: at("changes"),
  };
}

/** Makes what the CLI needs in it. */
export function furnish({ home, state, project, given, changes }: Folder): void {
  for (const needed of [path.join(home, "plugins"), state, project, given, changes]) {
    mkdirSync(needed, { recursive: true });
  }
}

/** Where the backend keeps the stacks of a project. */
function stacksFolder({ state }: Folder, { name }: Project): string {
  return path.join(state, ".pulumi", "stacks", name);
}

/** Stacks that have been created in the sandbox, by name. */
export function createdStacks(folder: Folder, project: Project): string[] {
  const stacks = stacksFolder(folder, project);
  if (!existsSync(stacks)) return [];
  return readdirSync(stacks).flatMap((name) => /^(.+)\.json$/.exec(name)?.[1] ?? []);
}

/** The stack that `stack select` chose in the sandbox, if it did. */
export function selectedStack(folder: Folder, project: Project): string | undefined {
  const digest = createHash("sha1").update(path.join(folder.project, project.fileName)).digest("hex");
  const notes = textOf(path.join(folder.home, "workspaces", `${project.name}-${digest}-workspace.json`));
  if (notes === undefined) return undefined;
  const settings = JSON.parse(notes) as Settings;
  const selected = Object.values(settings.stacks ?? {})[0] ?? settings.stack ?? "";
  return selected === "" ? undefined : shortName(selected);
}

/** The CLI's notes on a project: one stack, in newer versions one for each backend. */
interface Settings {
  readonly stack?: string;
  readonly stacks?: { readonly [backend: string]: string };
}

/** A stack's own name; `organization/project/stack` is how the CLI writes it in full. */
export function shortName(stack: string): string {
  return stack.split("/").at(-1) ?? stack;
}
