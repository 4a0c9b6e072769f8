import { Mistake } from "../account/account-error";
import { AccountView } from "../account/account-view";
import {
  type Aim,
  type Crash,
  type Fail,
  type Fault,
  operations,
  type Slow,
  type Throttle,
} from "../account/fault";
import { Faults } from "../account/faults";
import { shortType, typeMeant } from "../account/type-names";
import type { WorldFile } from "../account/world-file";
import { changeAccount } from "./account-change";
import {
  type CommandContext,
  choiceIn,
  numberIn,
  runCommand,
  type Subcommand,
  type Typed,
} from "./subcommand";

const help = `Faults on demand: what goes wrong in AWS, or in the provider, in the next commands.

  fault throttle [--times N] [--type T] [--operation O] [--name NAME]
      AWS refuses the next N tries (1 unless said) for their rate. The provider tries again by itself, 25 times
      for one resource: with --times 26 or more it gives up with "ThrottlingException: Rate exceeded".
  fault fail --type T [--nth N] [--operation O] [--message TEXT] [--times N] [--name NAME]
      The Nth create of a type from now fails (the next unless said), and with --times those after it.
  fault crash --type T [--nth N] [--operation O] [--before | --after] [--name NAME]
      The provider dies at the Nth create of a type from now: before AWS did it, or after AWS did it and before
      the engine had the answer (unless said).
  fault slow --type T --seconds N [--operation O] [--name NAME]
      AWS takes N seconds longer, until the fault is cleared.
  fault iam-delay --seconds N
      What is made in IAM is not known everywhere until N seconds later.
  fault list
  fault clear [NUMBER | iam-delay]
      Takes one fault away, or all of them.

  --type       TargetGroup, lb.TargetGroup or aws:lb/targetGroup:TargetGroup
  --operation  create (unless said), update, delete or read; for throttle and slow any, unless said
  --name       logical name of one resource; then --type may be left out

Every fault but slow and iam-delay is gone once it has hit. A preview meets none.
Example: fault crash --type lb.Listener --after, then up, cancel, and what world orphans says
`;

const most = 100_000;
const longest = 86_400;
const aim = { type: "text", operation: "text", name: "text" } as const;

/** What is aimed at; at least a type or a name where a fault is about some resources. */
function aimOf(typed: Typed, needed: boolean, operation?: Aim["operation"]): Aim {
  const { type, name } = typed.texts;
  if (needed && type === undefined && name === undefined) {
    throw new Mistake("--type is missing: of which type, as lb.TargetGroup, or with --name, which resource?");
  }
  const chosen = choiceIn(typed, "operation", operations) ?? operation;
  return {
    ...(chosen === undefined ? {} : { operation: chosen }),
    ...(type === undefined ? {} : { type: typeMeant(type) }),
    ...(name === undefined ? {} : { name }),
  };
}

function count(typed: Typed, option: string): number {
  return numberIn(typed, option, { from: 1, to: most }) ?? 1;
}

function seconds(typed: Typed): number {
  const number = numberIn(typed, "seconds", { from: 0.001, to: longest, whole: false });
  if (number === undefined) throw new Mistake("--seconds is missing");
  return number;
}

/** A subcommand that adds the fault it reads. */
function adding<F extends Fault>(
  options: Subcommand["options"],
  read: (typed: Typed) => Omit<F, "number">,
): Subcommand {
  return {
    options,
    words: "",
    count: [0, 0],
    run: (typed, context) => {
      const fault = read(typed);
      return changeAccount(context, `fault ${fault.kind}`, ({ state }) =>
        line(new Faults(state.faults).add<F>(fault)),
      );
    },
  };
}

const throttle = adding<Throttle>({ ...aim, times: "text" }, (typed) => ({
  kind: "throttle",
  ...aimOf(typed, false),
  times: count(typed, "times"),
}));

const fail = adding<Fail>({ ...aim, nth: "text", times: "text", message: "text" }, (typed) => ({
  kind: "fail",
  ...aimOf(typed, true, "create"),
  nth: count(typed, "nth"),
  times: count(typed, "times"),
  ...(typed.texts.message === undefined ? {} : { message: typed.texts.message }),
}));

const crash = adding<Crash>({ ...aim, nth: "text", before: "flag", after: "flag" }, (typed) => {
  if (typed.flags.has("before") && typed.flags.has("after")) {
    throw new Mistake("--before and --after exclude each other");
  }
  const when = typed.flags.has("before") ? "before" : "after";
  return { kind: "crash", ...aimOf(typed, true, "create"), nth: count(typed, "nth"), when };
});

const slow = adding<Slow>({ ...aim, seconds: "text" }, (typed) => ({
  kind: "slow",
  ...aimOf(typed, true),
  seconds: seconds(typed),
}));

const iamDelay: Subcommand = {
  options: { seconds: "text" },
  words: "",
  count: [0, 0],
  run: (typed, context) => {
    const delay = seconds(typed);
    return changeAccount(context, "fault iam-delay", ({ state }) => {
      state.propagationSeconds = delay;
      return delayLine(delay);
    });
  },
};

const list: Subcommand = {
  options: {},
  words: "",
  count: [0, 0],
  run: (_typed, { worldFile, out }) => {
    const { faults, propagationSeconds } = AccountView.read(worldFile).state;
    const delay = propagationSeconds === undefined ? [] : [delayLine(propagationSeconds)];
    out([...faults.map(line), ...delay].join("") || "no faults\n");
  },
};

const clear: Subcommand = {
  options: {},
  words: "the number of one fault, iam-delay, or nothing for all of them",
  count: [0, 1],
  run: ({ words: [which] }, context) => {
    if (which !== undefined && which !== "iam-delay" && !/^[1-9]\d*$/.test(which)) {
      throw new Mistake(
        `fault clear takes the number of a fault, as fault list shows it, or iam-delay; got ${JSON.stringify(which)}`,
      );
    }
    return changeAccount(context, "fault clear", (account) => cleared(account, which));
  },
};

function cleared({ state }: WorldFile, which: string | undefined): string {
  const { faults, propagationSeconds: delay } = state;
  if (which === undefined) {
    const number = faults.splice(0).length + (delay === undefined ? 0 : 1);
    delete state.propagationSeconds;
    return `${number} ${number === 1 ? "fault" : "faults"} cleared\n`;
  }
  if (which === "iam-delay") {
    if (delay === undefined) throw new Mistake("there is no iam-delay");
    delete state.propagationSeconds;
  } else if (!new Faults(faults).clear(Number(which))) {
    const there = faults.map(({ number }) => number).join(", ");
    throw new Mistake(
      `there is no fault ${which}; ${there === "" ? "there are none" : `there are: ${there}`}`,
    );
  }
  return `fault ${which} cleared\n`;
}

/** A fault as a line tells it. */
function line(fault: Fault): string {
  return `${fault.number}  ${deed(fault)}\n`;
}

function delayLine(delay: number): string {
  return `iam-delay  what is made in IAM is known everywhere ${delay} s later\n`;
}

function deed(fault: Fault): string {
  const of = target(fault);
  if (fault.kind === "throttle")
    return `throttle the next ${fault.times === 1 ? "try" : `${fault.times} tries`} of ${of}`;
  if (fault.kind === "slow") return `${of} takes ${fault.seconds} s longer, until cleared`;
  const nth = fault.nth === 1 ? "the next" : `number ${fault.nth} from now,`;
  if (fault.kind === "crash") return `crash at ${nth} ${of}, ${fault.when} AWS did it`;
  const times = fault.times === 1 ? "" : `, ${fault.times} in a row`;
  return `fail ${nth} ${of}${times}${fault.message === undefined ? "" : `: ${fault.message}`}`;
}

function target({ operation, type, name }: Aim): string {
  const whose = [
    type === undefined ? [] : shortType(type),
    name === undefined ? [] : JSON.stringify(name),
  ].flat();
  const call: string = operation ?? "any call";
  return whose.length > 0 ? `${call} of ${whose.join(" ")}` : call;
}

/** Faults on demand. */
export function fault(args: readonly string[], context: CommandContext): Promise<number> {
  const subcommands = { throttle, fail, crash, slow, "iam-delay": iamDelay, list, clear };
  return runCommand({ name: "fault", help, subcommands, usually: "list" }, args, context);
}
