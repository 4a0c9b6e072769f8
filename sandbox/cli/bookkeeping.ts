import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { runEngine } from "./engine-process";
import { Failure } from "./failure";
import { createdStacks } from "./folder";
import type { Run } from "./prepare";
import { chosenStack } from "./stacks";

/** Runs a command that reads and writes stack files, in the sandbox's own project, where those are its own. */
export async function runBookkeeping(run: Run): Promise<number> {
  const { line, kind, folder, pulumi, terminal, env, files, copies } = run;
  const [verb, name] = line.command === "stack" ? line.operands : [];
  const stack = verb === "select" && name !== undefined ? name : chosenStack(line, terminal.env, run);
  if (kind.creates && stack !== undefined && copies.has(stack)) await createStack(stack, run);
  try {
    const named = stack === undefined ? {} : { PULUMI_STACK: stack };
    return await runEngine({ pulumi, words: absolute(run), cwd: folder.project, env: { ...env, ...named } });
  } finally {
    files.keep();
  }
}

/** The command line with the files it names as they are called from elsewhere. */
function absolute({ line, terminal }: Run): readonly string[] {
  const { words } = line.with("--file", (file) => path.resolve(terminal.cwd, file));
  const [verb, file] = line.operands;
  if (line.command !== "stack" || verb !== "graph" || file === undefined) return words;
  return words.map((word) => (word === file ? path.resolve(terminal.cwd, file) : word));
}

/** Makes a stack in the sandbox unless it is there. */
export async function createStack(stack: string, run: Run): Promise<void> {
  if (createdStacks(run.folder, run.project).includes(stack)) return;
  await quietly(["stack", "init", stack, "--no-select", "--non-interactive"], run, "made");
  run.terminal.stderr.write(`sandbox: made the stack ${stack} in .sandbox\n`);
}

/** Takes a stack out of the sandbox, with what was changed in its config there. */
export async function removeStack(stack: string, run: Run): Promise<void> {
  await quietly(["stack", "rm", stack, "--yes", "--non-interactive"], run, "removed");
  run.terminal.stderr.write(`sandbox: removed the stack ${stack} from .sandbox\n`);
}

/** Runs a command whose output nobody asked for. */
async function quietly(words: readonly string[], run: Run, done: string): Promise<void> {
  const { folder, pulumi, env } = run;
  try {
    await promisify(execFile)(pulumi, words, { cwd: folder.project, env });
  } catch (error) {
    const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : String(error);
    throw new Failure(`the stack ${words[2]} could not be ${done} in the sandbox: ${said}`);
  }
}
