import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { Failure } from "../failure";
import type { Pack } from "./pack";

/** What a policy pack is told about the stack, as the CLI tells it. */
export interface PackContext {
  readonly project: string;
  readonly stack: string;
  readonly organization: string;
  readonly config: { readonly [key: string]: string };
  readonly env: NodeJS.ProcessEnv;
  /** How long the pack may take to start, and to answer. */
  readonly timeoutSeconds: number;
}

/**
 * A running policy pack: the SDK's own `run-policy-pack`, started the way the CLI starts it.
 *
 * It does not keep the planner alive unless somebody waits for it.
 */
export class PackProcess {
  readonly #child: ChildProcess;
  readonly #port: Promise<number>;
  readonly #stop = () => this.stop();
  #stdout = "";
  #stderr = "";
  #stopped = false;

  constructor(
    readonly pack: Pack,
    readonly context: PackContext,
  ) {
    // The engine's address is dropped by `run-policy-pack`: messages of a pack go to its stderr.
    const args = ["-r", packStart, runner(pack), "127.0.0.1:0", pack.folder];
    this.#child = spawn(process.execPath, args, {
      cwd: pack.folder,
      env: { ...context.env, ...variables(context) },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#stderr += text;
    });
    this.#port = this.#firstLine().then((line) => this.#portIn(line));
    // Whoever asks for the port hears about a failure; nobody asking is no failure.
    this.#port.catch(() => undefined);
    process.once("exit", this.#stop);
    this.hold(false);
  }

  /** Where the pack listens, as soon as it does. */
  async port(): Promise<number> {
    this.hold(true);
    const { timeoutSeconds } = this.context;
    const late = () => this.failure(`did not start within ${timeoutSeconds} seconds`);
    try {
      return await within(timeoutSeconds, this.#port, late);
    } finally {
      this.hold(false);
    }
  }

  /** What is wrong with the pack, with the gist of what it wrote. */
  failure(what: string): Failure {
    const gist = gistOf(this.#stderr);
    const told = gist.length === 0 ? "" : `\n${gist.map((line) => `  ${line}`).join("\n")}`;
    return new Failure(
      `the policy pack in ${this.pack.label} ${what}${told}`,
      stripVTControlCharacters(this.#stderr),
    );
  }

  /** Ends the pack, whatever it is doing. */
  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    process.removeListener("exit", this.#stop);
    this.#child.stdout?.destroy();
    this.#child.stderr?.destroy();
    this.#child.kill("SIGKILL");
  }

  #firstLine(): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#child.once("error", (error) => reject(this.failure(`did not start: ${error.message}`)));
      // Not "exit": what was written before may still be on its way.
      this.#child.once("close", (code, signal) => {
        reject(this.failure(`did not start: it ended with ${signal ?? `code ${code}`}`));
      });
      this.#child.stdout?.setEncoding("utf8").on("data", (text: string) => {
        this.#stdout += text;
        const end = this.#stdout.indexOf("\n");
        if (end >= 0) resolve(this.#stdout.slice(0, end).trim());
      });
    });
  }

  #portIn(line: string): number {
    const port = Number(line);
    if (/^\d+$/.test(line) && port > 0 && port < 65536) return port;
    const shown = JSON.stringify(line.slice(0, 60));
    throw this.failure(
      `did not start: it wrote ${shown} where its port belongs; nothing may be printed before`,
    );
  }

  /**
   * Whether the pack keeps the planner alive: not while a program runs, since one that waits for what never comes is
   * noticed by nothing being left to do.
   */
  hold(on: boolean): void {
    const handles = [
      this.#child,
      this.#child.stdout,
      this.#child.stderr,
    ] as unknown as (NodeJS.RefCounted | null)[];
    for (const handle of handles) on ? handle?.ref() : handle?.unref();
  }
}

const packStart = path.join(__dirname, "../../sandbox/loading/quick-start.js");

function runner(pack: Pack): string {
  try {
    return require.resolve("@pulumi/pulumi/cmd/run-policy-pack", { paths: [pack.folder] });
  } catch {
    throw new Failure(`the policy pack in ${pack.label} has no @pulumi/pulumi, are its packages installed?`);
  }
}

function variables({ project, stack, organization, config }: PackContext): NodeJS.ProcessEnv {
  const told = { ORGANIZATION: organization, PROJECT: project, STACK: stack, DRY_RUN: "true" };
  const named = (prefix: string) => Object.entries(told).map(([key, value]) => [`${prefix}${key}`, value]);
  return {
    ...Object.fromEntries([...named("PULUMI_"), ...named("PULUMI_NODEJS_")]),
    PULUMI_CONFIG: JSON.stringify(config),
  };
}

/** A promise's result, or a failure when it takes too long. */
export async function within<T>(seconds: number, work: Promise<T>, late: () => Failure): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), seconds * 1000);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

/** Frames, excerpts, what Node.js adds, and the launcher's announcement that something follows. */
const noise =
  /^\s*(at |\^|\[stack\]|Node\.js v|node:|throw |[{}]|code: |requireStack: |error: \[runtime\] Running program )|^\s*$/;

/** The lines of an error output that say something. */
function gistOf(output: string): string[] {
  const lines = stripVTControlCharacters(output).split(/\r?\n/);
  return lines
    .filter((line) => !noise.test(line))
    .map((line) => line.trim())
    .slice(0, 6);
}
