import { type Bag, isUnknown, UNKNOWN, type Value } from "../values";
import type { Failure } from "./kind";

/** A child a component's provider has registered. */
export interface Child {
  readonly urn: string;
  /** `UNKNOWN` in a preview. */
  readonly id: string;
  /** As they came: a secret may be marked. */
  readonly outputs: Bag;
}

/** Finds what came of a planned child. */
export type Find = (child: PlannedChild) => Child;

/** A value that may have to wait for other children. */
export interface Source {
  /**
   * The value, with secrets marked; `undefined` if it is not set after all.
   *
   * @throws {ConstructionFault} for what can be wrong only now.
   */
  readonly value: (find: Find) => Value | undefined;
  /** Children it comes from. */
  readonly children: readonly PlannedChild[];
  /** URNs of whatever else it comes from. */
  readonly urns: readonly string[];
}

/** A child a component's provider is going to register. */
export interface PlannedChild {
  readonly type: string;
  readonly name: string;
  /** The component itself if there is none. */
  readonly parent?: PlannedChild;
  /** Of the SDK, and so of the provider the engine starts for it. */
  readonly version: string;
  readonly inputs: { readonly [property: string]: Source };
  readonly dependsOn: readonly PlannedChild[];
}

/** A child whose inputs are known as far as they ever will be. */
export interface SettledChild {
  readonly type: string;
  readonly name: string;
  readonly parent: string;
  readonly version: string;
  /** With secrets marked. */
  readonly inputs: Bag;
  readonly dependencies: readonly string[];
  readonly propertyDependencies: { readonly [property: string]: readonly string[] };
}

/** Something that is wrong with a component's arguments, or with what they lead to. */
export class ConstructionFault extends Error {
  constructor(readonly failures: readonly Failure[]) {
    super(failures.map(({ reason }) => reason).join("\n"));
    this.name = "ConstructionFault";
  }
}

/** A value that waits for nothing. */
export function plain(value: Value | undefined): Source {
  return { value: () => value, children: [], urns: [] };
}

/** The id of a child. */
export function idOf(child: PlannedChild): Source {
  return { value: (find) => find(child).id, children: [child], urns: [] };
}

/** What can be read of a child: of one that is yet to be made, whatever it does not say is unknown. */
export function outputOf(child: PlannedChild, property: string): Source {
  const read = ({ id, outputs }: Child) => outputs[property] ?? (isUnknown(id) ? UNKNOWN : undefined);
  return { value: (find) => read(find(child)), children: [child], urns: [] };
}

/** The children that have to be there before this one. */
export function needsOf({ parent, dependsOn, inputs }: PlannedChild): PlannedChild[] {
  const sources = Object.values(inputs).flatMap(({ children }) => children);
  return [...new Set([...(parent ? [parent] : []), ...dependsOn, ...sources])];
}

/** A child as it is to be registered, once all it needs is there. */
export function settle(child: PlannedChild, component: string, find: Find): SettledChild {
  const { type, name, parent, version, dependsOn } = child;
  const urns = (children: readonly PlannedChild[]) => children.map((one) => find(one).urn);
  const set = Object.entries(child.inputs).flatMap(([property, source]) => {
    const value = source.value(find) ?? null;
    const dependencies = sortedSet([...urns(source.children), ...source.urns]);
    return value === null ? [] : [{ property, value, dependencies }];
  });
  return {
    type,
    name,
    parent: parent ? find(parent).urn : component,
    version,
    inputs: Object.fromEntries(set.map(({ property, value }) => [property, value])),
    dependencies: sortedSet([...urns(dependsOn), ...set.flatMap(({ dependencies }) => dependencies)]),
    propertyDependencies: Object.fromEntries(
      set.map(({ property, dependencies }) => [property, dependencies]),
    ),
  };
}

/** Each text once, in order. */
export function sortedSet(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}
