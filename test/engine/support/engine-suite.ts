import { spawnSync } from "node:child_process";
import { isTooOld } from "../../../sandbox/cli/executable";

/** What the CLI says its version is; nothing if there is no CLI. */
function versionOfCli(): string | undefined {
  const { error, stdout } = spawnSync("pulumi", ["version"], { encoding: "utf8" });
  return error === undefined ? stdout.trim() : undefined;
}

function cliMissing(): string | undefined {
  const version = versionOfCli();
  if (version === undefined) return "pulumi is not on PATH";
  return isTooOld(version) ? `pulumi ${version} is too old for the sandbox` : undefined;
}

/** Why a suite cannot run that needs this version of the CLI, if it cannot. */
export function cliOlderThan(major: number, minor: number): string | undefined {
  const version = versionOfCli() ?? "";
  const [, ...found] = /^v?(\d+)\.(\d+)\./.exec(version)?.map(Number) ?? [];
  const [foundMajor = major, foundMinor = minor] = found;
  const isOlder = foundMajor < major || (foundMajor === major && foundMinor < minor);
  return isOlder ? `pulumi ${version} is older than ${major}.${minor}` : undefined;
}

/** How long one run of the engine may take, in milliseconds, on a machine that has other things to do. */
const patience = 300_000;

/**
 * A suite that needs the real CLI. Without it, with one too old for the sandbox, or where something else is missing, it is
 * pending and says why.
 */
export function engineSuite(
  title: string,
  body: () => void,
  elseMissing: () => string | undefined = () => undefined,
): void {
  const reason = cliMissing() ?? elseMissing();
  describe(`${title}${reason === undefined ? "" : `, pending: ${reason}`}`, function () {
    this.timeout(patience);
    before(function () {
      if (reason !== undefined) this.skip();
    });
    body();
  });
}
