import { existsSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import path from "node:path";
import { type Document, isMap, isScalar, type YAMLMap } from "yaml";
import { Failure } from "./failure";
import { parsed } from "./yaml-text";

/** A Pulumi project, as far as the sandbox has to know it. */
export interface Project {
  readonly name: string;
  /** Folder of `Pulumi.yaml`, without symbolic links: the CLI and the sandbox then call it alike. */
  readonly root: string;
  /** Name of its file, `Pulumi.yaml` or `Pulumi.yml`. */
  readonly fileName: string;
  /** Folder of the stack files. */
  readonly stackFolder: string;
  /** What the file says. */
  readonly document: Document;
}

/** Finds the project a folder belongs to, as the CLI does: in the folder or the nearest one above it. */
export function findProject(cwd: string): Project {
  for (let folder = path.resolve(cwd); ; folder = path.dirname(folder)) {
    const fileName = ["Pulumi.yaml", "Pulumi.yml"].find((name) => existsSync(path.join(folder, name)));
    if (fileName !== undefined) return readProject(realpathSync(folder), fileName);
    if (folder === path.dirname(folder)) throw new Failure(`no Pulumi.yaml in ${cwd} or a folder above it`);
  }
}

function readProject(root: string, fileName: string): Project {
  const file = path.join(root, fileName);
  const document = parsed(readFileSync(file, "utf8"), file);
  const { contents } = document;
  const name = isMap(contents) ? contents.get("name") : undefined;
  if (!isMap(contents) || typeof name !== "string" || !/^[\w.-]{1,100}$/.test(name)) {
    throw new Failure(`${file}: the project needs a \`name\` of letters, digits, hyphens and periods`);
  }
  return { name, root, fileName, stackFolder: path.resolve(root, movedTo(contents) ?? "."), document };
}

/** Folder of the stack files when it is not the project's; an older project names it in `config`. */
function movedTo(contents: YAMLMap): string | undefined {
  const named = ["stackConfigDir", "config"].map((key) => contents.get(key, true));
  return named.map((node) => (isScalar(node) ? String(node.value) : "")).find((text) => text !== "");
}

/** Stacks that have a file, by name, with the file. */
export function stackFilesOf({ stackFolder }: Project): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  if (!existsSync(stackFolder)) return found;
  for (const entry of readdirSync(stackFolder).sort()) {
    const stack = stackOf(entry);
    if (stack !== undefined && !found.has(stack)) found.set(stack, path.join(stackFolder, entry));
  }
  return found;
}

/** The stack a file is of, if it is a stack file. */
export function stackOf(fileName: string): string | undefined {
  return /^Pulumi\.(.+)\.ya?ml$/.exec(fileName)?.[1];
}

/**
 * The folder the user is in. npm starts a script in the package's folder and says in `INIT_CWD` where it was asked to; the
 * variable means nothing to whoever has gone elsewhere since, or stands outside the package.
 */
export function userFolder(cwd: string, env: NodeJS.ProcessEnv): string {
  const { INIT_CWD: asked, npm_package_json: manifest } = env;
  if (asked === undefined || manifest === undefined) return cwd;
  const isAtHome = path.resolve(cwd) === path.dirname(manifest);
  const below = path.relative(cwd, asked);
  return isAtHome && !below.startsWith("..") && !path.isAbsolute(below) ? asked : cwd;
}
