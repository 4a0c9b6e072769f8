import { ProcessLock } from "../../../../sandbox/account/process-lock";

/** When to try for which locks. */
export interface Rounds {
  /** Of the first, in milliseconds since 1970. */
  readonly start: number;
  /** Time from one to the next, in milliseconds. */
  readonly every: number;
  readonly paths: readonly string[];
}

// A process of its own that tries for one lock after the other, always at the same time as others do, and keeps those
// it gets. Says how each try ended.
process.setMaxListeners(0);
process.once("message", ({ start, every, paths }: Rounds) => {
  const ends = paths.map((path, round) => {
    while (Date.now() < start + round * every);
    try {
      ProcessLock.take(path, "taking locks", "the lock");
      return "taken";
    } catch (error) {
      return (error as Error).name;
    }
  });
  process.send?.(ends);
});
process.once("disconnect", () => process.exit());
process.send?.("ready");
