import { AccountError } from "../account/account-error";
import type { OwnCommand, Terminal } from "./context";
import { Failure } from "./failure";
import { openFolder } from "./folder";
import { parseOptions } from "./options";
import { ownCommands } from "./own-commands";
import type { LoadServe } from "./program";
import { findProject, userFolder } from "./project";
import { runPulumi } from "./pulumi";

/** Exit code for bad input and for whatever keeps the command from being run; the CLI's own are handed on. */
const FAILED = 2;

/** What a test puts in place of the real thing. */
export interface Parts {
  readonly commands: { readonly [name: string]: OwnCommand };
  readonly loadServe: LoadServe;
}

const parts: Parts = {
  commands: ownCommands,
  loadServe: async () => (require("../plugin/server") as typeof import("../plugin/server")).serve,
};

/** Runs a command of the sandbox's own, or of Pulumi's in the sandbox; the result is the exit code. */
export async function main(
  argv: readonly string[],
  given: Terminal,
  { commands, loadServe }: Parts = parts,
): Promise<number> {
  const terminal = { ...given, cwd: userFolder(given.cwd, given.env) };
  try {
    const options = parseOptions(argv);
    if (options.help) {
      terminal.stdout.write(usageOf(commands));
      return 0;
    }
    const [name, ...args] = options.command;
    if (name === undefined) throw new Failure("which command? See --help");
    const own = Object.hasOwn(commands, name) ? commands[name] : undefined;
    return own === undefined
      ? await runPulumi(options, terminal, loadServe)
      : await runOwn(own, args, terminal);
  } catch (error) {
    terminal.stderr.write(told(error));
    return FAILED;
  }
}

async function runOwn(command: OwnCommand, args: readonly string[], terminal: Terminal): Promise<number> {
  const project = findProject(terminal.cwd);
  const { path: folder, worldFile } = openFolder(project);
  const run = await command.load();
  return run(args, { ...terminal, project, folder, worldFile });
}

/** How the sandbox is used. */
function usageOf(commands: Parts["commands"]): string {
  const own = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(22)}${summary}\n`);
  return `Usage: npm run sandbox -- [options] <pulumi command and its arguments>

Runs the Pulumi CLI on this project with an AWS account that lives in .sandbox: up, preview, refresh, destroy,
import, stack, config, state … Nothing of your login, state or Pulumi.<stack>.yaml is touched.

  --no-policies         without the policy pack: policies beside Pulumi.yaml, or node_modules/evenkeel-policies
  --realtime[=FACTOR]   resources take their time as in AWS, or FACTOR times as long
  -h, --help            print this
${own.length === 0 ? "" : `\nCommands of the sandbox's own, without the Pulumi CLI:\n\n${own.join("")}`}
The stack is --stack NAME, else what \`stack select\` chose here, else the only one there is.
\`config set\` changes the sandbox's copy, not Pulumi.<stack>.yaml, and lasts. To begin anew, delete .sandbox.

Exit code: what pulumi returns; 2 for bad input, or when there is no project or no Pulumi CLI.
`;
}

function told(error: unknown): string {
  if (error instanceof Failure || error instanceof AccountError) return `error: ${error.message}\n`;
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `error: the sandbox itself failed, please report this\n${stack}\n`;
}
