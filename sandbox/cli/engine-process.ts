import { type ChildProcess, spawn } from "node:child_process";
import { constants } from "node:os";
import { isatty } from "node:tty";

/** How the CLI is started. */
export interface Start {
  readonly pulumi: string;
  readonly words: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Called with the process once it runs. */
  readonly onStart?: (engine: ChildProcess) => void;
}

/** Where signals come from: this process. */
type Source = Pick<NodeJS.Process, "on" | "off">;

const passedOn = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Milliseconds in which signals of one kind count as one: npm passes on to its script what the script gets anyway, and a
 * second interrupt has the engine give up at once, without tidying up.
 */
const SAME = 100;

/** Runs the CLI with this process's input and output; the result is its exit code, or 128 and the signal's number. */
export function runEngine(start: Start, source: Source = process): Promise<number> {
  // A terminal sends its interrupts to everybody it has in front, the engine included. Without one the engine stands in a
  // group of its own, so that a signal comes to it only from here, whether one process was meant or the whole group.
  const terminal = [0, 1, 2].some((descriptor) => isatty(descriptor));
  const detached = !terminal && process.platform !== "win32";
  const { cwd, env } = start;
  const engine = spawn(start.pulumi, start.words, { cwd, env, stdio: "inherit", detached });
  const stop = passSignals(engine, terminal, source);
  start.onStart?.(engine);
  return new Promise<number>((resolve, reject) => {
    engine.once("error", reject);
    engine.once("exit", (code, signal) =>
      resolve(code ?? 128 + (constants.signals[signal ?? "SIGKILL"] ?? 0)),
    );
  }).finally(stop);
}

/** Hands signals to the engine, and keeps this process alive until the engine has ended. Returns what ends that. */
function passSignals(engine: ChildProcess, terminal: boolean, source: Source): () => void {
  const last = new Map<NodeJS.Signals, number>();
  const handlers = passedOn.map((signal) => {
    const handler = () => {
      const now = performance.now();
      const isRepeated = now - (last.get(signal) ?? Number.NEGATIVE_INFINITY) < SAME;
      last.set(signal, now);
      if (!isRepeated && !(terminal && signal === "SIGINT")) engine.kill(signal);
    };
    source.on(signal, handler);
    return { signal, handler };
  });
  return () => {
    for (const { signal, handler } of handlers) source.off(signal, handler);
  };
}
