import type { Change } from "./rule";

type Container = { [key: string]: unknown };

/**
 * Puts values in their places, as the policy SDK wants a remedied resource: in the object it handed over, which keeps what
 * is secret secret. What stands beside them, known or not, stays as it is.
 *
 * @throws the SDK's own error when a place is inside something that is not known yet.
 */
export function applyChanges(props: object, changes: readonly Change[]): void {
  for (const { path, value } of changes) {
    const keys = path.split(/[.[\]]+/).filter((key) => key !== "");
    const last = keys.pop();
    if (last === undefined) continue;
    let place = props as Container;
    for (const key of keys) {
      if (!isContainer(place[key])) place[key] = {};
      place = place[key] as Container;
    }
    place[last] = value;
  }
}

function isContainer(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}
