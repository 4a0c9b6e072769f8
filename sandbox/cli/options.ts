import { Failure } from "./failure";

/** What the user wants of the sandbox, before the command. */
export interface Options {
  /** Whether resources take their time, as in AWS, or how many times as long. */
  readonly realtime?: true | number;
  /** Whether the policy pack judges. */
  readonly policies: boolean;
  readonly help: boolean;
  /** The command and its arguments. */
  readonly command: readonly string[];
}

const names = ["--realtime", "--no-policies", "--help"];

/** Reads the options in front of the command. */
export function parseOptions(argv: readonly string[]): Options {
  const start = argv.findIndex((word) => !word.startsWith("-"));
  const [own, command] = start === -1 ? [argv, []] : [argv.slice(0, start), argv.slice(start)];
  let realtime: true | number | undefined;
  for (const word of own) realtime = realtimeOf(word) ?? realtime;
  const unknown = own.find((word) => !isKnown(word));
  if (unknown !== undefined) {
    throw new Failure(
      `unknown option ${unknown}: before the command stand ${names.join(", ")}, Pulumi's own options after it`,
    );
  }
  const late = command.find((word) => ["--realtime", "--no-policies"].includes(word.replace(/=.*/, "")));
  if (late !== undefined)
    throw new Failure(`option ${late} is the sandbox's own and stands before the command`);
  return {
    ...(realtime === undefined ? {} : { realtime }),
    policies: !own.includes("--no-policies"),
    help: own.includes("--help") || own.includes("-h"),
    command,
  };
}

function isKnown(word: string): boolean {
  return names.includes(word) || word === "-h" || word.startsWith("--realtime=");
}

function realtimeOf(word: string): true | number | undefined {
  if (word === "--realtime") return true;
  if (!word.startsWith("--realtime=")) return undefined;
  const text = word.slice("--realtime=".length);
  const factor = /^\d+(\.\d+)?$/.test(text) ? Number(text) : 0;
  if (factor > 0) return factor;
  throw new Failure(`option --realtime takes a number above 0, as in --realtime=0.1, got "${text}"`);
}
