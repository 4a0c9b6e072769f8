import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { findProject } from "../planner/project";
import { readStackConfig } from "../planner/stack-config";
import { type ComposeOptions, compose } from "../sandbox/monitor/compose";
import type { Registration } from "../sandbox/monitor/registration";
import { isBag, isUnknown, type Value } from "../sandbox/values";
import { root } from "./measure";

/** Options as `plan` composes a stack. */
export async function composeOptions(config: string): Promise<ComposeOptions> {
  const project = await findProject(root);
  const { stack, values, secretKeys } = await readStackConfig(project, { stack: "production", config }, root);
  return { project: project.name, stack, preview: true, config: values, secretConfigKeys: secretKeys };
}

/** The shipped program, run anew; what it is made of stays loaded. */
export function program(): unknown {
  delete require.cache[path.join(root, "index.ts")];
  return require("../index");
}

/** Any resource of a provider. */
class Raw extends pulumi.CustomResource {}

/** A program that registers the same resources without any component, each by one call of the SDK. */
export function rawProgram(registrations: readonly Registration[]): () => void {
  const managed = registrations.filter(({ custom, type }) => custom && !type.startsWith("pulumi:"));
  return () => {
    const made = new Map<string, pulumi.CustomResource>();
    for (const registration of managed) {
      const resource = new Raw(
        registration.type,
        `${registration.name}-${made.size}`,
        Object.fromEntries(
          Object.entries(registration.inputs).map(([key, value]) => [
            key,
            linked(registration, key, value, made),
          ]),
        ),
      );
      made.set(registration.urn, resource);
    }
  };
}

/** A value with the outputs it came from, one after another, in place of what is unknown. */
function linked(
  { propertyDependencies }: Registration,
  key: string,
  value: Value,
  made: ReadonlyMap<string, pulumi.CustomResource>,
): pulumi.Input<unknown> {
  const sources = (propertyDependencies[key] ?? []).flatMap((urn) => made.get(urn) ?? []);
  let used = 0;
  const replace = (inner: Value): unknown => {
    if (isUnknown(inner)) return sources[used++ % sources.length]?.id ?? "unknown";
    if (Array.isArray(inner)) return inner.map(replace);
    return isBag(inner)
      ? Object.fromEntries(Object.entries(inner).map(([name, item]) => [name, replace(item)]))
      : inner;
  };
  return replace(value) as pulumi.Input<unknown>;
}

/** How long composing takes, in milliseconds of this process, and what came of it. */
export async function timed(work: () => unknown, options: ComposeOptions) {
  const began = process.hrtime.bigint();
  const composition = await compose(work, options);
  if (composition.error !== undefined) throw composition.error;
  return { milliseconds: Number(process.hrtime.bigint() - began) / 1e6, composition };
}
