import { existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import type { Arguments } from "./arguments";
import { Failure } from "./failure";
import { textOf } from "./files";

/** Name of the pack other teams install. */
const PUBLISHED = "evenkeel-policies";

/** Where a command line's policy packs are looked for. */
interface Places {
  /** Folder of the project. */
  readonly root: string;
  /** Folder the user is in. */
  readonly cwd: string;
  readonly stack: string;
}

/**
 * The command line with a policy pack, and with its config when there is one for the stack: the pack the user names, else
 * the one in `policies` beside `Pulumi.yaml`, else an installed `evenkeel-policies`.
 */
export function withPolicies(line: Arguments, { root, cwd, stack }: Places): Arguments {
  const named = line.all("--policy-pack");
  for (const pack of named) checkBuild(path.resolve(cwd, pack), pack);
  const found = named.length > 0 ? undefined : packOf(root);
  if (found !== undefined) checkBuild(found, path.relative(cwd, found));
  const [only, ...others] = found === undefined ? named.map((pack) => path.resolve(cwd, pack)) : [found];
  if (only === undefined) return line;
  const config = path.join(only, "config", `${stack}.json`);
  // The CLI takes one config for each pack or none.
  const isConfigured = others.length > 0 || line.last("--policy-pack-config") !== undefined;
  return line.plus(
    ...(found === undefined ? [] : ["--policy-pack", found]),
    ...(isConfigured || !existsSync(config) ? [] : ["--policy-pack-config", config]),
  );
}

const isPack = (folder: string) => existsSync(path.join(folder, "PulumiPolicy.yaml"));

function packOf(root: string): string | undefined {
  const own = path.join(root, "policies");
  if (isPack(own)) return own;
  for (let folder = root; ; folder = path.dirname(folder)) {
    const installed = path.join(folder, "node_modules", PUBLISHED);
    if (isPack(installed)) return realpathSync(installed);
    if (folder === path.dirname(folder)) return undefined;
  }
}

/** A pack that is started as JavaScript has to be compiled, and since its sources changed. */
function checkBuild(folder: string, label: string): void {
  const main = mainOf(folder);
  if (main === undefined || !main.endsWith(".js")) return;
  const built = path.join(folder, main);
  if (!existsSync(built)) {
    throw new Failure(`the policy pack is not compiled, ${path.join(label, main)} is missing: npm run build`);
  }
  const output = path.dirname(built);
  if (path.relative(folder, output) === "") return;
  const newest = Math.max(...filesUnder(output).map(changedAt));
  const changed = filesUnder(folder, output).find((file) => isSource(file) && changedAt(file) > newest);
  if (changed === undefined) return;
  const source = path.join(label, path.relative(folder, changed));
  throw new Failure(`the policy pack is out of date, ${source} has changed since: npm run build`);
}

function mainOf(folder: string): string | undefined {
  const manifest = textOf(path.join(folder, "package.json"));
  if (manifest === undefined) return undefined;
  try {
    const { main } = JSON.parse(manifest) as { main?: unknown };
    return typeof main === "string" ? main : undefined;
  } catch {
    throw new Failure(`${path.join(folder, "package.json")}: not valid JSON`);
  }
}

const isSource = (file: string) => file.endsWith(".ts") && !file.endsWith(".d.ts");
const changedAt = (file: string) => statSync(file).mtimeMs;

function filesUnder(folder: string, skipped?: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      return entry.name === "node_modules" || file === skipped ? [] : filesUnder(file, skipped);
    }
    return entry.isFile() ? [file] : [];
  });
}
