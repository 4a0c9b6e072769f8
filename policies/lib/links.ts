import type { Reference, Stack, StackResource } from "./stack";
import type { Value } from "./value";

/** Where resources of some types name resources of others: which flow log is of which network. */
export interface Link {
  /** Types of the resources that name others. */
  readonly from: readonly string[];
  /** The values that name them, still unread: a property, or the elements of a list. */
  readonly names: (resource: StackResource) => readonly Value[];
  /** Types of the resources that are named. */
  readonly to: readonly string[];
}

/** The resources that name one. */
export interface Linked {
  /** They name it, for certain. */
  readonly certain: readonly StackResource[];
  /** They may name it: what they name is not known yet. */
  readonly possible: readonly StackResource[];
}

/** One link of a stack, read from the end: who names a resource. */
export class LinkIndex {
  readonly #certain = new Map<string, StackResource[]>();
  readonly #possible = new Map<string, StackResource[]>();
  /** Those of which nothing is known: they may name anything. */
  readonly #anything: StackResource[] = [];

  constructor(stack: Stack, { from, names, to }: Link) {
    for (const resource of stack.ofType(from)) {
      for (const value of names(resource)) this.#add(resource, stack.refer(resource, value, to));
    }
  }

  /** The resources that name one. */
  naming({ urn }: StackResource): Linked {
    return {
      certain: this.#certain.get(urn) ?? [],
      possible: [...(this.#possible.get(urn) ?? []), ...this.#anything],
    };
  }

  #add(resource: StackResource, reference: Reference | undefined): void {
    if (reference?.kind === "one") append(this.#certain, reference.resource.urn, resource);
    if (reference?.kind !== "among") return;
    const { resources, others } = reference;
    const map = resources.length === 1 && !others ? this.#certain : this.#possible;
    for (const { urn } of resources) append(map, urn, resource);
    if (others || resources.length === 0) this.#anything.push(resource);
  }
}

function append(map: Map<string, StackResource[]>, key: string, resource: StackResource): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [resource]);
  else if (!list.includes(resource)) list.push(resource);
}
