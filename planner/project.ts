import { existsSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { isMap, isScalar, type ParsedNode, type YAMLMap } from "yaml";
import { Failure } from "./failure";
import { YamlFile } from "./yaml-file";

/** A Pulumi project: its `Pulumi.yaml` and what it says. */
export interface Project {
  readonly name: string;
  /** Folder of `Pulumi.yaml`. */
  readonly root: string;
  /** Folder the program runs in. */
  readonly programFolder: string;
  /** File or folder to load. */
  readonly entry: string;
  /** Folder of the stack files. */
  readonly stackFolder: string;
  readonly file: YamlFile;
  /** The `config` block, if there is one. */
  readonly config?: YAMLMap.Parsed;
}

/** Finds the project a folder belongs to, as the CLI does: in the folder or the nearest one above it. */
export async function findProject(cwd: string): Promise<Project> {
  for (let folder = path.resolve(cwd); ; folder = path.dirname(folder)) {
    for (const name of ["Pulumi.yaml", "Pulumi.yml"]) {
      const file = path.join(folder, name);
      if (existsSync(file)) return readProject(file, cwd);
    }
    if (folder === path.dirname(folder)) throw new Failure(`no Pulumi.yaml in ${cwd} or a folder above it`);
  }
}

async function readProject(location: string, cwd: string): Promise<Project> {
  const file = await YamlFile.read(location, cwd, "the project");
  const root = path.dirname(location);
  const contents = file.root();
  if (!contents) throw new Failure(`${file.label}: the project is empty, it needs a name and a runtime`);
  const text = (key: string) => textAt(file, contents, key);
  const name = text("name");
  if (name === undefined) throw file.problem(contents, "the project needs a `name`");
  checkRuntime(file, contents);

  const main = path.resolve(root, text("main") ?? ".");
  const isFolder = existsSync(main) && statSync(main).isDirectory();
  const config = contents.get("config", true) as ParsedNode | undefined;
  const declared = config !== undefined && isMap(config) ? { config: config as YAMLMap.Parsed } : {};
  // An older project names the folder of its stack files in `config`.
  const moved = text("stackConfigDir") ?? (isMap(config) ? undefined : text("config"));
  return {
    name,
    root,
    programFolder: isFolder ? main : path.dirname(main),
    entry: main,
    stackFolder: path.resolve(root, moved ?? "."),
    file,
    ...declared,
  };
}

function checkRuntime(file: YamlFile, contents: YAMLMap.Parsed): void {
  const node = contents.get("runtime", true) as ParsedNode | undefined;
  if (node === undefined) throw file.problem(contents, "the project needs a `runtime`");
  const name = isMap(node) ? textAt(file, node as YAMLMap.Parsed, "name") : textAt(file, contents, "runtime");
  if (name !== "nodejs") {
    throw file.problem(node, `plan runs Node.js programs; the runtime here is "${name ?? ""}"`);
  }
}

function textAt(file: YamlFile, contents: YAMLMap.Parsed, key: string): string | undefined {
  const node = contents.get(key, true) as ParsedNode | undefined;
  if (node === undefined || (isScalar(node) && node.value === null)) return undefined;
  if (isScalar(node) && typeof node.value === "string") return node.value;
  throw file.problem(node, `\`${key}\` has to be a text`);
}

/** Stacks that have a file, by name. */
export function stacksOf(project: Project): string[] {
  if (!existsSync(project.stackFolder)) return [];
  const names = readdirSync(project.stackFolder).map((name) => /^Pulumi\.(.+)\.ya?ml$/.exec(name)?.[1]);
  return [...new Set(names.filter((name) => name !== undefined))].sort();
}
