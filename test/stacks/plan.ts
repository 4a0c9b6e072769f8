import { execFile } from "node:child_process";
import path from "node:path";

/** The repository. */
export const root = path.join(__dirname, "..", "..");

/** What a run of `plan` left behind. */
export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A plan as `--json` prints it, as far as these tests look at it. */
export interface PrintedPlan {
  readonly resources: readonly {
    readonly type: string;
    readonly name: string;
    readonly inputs: { readonly [property: string]: unknown };
  }[];
  readonly violations: readonly { readonly policy: string; readonly level: string; readonly urn: string }[];
  readonly undecided: readonly string[];
  readonly summary: { readonly allowed: boolean };
}

/** Runs `plan` as a user does, in a process of its own. */
export function plan(
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Run> {
  const { cwd = root, env = {} } = options;
  const script = path.join(root, "planner", "bin", "plan.js");
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ["--conditions=evenkeel:source", script, ...args],
      { cwd, env: { ...process.env, ...env }, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}
