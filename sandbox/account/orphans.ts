import type { Made } from "../model/kind";
import type { World } from "../model/world";
import type { PendingCreate, StackState } from "./stack-states";

/** A resource in the world that no stack holds. */
export interface Orphan {
  readonly resource: Made;
  /** What the engine began, if it was never told that the resource is there, and the stack that waits for it. */
  readonly pending?: PendingCreate & { readonly stack: string };
}

/** The resources that no stack holds, whoever made them. */
export function orphansOf(world: World, stacks: readonly StackState[]): Orphan[] {
  const held = new Set(stacks.flatMap(({ resources }) => resources.map(({ type, id }) => `${type}|${id}`)));
  const begun = stacks.flatMap(({ stack, pendingCreates }) =>
    pendingCreates.map((each) => ({ ...each, stack })),
  );
  return world
    .everything()
    .filter(({ type, id }) => !held.has(`${type}|${id}`))
    .map((resource) => {
      const pending = begun.find(({ urn }) => urn === resource.urn);
      return pending ? { resource, pending } : { resource };
    });
}
