import type { StackResource } from "./stack";

/** Whether AWS makes a resource, so that what comes from it is its own; components and stack references hand on. */
export function isMadeByAws({ type }: StackResource): boolean {
  return type.startsWith("aws:");
}
