import type { Bag } from "../../sandbox/values";
import type { Plan } from "../plan";
import { readable } from "./values";

/** Grows when a reader of an older plan could misread a newer one. */
export const schemaVersion = 1;

/** A plan for a machine to read: one object, described in `planner/README.md`. */
export function json(plan: Plan): string {
  const {
    project,
    stack,
    summary,
    resources,
    pack,
    policies,
    violations,
    undecided,
    remedied,
    outputs,
    messages,
  } = plan;
  const shown = {
    schemaVersion,
    project,
    stack,
    summary,
    resources: resources.map((resource) => ({ ...resource, inputs: readable(resource.inputs) as Bag })),
    policyPack: pack,
    policies,
    violations,
    undecided,
    remedied,
    outputs: readable(outputs),
    messages,
  };
  return `${JSON.stringify(shown, undefined, 2)}\n`;
}
