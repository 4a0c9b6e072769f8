import { Mistake } from "../account/account-error";
import { groupTypes } from "../account/console-rules";
import { type Change, Drift, type Opening, type Setting, scalingType } from "../account/drift";
import { isWithin, type Step, stepsOf } from "../account/property-path";
import { consoleStack, resourceMeant, stackOf } from "../account/resources";
import { backendOf, isHeld, type StackState, stackStates } from "../account/stack-states";
import { shortType, typeMeant } from "../account/type-names";
import type { WorldFile } from "../account/world-file";
import { cidrFault } from "../model/cidr";
import type { Made } from "../model/kind";
import type { Value } from "../values";
import { changeAccount } from "./account-change";
import {
  type CommandContext,
  choiceIn,
  numberIn,
  runCommand,
  type Subcommand,
  type Typed,
} from "./subcommand";

const help = `Drift on demand: what somebody does in the AWS console, behind the program's back.

  drift set <resource> <property>=<JSON or text> …
  drift unset <resource> <property> …
      Back to what AWS does when nothing is said.
  drift delete <resource> [--force]
      --force deletes what AWS refuses to delete now, too.
  drift open-port <security group> --port 22|8000-8100|all [--from 0.0.0.0/0] [--protocol tcp|udp|all]
      --from takes a block of addresses, a prefix list (pl-…) or another group (sg-…).
  drift scale <scaling group> [--desired N] [--min N] [--max N]

A resource is named by its logical name, its physical name, its id, its ARN or its URN; where several are called the
same, --type (TargetGroup, lb.TargetGroup, aws:lb/targetGroup:TargetGroup) and --stack say which.
A property is a path: tags.Owner, defaultActions[0].type, tags["cost centre"].

What AWS refuses is refused, and nothing is changed. The stacks' states know nothing of it: refresh shows it.

Examples
  drift set edge-https sslPolicy=ELBSecurityPolicy-2016-08
  drift set edge-https 'defaultActions[0]={"type":"fixed-response","fixedResponse":{"contentType":"text/plain","statusCode":"503"}}'
  drift unset edge-lb enableDeletionProtection
  drift open-port web-sg --port 22
  drift scale web-asg --desired 5 --max 8
`;

const which = { type: "text", stack: "text" } as const;

/** A subcommand that changes the resource its first word names. */
function changing<Read>(
  name: string,
  { options, words, count, types }: Omit<Subcommand, "run"> & { readonly types?: readonly string[] },
  read: (typed: Typed) => Read,
  act: (drift: Drift, resource: Made, read: Read) => readonly Change[],
): Subcommand {
  return {
    options: { ...which, ...options },
    words,
    count,
    run: (typed, context) => {
      const { type, stack } = typed.texts;
      const wanted = type === undefined ? types : [typeMeant(type, types)];
      const filter = { ...(wanted ? { types: wanted } : {}), ...(stack === undefined ? {} : { stack }) };
      const understood = read(typed);
      return changeAccount(context, `drift ${name}`, (account) => {
        const resource = resourceMeant(account.world, typed.words[0] ?? "", filter);
        return told(account, act(new Drift(account), resource, understood));
      });
    },
  };
}

const set = changing(
  "set",
  {
    options: {},
    words: "a resource and one <property>=<value> or more",
    count: [2, Number.POSITIVE_INFINITY],
  },
  ({ words }) => words.slice(1).map(settingIn),
  (drift, resource, settings) => drift.set(resource, settings),
);

const unset = changing(
  "unset",
  { options: {}, words: "a resource and one property or more", count: [2, Number.POSITIVE_INFINITY] },
  ({ words }) => words.slice(1).map(pathIn),
  (drift, resource, paths) => drift.unset(resource, paths),
);

const remove = changing(
  "delete",
  { options: { force: "flag" }, words: "one resource", count: [1, 1] },
  ({ flags }) => flags.has("force"),
  (drift, resource, force) => drift.remove(resource, force),
);

const openPort = changing(
  "open-port",
  {
    options: { port: "text", from: "text", protocol: "text" },
    words: "one security group",
    count: [1, 1],
    types: groupTypes,
  },
  openingIn,
  (drift, group, opening) => drift.openPort(group, opening),
);

const scale = changing(
  "scale",
  {
    options: { desired: "text", min: "text", max: "text" },
    words: "one scaling group",
    count: [1, 1],
    types: [scalingType],
  },
  (typed) => {
    const sizes = ["desired", "min", "max"].flatMap((option) => {
      const number = numberIn(typed, option, { from: 0, to: 100_000 });
      return number === undefined ? [] : [[option, number] as const];
    });
    if (sizes.length === 0) throw new Mistake("drift scale takes --desired, --min, --max or several of them");
    return Object.fromEntries(sizes);
  },
  (drift, group, size) => drift.scale(group, size),
);

/** `property=value`, cut where what stands before is a path: a key in it may have an equals sign. */
function settingIn(word: string): Setting {
  for (let cut = word.indexOf("="); cut >= 0; cut = word.indexOf("=", cut + 1)) {
    const steps = stepsOf(word.slice(0, cut));
    if (steps) return { steps, value: valueIn(word.slice(cut + 1), word.slice(0, cut)) };
  }
  throw new Mistake(`${JSON.stringify(word)} is no <property>=<value>`);
}

function pathIn(word: string): Step[] {
  const steps = stepsOf(word);
  if (steps) return steps;
  throw new Mistake(
    `${JSON.stringify(word)} is no path of a property, as tags.Owner or defaultActions[0].type`,
  );
}

/** JSON, or text; a number that JSON would write in another way, as the version 1.10, stays a text. */
function valueIn(text: string, path: string): Value {
  let value: Value;
  try {
    value = JSON.parse(text) as Value;
  } catch {
    return text;
  }
  if (value === null) throw new Mistake(`${path}=null sets nothing: drift unset <resource> ${path} does`);
  return typeof value === "number" && String(value) !== text ? text : value;
}

function openingIn(typed: Typed): Opening {
  const { port, from = "0.0.0.0/0" } = typed.texts;
  if (port === undefined) throw new Mistake("--port is missing: 22, 8000-8100 or all");
  const given = choiceIn(typed, "protocol", ["tcp", "udp", "all"] as const);
  const ports = portsIn(port);
  const protocol = given ?? (ports ? "tcp" : "all");
  if (protocol === "all" && ports) throw new Mistake("--protocol all is every port: use --port all");
  const fault = /^(sg|pl)-[0-9a-f]+$/.test(from) || from.includes(":") ? undefined : cidrFault(from);
  if (fault !== undefined) throw new Mistake(`--from: ${fault}`);
  return { ...(ports ? { ports } : {}), protocol: protocol === "all" ? "-1" : protocol, from };
}

function portsIn(text: string): readonly [number, number] | undefined {
  if (text === "all") return undefined;
  const [, first, last = first] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? [];
  const ports = [Number(first), Number(last)] as const;
  if (first !== undefined && ports[0] <= ports[1] && ports[1] <= 65535) return ports;
  throw new Mistake(
    `--port has to be a port from 0 to 65535, a range as 8000-8100, or all; got ${JSON.stringify(text)}`,
  );
}

function told(account: WorldFile, changes: readonly Change[]): string {
  const stacks = stackStates(backendOf(account.file));
  return changes.map((change) => `${line(account, change, stacks)}\n`).join("");
}

function line(
  account: WorldFile,
  { resource, property, from, to }: Change,
  stacks: readonly StackState[],
): string {
  const who = `${resource.name} (${shortType(resource.type)})`;
  if (property === undefined)
    return to === undefined
      ? `${who} ${resource.id}: deleted${seenBy(resource, stacks)}`
      : `${who} ${resource.id}: made, ${to}; world orphans shows it`;
  const before = shown(account, resource, property, from);
  if (JSON.stringify(from) === JSON.stringify(to)) return `${who}: ${property} is ${before} already`;
  return `${who}: ${property} from ${before} to ${shown(account, resource, property, to)}${seenBy(resource, stacks, property)}`;
}

/**
 * How the user gets to see it. No refresh asks for what no stack knows, as what the console made or a crash has left, and
 * one tells only of what somebody has set.
 */
function seenBy(resource: Made, stacks: readonly StackState[], property?: string): string {
  if (stackOf(resource.urn) === consoleStack || (stacks.length > 0 && !isHeld(resource, stacks))) return "";
  const [first] = property === undefined ? [] : (stepsOf(property) ?? []);
  const isSet = first === undefined || Object.hasOwn(resource.inputs, first);
  return isSet ? "; pulumi refresh shows it" : "; pulumi preview --refresh --diff shows it";
}

function shown(account: WorldFile, resource: Made, property: string, value: Value | undefined): string {
  if (value === undefined) return "nothing";
  const isSecret = account
    .noteOf(resource)
    .secrets.some((path) => isWithin(property, path) || isWithin(path, property));
  return isSecret ? "[secret]" : JSON.stringify(value);
}

/** Drift on demand. */
export function drift(args: readonly string[], context: CommandContext): Promise<number> {
  const subcommands = { set, unset, delete: remove, "open-port": openPort, scale };
  return runCommand({ name: "drift", help, subcommands }, args, context);
}
