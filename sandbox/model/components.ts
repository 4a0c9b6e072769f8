import { received, secret } from "../monitor/wire";
import { type Bag, isUnknown, UNKNOWN, type Value } from "../values";
import { vpcComponent } from "./awsx-vpc";
import { checkShape } from "./check-shape";
import { Given } from "./given";
import { type Child, ConstructionFault, type Find, type PlannedChild, sortedSet } from "./planned";

/** A component whose children a provider makes, not the program. */
export interface Construction {
  readonly type: string;
  readonly name: string;
  /** Arguments as they came over the wire. */
  readonly inputs: Bag;
  /** URNs each argument depends on. */
  readonly propertyDependencies: { readonly [property: string]: readonly string[] };
  /** Zones of the region it asked for, if it did. */
  readonly zones: readonly string[];
}

/** A construction whose arguments are of the right shape. */
export interface Checked {
  readonly name: string;
  /** Arguments without marks. */
  readonly inputs: Bag;
  /** Arguments with them, to hand on. */
  readonly given: Given;
  readonly zones: readonly string[];
}

/** An output of a component: a value, a list of ids, a resource or a list of resources. */
export type PlannedOutput =
  | { readonly value: Value }
  | { readonly id: PlannedChild }
  | { readonly ids: readonly PlannedChild[] }
  | { readonly resource: PlannedChild }
  | { readonly resources: readonly PlannedChild[] };

/** What a component is made of. */
export interface Plan {
  /** Each after those it needs. */
  readonly children: readonly PlannedChild[];
  readonly outputs: { readonly [output: string]: PlannedOutput };
  /** What every output waits for, besides the resources it is. */
  readonly awaited: readonly PlannedChild[];
  /** URNs of what else every output waits for. */
  readonly awaitedUrns: readonly string[];
  /** Whether all outputs are secret. */
  readonly secret: boolean;
}

/** What a component's provider answers with. */
export interface Constructed {
  readonly outputs: Bag;
  /** URNs each output depends on. */
  readonly dependencies: ReadonlyMap<string, readonly string[]>;
}

/** Whose zones have to be looked up: those of a region, or of the provider's own. */
export interface ZoneQuery {
  readonly region?: string;
}

/** How the provider of a component makes it. */
export interface Component {
  /** The zones it has to know to make a plan, if any. */
  readonly asksFor: (inputs: Bag) => ZoneQuery | undefined;
  /**
   * Plans the children.
   *
   * @throws {ConstructionFault} for what the provider refuses.
   */
  readonly plan: (construction: Checked) => Plan;
}

const components: { readonly [type: string]: Component } = { "awsx:ec2:Vpc": vpcComponent };

function componentOf(type: string): Component {
  const component = components[type];
  if (component) return component;
  throw new ConstructionFault([{ reason: `the model of AWS does not know the component ${type}` }]);
}

/**
 * The zones a component has to know before it is planned, if any.
 *
 * @throws {ConstructionFault} for a component the model does not know.
 */
export function zonesAskedFor(type: string, inputs: Bag): ZoneQuery | undefined {
  return componentOf(type).asksFor(received(inputs).values);
}

/**
 * Plans the children of a component as its provider would make them.
 *
 * @throws {ConstructionFault} for what the provider refuses, and for what the model does not know.
 */
export function planOf(construction: Construction): Plan {
  const { type, name, zones } = construction;
  const component = componentOf(type);
  const { inputs, failures } = checkShape(type, received(construction.inputs).values);
  if (failures.length > 0) throw new ConstructionFault(failures);
  const given = new Given(construction.inputs, construction.propertyDependencies);
  return component.plan({ name, inputs, given, zones });
}

/**
 * The outputs of a component, once its children are there.
 *
 * @param reference Writes a resource the way whoever asks reads it.
 */
export function resultOf(
  { outputs, awaited, awaitedUrns, secret: hidden }: Plan,
  find: Find,
  reference: (child: Child & PlannedChild) => Bag,
): Constructed {
  const refer = (child: PlannedChild) => reference({ ...child, ...find(child) });
  const written = (value: Value) => (hidden && !isUnknown(value) ? secret(value) : value);
  const read = (output: PlannedOutput): Value => {
    if ("value" in output) return output.value;
    if ("id" in output) return find(output.id).id;
    if ("resource" in output) return refer(output.resource);
    if ("resources" in output) return output.resources.map(refer);
    const ids = output.ids.map((child) => find(child).id);
    // One unknown id makes the whole list unknown, on its way through an output.
    return ids.some(isUnknown) ? UNKNOWN : ids;
  };
  const entries = Object.entries(outputs);
  const urns = (children: readonly PlannedChild[]) => children.map((child) => find(child).urn);
  return {
    outputs: Object.fromEntries(entries.map(([name, output]) => [name, written(read(output))])),
    dependencies: new Map(
      entries.map(([name, output]) => [
        name,
        sortedSet([...awaitedUrns, ...urns([...awaited, ...childrenOf(output)])]),
      ]),
    ),
  };
}

function childrenOf(output: PlannedOutput): readonly PlannedChild[] {
  if ("resource" in output) return [output.resource];
  return "resources" in output ? output.resources : [];
}
