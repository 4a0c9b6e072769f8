import type { Arguments } from "./arguments";
import { Failure } from "./failure";

/** How a command of the CLI is run. */
export interface Kind {
  /**
   * Where it runs: in the user's project, with the sandbox's copy of the stack file; in the sandbox's own project; or
   * where the user is, since it is about no stack.
   */
  readonly where: "project" | "sandbox" | "anywhere";
  /** Whether it takes policy packs. */
  readonly judged: boolean;
  /** Whether it makes the stack if there is none yet. */
  readonly creates: boolean;
}

const deploys: Kind = { where: "project", judged: true, creates: true };
const follows: Kind = { where: "project", judged: false, creates: true };
const destroys: Kind = { where: "project", judged: false, creates: false };
const anywhere: Kind = { where: "anywhere", judged: false, creates: false };
const keepsBooks: Kind = { where: "sandbox", judged: false, creates: false };

/** Commands that take `--config-file`, and those that are about no stack. All others read or write the stack file. */
const kinds: ReadonlyMap<string, Kind> = new Map([
  ...["up", "update", "preview", "pre", "watch"].map((name) => [name, deploys] as const),
  ...["refresh", "import"].map((name) => [name, follows] as const),
  ...["destroy", "down", "dn"].map((name) => [name, destroys] as const),
  ...[
    ...["about", "completion", "convert", "gen-completion", "help", "install", "package", "plugin", "policy"],
    ...["schema", "template", "version", "whoami"],
  ].map((name) => [name, anywhere] as const),
]);

/** Commands of the sandbox's own project that are asked for before the first deployment. */
const early = ["select", "import"];

/** How to run a command. @throws when it has no place in a sandbox. */
export function kindOf(line: Arguments): Kind {
  refuse(line);
  if (line.has("--help", "-h")) return anywhere;
  const { command, operands } = line;
  const creates = command === "config" || (command === "stack" && early.includes(operands[0] ?? ""));
  return kinds.get(command) ?? { ...keepsBooks, creates };
}

const refusals: { readonly [command: string]: string } = {
  login: "the sandbox keeps its state in .sandbox/state and needs no login",
  logout: "the sandbox keeps its state in .sandbox/state and needs no login",
  new: "the sandbox runs a project that is there: make one with `pulumi new`",
  "stack change-secrets-provider": "the sandbox has a passphrase of its own, in .sandbox/passphrase",
  "stack migrate": "what is in the sandbox exists nowhere else: deploy with `pulumi up`",
};

function refuse(line: Arguments): void {
  const { command, operands, words } = line;
  const name = command === "stack" ? `stack ${operands[0] ?? ""}` : command;
  const reason = refusals[name];
  if (reason !== undefined) throw new Failure(`\`${name}\` is not for the sandbox: ${reason}`);
  if (command === "config" && line.last("--config-file") !== undefined) {
    throw new Failure("`config` in the sandbox changes the sandbox's own config; it takes no --config-file");
  }
  // npm keeps options before `--` for itself, so that only their values arrive, and `up NAME` deploys a template.
  const [, first] = words;
  if (["up", "update"].includes(command) && first !== undefined && !first.startsWith("-")) {
    throw new Failure(
      `unexpected argument "${first}": options come after two dashes, as in \`npm run sandbox -- up --stack staging\``,
    );
  }
}
