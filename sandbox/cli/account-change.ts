import { WorldFile } from "../account/world-file";
import type { CommandContext } from "./subcommand";

/**
 * Changes the account: takes it, does what is to be done, and writes it. What is thrown on the way leaves the file as it
 * was. The answer is written out once everything is on disk.
 *
 * @param purpose The command, for the message others get meanwhile.
 */
export async function changeAccount(
  { worldFile, out, now }: CommandContext,
  purpose: string,
  change: (account: WorldFile) => string,
): Promise<void> {
  const account = WorldFile.open(worldFile, { purpose, now });
  try {
    const answer = change(account);
    await account.changed();
    out(answer);
  } finally {
    await account.close();
  }
}
