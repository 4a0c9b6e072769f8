import { runBookkeeping } from "./bookkeeping";
import type { Terminal } from "./context";
import { runEngine } from "./engine-process";
import type { Options } from "./options";
import { prepare } from "./prepare";
import { type LoadServe, runProgram } from "./program";

/** Runs a command of the Pulumi CLI in the sandbox; the result is its exit code. */
export async function runPulumi(options: Options, terminal: Terminal, loadServe: LoadServe): Promise<number> {
  const run = await prepare(options, terminal);
  switch (run.kind.where) {
    case "anywhere":
      return runEngine({ pulumi: run.pulumi, words: run.line.words, cwd: run.terminal.cwd, env: run.env });
    case "sandbox":
      return runBookkeeping(run);
    case "project":
      return runProgram(run, loadServe);
  }
}
