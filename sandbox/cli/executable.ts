import { execFile } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { Failure } from "./failure";

/**
 * The oldest CLI that is accepted, as major and minor: the one the README asks for to deploy, so that a stack tried here
 * is deployed by what it was tried with. Needed are: providers by port (3.30), state by project (3.61), policy packs
 * started by the language host (3.169) and that without hanging on packs of an older policy SDK (3.222).
 *
 * @see https://github.com/pulumi/pulumi/blob/master/CHANGELOG.md
 */
const OLDEST = [3, 229] as const;

const help = "https://www.pulumi.com/docs/install/";

/** Finds `pulumi` on the search path. */
export function findPulumi(env: NodeJS.ProcessEnv): string {
  const names = process.platform === "win32" ? ["pulumi.exe", "pulumi.cmd"] : ["pulumi"];
  for (const folder of (env.PATH ?? "").split(path.delimiter)) {
    const found = names.map((name) => path.resolve(folder, name)).find(isExecutable);
    if (folder !== "" && found !== undefined) return found;
  }
  throw new Failure(
    "the sandbox runs the Pulumi CLI, and there is no `pulumi` on the PATH.\n" +
      `Install it: ${help} (no account is needed). Without it \`npm run plan\` shows what a stack would be.`,
  );
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** Makes sure that the CLI is new enough. */
export async function checkVersion(pulumi: string, env: NodeJS.ProcessEnv): Promise<void> {
  const version = await versionOf(pulumi, env);
  if (!isTooOld(version)) return;
  throw new Failure(
    `${pulumi} is version ${version}, the sandbox needs ${OLDEST.join(".")}.0 or newer: ${help}`,
  );
}

/** Whether this is a version of the CLI that the sandbox cannot use. A build of one's own may say anything. */
export function isTooOld(version: string): boolean {
  const [, major, minor] = /^v?(\d+)\.(\d+)\./.exec(version)?.map(Number) ?? [];
  if (major === undefined || minor === undefined) return false;
  return major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]);
}

async function versionOf(pulumi: string, env: NodeJS.ProcessEnv): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(pulumi, ["version"], { env });
    return stdout.trim();
  } catch (error) {
    throw new Failure(`cannot start ${pulumi}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
