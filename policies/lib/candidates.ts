import { type Answer, answer } from "./answers";
import type { Reference, StackResource } from "./stack";

/** The resources of which a reference names one or more, for certain; none if it may name something else. */
export function candidatesOf(reference: Reference): readonly StackResource[] {
  switch (reference.kind) {
    case "one":
      return [reference.resource];
    case "among":
      return reference.others ? [] : reference.resources;
    case "outside":
      return [];
  }
}

/** The one resource that a reference names, if that is certain. */
export function certainly(reference: Reference | undefined): StackResource | undefined {
  const [resource, ...more] = reference === undefined ? [] : candidatesOf(reference);
  return more.length === 0 ? resource : undefined;
}

/** The answer that all resources give; nothing if they differ, or there are none. */
export function agreed(
  resources: readonly StackResource[],
  ask: (resource: StackResource) => Answer,
): Answer {
  const answers = new Set(resources.map((resource) => answer(() => ask(resource))));
  const [only] = answers;
  return answers.size === 1 ? only : undefined;
}
