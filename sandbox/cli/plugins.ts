import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { isCode, textOf } from "./files";
import type { Folder } from "./folder";

/** Where the CLI keeps what the user has installed. */
function installedIn(env: NodeJS.ProcessEnv): string {
  const { PULUMI_HOME: home = path.join(env.HOME || homedir(), ".pulumi") } = env;
  return path.resolve(home, "plugins");
}

/** Name of the link, in a plugin that is lent, to the folder it is lent from. */
const ORIGIN = ".lent-from";

/**
 * Makes the plugins the user has installed known in the sandbox, and takes away those she has not any more. Each is a folder
 * of links, since the CLI takes no link for a folder of a plugin. What is there already is not touched: another command may
 * be using it. The provider of AWS is the sandbox itself.
 */
export function lendPlugins({ home }: Folder, env: NodeJS.ProcessEnv): void {
  const [source, target] = [installedIn(env), path.join(home, "plugins")];
  if (existsSync(source) && realpathSync(source) === realpathSync(target)) return;
  const lent = new Map(pluginsIn(source).map((name) => [name, path.join(source, name)]));
  for (const name of readdirSync(target)) {
    const origin = originOf(path.join(target, name));
    if (origin !== undefined && origin !== lent.get(name)) {
      rmSync(path.join(target, name), { recursive: true, force: true });
    }
  }
  for (const [name, origin] of lent) {
    if (!existsSync(path.join(target, name))) lend(origin, path.join(target, name), home);
  }
}

/** Folders named as the CLI names plugins, but for those of AWS and those it is still unpacking. */
function pluginsIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((name) => {
    const isPlugin = /^[a-z]+-.+-v\d+\.[^/]*$/.test(name) && !name.startsWith("resource-aws-v");
    const isFolder = statSync(path.join(folder, name), { throwIfNoEntry: false })?.isDirectory() === true;
    return isPlugin && isFolder && !existsSync(path.join(folder, `${name}.partial`));
  });
}

/** The folder a plugin is lent from, if it is. */
function originOf(plugin: string): string | undefined {
  try {
    return readlinkSync(path.join(plugin, ORIGIN));
  } catch {
    return undefined;
  }
}

function lend(origin: string, plugin: string, home: string): void {
  const draft = mkdtempSync(path.join(home, "lending-"));
  try {
    for (const name of readdirSync(origin)) symlinkSync(path.join(origin, name), path.join(draft, name));
    symlinkSync(origin, path.join(draft, ORIGIN));
    renameSync(draft, plugin);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    // Another command was first.
    if (!isCode(error, "EEXIST") && !isCode(error, "ENOTEMPTY")) throw error;
  }
}

/** A plugin that a package of a Node.js program asks for. */
interface Plugin {
  readonly name: string;
  readonly version: string;
}

/** What a package says of itself. */
interface Manifest {
  readonly version?: string;
  readonly dependencies?: { readonly [name: string]: string };
  readonly pulumi?: { readonly resource?: boolean; readonly name?: string };
}

/** Whether the real awsx is installed, in the version the program was written for if that can be told. */
export function hasAwsx(folder: Folder, root: string): boolean {
  const version = packageIn(root, "@pulumi/awsx")?.version;
  if (version !== undefined) return isInstalled(folder, { name: "awsx", version });
  return installed(folder).some((name) => name.startsWith("resource-awsx-v"));
}

/** Plugins that the packages of a program ask for, other than those of AWS, and that are not installed. */
export function missingPlugins(folder: Folder, root: string): Plugin[] {
  const manifest = textOf(path.join(root, "package.json"));
  const { dependencies = {} } = manifest === undefined ? {} : (JSON.parse(manifest) as Manifest);
  return Object.keys(dependencies).flatMap((dependency) => {
    const { version, pulumi } = packageIn(root, dependency) ?? {};
    if (version === undefined || pulumi?.resource !== true) return [];
    const name = pulumi.name ?? dependency.replace(/^@pulumi\//, "");
    const isServed = ["aws", "awsx"].includes(name);
    return isServed || isInstalled(folder, { name, version }) ? [] : [{ name, version }];
  });
}

function installed({ home }: Folder): string[] {
  return readdirSync(path.join(home, "plugins")).filter((name) => !name.endsWith(".lastused"));
}

function isInstalled(folder: Folder, { name, version }: Plugin): boolean {
  return installed(folder).includes(`resource-${name}-v${version}`);
}

/** The manifest of a package as a program in this folder finds it. */
function packageIn(root: string, name: string): Manifest | undefined {
  for (let folder = root; ; folder = path.dirname(folder)) {
    const manifest = textOf(path.join(folder, "node_modules", name, "package.json"));
    if (manifest !== undefined) return JSON.parse(manifest) as Manifest;
    if (folder === path.dirname(folder)) return undefined;
  }
}
