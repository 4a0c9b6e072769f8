import { Undecided } from "./unknown";

/** What reading gives; nothing if it comes upon a value that cannot be judged now. */
export function ifKnown<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Undecided) return undefined;
    throw error;
  }
}
