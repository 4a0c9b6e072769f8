import { schema } from "../model/type-schema";
import { type Bag, holdsUnknown, isBag, UNKNOWN } from "../values";
import type { Settings } from "./aws-provider";
import type { Steps } from "./paths";

/** Inputs without notes of the provider, nor what no program can set. */
export function own(inputs: Bag, type: string): Bag {
  const { inputs: declared = {} } = schema().types[type] ?? {};
  const isAdded = (property: string) => property === "tagsAll" && !Object.hasOwn(declared, property);
  return Object.fromEntries(
    Object.entries(inputs).filter(([property]) => !property.startsWith("__") && !isAdded(property)),
  );
}

/** What the provider adds to inputs from its own configuration: the region, and the tags of everything. */
export function supplied(type: string, inputs: Bag, { region, defaultTags }: Settings): Bag {
  const declared = schema().types[type];
  if (!declared) return {};
  const added: Bag = {};
  if (Object.hasOwn(declared.inputs, "region")) added.region = inputs.region ?? region;
  if (Object.hasOwn(declared.inputs, "tags") && Object.hasOwn(declared.outputs, "tagsAll")) {
    const { tags } = inputs;
    added.tagsAll = holdsUnknown(tags) ? UNKNOWN : { ...defaultTags, ...(isBag(tags) ? tags : {}) };
  }
  return added;
}

/** Whoever ignores a tag ignores it among all tags too. */
export function withAllTags(steps: Steps): Steps[] {
  return steps[0] === "tags" ? [steps, ["tagsAll", ...steps.slice(1)]] : [steps];
}
