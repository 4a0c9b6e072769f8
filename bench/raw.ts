import path from "node:path";
import type * as pulumi from "@pulumi/pulumi";
import { findProject } from "../planner/project";
import { readStackConfig } from "../planner/stack-config";
import { type ComposeOptions, compose } from "../sandbox/monitor/compose";
import type { Registration } from "../sandbox/monitor/registration";
import { isBag, isUnknown, type Value } from "../sandbox/values";
import { loadSettings } from "../settings";
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

type Resource = new (
  name: string,
  args: object,
  opts?: pulumi.ResourceOptions,
) => pulumi.CustomResource | pulumi.ComponentResource;

/** The SDK's class for a type token: `aws:lb/listener:Listener` is `Listener` of `@pulumi/aws/lb`. */
function classOf(type: string): Resource {
  const [pkg = "", path = "", name = ""] = type.split(":");
  const module = require(`@pulumi/${pkg}/${path.split("/")[0]}`) as { [name: string]: Resource };
  const found = module[name];
  if (!found) throw new Error(`no class for ${type}`);
  return found;
}

/**
 * A program that makes the same resources without any component, each by one call of its class with values already made.
 * It reads the settings, too: components are compared, not configuration.
 */
export function rawProgram(registrations: readonly Registration[]): () => void {
  const remote = new Set(registrations.filter((one) => one.remote).map(({ urn }) => urn));
  const byUrn = new Map(registrations.map((one) => [one.urn, one]));
  const isInside = ({ parent }: Registration): boolean => {
    const above = parent === undefined ? undefined : byUrn.get(parent);
    return above !== undefined && (remote.has(above.urn) || isInside(above));
  };
  const wanted = registrations
    .filter((one) => (one.custom || one.remote) && !one.type.startsWith("pulumi:") && !isInside(one))
    .map((registration) => ({ registration, Resource: classOf(registration.type) }));
  return () => {
    loadSettings();
    const made = new Map<string, pulumi.Resource>();
    for (const { registration, Resource } of wanted) {
      const args = Object.entries(registration.inputs).map(([key, value]) => [
        key,
        linked(registration, key, value, made),
      ]);
      made.set(registration.urn, new Resource(registration.name, Object.fromEntries(args)));
    }
  };
}

/** A value with the outputs it came from, one after another, in place of what is unknown. */
function linked(
  { propertyDependencies }: Registration,
  key: string,
  value: Value,
  made: ReadonlyMap<string, pulumi.Resource>,
): pulumi.Input<unknown> {
  const sources = (propertyDependencies[key] ?? []).flatMap((urn) => made.get(urn) ?? []);
  let used = 0;
  const replace = (inner: Value): unknown => {
    if (isUnknown(inner)) return idOf(sources[used++ % sources.length]);
    if (Array.isArray(inner)) return inner.map(replace);
    return isBag(inner)
      ? Object.fromEntries(Object.entries(inner).map(([name, item]) => [name, replace(item)]))
      : inner;
  };
  return replace(value) as pulumi.Input<unknown>;
}

/** An output of a resource that a preview does not know: its id, or of the VPC that awsx makes, the VPC's. */
function idOf(resource: pulumi.Resource | undefined): unknown {
  const { id, vpcId } = (resource ?? {}) as { readonly id?: unknown; readonly vpcId?: unknown };
  return id ?? vpcId ?? "unknown";
}

/** How long composing takes, in milliseconds of this process, and what came of it. */
export async function timed(work: () => unknown, options: ComposeOptions) {
  const began = process.hrtime.bigint();
  const composition = await compose(work, options);
  if (composition.error !== undefined) throw composition.error;
  return { milliseconds: Number(process.hrtime.bigint() - began) / 1e6, composition };
}
