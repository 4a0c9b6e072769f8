import type { Judgement } from "../../lib/judgement";
import type { Stack, StackResource } from "../../lib/stack";
import { KEY, KEY_ALIAS } from "../types";

const keys = [...KEY, ...KEY_ALIAS];

/**
 * Judges a key that is written but not known yet: it is set if it comes from a key of this stack. From elsewhere, it may
 * turn out to be nothing.
 */
export function judgeUnknownKey(resource: StackResource, property: string, stack: Stack): Judgement {
  if (resource.inputs.at(property).isKnown()) return [];
  const reference = stack.refer(resource, resource.outputs.at(property), keys);
  if (reference?.kind !== "among") return [];
  const { resources, others } = reference;
  return resources.length > 0 && !others ? [] : [{ path: property, waits: "not known yet" }];
}
