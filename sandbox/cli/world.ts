import { AccountError } from "../account/account-error";
import { AccountView } from "../account/account-view";
import { groupOf } from "../account/console-rules";
import { type Begun, type Orphan, orphansOf, vainlyBegun } from "../account/orphans";
import { consoleStack, type Filter, resourceMeant, resourcesOf, stackOf } from "../account/resources";
import { backendOf, type PendingCreate, type StackState, stackStates } from "../account/stack-states";
import { shortType, typeMeant } from "../account/type-names";
import { removeWorld } from "../account/world-file";
import type { Made } from "../model/kind";
import { type CommandContext, runCommand, type Subcommand, type Typed } from "./subcommand";
import { table } from "./table";

const help = `What is in the sandbox's AWS account.

  world [list] [--type T] [--stack S] [--json]
  world show <resource> [--type T] [--stack S]
      All of one resource, as JSON. It is named by its logical name, physical name, id, ARN or URN.
  world orphans
      What no stack knows of, after a crash or made in the console, with the command that takes it up or removes it.
  world reset [--force]
      Starts again with an empty account; not while stacks still have resources, unless forced.

  --type   TargetGroup, lb.TargetGroup or aws:lb/targetGroup:TargetGroup
  --stack  name of a stack; "${consoleStack}" is what was made by drift
`;

const which = { type: "text", stack: "text" } as const;

function filterIn({ texts: { type, stack } }: Typed): Filter {
  return {
    ...(type === undefined ? {} : { types: [typeMeant(type)] }),
    ...(stack === undefined ? {} : { stack }),
  };
}

const list: Subcommand = {
  options: { ...which, json: "flag" },
  words: "",
  count: [0, 0],
  run: (typed, { worldFile, out }) => {
    const filter = filterIn(typed);
    const account = AccountView.read(worldFile);
    const found = resourcesOf(account.world, filter);
    if (typed.flags.has("json")) {
      const rows = found.map((made) => {
        const { type, name, id, region, urn, createdAt } = account.saved(made);
        return { type, name, id, stack: stackOf(urn), region, createdAt, urn };
      });
      out(`${JSON.stringify(rows, null, 2)}\n`);
    } else if (found.length > 0) {
      const rows = found.map(({ type, name, id, urn }) => [shortType(type), name, id, stackOf(urn)]);
      out(`${table(["type", "name", "id", "stack"], rows)}${found.length} ${plural(found.length)}\n`);
    } else out(Object.keys(filter).length > 0 ? "no such resources\n" : "the account is empty\n");
  },
};

const show: Subcommand = {
  options: which,
  words: "one resource",
  count: [1, 1],
  run: (typed, { worldFile, out }) => {
    const filter = filterIn(typed);
    const account = AccountView.read(worldFile);
    const made = resourceMeant(account.world, typed.words[0] ?? "", filter);
    out(`${JSON.stringify(account.saved(made), null, 2)}\n`);
  },
};

const orphans: Subcommand = {
  options: {},
  words: "",
  count: [0, 0],
  run: (_typed, { worldFile, out }) => {
    const { world } = AccountView.read(worldFile);
    const stacks = stackStates(backendOf(worldFile));
    const found = orphansOf(world, stacks);
    const texts = found.map((orphan) => advice(orphan, stackFor(orphan.resource, stacks)));
    const vain = vainlyBegun(stacks, found);
    out(
      [...texts, ...vain.map(inVain), ...ends(found, vain)].join("") ||
        "every resource is known to a stack\n",
    );
  },
};

const reset: Subcommand = {
  options: { force: "flag" },
  words: "",
  count: [0, 0],
  run: ({ flags }, { worldFile, out }) => {
    const stacks = flags.has("force") ? [] : stackStates(backendOf(worldFile));
    const inUse = stacks
      .map((state) => ({ stack: state.stack, held: heldBy(state) }))
      .filter(({ held }) => held > 0);
    if (inUse.length > 0) {
      const lines = inUse.map(({ stack, held }) => `  ${stack}: ${held} ${plural(held)}`);
      const what =
        "stacks still have resources: destroy them, or use --force to have them lose what they have";
      throw new AccountError([what, ...lines].join("\n"));
    }
    removeWorld(worldFile, { purpose: "world reset" });
    out("the account is empty\n");
  },
};

/** How many resources a stack has in AWS, or may have. */
function heldBy({ resources, pendingCreates }: StackState): number {
  const inAws = resources.filter(({ id, type }) => id !== undefined && !type.startsWith("pulumi:"));
  return inAws.length + pendingCreates.length;
}

function plural(number: number): string {
  return number === 1 ? "resource" : "resources";
}

/** What the user puts a stack's name in the place of. */
const anyStack = "<stack>";

/** The stack an orphan would belong to: its own, that of the group it is a rule of, or the only one there is. */
function stackFor(resource: Made, stacks: readonly StackState[]): string {
  const own = stackOf((groupOf(resource.world, resource) ?? resource).urn);
  if (own !== consoleStack) return own;
  const [only, other] = stacks;
  return only && !other ? only.stack : anyStack;
}

const run = "npm run sandbox --";

/**
 * How an orphan is taken up or removed.
 *
 * `refresh --import-pending-creates` is no way: tried with version 3.260, it has the engine forget the creation and does not
 * take the resource up.
 */
function advice({ resource, pending, isDouble }: Orphan, stack: string): string {
  const { name, type, id } = resource;
  const began = pending ? [`stack ${pending.stack} began to make it and was not told the end`] : [];
  const why = [...began, ...(isDouble ? ["there is another of it"] : [])].join("; ");
  const words = [
    "import",
    "--stack",
    stack,
    type,
    name,
    id,
    "--protect=false",
    // The program has the code.
    ...(pending ? ["--generate-code=false", ...relatives(pending)] : []),
  ];
  const importing = words.map((word) => (word === anyStack ? word : quoted(word))).join(" ");
  const removing = `${run} drift delete ${quoted(id)} --type ${shortType(type)}`;
  return [
    `${name}  ${shortType(type)}  ${id}${why === "" ? "" : `  (${why})`}`,
    ...(isDouble
      ? [`  remove it:  ${removing}`]
      : [`  take it up: ${run} ${importing}`, `  or remove:  ${removing}`]),
    "",
  ].join("\n");
}

/** What is said of a creation that came to nothing. */
function inVain({ urn, stack }: Begun): string {
  const [, , types = "", name = ""] = urn.split("::");
  const type = types.split("$").at(-1) ?? "";
  return `${name}  ${shortType(type)}  (stack ${stack} began to make it, and there is nothing to take up)\n`;
}

/** How stacks forget what they have begun, which they must not do before it has been taken up or removed. */
function ends(found: readonly Orphan[], vain: readonly Begun[]): string[] {
  const pending = [...found.flatMap((orphan) => orphan.pending ?? []), ...vain];
  const stacks = new Set(pending.map(({ stack }) => stack));
  return [...stacks].map(
    (stack) => `at the end: ${run} refresh --stack ${quoted(stack)} --clear-pending-creates\n`,
  );
}

/** What an import has to be told so that the resource has the parent and the provider its program gives it. */
function relatives({ parent, provider }: PendingCreate): string[] {
  const nameOf = (urn: string) => urn.split("::")[3] ?? "";
  const providerUrn = provider?.split("::").slice(0, 4).join("::");
  // The names are those of variables in code that is not written here. The engine takes a parent that is called as the
  // resource for the resource itself, so they are none a resource has.
  return [
    ...(parent === undefined || parent.includes("::pulumi:pulumi:Stack::")
      ? []
      : ["--parent", `its-parent=${parent}`]),
    // The engine finds a default provider by itself.
    ...(providerUrn === undefined || nameOf(providerUrn).startsWith("default")
      ? []
      : ["--provider", `its-provider=${providerUrn}`]),
  ];
}

/** A word as a shell takes it. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** What is in the account. */
export function world(args: readonly string[], context: CommandContext): Promise<number> {
  return runCommand(
    { name: "world", help, subcommands: { list, show, orphans, reset }, usually: "list" },
    args,
    context,
  );
}
