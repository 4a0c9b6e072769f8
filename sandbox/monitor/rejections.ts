/**
 * While a program is being composed, a promise that nobody awaits and that fails belongs to the program: the SDK
 * reports most errors that way. This collects them instead of leaving them to end the process.
 *
 * Returns a function that puts things back as they were and says what failed.
 */
export function collectRejections(): () => unknown[] {
  const event = "unhandledRejection";
  const others = process.listeners(event);
  const found = new Set<unknown>();
  const listen = (reason: unknown) => {
    found.add(reason);
  };
  process.removeAllListeners(event);
  process.on(event, listen);
  return () => {
    process.removeListener(event, listen);
    for (const other of others) process.on(event, other);
    return [...found];
  };
}
