import { Mistake } from "../account/account-error";
import { AccountView } from "../account/account-view";
import { didYouMean } from "../account/nearest";
import { quotas } from "../model/quotas";
import { changeAccount } from "./account-change";
import { type CommandContext, runCommand, type Subcommand } from "./subcommand";
import { table } from "./table";

const help = `How much of each thing the sandbox's AWS account may have.

  quota [list]
      The quotas in force: AWS's defaults, and what was set.
  quota set "<name or code>" N
  quota reset ["<name or code>"]
      Back to AWS's default, for one quota or all of them.
`;

const most = 1_000_000;

const list: Subcommand = {
  options: {},
  words: "",
  count: [0, 0],
  run: (_typed, { worldFile, out }) => {
    const set = AccountView.read(worldFile).state.quotas;
    const rows = quotas.map(({ name, code = "", limit }) => {
      const own = Object.hasOwn(set, name) ? String(set[name]) : "";
      return [name, code, String(limit), own];
    });
    out(table(["quota", "code", "AWS's default", "set to"], rows));
  },
};

const set: Subcommand = {
  options: {},
  words: "a quota and a number",
  count: [2, 2],
  run: ({ words: [called = "", limit = ""] }, context) => {
    const quota = quotaMeant(called);
    if (!/^\d{1,7}$/.test(limit) || Number(limit) > most) {
      throw new Mistake(`a quota has to be a whole number from 0 to ${most}, got ${JSON.stringify(limit)}`);
    }
    return changeAccount(context, "quota set", ({ state }) => {
      const former = state.quotas[quota.name] ?? quota.limit;
      state.quotas[quota.name] = Number(limit);
      return `${quota.name}: from ${former} to ${Number(limit)}\n`;
    });
  },
};

const reset: Subcommand = {
  options: {},
  words: "one quota, or nothing for all of them",
  count: [0, 1],
  run: ({ words: [called] }, context) => {
    const meant = called === undefined ? undefined : quotaMeant(called);
    return changeAccount(context, "quota reset", ({ state }) => {
      const changed = meant
        ? [meant.name].filter((name) => Object.hasOwn(state.quotas, name))
        : Object.keys(state.quotas);
      for (const name of changed) delete state.quotas[name];
      return changed.length > 0
        ? `back to AWS's default: ${changed.join(", ")}\n`
        : "all as AWS has it already\n";
    });
  },
};

/** @throws {Mistake} for a quota the model does not know. */
function quotaMeant(called: string) {
  const wanted = called.toLowerCase();
  const found = quotas.find(({ name, code = name }) =>
    [name, code].some((each) => each.toLowerCase() === wanted),
  );
  if (found) return found;
  const hint = didYouMean(
    called,
    quotas.flatMap(({ name, code = name }) => [name, code]),
  );
  throw new Mistake(
    `the model of AWS knows no quota ${JSON.stringify(called)}${hint || "; quota list shows them"}`,
  );
}

/** Quotas of the account. */
export function quota(args: readonly string[], context: CommandContext): Promise<number> {
  return runCommand(
    { name: "quota", help, subcommands: { list, set, reset }, usually: "list" },
    args,
    context,
  );
}
