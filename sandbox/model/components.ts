import type { Goal } from "../monitor/goal";
import type { Bag } from "../values";
import { constructVpc } from "./awsx-vpc";
import { checkShape } from "./check-shape";
import type { Failure } from "./kind";

/** A child a component's provider has registered. */
export interface Child {
  readonly urn: string;
  /** `UNKNOWN` in a preview. */
  readonly id: string;
  readonly outputs: Bag;
}

/** A component whose children a provider makes, not the program. */
export interface Construction {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly inputs: Bag;
  readonly propertyDependencies: { readonly [property: string]: readonly string[] };
  /** Provider references by package, to hand on to the children. */
  readonly providers: { readonly [name: string]: string };
  /** Region of the component's provider. */
  readonly region: string;
  readonly register: (goal: Goal) => Child;
}

/** What a component's provider answers with. */
export interface Constructed {
  /** Without references. */
  readonly outputs: Bag;
  /** Outputs that are resources, as the SDK reads them. */
  readonly references: Bag;
  /** URNs each output depends on. */
  readonly dependencies: ReadonlyMap<string, readonly string[]>;
}

/** Makes the children of a component. */
export type Constructor = (
  construction: Construction,
) => Constructed | { readonly failures: readonly Failure[] };

const constructors: { readonly [type: string]: Constructor } = { "awsx:ec2:Vpc": constructVpc };

/** Makes the children of a component as its provider would. */
export function construct(construction: Construction): ReturnType<Constructor> {
  const make = constructors[construction.type];
  if (!make)
    return { failures: [{ reason: `the model of AWS does not know the component ${construction.type}` }] };
  const { inputs, failures } = checkShape(construction.type, construction.inputs);
  return failures.length > 0 ? { failures } : make({ ...construction, inputs });
}
