import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(__dirname, "../../..");
/** The policy pack's folder. */
export const packFolder = join(root, "policies");

function newest(folder: string): number {
  const times = readdirSync(folder, { withFileTypes: true }).map((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "bin" ? 0 : newest(path);
    return /\.(ts|json)$/.test(entry.name) ? statSync(path).mtimeMs : 0;
  });
  return Math.max(0, ...times);
}

const buildInfo = join(packFolder, "bin/.tsbuildinfo");

function built(): number {
  return statSync(buildInfo, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** Compiles the pack unless the compiled one is newer than every source, so that no stale one is ever tested. */
export function compilePack(): void {
  if (built() > newest(packFolder)) return;
  execFileSync(process.execPath, [join(packFolder, "tools/build.js")]);
}

/** Starts the compiled pack as the Pulumi CLI does, and waits for the port it listens on. */
export async function startPack(): Promise<{ readonly port: number; readonly process: ChildProcess }> {
  const runner = join(root, "node_modules/@pulumi/pulumi/cmd/run-policy-pack/index.js");
  // The first argument is the address of an engine; a pack does not talk to it.
  const pack = spawn(process.execPath, [runner, "127.0.0.1:0", packFolder], { cwd: packFolder });
  let complaint = "";
  pack.stderr.on("data", (text) => {
    complaint += text;
  });
  const ended = once(pack, "exit").then(([code]) => {
    throw new Error(`the pack ended with ${code}: ${complaint}`);
  });
  const [line] = await Promise.race([once(pack.stdout, "data"), ended]);
  return { port: Number(String(line).trim()), process: pack };
}
