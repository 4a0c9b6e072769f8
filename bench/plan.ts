import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, release, tmpdir, totalmem } from "node:os";
import path from "node:path";
import { findPack } from "../planner/analyzer/pack";
import { PackProcess } from "../planner/analyzer/process";
import { nothing } from "./calibrate";
import { type Measured, middle, repeat, root, run } from "./measure";
import { composeOutOfProcess } from "./out-of-process";
import { policyFigures } from "./policies";
import { composeOptions, program, rawProgram, timed } from "./raw";
import { withServices } from "./services";

const launcher = path.join(root, "planner/bin/plan.js");
const idlePack = path.join(root, "bench/idle-pack");
const times = Number(process.env.BENCH_TIMES) || 5;

/** Prints every figure there is. Nothing here is asserted: a busy machine would fail it. */
async function main(): Promise<void> {
  // No traces, as plan composes: the SDK raises any limit that is a plain value.
  Object.defineProperty(Error, "stackTraceLimit", { configurable: true, get: () => 0, set: () => undefined });
  const folder = mkdtempSync(path.join(tmpdir(), "evenkeel-bench-"));
  try {
    machine();
    const { median, least } = await nothing(times);
    say("node doing nothing", `${median.toFixed(2)} s (best ${least.toFixed(2)})`);
    await pack();
    const base = await plans(folder);
    await composing(base);
    await policies(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function say(what: string, figure: string): void {
  process.stdout.write(`${what.padEnd(52)} ${figure}\n`);
}

function machine(): void {
  const version = (name: string) => (require(`${name}/package.json`) as { version: string }).version;
  const [cpu] = cpus();
  say("processor", `${cpus().length} x ${cpu?.model ?? "?"}`);
  say("memory, system", `${Math.round(totalmem() / 2 ** 30)} GB, ${process.platform} ${release()}`);
  say(
    "load before",
    loadavg()
      .map((load) => load.toFixed(1))
      .join(" "),
  );
  say("node", process.version);
  for (const name of ["@pulumi/pulumi", "@pulumi/aws", "@pulumi/policy", "typescript"])
    say(name, version(name));
}

async function pack(): Promise<void> {
  const found = await findPack(path.join(root, "policies"), root);
  const seconds = await repeat(times, async () => {
    const began = process.hrtime.bigint();
    const started = new PackProcess(found, {
      project: "evenkeel",
      stack: "production",
      organization: "organization",
      config: {},
      env: process.env,
      timeoutSeconds: 60,
    });
    await started.port();
    started.stop();
    return Number(process.hrtime.bigint() - began) / 1e9;
  });
  const { median, least } = middle(seconds);
  say("policy pack ready", `${median.toFixed(2)} s (best ${least.toFixed(2)})`);
}

/** The command as a user runs it, for production and for generated stacks. */
async function plans(folder: string): Promise<string> {
  const production = path.join(root, "Pulumi.production.yaml");
  await planned("plan production", production);
  const files = [5, 25, 50].map((count) => {
    const file = path.join(folder, `Pulumi.services${count}.yaml`);
    writeFileSync(file, withServices(count));
    return [count, file] as const;
  });
  const figures: Figure[] = [];
  for (const [count, file] of files) figures.push(await planned(`plan ${count} services`, file));
  sayEach("a further resource", figures);
  // The same without rules: what is left is composing, and asking.
  const idle: Figure[] = [];
  for (const [count, file] of files) {
    if (count !== 25) idle.push(await planned(`plan ${count} services, idle pack`, file, idlePack));
  }
  sayEach("a further resource, idle pack", idle);
  return production;
}

interface Figure {
  readonly resources: number;
  readonly seconds: number;
}

function sayEach(what: string, figures: readonly Figure[]): void {
  const [few, many] = [figures[0], figures.at(-1)];
  if (!few || !many) return;
  const each = ((many.seconds - few.seconds) / (many.resources - few.resources)) * 1000;
  say(what, `${each.toFixed(2)} ms (from 5 to 50 services)`);
}

async function planned(what: string, config: string, pack?: string): Promise<Figure> {
  const argv = [launcher, "--stack", "production", "--config", config, "--json"];
  if (pack !== undefined) argv.push("--policy-pack", pack);
  const runs = await repeat(times, () => run(argv));
  const { median, least } = middle(runs.map(({ seconds }) => seconds));
  const resources = countIn(runs[0]);
  const peaks = [0, 1].map((index) => Math.max(...runs.map(({ peaks: all }) => all[index] ?? 0)).toFixed(0));
  const memory = `peak ${peaks[0]} MB, pack ${peaks[1]} MB`;
  say(what, `${median.toFixed(2)} s (best ${least.toFixed(2)}), ${resources} resources, ${memory}`);
  return { resources, seconds: least };
}

function countIn(one: Measured | undefined): number {
  if (one === undefined || one.code === 2) throw new Error("plan did not work; run it by hand");
  return (JSON.parse(one.stdout) as { summary: { create: number } }).summary.create;
}

/** Judging alone, every rule, in this process. */
async function policies(folder: string): Promise<void> {
  const file = path.join(folder, "Pulumi.services8.yaml");
  writeFileSync(file, withServices(8));
  const { composition } = await timed(program, await composeOptions(file));
  const resources = composition.registrations.slice(0, 300);
  const { rules, own, others } = await policyFigures(resources, times);
  const heap = process.memoryUsage().heapUsed / 2 ** 20;
  say(
    `judging ${resources.length} resources by ${rules} rules`,
    `${own.least.toFixed(0)} ms (heap of everything here ${heap.toFixed(0)} MB)`,
  );
  say("the same as lists of untyped functions", `${others.least.toFixed(0)} ms, without the stack`);
}

/** Composing alone, without start-up and policies: components against raw resources, one process against two. */
async function composing(config: string): Promise<void> {
  const options = await composeOptions(config);
  const { registrations } = (await timed(program, options)).composition;
  const components: number[] = [];
  const raw: number[] = [];
  let count = 0;
  // In turns, so that a warmer process helps both alike.
  for (let round = 0; round < 3 * times; round++) {
    components.push((await timed(program, options)).milliseconds);
    const { milliseconds, composition } = await timed(rawProgram(registrations), options);
    raw.push(milliseconds);
    count = composition.registrations.length;
  }
  const [one, other] = [middle(components), middle(raw)];
  say(
    "composing production, components",
    `${one.least.toFixed(0)} ms, ${registrations.length} registrations`,
  );
  say("composing the same, raw resources", `${other.least.toFixed(0)} ms, ${count} registrations`);
  const ratio = (one.least / other.least).toFixed(2);
  say("components to raw", `${ratio}, by medians ${(one.median / other.median).toFixed(2)}`);
  const apart = await repeat(Math.min(times, 3), () => composeOutOfProcess(options));
  const best = middle(apart.map(({ milliseconds }) => milliseconds)).least;
  say(
    "composing in a process of its own, start included",
    `${best.toFixed(0)} ms, ${apart[0]?.resources} registrations`,
  );
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
