import type { Context, OwnCommand, Run } from "./context";
import type { CommandContext } from "./subcommand";

/** A command over the account alone. */
function overAccount(run: (args: readonly string[], context: CommandContext) => Promise<number>): Run {
  return (args, { worldFile, stdout, stderr }: Context) =>
    run(args, {
      worldFile,
      out: (text) => void stdout.write(text),
      err: (text) => void stderr.write(text),
      now: Date.now,
    });
}

/** The sandbox's own commands by name. Everything else is one of Pulumi's. */
export const ownCommands: { readonly [name: string]: OwnCommand } = {
  world: {
    summary: "shows what is in the sandbox's AWS account, or empties it",
    load: async () => overAccount((require("./world") as typeof import("./world")).world),
  },
  drift: {
    summary: "changes something behind the program's back, as in the console",
    load: async () => overAccount((require("./drift") as typeof import("./drift")).drift),
  },
  fault: {
    summary: "has AWS throttle, fail, dawdle or crash",
    load: async () => overAccount((require("./fault") as typeof import("./fault")).fault),
  },
  quota: {
    summary: "shows and sets the account's quotas",
    load: async () => overAccount((require("./quota") as typeof import("./quota")).quota),
  },
};
