import { buildPlan, shownOf } from "./build-plan";
import { Failure } from "./failure";
import { type Options, parseOptions, usage } from "./options";
import type { Plan } from "./plan";
import { StackPolicies } from "./policies";
import { json } from "./print/json";
import { report } from "./print/report";
import { harmlessLines, type Output, styleFor } from "./print/style";
import { Progress } from "./progress";
import { findProject } from "./project";
import { readStackConfig } from "./stack-config";

/** What `plan` knows of the world around it. */
export interface Context {
  /** Folder the user is in. */
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly stdout: Output;
  readonly stderr: Output;
}

/** Exit codes, as a pipeline reads them. */
const exitCode = { allowed: 0, violated: 1, failed: 2 } as const;

/** Plans a stack and prints the plan; the result is the exit code. */
export async function main(argv: readonly string[], context: Context): Promise<number> {
  const { stdout, stderr, env } = context;
  const progress = new Progress(stderr, env);
  let verbose = argv.includes("--verbose");
  try {
    const options = parseOptions(argv);
    verbose = options.verbose;
    if (options.help) {
      stdout.write(usage);
      return exitCode.allowed;
    }
    const plan = await planOf(options, context, progress);
    stdout.write(options.json ? json(plan) : report(plan, styleFor(stdout, env), verbose));
    return plan.summary.allowed ? exitCode.allowed : exitCode.violated;
  } catch (error) {
    progress.clear();
    stderr.write(told(error, verbose));
    return exitCode.failed;
  }
}

/** Composes the stack while the policy pack starts, then has the pack judge it. */
async function planOf(options: Options, { cwd, env, stderr }: Context, progress: Progress): Promise<Plan> {
  const project = await findProject(cwd);
  const config = await readStackConfig(project, options, cwd);
  for (const warning of config.warnings) stderr.write(`warning: ${harmlessLines(warning).join("\n")}\n`);

  const { policyPack: folder, policyConfig: file } = options;
  const policies = await StackPolicies.start({ project, config, folder, file, cwd, env });
  try {
    progress.say(`composing ${project.name} for ${config.stack}`);
    // Loaded late: the SDK takes half a second, in which the pack can start.
    const { composeStack } = require("./compose") as typeof import("./compose");
    const composition = await composeStack(project, config, {
      traces: options.verbose,
      stderr: progress,
      onRegistered: (registration) => policies.submit(registration),
    });
    progress.say("asking the policies");
    // What is shown of it is worked out while the pack is busy.
    const showing = Promise.resolve(composition).then(shownOf);
    const [judgement, composed] = await Promise.all([policies.judge(composition), showing]);
    progress.clear();
    return buildPlan({
      project: project.name,
      stack: config.stack,
      composed,
      judgement,
      policyConfig: policies.label,
    });
  } finally {
    policies.stop();
  }
}

/** An error as the user reads it: what went wrong, and with `--verbose` where. */
function told(error: unknown, verbose: boolean): string {
  if (!(error instanceof Failure)) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return `error: plan itself failed, please report this\n${harmlessLines(stack).join("\n")}\n`;
  }
  const lines = harmlessLines(error.message);
  if (verbose && error.detail)
    lines.push(...harmlessLines(error.detail.trimEnd()).map((line) => `  | ${line}`));
  return `error: ${lines.join("\n")}\n`;
}
