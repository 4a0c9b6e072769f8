import { plainGoal } from "../monitor/goal";
import type { Value } from "../values";
import type { Child, Construction } from "./components";

/** Version of the AWS SDK inside the awsx provider, as its children's provider is called after it. */
const awsVersion = "7.43.0";

/** A child, and what it is. */
export interface Made extends Child {
  readonly type: string;
  readonly name: string;
}

/** Properties, each with the resources its value comes from. */
export type Inputs = { readonly [property: string]: readonly [Value | undefined, ...Made[]] };

/** Registers the children of one component and keeps them by type. */
export class Family {
  private readonly all: Made[] = [];

  constructor(private readonly construction: Construction) {}

  /** Registers a child. */
  add(type: string, name: string, parent: string, inputs: Inputs, dependsOn: readonly Made[] = []): Made {
    const set = Object.entries(inputs).filter(([, [value]]) => value !== undefined && value !== null);
    const used = set.flatMap(([, [, ...sources]]) => sources);
    const provider = this.construction.providers.aws;
    const child = this.construction.register({
      ...plainGoal,
      type,
      name,
      parent,
      version: awsVersion,
      inputs: Object.fromEntries(set.map(([property, [value]]) => [property, value ?? null])),
      dependencies: urns([...dependsOn, ...used]),
      propertyDependencies: Object.fromEntries(
        set.map(([property, [, ...sources]]) => [property, this.#sources(property, sources)]),
      ),
      ...(provider === undefined ? {} : { provider }),
    });
    const made = { ...child, type, name };
    this.all.push(made);
    return made;
  }

  /** The children of a type, in order. */
  of(type: string): Made[] {
    return this.all.filter((made) => made.type === type);
  }

  #sources(property: string, sources: readonly Made[]): string[] {
    const handedOn = this.construction.propertyDependencies[property] ?? [];
    return [...new Set([...urns(sources), ...(sources.length === 0 ? handedOn : [])])].sort();
  }
}

/** URNs of resources, each once, sorted. */
export function urns(resources: readonly Made[]): string[] {
  return [...new Set(resources.map(({ urn }) => urn))].sort();
}
