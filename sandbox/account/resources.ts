import type { Made } from "../model/kind";
import type { World } from "../model/world";
import { Mistake } from "./account-error";
import { didYouMean } from "./nearest";
import { shortType } from "./type-names";

/** What resources made outside of any program have for a stack; no stack can be called so. */
export const consoleStack = "(console)";

/** Which resources are meant. */
export interface Filter {
  /** Type tokens; none means any. */
  readonly types?: readonly string[];
  /** Name of a stack. */
  readonly stack?: string;
}

/** The stack a URN belongs to. */
export function stackOf(urn: string): string {
  return urn.split("::")[0]?.replace(/^urn:pulumi:/, "") ?? "";
}

/** The project a URN belongs to. */
export function projectOf(urn: string): string {
  return urn.split("::")[1] ?? "";
}

/** The resources that are meant, by type, name and id. */
export function resourcesOf(world: World, { types, stack }: Filter): Made[] {
  const meant = world
    .everything()
    .filter(({ type, urn }) => (types?.includes(type) ?? true) && (stack ?? stackOf(urn)) === stackOf(urn));
  const order = (made: Made) => [made.type, made.name, made.id].join("\n");
  return meant.sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

/**
 * The resource somebody means by a logical name, a physical name, an id, an ARN or a URN.
 *
 * @throws {Mistake} if there is none, or more than one.
 */
export function resourceMeant(world: World, called: string, filter: Filter): Made {
  const there = resourcesOf(world, filter);
  const found = there.filter((made) => namesOf(made).includes(called));
  const [only] = found;
  if (only === undefined) throw new Mistake(noneCalled(called, there, filter));
  if (found.length === 1) return only;
  const lines = found.map((made) => `  ${described(made)}`);
  const advice = "say which by its id, or with --type or --stack";
  throw new Mistake(
    [`${found.length} resources are called ${JSON.stringify(called)}: ${advice}`, ...lines].join("\n"),
  );
}

/** A resource as a line tells it. */
export function described({ type, name, id, urn }: Made): string {
  return `${name}  ${shortType(type)}  ${id}  (stack ${stackOf(urn)})`;
}

function namesOf({ name, id, urn, inputs, outputs }: Made): unknown[] {
  return [name, id, urn, outputs.arn, outputs.name ?? inputs.name];
}

function noneCalled(called: string, there: readonly Made[], { types = [], stack }: Filter): string {
  const kind = types.length > 0 ? types.map(shortType).join(" or ") : "resource";
  const where = stack === undefined ? "" : ` in stack ${stack}`;
  const hint = didYouMean(
    called,
    there.flatMap(namesOf).filter((each) => typeof each === "string"),
  );
  return `no ${kind}${where} is called ${JSON.stringify(called)}${hint || "; world list shows what there is"}`;
}
