import type { AsyncLocalStorage } from "node:async_hooks";
import * as state from "@pulumi/pulumi/runtime/state";

/**
 * What the SDK keeps about one running program. Part of it is not in its public declarations; everything the sandbox
 * needs from there is named here and nowhere else.
 */
export interface Store {
  readonly settings: {
    engine: object | undefined;
    /** Settles when the calls made so far have been answered; replaced by every further call. */
    readonly rpcDone: Promise<unknown>;
  };
  /** Promises the SDK complains about when the process ends with them open. */
  leakCandidates: Set<Promise<unknown>>;
}

const { LocalStore } = state as unknown as { LocalStore: new () => Store };

/** The place the SDK looks for its state in. */
const place = globalThis as unknown as { asyncLocalStorage: AsyncLocalStorage<Store> };
const original = place.asyncLocalStorage;

/**
 * Gives the SDK a new state, so that nothing of an earlier program is left. Returns it, and a function that puts the
 * former one back.
 *
 * The SDK's own way, `AsyncLocalStorage.run`, would do as well, but makes every promise of the program a third slower.
 */
export function enterNewState(): { store: Store; leave: () => void } {
  const former = place.asyncLocalStorage;
  const store = new LocalStore();
  // Programs inside the program, as the automation API runs them, still get a state of their own.
  place.asyncLocalStorage = new Proxy(original, {
    get: (target, property) =>
      property === "getStore" ? () => target.getStore() ?? store : Reflect.get(target, property, target),
  });
  return {
    store,
    leave: () => {
      place.asyncLocalStorage = former;
    },
  };
}
