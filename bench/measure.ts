import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { family } from "./processes";

/** The repository. */
export const root = path.join(__dirname, "..");

/** One run of a command. */
export interface Measured {
  readonly seconds: number;
  /** Processor time of the process and of those it waited for, in seconds. */
  readonly code: number;
  /** Largest memory of the process itself and of each process it started, in MB; empty where /proc is missing. */
  readonly peaks: readonly number[];
  readonly stdout: string;
}

/** Runs Node.js and watches how long it takes and how large its processes grow. */
export function run(argv: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Measured> {
  const began = process.hrtime.bigint();
  const child = spawn(process.execPath, argv, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const peaks = new Map<number, number>();
  // What a process has needed at most is in /proc for as long as it lives; a look every 20 ms costs nothing.
  const watch = setInterval(() => {
    for (const pid of family(child.pid ?? 0)) peaks.set(pid, Math.max(peaks.get(pid) ?? 0, peakOf(pid)));
  }, 20);
  let stdout = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      clearInterval(watch);
      const seconds = Number(process.hrtime.bigint() - began) / 1e9;
      resolve({ seconds, code: code ?? -1, peaks: [...peaks.values()].filter((peak) => peak > 0), stdout });
    });
  });
}

/** Runs something several times, after once for the caches. */
export async function repeat<T>(times: number, work: () => Promise<T>): Promise<T[]> {
  await work();
  const found: T[] = [];
  for (let time = 0; time < times; time++) found.push(await work());
  return found;
}

/** The middle of some figures, and the smallest: what a busy machine distorts least. */
export function middle(figures: readonly number[]): { readonly median: number; readonly least: number } {
  const sorted = [...figures].sort((a, b) => a - b);
  return { median: sorted[Math.floor(sorted.length / 2)] ?? 0, least: sorted[0] ?? 0 };
}

function peakOf(pid: number): number {
  try {
    const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return Number(kilobytes ?? 0) / 1024;
  } catch {
    return 0;
  }
}
