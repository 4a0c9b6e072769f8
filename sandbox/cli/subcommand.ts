import { type ParseArgsConfig, parseArgs } from "node:util";
import { AccountError, Mistake } from "../account/account-error";
import { didYouMean } from "../account/nearest";

/** What a command of the sandbox's own is given. */
export interface CommandContext {
  /** The account: `world.json` in the sandbox's folder, which need not be there yet. */
  readonly worldFile: string;
  /** Writes what the user asked for, as it is. */
  out(text: string): void;
  /** Writes what the user has to know, as it is. */
  err(text: string): void;
  /** Milliseconds since 1970. */
  now(): number;
}

/** Options by name, without the dashes. */
export type Options = { readonly [name: string]: "text" | "flag" };

/** What was typed. */
export interface Typed {
  readonly words: readonly string[];
  readonly texts: { readonly [option: string]: string | undefined };
  readonly flags: ReadonlySet<string>;
}

/** One of the things a command can do. */
export interface Subcommand {
  readonly options: Options;
  /** What stands behind its name, for the message when there is too little or too much: `<resource> [NUMBER]`. */
  readonly words: string;
  /** Fewest and most words behind its name. */
  readonly count: readonly [least: number, most: number];
  readonly run: (typed: Typed, context: CommandContext) => void | Promise<void>;
}

/** Exit codes, as a script reads them. */
const exitCode = { done: 0, refused: 1, misunderstood: 2 } as const;

/** A command with several things it can do; the result is the exit code. */
export interface Command {
  readonly name: string;
  readonly help: string;
  readonly subcommands: { readonly [name: string]: Subcommand };
  /** What it does when nothing is named. */
  readonly usually?: string;
}

/** Runs what was typed: everything is understood before anything is done, and said in one message if it is not. */
export async function runCommand(
  command: Command,
  args: readonly string[],
  context: CommandContext,
): Promise<number> {
  try {
    if (args.includes("--help") || args.includes("-h")) context.out(command.help);
    else await runSubcommand(command, args, context);
    return exitCode.done;
  } catch (error) {
    if (!(error instanceof AccountError)) throw error;
    const misunderstood = error instanceof Mistake;
    const hint = misunderstood ? `\n(${command.name} --help tells more)` : "";
    context.err(`error: ${error.message}${hint}\n`);
    return misunderstood ? exitCode.misunderstood : exitCode.refused;
  }
}

async function runSubcommand(
  { name, subcommands, usually }: Command,
  args: readonly string[],
  context: CommandContext,
): Promise<void> {
  const [first] = args;
  const named = first === undefined || first.startsWith("-") ? undefined : first;
  const verb = named ?? usually;
  const known = Object.keys(subcommands);
  if (verb === undefined) throw new Mistake(`${name} what? ${allowed(known)}`);
  const subcommand = Object.hasOwn(subcommands, verb) ? subcommands[verb] : undefined;
  if (!subcommand)
    throw new Mistake(`${name} ${verb} is unknown${didYouMean(verb, known) || `; ${allowed(known)}`}`);
  const typed = typedIn(subcommand, `${name} ${verb}`, named === undefined ? args : args.slice(1));
  await subcommand.run(typed, context);
}

function allowed(names: readonly string[]): string {
  return `allowed: ${names.join(", ")}`;
}

function typedIn({ options, words, count }: Subcommand, name: string, args: readonly string[]): Typed {
  const { values, positionals, tokens } = parsed(options, name, args);
  const given = tokens.flatMap((token) => (token.kind === "option" ? token.name : []));
  const twice = given.find((option, index) => given.indexOf(option) !== index);
  if (twice !== undefined) throw new Mistake(`--${twice} is given twice`);
  const [least, most] = count;
  if (positionals.length < least || positionals.length > most) {
    const wanted = words === "" ? "no further words" : words;
    throw new Mistake(
      `${name} takes ${wanted}, got ${positionals.length === 0 ? "nothing" : positionals.join(" ")}`,
    );
  }
  const texts = Object.entries(values).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  const empty = texts.find(([, text]) => text.trim() === "");
  if (empty) throw new Mistake(`--${empty[0]} is empty`);
  return {
    words: positionals,
    texts: Object.fromEntries(texts),
    flags: new Set(Object.entries(values).flatMap(([option, value]) => (value === true ? option : []))),
  };
}

function parsed(options: Options, name: string, args: readonly string[]) {
  const config = Object.fromEntries(
    Object.entries(options).map(([option, kind]) => [
      option,
      { type: kind === "flag" ? "boolean" : "string" } as const,
    ]),
  ) satisfies ParseArgsConfig["options"];
  try {
    return parseArgs({
      args: [...args],
      options: config,
      strict: true,
      allowPositionals: true,
      tokens: true,
    });
  } catch (error) {
    throw new Mistake(misread(error as Error & { code?: string }, name, Object.keys(options)));
  }
}

/** What Node.js found wrong, with what is allowed. */
function misread(
  { code, message }: Error & { code?: string },
  name: string,
  options: readonly string[],
): string {
  const list = options.length > 0 ? allowed(options.map((option) => `--${option}`)) : "it takes no options";
  if (code === "ERR_PARSE_ARGS_UNKNOWN_OPTION") {
    const unknown = /'(-[^']*)'/.exec(message)?.[1] ?? "";
    const near = didYouMean(
      unknown,
      options.map((option) => `--${option}`),
    );
    return `${name} has no option ${unknown}${near || `; ${list}`}`;
  }
  return message.split(/\n|(?<=\.) /)[0] ?? message;
}

/** The number an option was given, within bounds. */
export function numberIn(
  { texts }: Typed,
  option: string,
  { from, to, whole = true }: { readonly from: number; readonly to: number; readonly whole?: boolean },
): number | undefined {
  const text = texts[option];
  if (text === undefined) return undefined;
  const number = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (number >= from && number <= to && (!whole || Number.isInteger(number))) return number;
  const kind = whole ? "a whole number" : "a number";
  throw new Mistake(`--${option} has to be ${kind} from ${from} to ${to}, got ${JSON.stringify(text)}`);
}

/** The text an option was given, one of a few. */
export function choiceIn<T extends string>(
  { texts }: Typed,
  option: string,
  choices: readonly T[],
): T | undefined {
  const text = texts[option];
  const found = choices.find((choice) => choice === text);
  if (text === undefined || found !== undefined) return found;
  throw new Mistake(
    `--${option} has to be one of ${choices.join(", ")}, got ${JSON.stringify(text)}${didYouMean(text, choices)}`,
  );
}
