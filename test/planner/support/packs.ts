import { PackClient } from "../../../planner/analyzer/client";
import type { Pack } from "../../../planner/analyzer/pack";
import { type PackContext, PackProcess } from "../../../planner/analyzer/process";
import { type Files, inFolder } from "./folder";

/** What a pack started by hand is told. */
export const context: PackContext = {
  project: "tiny",
  stack: "dev",
  organization: "organization",
  config: {},
  env: process.env,
  timeoutSeconds: 60,
};

/** Starts the pack in `policies/`, which is gone after the test. */
export function withPack<T>(
  files: Files,
  test: (pack: PackProcess) => T | Promise<T>,
  { version, ...more }: Partial<PackContext> & Pick<Pack, "version"> = {},
): Promise<T> {
  return inFolder(files, async (folder) => {
    const found = { folder: folder.at("policies"), label: "policies", ...(version && { version }) };
    const pack = new PackProcess(found, { ...context, ...more });
    try {
      return await test(pack);
    } finally {
      pack.stop();
    }
  });
}

/** Starts the pack in `policies/` and waits until it can be asked. */
export function withClient<T>(
  files: Files,
  test: (client: PackClient) => T | Promise<T>,
  more: Pick<Pack, "version"> = {},
): Promise<T> {
  return withPack(
    files,
    async (pack) => {
      const client = await PackClient.connect(pack);
      // Nothing else is there to wait for.
      pack.hold(true);
      try {
        return await test(client);
      } finally {
        client.close();
      }
    },
    more,
  );
}
