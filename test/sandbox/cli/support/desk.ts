import assert from "node:assert/strict";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { OwnCommand } from "../../../../sandbox/cli/context";
import { main } from "../../../../sandbox/cli/main";
import type { LoadServe } from "../../../../sandbox/cli/program";

/** Files by their path below a folder. */
export interface Files {
  readonly [file: string]: string;
}

/** One start of the CLI, as the stand-in for it noted it down. */
export interface Call {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: { readonly [name: string]: string };
  /** The file given with `--config-file`, as it was then. */
  readonly config?: string;
}

/** What came of a command. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * A stand-in for the Pulumi CLI: notes down how it was started, keeps stacks where the backend does, and can be told by
 * `$FAKE` what else to do.
 */
const fake = `
const fs = require("node:fs"), path = require("node:path"), { fileURLToPath } = require("node:url");
const argv = process.argv.slice(2), [command, verb, name] = argv;
const config = argv.find((word) => word.startsWith("--config-file"));
const file = config && argv[argv.indexOf(config) + 1];
const call = { argv, cwd: process.cwd(), env: process.env, ...(file ? { config: fs.readFileSync(file, "utf8") } : {}) };
fs.appendFileSync(process.env.FAKE_CALLS, JSON.stringify(call) + "\\n");
if (command === "stack" && verb === "init") {
  const project = /^name: (.*)$/m.exec(fs.readFileSync("Pulumi.yaml", "utf8"))[1];
  const stacks = path.join(fileURLToPath(process.env.PULUMI_BACKEND_URL), ".pulumi/stacks", project);
  fs.mkdirSync(stacks, { recursive: true });
  fs.writeFileSync(path.join(stacks, name + ".json"), "{}");
} else if (process.env.FAKE) eval(process.env.FAKE);
`;

/** Keys that lie there already, since making them takes a third of a second. The salt is of the passphrase. */
const keys = {
  encryptionSalt: "v1:E86LsL21ALE=:v1:opUrVP9xxs/5RYEE:G6k55Gk42V8rkQqnuVuexc9gc9ll5A==",
  placeholder: "v1:xeIINjxftuwDKlkR:rBBArtyZVrnlJyZDPQJw2lg3F3sX",
};

/** A project on a desk of its own: a home, a stand-in for the CLI, and nothing of whoever runs the tests. */
export class Desk {
  readonly root = realpathSync(mkdtempSync(path.join(tmpdir(), "evenkeel sandbox ")));
  /** The project's folder; the desk itself is above it. */
  readonly project = path.join(this.root, "the project");
  readonly home = path.join(this.root, "home");
  /** How the plugin was asked for, each time. */
  readonly served: unknown[] = [];
  /** Ports that have been given up again. */
  readonly closed: number[] = [];
  /** Own commands beside Pulumi's. */
  commands: { [name: string]: OwnCommand } = {};

  constructor(files: Files = {}) {
    this.write({
      "Pulumi.yaml": "name: shop\nruntime: nodejs\n",
      "Pulumi.dev.yaml": "config: {}\n",
      ".sandbox/passphrase": "x\n",
      ".sandbox/keys.json": JSON.stringify(keys),
      ...files,
    });
    mkdirSync(this.home, { recursive: true });
    const pulumi = path.join(this.root, "path", "pulumi");
    mkdirSync(path.dirname(pulumi));
    writeFileSync(`${pulumi}.cjs`, fake);
    // The version is asked for at every start: the shell has it at once.
    writeFileSync(
      pulumi,
      `#!/bin/sh
if [ "$1" = version ]; then echo "\${FAKE_VERSION-v3.260.0}"; exit; fi
exec "${process.execPath}" "${pulumi}.cjs" "$@"
`,
    );
    chmodSync(pulumi, 0o755);
  }

  /** A path below the project. */
  at(file: string): string {
    return path.join(this.project, file);
  }

  /** Writes files of the project, making the folders they are in. */
  write(files: Files): void {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(path.dirname(this.at(file)), { recursive: true });
      writeFileSync(this.at(file), text);
    }
  }

  /** The text of a file of the project. */
  read(file: string): string {
    return readFileSync(this.at(file), "utf8");
  }

  /** The environment a command is started in. */
  get env(): NodeJS.ProcessEnv {
    return { PATH: path.join(this.root, "path"), HOME: this.home, FAKE_CALLS: path.join(this.root, "calls") };
  }

  /** Runs a command of the sandbox. */
  async run(argv: readonly string[], more: { cwd?: string; env?: NodeJS.ProcessEnv } = {}): Promise<Outcome> {
    let [stdout, stderr] = ["", ""];
    const terminal = {
      cwd: more.cwd ?? this.project,
      env: { ...this.env, ...more.env },
      stdout: { write: (text: string) => (stdout += text) },
      stderr: { write: (text: string) => (stderr += text) },
    };
    const code = await main(argv, terminal, { commands: this.commands, loadServe: this.#loadServe });
    return { code, stdout, stderr };
  }

  /** Runs a command that has to be refused before the CLI is started; the result is what it says. */
  async refused(
    argv: readonly string[],
    more: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
  ): Promise<string> {
    const before = this.calls().length;
    const { code, stdout, stderr } = await this.run(argv, more);
    assert.deepEqual([code, stdout, this.calls().length], [2, "", before]);
    return stderr;
  }

  /** The starts of the CLI so far. */
  calls(): Call[] {
    const notes = path.join(this.root, "calls");
    if (!existsSync(notes)) return [];
    return readFileSync(notes, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Call);
  }

  /** The last start of the CLI. */
  last(): Call {
    const call = this.calls().at(-1);
    assert.ok(call, "the CLI was not started");
    return call;
  }

  /** Takes the sandbox's folder away. */
  beginAnew(): void {
    rmSync(this.at(".sandbox"), { recursive: true });
  }

  /** Takes everything away. */
  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  readonly #loadServe: LoadServe = async () => async (options) => {
    this.served.push(options);
    const port = 4000 + this.served.length;
    return { port, close: async () => void this.closed.push(port) };
  };
}

/** Runs a test on a desk that is gone afterwards. */
export async function onDesk<T>(files: Files, test: (desk: Desk) => T | Promise<T>): Promise<T> {
  const desk = new Desk(files);
  try {
    return await test(desk);
  } finally {
    desk.remove();
  }
}
