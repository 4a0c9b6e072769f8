import { type Bag, bags, isBag, isUnknown, knownText, knownTexts, type Value } from "../../values";
import type { Made } from "../kind";
import type { Where } from "../places";
import type { World } from "../world";
import type { Answer } from "./invocation";

/** The answer in a plan, which cannot know what is in an account: as if nobody had modelled the function. */
export function unknownHere(token: string): Answer {
  return { failure: `the model of AWS does not know the function ${token}` };
}

/** Everything of a type in a region that is there: what a preview plans is not, nor what was taken up by its id alone. */
export function present(world: World, type: string, region?: string): readonly Made[] {
  return world
    .all(type)
    .filter(
      ({ id, imagined = false, region: own }) =>
        !isUnknown(id) && !imagined && (region === undefined || own === region),
    );
}

/** The region a call is about. */
export function regionOf(args: Bag, where: Where): string {
  return knownText(args.region) ?? where.region;
}

/** Whether a resource has all of these tags. */
export function hasTags({ outputs }: Made, wanted: Value | undefined): boolean {
  const tags = isBag(outputs.tagsAll) ? outputs.tagsAll : {};
  return !isBag(wanted) || Object.entries(wanted).every(([key, value]) => tags[key] === value);
}

/** Whether what can be read of a resource is as some arguments say; those that are not given say nothing. */
export function agrees({ outputs }: Made, args: Bag, properties: readonly string[]): boolean {
  return properties.every((property) => {
    const wanted = args[property];
    return wanted === undefined || wanted === null || outputs[property] === wanted;
  });
}

/** Filters of EC2 by what they look at; `tag:<key>` and `tag-key` go for everything. */
export interface Filters {
  readonly [filter: string]: (made: Made) => Value | undefined;
}

/** A filter that looks at an output. */
export const output = (property: string) => (made: Made) => made.outputs[property];

/** A filter's pattern: `*` stands for any text, `?` for any character. */
function matches(pattern: string, value: Value | undefined): boolean {
  const text = String(value ?? "");
  const form = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${form}$`, "s").test(text);
}

function valuesAt(made: Made, filter: string, filters: Filters): readonly (Value | undefined)[] {
  const tags = isBag(made.outputs.tagsAll) ? made.outputs.tagsAll : {};
  if (filter === "tag-key") return Object.keys(tags);
  if (filter.startsWith("tag:")) return [tags[filter.slice(4)]].filter((value) => value !== undefined);
  return [filters[filter]?.(made)];
}

/** Name of a filter among the arguments that EC2 would not know, or the model does not. */
export function unknownFilter(args: Bag, filters: Filters): string | undefined {
  return bags(args.filters)
    .map(({ name }) => String(name))
    .find((name) => name !== "tag-key" && !name.startsWith("tag:") && !Object.hasOwn(filters, name));
}

/** Whether a resource passes all filters among the arguments. */
export function passes(made: Made, args: Bag, filters: Filters): boolean {
  return bags(args.filters).every(({ name, values }) =>
    (knownTexts(values) ?? []).some((pattern) =>
      valuesAt(made, String(name), filters).some((value) => matches(pattern, value)),
    ),
  );
}

/** The outputs a function answers with: those of the resource it has in common, defaults for the rest. */
export function shaped(defaults: Bag, outputs: Bag): Bag {
  const known = Object.entries(defaults).map(
    ([property, value]) => [property, outputs[property] ?? value] as const,
  );
  return Object.fromEntries(known);
}

/** An object in a list, as functions have it where resources have just the object. */
export function listed(value: Value | undefined): Value[] {
  return isBag(value) && Object.keys(value).length > 0 ? [value] : [];
}
