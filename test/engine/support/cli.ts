import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";

/** Folder of the newest version of a resource plugin that is installed, as far as names tell. */
export function installedPlugin(name: string): string | undefined {
  const plugins = join(process.env.PULUMI_HOME ?? join(homedir(), ".pulumi"), "plugins");
  const folder = new RegExp(`^resource-${name}-v\\d+\\.\\d+\\.\\d+$`);
  const order = new Intl.Collator("en", { numeric: true });
  try {
    const found = readdirSync(plugins).filter((entry) => folder.test(entry));
    const newest = found.sort(order.compare).at(-1);
    return newest === undefined ? undefined : join(plugins, newest);
  } catch {
    return undefined;
  }
}

/** The engine looks for folders and passes by links to them, so each thing in the folder is linked. */
function linkPlugin(folder: string, place: string): void {
  mkdirSync(place);
  for (const entry of readdirSync(folder)) symlinkSync(join(folder, entry), join(place, entry));
}

/** What a command came to. */
export interface Ran {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A Pulumi project of its own in a temporary folder, with its own home and state. */
export class Project {
  readonly folder = mkdtempSync(join(tmpdir(), "evenkeel-engine-"));
  readonly #environment: { [name: string]: string };

  /**
   * @param program Folder with the program and its `Pulumi.yaml`, which is copied.
   * @param plugins Folders of installed plugins the engine may use.
   * @param environment Added to the process's own.
   */
  constructor(program: string, plugins: readonly string[], environment: { readonly [name: string]: string }) {
    const home = join(this.folder, "home");
    mkdirSync(join(home, "plugins"), { recursive: true });
    mkdirSync(join(this.folder, "state"));
    cpSync(program, this.#program, { recursive: true });
    symlinkSync(resolve("node_modules"), join(this.#program, "node_modules"));
    for (const plugin of plugins) linkPlugin(plugin, join(home, "plugins", basename(plugin)));
    this.#environment = {
      PULUMI_HOME: home,
      PULUMI_BACKEND_URL: `file://${join(this.folder, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: "test",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      ...environment,
    };
  }

  /** Has the engine use a provider that is running already, `aws:1234`, in place of installed ones. */
  attach(providers: readonly string[]): void {
    this.#environment.PULUMI_DEBUG_PROVIDERS = providers.join(",");
  }

  /** Runs `pulumi`. */
  run(...args: readonly string[]): Promise<Ran> {
    const options = {
      cwd: this.#program,
      env: { ...process.env, ...this.#environment },
      maxBuffer: 2 ** 28,
    };
    return new Promise((done) => {
      execFile("pulumi", [...args, "--non-interactive"], options, (error, stdout, stderr) => {
        done({ status: error === null ? 0 : Number(error.code ?? 1), stdout, stderr });
      });
    });
  }

  /** Deletes all of it. */
  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  get #program(): string {
    return join(this.folder, "program");
  }
}
