import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import ts from "typescript";

const root = path.resolve(__dirname, "../../..");

const start = ["--conditions=evenkeel:source", "-r", path.join(root, "tools/transpile.js")];
const script = path.join(root, "sandbox/start.js");

/** How a command ended and all it said. */
export interface Ended {
  readonly code: number | null;
  readonly said: string;
}

/** A resource as the account or a state has it. */
interface Resource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly outputs?: { readonly [property: string]: unknown };
}

interface Deployment {
  readonly resources?: readonly Resource[];
  readonly pending_operations?: readonly { readonly type: string; readonly resource: Resource }[];
}

const nameOf = (urn: string) => urn.split("::").at(-1) ?? "";

/** What a project and its stack are called. */
export interface Project {
  readonly name: string;
  readonly stack: string;
}

/** A project in a folder of its own, and what a user can do with it in the sandbox. */
export class RecoverySandbox {
  readonly folder = realpathSync(mkdtempSync(path.join(tmpdir(), "evenkeel-recovery-")));

  private constructor(readonly project: Project) {
    const command = ["node", ...start, script].map((word) => JSON.stringify(word)).join(" ");
    this.write("package.json", JSON.stringify({ name: "recovery", scripts: { sandbox: command } }));
    this.#link("node_modules");
  }

  /** The small program, in JavaScript, which starts faster. */
  static ofFixture(): RecoverySandbox {
    const fixture = path.join(root, "test/engine/fixtures/recovery");
    const made = new RecoverySandbox({ name: "shop", stack: "dev" });
    const { outputText } = ts.transpileModule(readFileSync(path.join(fixture, "index.ts"), "utf8"), {
      compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
    });
    made.write("index.js", outputText);
    made.write("Pulumi.yaml", readFileSync(path.join(fixture, "Pulumi.yaml"), "utf8"));
    made.configure({});
    return made;
  }

  /** The project itself. */
  static ofProgram(stack: string): RecoverySandbox {
    const made = new RecoverySandbox({ name: "evenkeel", stack });
    for (const file of ["Pulumi.yaml", `Pulumi.${stack}.yaml`, "tsconfig.json"])
      made.write(file, readFileSync(path.join(root, file), "utf8"));
    for (const name of ["index.ts", "components", "settings", "workload", "sandbox", "tools"])
      made.#link(name);
    return made;
  }

  write(name: string, text: string): void {
    writeFileSync(path.join(this.folder, name), text);
  }

  /** Has the fixture's program read these settings, and no others. */
  configure(settings: { readonly [key: string]: string | number | boolean }): void {
    const own = Object.entries(settings).map(([key, value]) => [`shop:${key}`, value]);
    const config = { "aws:region": "us-east-1", ...Object.fromEntries(own) };
    this.write(`Pulumi.${this.project.stack}.yaml`, JSON.stringify({ config }));
  }

  /** Runs a command. */
  run(...words: readonly string[]): Ended {
    return ended(spawnSync(process.execPath, [...start, script, ...words], this.#options));
  }

  /** Runs a command that has to succeed; what it said. */
  done(...words: readonly string[]): string {
    return succeeded(words.join(" "), this.run(...words));
  }

  /** Runs what a user was told to type, answering yes; what it said. */
  typed(line: string, ...answers: readonly string[]): string {
    const env = { ...process.env, npm_config_update_notifier: "false" };
    const typing = spawnSync([line, ...answers].join(" "), { ...this.#options, env, shell: true });
    return succeeded(line, ended(typing));
  }

  /** Deploys, which may fail. */
  up(...options: readonly string[]): Ended {
    return this.run("--no-policies", "up", ...this.#unasked, ...options);
  }

  /** Deploys; what was said. */
  deploy(...options: readonly string[]): string {
    return succeeded("up", this.up(...options));
  }

  destroy(): Ended {
    return this.run("destroy", ...this.#unasked);
  }

  /** Deploys, and calls back once something has been said. */
  async upUntil(pattern: RegExp, then: (interrupt: () => void) => void): Promise<Ended> {
    const words = ["--no-policies", "up", ...this.#unasked];
    const running = spawn(process.execPath, [...start, script, ...words], {
      cwd: this.folder,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    let called = false;
    const hear = (text: string) => {
      said += text;
      if (called || !pattern.test(said)) return;
      called = true;
      then(() => running.kill("SIGINT"));
    };
    for (const stream of [running.stdout, running.stderr]) stream.setEncoding("utf8").on("data", hear);
    const code = await new Promise<number | null>((resolve) => {
      running.once("close", resolve);
    });
    assert.ok(called, said);
    return { code, said };
  }

  /** Does what `world orphans` says, line by line; with what it said. */
  recover(): string {
    const said = this.done("world", "orphans");
    const lines = (pattern: RegExp) => [...said.matchAll(pattern)].map(([, line = ""]) => line);
    for (const line of lines(/^ {2}take it up: (.*)$/gm)) this.typed(line, "--yes");
    for (const line of lines(/^ {2}remove it: +(.*)$/gm)) this.typed(line);
    for (const line of lines(/^at the end: (.*)$/gm)) this.typed(line, "--yes", "--skip-preview");
    return said;
  }

  /** Logical names of what is in the account, sorted. */
  get names(): string[] {
    return this.#world.map(({ urn }) => nameOf(urn)).sort();
  }

  /** A resource of the account, by its logical name. */
  resource(name: string): Resource {
    const found = this.#world.filter(({ urn }) => nameOf(urn) === name);
    assert.equal(found.length, 1, `${found.length} resources are called ${name}`);
    return found[0] ?? assert.fail();
  }

  /** What the engine has begun and not been told the end of. */
  get pending(): string[] {
    const pending = this.#deployment.pending_operations ?? [];
    return pending.map(({ type, resource }) => `${type} ${nameOf(resource.urn)}`).sort();
  }

  /** Has to be so after every recovery: account and state hold the same, one of each, and nothing is pending. */
  assertWhole(): void {
    const world = this.#world.map(identity).sort();
    const held = (this.#deployment.resources ?? [])
      .filter(({ id, type }) => id !== undefined && !type.startsWith("pulumi:"))
      .map(identity)
      .sort();
    assert.deepEqual(held, world);
    assert.equal(new Set(this.#world.map(({ urn }) => urn)).size, world.length, "something is there twice");
    assert.deepEqual(this.pending, []);
  }

  /** The files in which a text stands, of the account, the state and everything else in the sandbox. */
  filesWith(text: string): string[] {
    const folder = path.join(this.folder, ".sandbox");
    return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => {
      const file = path.join(folder, name);
      return statSync(file).isFile() && readFileSync(file).includes(text);
    });
  }

  /** Notes how everything is under a name. */
  keep(name: string): void {
    cpSync(this.#own(".sandbox"), this.#own(`kept-${name}`), { recursive: true, verbatimSymlinks: true });
  }

  /** Puts everything back as it was when it was noted. */
  restore(name: string): void {
    rmSync(this.#own(".sandbox"), { recursive: true, force: true });
    cpSync(this.#own(`kept-${name}`), this.#own(".sandbox"), { recursive: true, verbatimSymlinks: true });
    this.configure({});
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  get #unasked(): string[] {
    return ["--stack", this.project.stack, "--yes", "--skip-preview", "--non-interactive"];
  }

  get #options() {
    return { cwd: this.folder, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 } as const;
  }

  get #world(): readonly Resource[] {
    const file = this.#own(".sandbox/world.json");
    return existsSync(file)
      ? (JSON.parse(readFileSync(file, "utf8")) as { resources: readonly Resource[] }).resources
      : [];
  }

  get #deployment(): Deployment {
    const { name, stack } = this.project;
    const file = this.#own(`.sandbox/state/.pulumi/stacks/${name}/${stack}.json`);
    const { checkpoint } = JSON.parse(readFileSync(file, "utf8")) as { checkpoint: { latest?: Deployment } };
    return checkpoint.latest ?? {};
  }

  #own(name: string): string {
    return path.join(this.folder, name);
  }

  #link(name: string): void {
    symlinkSync(path.join(root, name), this.#own(name));
  }
}

const identity = ({ type, id }: Resource) => `${type} ${id}`;

function ended({ status, stdout, stderr }: { status: number | null; stdout: string; stderr: string }): Ended {
  return { code: status, said: `${stdout}${stderr}` };
}

function succeeded(what: string, { code, said }: Ended): string {
  assert.equal(code, 0, `${what}: ${said}`);
  return said;
}
