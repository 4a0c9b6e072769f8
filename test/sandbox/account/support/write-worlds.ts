import { WorldFile } from "../../../../sandbox/account/world-file";
import { make, types } from "./made";

// A process of its own that changes and writes an account without an end: the resources are always as many as the account
// says it has made. Says each number that is on disk.
const account = WorldFile.open(process.argv[2] ?? "", { purpose: "writing worlds" });
const value = "x".repeat(2000);

async function write(): Promise<void> {
  for (;;) {
    account.state.made++;
    make(account.world, types.parameter, `p${account.state.made}`, { type: "String", value });
    const number = account.state.made;
    await account.changed();
    process.send?.(number);
  }
}
void write();
