import { type Link, type Linked, LinkIndex } from "./links";
import type { ResourceOptions } from "./rule";
import { Value } from "./value";

/** What the index reads of a resource: the policy SDK's own resource fits, and so does a scenario's. */
export interface RawResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** Its outputs. */
  readonly props: unknown;
  readonly parent?: { readonly urn: string } | undefined;
  readonly propertyDependencies: { readonly [property: string]: readonly { readonly urn: string }[] };
  /** What its program says of it beside its properties, if the engine shows it. */
  readonly opts?: Partial<ResourceOptions> | undefined;
}

/** A resource of the stack under judgement. */
export interface StackResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /**
   * What its program wrote, if the run has told; else the outputs.
   *
   * Outputs alone do not tell whether something was left to AWS: what AWS fills in is unknown in a preview.
   */
  readonly inputs: Value;
  /** What it is: inputs carried over, and what AWS fills in, unknown in a preview. */
  readonly outputs: Value;
  readonly options: ResourceOptions;
}

/**
 * What a property that names another resource says.
 *
 * `one`: that resource, for certain. `outside`: a known name or ARN of nothing in this stack. `among`: one of these, but it
 * is not known which: the value is not known yet and comes from them, or they share a name. `others` says whether it may
 * also be something else.
 */
export type Reference =
  | { readonly kind: "one"; readonly resource: StackResource }
  | { readonly kind: "outside"; readonly value: string }
  | { readonly kind: "among"; readonly resources: readonly StackResource[]; readonly others: boolean };

/**
 * What AWS and Pulumi name a resource by, the surest first. A group's or a classic balancer's id is its name. A network is
 * named, too, by the route table that AWS makes for it.
 */
const identities = ["id", "arn", "name", "bucket", "keyId", "clusterIdentifier", "defaultRouteTableId"];

/** The resources of a stack, ready to be looked up by type, by name and by what a property came from. */
export class Stack {
  readonly #resources: readonly StackResource[];
  readonly #raw = new Map<string, RawResource>();
  readonly #byUrn = new Map<string, StackResource>();
  readonly #byType = new Map<string, StackResource[]>();
  readonly #byIdentity = new Map<string, ReadonlyMap<string, readonly StackResource[]>>();
  readonly #links = new Map<Link, LinkIndex>();
  readonly #references = new WeakMap<readonly string[], Map<string, Reference>>();

  /** @param inputs Properties by URN, as they were judged before the resources were created. */
  constructor(resources: readonly RawResource[], inputs: ReadonlyMap<string, unknown> = new Map()) {
    // The engine's order differs from run to run; a message must not.
    const sorted = [...resources].sort((a, b) => (a.urn < b.urn ? -1 : Number(a.urn > b.urn)));
    this.#resources = sorted.map(({ urn, type, name, props, opts }) => {
      const outputs = Value.of(props);
      const written = inputs.has(urn) ? Value.of(inputs.get(urn)) : outputs;
      return { urn, type, name, outputs, inputs: written, options: { protect: opts?.protect === true } };
    });
    for (const raw of sorted) this.#raw.set(raw.urn, raw);
    for (const resource of this.#resources) {
      this.#byUrn.set(resource.urn, resource);
      const alike = this.#byType.get(resource.type);
      if (alike === undefined) this.#byType.set(resource.type, [resource]);
      else alike.push(resource);
    }
  }

  /** All resources of any of the types, in the order of their URNs within each type. */
  ofType(types: readonly string[]): readonly StackResource[] {
    return types.flatMap((type) => this.#byType.get(type) ?? []);
  }

  /**
   * What a property of `from`, or an element of one, says about a resource of one of the types; nothing if unset.
   *
   * @param types Best always the same list, so that what is asked again is not worked out again.
   */
  refer(from: StackResource, value: Value, types: readonly string[]): Reference | undefined {
    if (!value.isKnown()) return this.#among(from, value, types);
    const name = value.text();
    if (name === undefined) return undefined;
    const resources = this.#identified(types).get(name);
    if (resources === undefined) return { kind: "outside", value: name };
    // Two regions may each have a resource of one name. Then where the value came from may tell which is meant.
    const sources = this.#sources(from, value);
    const meant = resources.length > 1 ? resources.filter(({ urn }) => sources.includes(urn)) : resources;
    const [resource, ...more] = meant.length > 0 ? meant : resources;
    if (resource !== undefined && more.length === 0) return { kind: "one", resource };
    return { kind: "among", resources, others: false };
  }

  /**
   * The resources that name another one.
   *
   * @param link Always the same object, so that the stack is searched once for all of them.
   */
  linked(to: StackResource, link: Link): Linked {
    // Of a resource of which nothing at all is known, this is not known either.
    to.outputs.keys();
    const index = this.#links.get(link) ?? new LinkIndex(this, link);
    this.#links.set(link, index);
    return index.naming(to);
  }

  /** The resources that a property, or an element of one, came from, known or not. */
  sourcesOf(from: StackResource, value: Value): readonly StackResource[] {
    return this.#sources(from, value).flatMap((urn) => this.#byUrn.get(urn) ?? []);
  }

  #sources(from: StackResource, value: Value): readonly string[] {
    const property = propertyOf(value);
    const dependencies = this.#raw.get(from.urn)?.propertyDependencies ?? {};
    const sources = Object.hasOwn(dependencies, property) ? (dependencies[property] ?? []) : [];
    return [...new Set(sources.map((source) => source.urn))].sort();
  }

  #among(from: StackResource, value: Value, types: readonly string[]): Reference {
    const known = this.#references.get(types) ?? new Map<string, Reference>();
    this.#references.set(types, known);
    // A whole property came from somewhere, and an element of it from there as well.
    const place = `${from.urn} ${propertyOf(value)}`;
    const reference = known.get(place) ?? this.#fromSources(from, value, types);
    known.set(place, reference);
    return reference;
  }

  #fromSources(from: StackResource, value: Value, types: readonly string[]): Reference {
    const urns = this.#sources(from, value);
    const resources = urns
      .flatMap((urn) => this.#byUrn.get(urn) ?? [])
      .filter((resource) => types.includes(resource.type));
    // What holds a candidate (its component, or the network a subnet is in) hands it on and adds nothing of its own, and
    // neither does what it holds: an output of a component made elsewhere depends on everything in it.
    const candidates = new Set(resources.map(({ urn }) => urn));
    const holders = new Set(resources.flatMap(({ urn }) => this.#ancestors(urn)));
    const isExplained = (urn: string) =>
      candidates.has(urn) || holders.has(urn) || this.#ancestors(urn).some((held) => candidates.has(held));
    return { kind: "among", resources, others: urns.some((urn) => !isExplained(urn)) };
  }

  #ancestors(urn: string): string[] {
    const ancestors: string[] = [];
    for (let at = this.#raw.get(urn)?.parent; at !== undefined; at = this.#raw.get(at.urn)?.parent) {
      if (ancestors.includes(at.urn)) break;
      ancestors.push(at.urn);
    }
    return ancestors;
  }

  /** Resources of some types by what they are named by; several, where they go by one name. */
  #identified(types: readonly string[]): ReadonlyMap<string, readonly StackResource[]> {
    const key = types.join(" ");
    const known = this.#byIdentity.get(key);
    if (known !== undefined) return known;
    const map = new Map<string, readonly StackResource[]>();
    for (const identity of identities) {
      // Who has it for an id is meant rather than who has it for a name.
      for (const [name, resources] of namedBy(identity, this.ofType(types))) {
        if (!map.has(name)) map.set(name, resources);
      }
    }
    this.#byIdentity.set(key, map);
    return map;
  }
}

/** Resources by what a property of theirs says, as far as it is known. */
function namedBy(
  property: string,
  resources: readonly StackResource[],
): ReadonlyMap<string, readonly StackResource[]> {
  const found = new Map<string, StackResource[]>();
  for (const resource of resources) {
    const value = resource.outputs.at(property);
    const name = value.isKnown() ? value.text() : undefined;
    if (name === undefined) continue;
    const alike = found.get(name);
    if (alike === undefined) found.set(name, [resource]);
    else alike.push(resource);
  }
  return found;
}

/** The property that a value is, or is inside of. */
function propertyOf({ path }: Value): string {
  return path.split(/[.[]/, 1)[0] ?? "";
}
