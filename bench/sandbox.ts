import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { middle, root } from "./measure";
import { type Share, shares, Watch } from "./processes";
import { withServices } from "./services";

const times = Number(process.env.BENCH_TIMES) || 3;

/** One command with the real CLI: how long it took, and what each part of it cost. */
interface Timed {
  readonly seconds: number;
  readonly cost: ReadonlyMap<Share, number>;
  /** How many resources the engine said it dealt with. */
  readonly resources: number;
}

const commands = {
  preview: ["preview"],
  up: ["up", "--yes", "--skip-preview"],
  "up, no change": ["up", "--yes", "--skip-preview"],
  destroy: ["destroy", "--yes", "--skip-preview"],
} as const;

type Command = keyof typeof commands;

const stacks = ["production", "services50"] as const;

/**
 * Its state has the engine written after every step, as a whole: of the 50 services that takes it more than five minutes of
 * processor time, in which nothing of what is measured here runs. Here it writes once, at the end.
 */
const written = { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" };

/** Prints what the engine, the program, the policies and the plugin cost, in production and in a stack of 50 services. */
async function main(): Promise<void> {
  if (spawnSync("pulumi", ["version"]).error)
    throw new Error("this needs the Pulumi CLI: pulumi is not on PATH");
  const folder = projectCopy();
  try {
    const found = new Map<string, Timed[]>();
    // In turns, so that an hour that is busy slows both; the first round warms the caches.
    for (let turn = 0; turn <= times; turn++) await round(folder, turn > 0 ? found : new Map());
    report(found);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function round(folder: string, found: Map<string, Timed[]>): Promise<void> {
  for (const stack of stacks) {
    for (const command of Object.keys(commands) as Command[]) {
      const protection = ["drift", "set", "edge-lb", "enableDeletionProtection=false", "--stack", stack];
      if (command === "destroy") own(folder, ...protection);
      const timed = await run(folder, [...commands[command], "--stack", stack]);
      const key = `${command} ${stack}`;
      found.set(key, [...(found.get(key) ?? []), timed]);
    }
  }
}

/** The project with stacks that can be destroyed, in a folder of its own. */
function projectCopy(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "evenkeel-bench-"));
  const entries = ["Pulumi.yaml", "index.ts", "package.json", "tsconfig.json"];
  const folders = ["components", "planner", "policies", "sandbox", "settings", "tools", "workload"];
  for (const entry of [...entries, ...folders]) {
    cpSync(path.join(root, entry), path.join(folder, entry), { recursive: true });
  }
  symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"));
  const production = readFileSync(path.join(root, "Pulumi.production.yaml"), "utf8");
  write(folder, "production", production);
  write(folder, "services50", withServices(50));
  return folder;
}

function write(folder: string, stack: string, text: string): void {
  writeFileSync(path.join(folder, `Pulumi.${stack}.yaml`), text);
  const config = path.join(folder, "policies/config");
  if (stack !== "production")
    cpSync(path.join(config, "production.json"), path.join(config, `${stack}.json`));
}

/** A command of the sandbox's own. */
function own(folder: string, ...words: readonly string[]): void {
  const { status, stderr } = spawnSync(process.execPath, [...sandbox(folder), ...words], {
    cwd: folder,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`${words.join(" ")} ended with ${status}: ${stderr}`);
}

/** As `npm run sandbox` starts it. */
function sandbox(folder: string): string[] {
  return [
    "--conditions=evenkeel:source",
    "-r",
    path.join(folder, "tools/transpile.js"),
    path.join(folder, "sandbox/start.js"),
  ];
}

function run(folder: string, words: readonly string[]): Promise<Timed> {
  const began = process.hrtime.bigint();
  const child = spawn(process.execPath, [...sandbox(folder), ...words, "--non-interactive"], {
    cwd: folder,
    env: { ...process.env, ...written },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const watch = new Watch(child.pid ?? 0);
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      const cost = watch.stop();
      const seconds = Number(process.hrtime.bigint() - began) / 1e9;
      if (code !== 0) reject(new Error(`${words.join(" ")} ended with ${code}:\n${said.slice(-3000)}`));
      const resources = [...said.matchAll(/^ {4}(?:[+-] )?(\d+) (?:to create|created|unchanged|deleted)/gm)];
      resolve({ seconds, cost, resources: resources.reduce((sum, [, count]) => sum + Number(count), 0) });
    });
  });
}

function report(found: ReadonlyMap<string, readonly Timed[]>): void {
  const head = ["", "resources", "seconds", ...shares, "ours"];
  process.stdout.write(`${line(head)}\n`);
  for (const [key, runs] of found) {
    const cost = (share: Share) => middle(runs.map((one) => one.cost.get(share) ?? 0)).median;
    const ours = cost("program") + cost("policies") + cost("plugin");
    const figures = [middle(runs.map(({ seconds }) => seconds)).median, ...shares.map(cost), ours];
    const resources = String(runs[0]?.resources ?? "?");
    process.stdout.write(`${line([key, resources, ...figures.map((figure) => figure.toFixed(2))])}\n`);
  }
  const ours = (key: string) => {
    const runs = found.get(key) ?? [];
    const cost = middle(
      runs.map((one) =>
        (["program", "policies", "plugin"] as const).reduce(
          (sum, share) => sum + (one.cost.get(share) ?? 0),
          0,
        ),
      ),
    ).median;
    return { cost, resources: runs[0]?.resources ?? 0 };
  };
  const [small, large] = stacks.map((stack) => ours(`preview ${stack}`));
  if (!small || !large) return;
  const each = ((large.cost - small.cost) / (large.resources - small.resources)) * 1000;
  process.stdout.write(`our share of a further resource in a preview: ${each.toFixed(1)} ms\n`);
}

function line([first = "", ...rest]: readonly string[]): string {
  return first.padEnd(28) + rest.map((cell) => cell.padStart(10)).join("");
}

void main();
