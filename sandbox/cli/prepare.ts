import path from "node:path";
import { Arguments } from "./arguments";
import type { Terminal } from "./context";
import { environmentFor } from "./environment";
import { checkVersion, findPulumi } from "./executable";
import { type Folder, furnish, openFolder } from "./folder";
import { keysIn } from "./keys";
import { type Kind, kindOf } from "./kinds";
import type { Options } from "./options";
import { lendPlugins } from "./plugins";
import { findProject, type Project } from "./project";
import { type Copy, StackFiles } from "./stack-files";

/** A command of the CLI and everything it is run with. */
export interface Run {
  readonly line: Arguments;
  readonly kind: Kind;
  readonly options: Options;
  readonly terminal: Terminal;
  readonly project: Project;
  readonly folder: Folder;
  /** The CLI. */
  readonly pulumi: string;
  /** What it is started with in place of the user's environment. */
  readonly env: NodeJS.ProcessEnv;
  readonly files: StackFiles;
  readonly copies: ReadonlyMap<string, Copy>;
}

/** Checks a command and makes the sandbox ready for it. */
export async function prepare(options: Options, given: Terminal): Promise<Run> {
  const whole = new Arguments(options.command);
  const line = whole.without("--cwd");
  const terminal = { ...given, cwd: path.resolve(given.cwd, whole.last("--cwd") ?? ".") };
  const project = findProject(terminal.cwd);
  const kind = kindOf(line);
  const pulumi = findPulumi(terminal.env);
  const folder = openFolder(project);
  furnish(folder);
  lendPlugins(folder, terminal.env);
  const env = environmentFor(folder, terminal.env, { debug: asksForDebug(line) });
  const [keys] = await Promise.all([keysIn(folder), checkVersion(pulumi, env)]);
  const files = new StackFiles(project, folder, keys);
  const copies = await files.renew();
  return { line, kind, options, terminal, project, folder, pulumi, env, files, copies };
}

/** Whether the command shows debug messages, or writes them into a log: `-yd` too. */
function asksForDebug(line: Arguments): boolean {
  return line.words.some((word) => /^(--(debug|verbose)(=.*)?|-v.*|-[a-zA-Z]*d[a-zA-Z]*)$/.test(word));
}
