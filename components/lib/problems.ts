import * as pulumi from "@pulumi/pulumi";

/** One thing wrong with a component's arguments. */
export interface Problem {
  /** Where it is, as the caller typed it: `nat.elasticIpIds`. */
  readonly path: string;
  /** What is wanted, then what was found. */
  readonly reason: string;
}

/**
 * Everything wrong with a component's arguments, said at once.
 *
 * A program prints it under the component without a stack trace; a component provider reports each path to the
 * engine, because `pulumi.InputPropertiesError.isInstance` holds for it.
 */
export class ArgumentError extends pulumi.ResourceError {
  /** Read by `pulumi.InputPropertiesError.isInstance`. */
  readonly __pulumiInputPropertiesError = true;
  /** Each fault by property, for a component provider. */
  readonly errors: { propertyPath: string; reason: string }[];

  constructor(
    readonly problems: readonly Problem[],
    resource: pulumi.Resource | undefined,
  ) {
    const lines = problems.map(({ path, reason }) => `  ${path}: ${reason}`);
    super(["invalid arguments", ...lines].join("\n"), resource, true);
    this.name = "ArgumentError";
    this.errors = problems.map(({ path, reason }) => ({ propertyPath: path, reason }));
  }
}

/** Collects what is wrong, so that a user sees every fault in one run. */
export class Problems {
  readonly #found: Problem[] = [];

  /** Notes a fault at `path` unless `holds`. Returns `holds`, so that a later check can build on it. */
  unless(holds: boolean, path: string, reason: string): boolean {
    if (!holds) this.#found.push({ path, reason });
    return holds;
  }

  /** Notes a fault at `path`. */
  add(path: string, reason: string): void {
    this.#found.push({ path, reason });
  }

  /** What has been found so far. */
  get found(): readonly Problem[] {
    return this.#found;
  }

  /** Throws one `ArgumentError` naming every fault found, if there is any. */
  throwFor(resource: pulumi.Resource | undefined): void {
    if (this.#found.length > 0) throw new ArgumentError(this.#found, resource);
  }
}
