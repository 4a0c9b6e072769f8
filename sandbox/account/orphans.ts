import type { Made } from "../model/kind";
import type { World } from "../model/world";
import { isHeld, type PendingCreate, type StackState } from "./stack-states";

/** A creation the engine began and was not told the end of, and the stack that waits for it. */
export interface Begun extends PendingCreate {
  readonly stack: string;
}

/** A resource in the world that no stack holds. */
export interface Orphan {
  readonly resource: Made;
  /** The creation it comes from, if a stack waits for that. */
  readonly pending?: Begun;
  /** A stack holds another under the same URN, or can take up a newer one: this one can only go. */
  readonly isDouble?: true;
}

/** The resources that no stack holds, whoever made them. */
export function orphansOf(world: World, stacks: readonly StackState[]): Orphan[] {
  const begun = begunIn(stacks);
  const held = stacks.flatMap(({ resources }) => resources.filter(({ isLeaving }) => !isLeaving));
  const found = world.everything().filter((made) => !isHeld(made, stacks));
  return found.map((resource, index) => {
    const pending = begun.find(({ urn }) => urn === resource.urn);
    const isDouble = [...held, ...found.slice(index + 1)].some(({ urn }) => urn === resource.urn);
    return { resource, ...(pending ? { pending } : {}), ...(isDouble ? { isDouble } : {}) };
  });
}

/** What was begun and is to be forgotten: AWS has nothing of it, or the stack has it. */
export function vainlyBegun(stacks: readonly StackState[], orphans: readonly Orphan[]): Begun[] {
  const there = new Set(orphans.map(({ resource }) => resource.urn));
  return begunIn(stacks).filter(({ urn }) => !there.has(urn));
}

function begunIn(stacks: readonly StackState[]): Begun[] {
  return stacks.flatMap(({ stack, pendingCreates }) => pendingCreates.map((each) => ({ ...each, stack })));
}
