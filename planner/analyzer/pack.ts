import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import type { ParsedNode } from "yaml";
import { Failure, readingProblem } from "../failure";
import { YamlFile } from "../yaml-file";

/** A policy pack on disk. */
export interface Pack {
  readonly folder: string;
  /** The folder as messages name it. */
  readonly label: string;
  /** What `PulumiPolicy.yaml` says, which is what the CLI shows. */
  readonly version?: string;
}

/** Finds the pack in a folder and makes sure that what would run is what is written there. */
export async function findPack(folder: string, cwd: string): Promise<Pack> {
  const label = path.relative(cwd, folder) || folder;
  if (!existsSync(path.join(folder, "PulumiPolicy.yaml"))) {
    throw new Failure(`no policy pack in ${label}: PulumiPolicy.yaml is missing`);
  }
  const file = await YamlFile.read(path.join(folder, "PulumiPolicy.yaml"), cwd, "the policy pack");
  const root = file.root();
  const settings = (root ? file.plain(root as ParsedNode) : {}) as { runtime?: unknown; version?: unknown };
  const runtime = (settings.runtime as { name?: unknown } | undefined)?.name ?? settings.runtime;
  if (runtime !== "nodejs") {
    throw new Failure(
      `${file.label}: plan starts Node.js policy packs; the runtime here is "${String(runtime)}"`,
    );
  }
  checkBuild(folder, label);
  return { folder, label, ...(settings.version === undefined ? {} : { version: String(settings.version) }) };
}

/** A pack written in TypeScript and started as JavaScript has to be compiled, and from what is there now. */
function checkBuild(folder: string, label: string): void {
  const main = mainOf(folder, label);
  if (main === undefined || !main.endsWith(".js")) return;
  const built = path.join(folder, main);
  const shown = path.join(label, main);
  if (!existsSync(built))
    throw new Failure(`the policy pack is not compiled, ${shown} is missing: npm run build`);
  const output = path.dirname(built);
  if (path.relative(folder, output) === "") return;
  const changed = newerSource(folder, output);
  if (changed === undefined) return;
  const source = path.join(label, path.relative(folder, changed));
  throw new Failure(`the policy pack is out of date, ${source} is newer than ${shown}: npm run build`);
}

function mainOf(folder: string, label: string): string | undefined {
  const file = path.join(folder, "package.json");
  if (!existsSync(file)) return undefined;
  try {
    const { main } = JSON.parse(readFileSync(file, "utf8")) as { main?: unknown };
    return typeof main === "string" ? main : undefined;
  } catch (error) {
    throw new Failure(`cannot read ${path.join(label, "package.json")}: ${readingProblem(error)}`);
  }
}

/** A source file that has changed since the last build. */
function newerSource(folder: string, output: string): string | undefined {
  const outputs = filesUnder(output, () => true);
  const builtAt = Math.max(...outputs.map((file) => statSync(file).mtimeMs));
  const isSource = (name: string) => name.endsWith(".ts") && !name.endsWith(".d.ts");
  const newer = filesUnder(folder, isSource, output).filter((file) => statSync(file).mtimeMs > builtAt);
  if (newer.length === 0) return undefined;
  // A checkout touches files without changing them, and the compiler then leaves its output alone.
  const compiled = compiledVersions(output);
  return newer.find((file) => compiled?.get(file) !== digest(file));
}

function filesUnder(folder: string, wanted: (name: string) => boolean, skipped?: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const full = path.join(folder, entry.name);
    if (!entry.isDirectory()) return wanted(entry.name) ? [full] : [];
    return entry.name === "node_modules" || full === skipped ? [] : filesUnder(full, wanted, skipped);
  });
}

function digest(file: string): string {
  return createHash("sha256").update(readFileSync(file, "utf8")).digest("hex");
}

/** Digest of each source as the compiler last saw it, from its own notes. */
function compiledVersions(output: string): Map<string, string> | undefined {
  type Info = string | { readonly version: string };
  type Notes = { readonly fileNames: readonly string[]; readonly fileInfos: readonly Info[] };
  try {
    const notes = JSON.parse(readFileSync(path.join(output, ".tsbuildinfo"), "utf8")) as Notes;
    const versions = notes.fileInfos.map((info) => (typeof info === "string" ? info : info.version));
    return new Map(notes.fileNames.map((name, index) => [path.resolve(output, name), versions[index] ?? ""]));
  } catch {
    return undefined;
  }
}
