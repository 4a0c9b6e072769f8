import type { Store } from "../sdk";
import type { Engine } from "./engine";

/** Lets everything that waits for its turn have it: promises, then what the event loop holds ready. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Turns of the event loop without a call after which nothing more is to be expected. */
const quietTurns = 3;

/** Waits until every call a program has made is answered and no further one follows. */
export async function settled(store: Store, engine: Engine): Promise<void> {
  let quiet = 0;
  while (quiet < quietTurns) {
    const { rpcDone } = store.settings;
    const { calls } = engine;
    await rpcDone;
    await nextTurn();
    quiet = store.settings.rpcDone === rpcDone && engine.calls === calls ? quiet + 1 : 0;
  }
}
