import type { Bag } from "../values";

/** How long the engine may wait for a resource, as the program wrote it. */
export interface CustomTimeouts {
  readonly create?: string;
  readonly update?: string;
  readonly delete?: string;
  readonly read?: string;
}

/** Another identity a resource had: a whole URN, or the parts that differ. */
export interface Alias {
  readonly urn?: string;
  readonly name?: string;
  readonly type?: string;
  readonly stack?: string;
  readonly project?: string;
  readonly parent?: string;
  readonly noParent?: boolean;
}

/** One resource as the engine sees it, in the order of registration. */
export interface Registration {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** URN of the parent; the stack itself has none. */
  readonly parent?: string;
  /** Managed by a provider, as opposed to a component. */
  readonly custom: boolean;
  /** A component made by a plugin; its children were made by the model. */
  readonly remote: boolean;
  /** Read from AWS by id instead of being created. */
  readonly read: boolean;
  /** `<urn of the provider>::<id>`. */
  readonly provider?: string;
  /** What the program asked for, without wrappers; unknown values are `UNKNOWN`. */
  readonly inputs: Bag;
  /** What the provider made of it: inputs with its defaults and the physical name. What the engine shows policies. */
  readonly checkedInputs: Bag;
  /** Known results; in a preview what AWS computes is `UNKNOWN`. Those of a component arrive when it registers them. */
  outputs: Bag;
  /** `UNKNOWN` in a preview; a component has none. */
  readonly id?: string;
  /** URNs of everything it waits for. */
  readonly dependencies: readonly string[];
  /** Of what each property depends on. */
  readonly propertyDependencies: { readonly [property: string]: readonly string[] };
  /** Its own or, unset, its parent's, as the engine settles it. */
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  readonly ignoreChanges: readonly string[];
  readonly replaceOnChanges: readonly string[];
  readonly aliases: readonly Alias[];
  readonly additionalSecretOutputs: readonly string[];
  readonly customTimeouts: CustomTimeouts;
  readonly deleteBeforeReplace?: boolean;
  readonly deletedWith?: string;
  readonly importId?: string;
  /** Where `inputs` hold secrets: `tags.Name`, `listeners[0].key`. */
  readonly secretPaths: readonly string[];
}

/** Type of the stack's own registration. */
export const stackType = "pulumi:pulumi:Stack";

/** Type of what reads another stack's outputs. */
export const stackReferenceType = "pulumi:pulumi:StackReference";

/** Whether a registration is the stack itself or a provider the engine made on its own. */
export function isScaffold({ type, name }: Registration): boolean {
  return type === stackType || (type.startsWith("pulumi:providers:") && name.startsWith("default"));
}

/** URN of a resource. */
export function urnOf(
  stack: string,
  project: string,
  parent: string | undefined,
  type: string,
  name: string,
): string {
  // A parent that is the stack, or has none, does not show in the URN.
  const parentType = parent?.split("::")[2];
  const qualified = parentType === undefined || parentType === stackType ? type : `${parentType}$${type}`;
  return `urn:pulumi:${stack}::${project}::${qualified}::${name}`;
}
