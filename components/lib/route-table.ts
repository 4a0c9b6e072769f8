import type { Conditions } from "./route-conditions";
import { covers, meet } from "./route-coverage";
import { allot, type Band, RouteOrder, specificityOf } from "./route-priorities";

/** A route as it was asked for. */
export interface Listed {
  /** What tells it from every other route of its service, whatever else changes. */
  readonly key: readonly string[];
  readonly priority?: number | undefined;
  readonly order?: RouteOrder | undefined;
  readonly conditions: Conditions;
}

/** A route and its place on the listener. */
export interface Placed<Route extends Listed = Listed> {
  readonly route: Route;
  readonly priority: number;
  /** Whether the priority was allotted, and did not stand there. */
  readonly allotted: boolean;
}

/** Why two routes cannot be on one listener. */
export const ConflictKind = {
  /** They have one priority. */
  Clash: "clash",
  /** The other one takes everything that this one would. */
  Shadow: "shadow",
  /** Both were allotted a priority, both take some requests, and neither asks for more: their order would be chance. */
  Chance: "chance",
} as const;
export type ConflictKind = (typeof ConflictKind)[keyof typeof ConflictKind];

/** A route that cannot stand beside another one. */
export interface Conflict<Route extends Listed = Listed> {
  readonly kind: ConflictKind;
  readonly here: Placed<Route>;
  readonly other: Placed<Route>;
}

/** Finds a route its priority: its own or one allotted in the band. `undefined` without either. */
export function place<Route extends Listed>(route: Route, band: Band | undefined): Placed<Route> | undefined {
  const { priority, key, order = RouteOrder.Normal, conditions } = route;
  if (priority !== undefined) return { route, priority, allotted: false };
  return band && { route, priority: allot(band, key, order, conditions), allotted: true };
}

function isChance(first: Placed, second: Placed): boolean {
  const [one, other] = [first.route, second.route];
  return (
    first.allotted &&
    second.allotted &&
    (one.order ?? RouteOrder.Normal) === (other.order ?? RouteOrder.Normal) &&
    specificityOf(one.conditions) === specificityOf(other.conditions) &&
    meet(one.conditions, other.conditions)
  );
}

/** Routes of one listener that have one priority, each with the first that has it. */
export function* clashes<Route extends Listed>(placed: readonly Placed<Route>[]): Iterable<Conflict<Route>> {
  const owners = new Map<number, Placed<Route>>();
  for (const here of placed) {
    const other = owners.get(here.priority);
    if (other) yield { kind: ConflictKind.Clash, here, other };
    else owners.set(here.priority, here);
  }
}

/**
 * Routes of one listener that another one hides, or of which only chance says which comes first; one conflict each.
 *
 * @param sameBand Whether two routes are allotted their priorities in one band: between bands order is no chance.
 */
export function* overlaps<Route extends Listed>(
  placed: readonly Placed<Route>[],
  sameBand: (one: Route, other: Route) => boolean = () => true,
): Iterable<Conflict<Route>> {
  for (const here of placed) {
    const own = here.route.conditions;
    const before = placed.filter(({ priority }) => priority < here.priority);
    const byChance = (each: Placed<Route>) => sameBand(each.route, here.route) && isChance(each, here);
    const shadow = before.find((each) => {
      const theirs = each.route.conditions;
      return covers(theirs, own) && (!byChance(each) || covers(own, theirs));
    });
    const chance = shadow === undefined ? before.find(byChance) : undefined;
    if (shadow) yield { kind: ConflictKind.Shadow, here, other: shadow };
    else if (chance) yield { kind: ConflictKind.Chance, here, other: chance };
  }
}
