import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WorldFile } from "../../../sandbox/account/world-file";
import type { CommandContext } from "../../../sandbox/cli/subcommand";

/** A command of the sandbox. */
type Run = (args: readonly string[], context: CommandContext) => Promise<number>;

/** How a command ended, and what it said. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A sandbox's folder to run commands in. */
export class Sandbox {
  readonly folder = mkdtempSync(join(tmpdir(), "evenkeel-sandbox-"));
  readonly file = join(this.folder, "world.json");

  /** Changes the account before a command runs. */
  async holds(fill: (account: WorldFile) => void): Promise<void> {
    const account = WorldFile.open(this.file, { purpose: "test" });
    fill(account);
    await account.changed();
    await account.close();
  }

  async run(command: Run, ...args: readonly string[]): Promise<Ended> {
    const said = { out: "", err: "" };
    const code = await command(args, {
      worldFile: this.file,
      out: (text) => {
        said.out += text;
      },
      err: (text) => {
        said.err += text;
      },
      now: () => Date.parse("2026-11-21T18:44:57Z"),
    });
    return { code, ...said };
  }

  get content(): string {
    return readFileSync(this.file, "utf8");
  }

  set content(text: string) {
    writeFileSync(this.file, text);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A sandbox of its own for each test of a suite. */
export function ownSandbox(): () => Sandbox {
  let sandbox: Sandbox;
  beforeEach(() => {
    sandbox = new Sandbox();
  });
  afterEach(() => {
    sandbox.remove();
  });
  return () => sandbox;
}

/** How a command ends that was not understood. */
export function misunderstood(command: string, message: string): Ended {
  return { code: 2, out: "", err: `error: ${message}\n(${command} --help tells more)\n` };
}
