import { readdirSync, readFileSync } from "node:fs";

/** Whose processor time it is. */
export type Share = "engine" | "program" | "policies" | "plugin" | "awsx" | "other";

export const shares: readonly Share[] = ["engine", "program", "policies", "plugin", "awsx", "other"];

/** By a part of the command line. What is none of these is npm, git and the look-ups of the language host. */
const parts: readonly (readonly [part: RegExp, share: Share])[] = [
  [/cmd\/run-policy-pack/, "policies"],
  [/@pulumi\/pulumi\/cmd\/run/, "program"],
  [/sandbox\/start\.js/, "plugin"],
  [/resource-awsx|\/awsx\//, "awsx"],
  [/^\S*pulumi(-language-nodejs)?\s/, "engine"],
];

/** Ticks of the processor clock in a second, on Linux. */
const ticks = 100;

interface Seen {
  readonly command: string;
  readonly seconds: number;
}

/** Watches what each process of a family costs, for as long as it lives. Linux only: reads /proc. */
export class Watch {
  readonly #seen = new Map<number, Seen>();
  readonly #timer: NodeJS.Timeout;

  constructor(root: number) {
    this.#timer = setInterval(() => this.#look(root), 20);
  }

  /** Processor seconds by share. */
  stop(): ReadonlyMap<Share, number> {
    clearInterval(this.#timer);
    const totals = new Map<Share, number>(shares.map((share) => [share, 0]));
    for (const { command, seconds } of this.#seen.values()) {
      const share = parts.find(([part]) => part.test(command))?.[1] ?? "other";
      totals.set(share, (totals.get(share) ?? 0) + seconds);
    }
    return totals;
  }

  #look(root: number): void {
    for (const pid of family(root)) {
      const seconds = secondsOf(pid);
      const known = this.#seen.get(pid)?.command;
      // A process that ends has no command line any more, and one that starts has its parent's.
      const command = commandOf(pid) || known || "";
      if (seconds !== undefined) this.#seen.set(pid, { command, seconds });
    }
  }
}

/** A process with all that descend from it. */
export function family(pid: number): number[] {
  try {
    const tasks = readdirSync(`/proc/${pid}/task`);
    const children = tasks.flatMap((task) =>
      numbers(readFileSync(`/proc/${pid}/task/${task}/children`, "utf8")),
    );
    return [pid, ...children.flatMap(family)];
  } catch {
    return [];
  }
}

function numbers(text: string): number[] {
  return text.trim() === "" ? [] : text.trim().split(" ").map(Number);
}

function secondsOf(pid: number): number | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name of the program, in brackets, may hold anything; user and system time are the 12th and 13th field behind it.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[11]) + Number(fields[12])) / ticks;
  } catch {
    return undefined;
  }
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}
