import type { PlannedChild, Source } from "./planned";

/** Version of the AWS SDK inside the awsx provider 3.9.0: what `@pulumi/awsx` 3.9.0 depends on at least. */
export const awsVersion = "7.43.0";

/** Collects the children of one component. */
export class Family {
  /** All of them, each after those it needs. */
  readonly children: PlannedChild[] = [];

  /** Adds a child; without a parent, under the component itself. */
  add(
    type: string,
    name: string,
    parent: PlannedChild | undefined,
    inputs: { readonly [property: string]: Source },
    dependsOn: readonly PlannedChild[] = [],
  ): PlannedChild {
    const child = { type, name, version: awsVersion, inputs, dependsOn, ...(parent ? { parent } : {}) };
    this.children.push(child);
    return child;
  }

  /** The children of a type, in order. */
  of(type: string): PlannedChild[] {
    return this.children.filter((child) => child.type === type);
  }
}
