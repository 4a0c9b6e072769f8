import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { compilePack } from "../../policies/support/compiled-pack";
import { type EngineEvent, eventsIn } from "./engine-events";

const root = path.resolve(__dirname, "../../..");

/** What a test may change, and what finds such things by where it lies. */
const copied = [
  "index.ts",
  "components",
  "settings",
  "workload",
  "package.json",
  "tsconfig.json",
  "Pulumi.yaml",
];
/** What is the same for all. */
const shared = ["node_modules", "policies", "sandbox", "tools"];

/** How a command of the sandbox ended. */
export interface Outcome {
  readonly code: number;
  /** What it printed, errors too. */
  readonly output: string;
}

/** How a run of the engine ended, and what it did. */
export interface Run extends Outcome {
  readonly events: readonly EngineEvent[];
}

/** A copy of this repository's project that a test may change, with a sandbox of its own. */
export class SandboxProject {
  readonly folder = realpathSync(mkdtempSync(path.join(tmpdir(), "evenkeel-stacks-")));

  /** @param stacks Stacks whose files it has. */
  constructor(stacks: readonly string[]) {
    compilePack();
    for (const name of [...copied, ...stacks.map(stackFile)]) {
      cpSync(path.join(root, name), this.#at(name), { recursive: true });
    }
    for (const name of shared) symlinkSync(path.join(root, name), this.#at(name));
  }

  /** Text of a file. */
  read(file: string): string {
    return readFileSync(this.#at(file), "utf8");
  }

  /** Writes a file. */
  write(file: string, text: string): void {
    writeFileSync(this.#at(file), text);
  }

  /** Has another program take the place of the project's own, which it may load as `./index`. */
  replaceProgram(folder: string): void {
    cpSync(path.join(root, folder), this.#at(folder), { recursive: true });
    this.write("other.ts", `module.exports = require("./${folder}");\n`);
    this.write("Pulumi.yaml", this.read("Pulumi.yaml").replace("main: index.ts", "main: other.ts"));
  }

  /** Runs a command of the sandbox. */
  command(argv: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
    const script = ["-r", path.join(root, "tools/transpile.js"), path.join(root, "sandbox/start.js")];
    return new Promise((resolve) => {
      execFile(
        process.execPath,
        ["--conditions=evenkeel:source", ...script, ...argv],
        { cwd: this.folder, env: { ...process.env, ...env }, maxBuffer: 64 * 1024 * 1024 },
        (error, stdout, stderr) =>
          resolve({ code: error === null ? 0 : Number(error.code), output: `${stdout}${stderr}` }),
      );
    });
  }

  /** Runs a command that runs the engine, without questions. */
  async engine(argv: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Run> {
    const log = this.#at("events.log");
    rmSync(log, { force: true });
    const outcome = await this.command([...argv, "--non-interactive", "--event-log", log], {
      ...env,
      // Without it the CLI has no --event-log.
      PULUMI_DEBUG_COMMANDS: "true",
    });
    return { ...outcome, events: eventsIn(log) };
  }

  /** Takes it away, sandbox and all. */
  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #at(name: string): string {
    return path.join(this.folder, name);
  }
}

/** The file of a stack. */
export function stackFile(stack: string): string {
  return `Pulumi.${stack}.yaml`;
}
