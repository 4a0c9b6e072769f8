import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import path from "node:path";
import { main } from "../../../planner/main";
import { type Files, type Folder, inFolder } from "./folder";

/** What a run of `plan` left behind. */
export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program that makes one bucket. */
export const bucket = 'import * as s3 from "@pulumi/aws/s3";\nnew s3.Bucket("logs", { tags: { a: "b" } });\n';

/** A policy pack in one file: `policies` is the text of a list of policies, `before` what stands above it, `config` the pack's own. */
export function packFiles(policies = "", before = "", config = "{}"): Files {
  return {
    "policies/PulumiPolicy.yaml": "runtime: nodejs\nversion: 1.2.3\n",
    "policies/package.json": '{ "name": "stub", "version": "1.2.3", "main": "index.js" }',
    "policies/index.js": `${before}
const { PolicyPack } = require("@pulumi/policy");
new PolicyPack("stub", { policies: [${policies}] }, ${config});`,
  };
}

/** A project with a program, one stack and a pack without policies. */
export function projectFiles(program: string, files: Files = {}): Files {
  return {
    "Pulumi.yaml": "name: tiny\nruntime: nodejs\n",
    "Pulumi.dev.yaml": "config:\n  aws:region: eu-west-1\n",
    "index.ts": program,
    ...packFiles(),
    ...files,
  };
}

/** Asserts that there was no plan, for one reason, said in one message. */
export function assertRefused({ code, stdout, stderr }: Run, message: string): void {
  assert.deepEqual({ code, stdout, stderr }, { code: 2, stdout: "", stderr: `error: ${message}\n` });
}

/** Runs `plan` in a folder, without a process of its own; `isTTY` says whether the error output is a terminal. */
export async function planIn(
  folder: Folder,
  argv: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
  isTTY = false,
): Promise<Run> {
  const written = { stdout: "", stderr: "" };
  const code = await main(argv, {
    cwd: folder.path,
    env: { ...process.env, ...env },
    stdout: { write: (text) => (written.stdout += text) },
    stderr: { write: (text) => (written.stderr += text), isTTY },
  });
  return { code, ...written };
}

/** Runs `plan` on a project that is gone afterwards. */
export function plan(
  files: Files,
  argv: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
  isTTY = false,
): Promise<Run> {
  return inFolder(files, (folder) => planIn(folder, argv, env, isTTY));
}

/** Runs `plan` as a user does, in a process of its own. */
export function planAlone(files: Files, argv: readonly string[] = []): Promise<Run> {
  return inFolder(files, (folder) => planAloneIn(folder, argv));
}

/** Runs `plan` in a folder as a user does, in a process of its own. */
export function planAloneIn(folder: Folder, argv: readonly string[] = []): Run {
  const launcher = path.join(__dirname, "../../../planner/bin/plan.js");
  const { status, stdout, stderr } = spawnSync(process.execPath, [launcher, ...argv], {
    cwd: folder.path,
    encoding: "utf8",
  });
  return { code: status ?? -1, stdout, stderr };
}
