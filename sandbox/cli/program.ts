import type { ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import type { serve } from "../plugin/server";
import type { Arguments } from "./arguments";
import { createStack, removeStack } from "./bookkeeping";
import { runEngine } from "./engine-process";
import { providersAt } from "./environment";
import { Failure } from "./failure";
import { PLACEHOLDER } from "./keys";
import { hasAwsx, missingPlugins } from "./plugins";
import { withPolicies } from "./policy-pack";
import type { Run } from "./prepare";
import type { Copy } from "./stack-files";
import { requiredStack } from "./stacks";

/** What starts the provider plugin. Loaded when needed: it is most of what the sandbox is. */
export type LoadServe = () => Promise<typeof serve>;

/** Runs a command that runs the program, or asks AWS, with the plugin in place of AWS. */
export async function runProgram(run: Run, loadServe: LoadServe): Promise<number> {
  const stack = requiredStack(run.line, run.terminal.env, run);
  const userFile = run.line.last("--config-file");
  const copy = await copyFor(stack, userFile, run);
  const line = judged(withStack(run.line, stack, copy), stack, run);
  if (run.kind.creates) await createStack(stack, run);
  try {
    // With it the CLI would delete the project's own stack file.
    const code = await deploy(line.drop(...removing), run, loadServe);
    if (code === 0 && isRemoval(line)) await removeStack(stack, run);
    if (code !== 0) noteOnPlugins(run);
    return code;
  } finally {
    // What such a run changes is of a file the user has for one run.
    if (userFile === undefined) run.files.keep();
  }
}

const removing = ["--remove", "--remove=true"];

function isRemoval(line: Arguments): boolean {
  return line.has(...removing) && !line.has("--preview-only", "--preview-only=true");
}

/** The engine names a plugin it lacks, not how to get it. */
function noteOnPlugins({ folder, project, terminal }: Run): void {
  for (const { name, version } of missingPlugins(folder, project.root)) {
    terminal.stderr.write(
      `sandbox: the plugin ${name} ${version} is not installed; \`plugin install resource ${name} ${version}\` gets it\n`,
    );
  }
}

/** The stack file to give to the CLI. */
async function copyFor(stack: string, userFile: string | undefined, run: Run): Promise<Copy> {
  const { terminal, files, copies } = run;
  const file = userFile === undefined ? undefined : path.resolve(terminal.cwd, userFile);
  if (file !== undefined && !existsSync(file)) {
    throw new Failure(`cannot read the config ${userFile}: there is no such file`);
  }
  const known = file === undefined ? copies.get(stack) : undefined;
  const copy = known ?? (await files.replace(stack, file));
  for (const key of copy.placeholders) {
    terminal.stderr.write(
      `sandbox: ${key} is a secret of ${stack} that cannot be read here and is "${PLACEHOLDER}"; ` +
        `\`config set --secret ${key} …\` gives it a value\n`,
    );
  }
  return copy;
}

function withStack(line: Arguments, stack: string, copy: Copy): Arguments {
  const named = line.last("--stack") === undefined ? line.plus("--stack", stack) : line;
  return named.without("--config-file").plus("--config-file", copy.file);
}

/** The command line with the policy pack, if the command takes one and the user has not said otherwise. */
function judged(line: Arguments, stack: string, { kind, options, project, terminal }: Run): Arguments {
  if (!kind.judged || !options.policies) return line;
  const full = withPolicies(line, { root: project.root, cwd: terminal.cwd, stack });
  if (full.last("--policy-pack") === undefined) {
    terminal.stderr.write(
      "sandbox: no policy pack, neither in policies nor in node_modules/evenkeel-policies\n",
    );
  }
  return full;
}

/** Runs the CLI while the plugin serves. */
async function deploy(line: Arguments, run: Run, loadServe: LoadServe): Promise<number> {
  const { folder, project, pulumi, options, terminal } = run;
  const { realtime } = options;
  const awsx = !hasAwsx(folder, project.root);
  const start = await loadServe();
  let engine: ChildProcess | undefined;
  const plugin = await start({
    worldFile: folder.worldFile,
    purpose: `pulumi ${line.words.slice(0, 1).join(" ")}`,
    realtime: Number(realtime ?? 0),
    onCrash: () => {
      terminal.stderr.write(
        "\nsandbox: crashed, as asked for; `cancel` sets the stack free again, then `world orphans` shows what it does not know of\n",
      );
      engine?.kill("SIGKILL");
    },
  });
  const names = awsx ? ["aws", "awsx"] : ["aws"];
  const providers = providersAt(plugin.port, names, terminal.env.PULUMI_DEBUG_PROVIDERS);
  try {
    return await runEngine({
      pulumi,
      words: line.words,
      cwd: terminal.cwd,
      env: { ...run.env, PULUMI_DEBUG_PROVIDERS: providers },
      onStart: (started) => {
        engine = started;
      },
    });
  } finally {
    await plugin.close();
  }
}
