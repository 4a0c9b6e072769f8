import { checkWhole } from "../../lib/bounds";
import { checkKeys } from "../../lib/child-names";
import { checkOneOf } from "../../lib/closed-set";
import type { Problems } from "../../lib/problems";
import { type Band, priorityLimits, RouteOrder } from "../../lib/route-priorities";
import { type Conflict, ConflictKind, clashes, type Listed, overlaps, place } from "../../lib/route-table";
import type { MatchArgs } from "./conditions";
import { checkFixedResponse, type FixedResponseArgs } from "./fixed-responses";
import { checkForwarding, type Routes } from "./forwarding";
import { checkRedirect, type RedirectArgs } from "./redirects";

/** The priorities that a service's routes are allotted, both ends included. */
export interface PrioritiesArgs {
  /** The first, 1 to 50000. */
  readonly from: number;
  /** The last, 1 to 50000 and at least 99 behind the first. */
  readonly to: number;
}

/** Every route of a service. */
export interface RoutingArgs {
  readonly endpoints: { readonly [name: string]: { readonly routes: Routes } };
  readonly redirects?: { readonly [name: string]: RedirectArgs } | undefined;
  readonly fixedResponses?: { readonly [name: string]: FixedResponseArgs } | undefined;
  readonly priorities?: PrioritiesArgs | undefined;
}

/** A route as the table of routes knows it. */
interface Entry extends Listed {
  readonly path: string;
}

/** The priority of each route, by the route. */
export type Priorities = ReadonlyMap<MatchArgs, number>;

function entry(path: string, key: readonly string[], match: MatchArgs): [MatchArgs, Entry] {
  const { priority, order } = match;
  return [match, { path, key, priority, order, conditions: match }];
}

function entriesOf({ endpoints, redirects = {}, fixedResponses = {} }: RoutingArgs): [MatchArgs, Entry][] {
  return [
    ...Object.entries(endpoints).flatMap(([endpoint, { routes }]) =>
      Object.entries(routes).map(([name, route]) =>
        entry(`endpoints.${endpoint}.routes.${name}`, ["endpoints", endpoint, name], route),
      ),
    ),
    ...Object.entries(redirects).map(([name, each]) => entry(`redirects.${name}`, ["redirects", name], each)),
    ...Object.entries(fixedResponses).map(([name, each]) =>
      entry(`fixedResponses.${name}`, ["fixedResponses", name], each),
    ),
  ];
}

/** Notes what is wrong with the routes of one endpoint. */
export function checkRoutes(routes: Routes, path: string, problems: Problems): void {
  checkKeys(routes, path, problems);
  problems.unless(Object.keys(routes).length > 0, path, "needs 1 or more, got 0");
  for (const [key, route] of Object.entries(routes)) checkForwarding(route, `${path}.${key}`, problems);
}

/**
 * Finds every route of a service its priority, and notes what is wrong with routes besides those of endpoints, and
 * between any two.
 */
export function settleRoutes(args: RoutingArgs, problems: Problems): Priorities {
  const { redirects = {}, fixedResponses = {} } = args;
  checkKeys(redirects, "redirects", problems);
  for (const [key, each] of Object.entries(redirects)) checkRedirect(each, `redirects.${key}`, problems);
  checkKeys(fixedResponses, "fixedResponses", problems);
  for (const [key, each] of Object.entries(fixedResponses)) {
    checkFixedResponse(each, `fixedResponses.${key}`, problems);
  }
  const band = settleBand(args.priorities, problems);
  const placed = entriesOf(args).flatMap(([match, listed]) => {
    if (!checkPlace(listed, band, problems)) return [];
    const found = place(listed, band);
    return found ? [[match, found] as const] : [];
  });
  const table = placed.map(([, each]) => each);
  // Conditions that are wrong are compared with nothing.
  const sound = table.filter(({ route }) => !problems.found.some(({ path }) => isOf(path, route.path)));
  for (const conflict of [...clashes(table), ...overlaps(sound)]) note(conflict, problems);
  return new Map(placed.map(([match, { priority }]) => [match, priority]));
}

function settleBand(priorities: PrioritiesArgs | undefined, problems: Problems): Band | undefined {
  if (priorities === undefined) return undefined;
  const { from, to } = priorities;
  const range = [priorityLimits.min, priorityLimits.max] as const;
  const first = checkWhole(from, range, "priorities.from", problems);
  const last = checkWhole(to, range, "priorities.to", problems);
  const { narrowest } = priorityLimits;
  const wide = problems.unless(
    !first || !last || to - from + 1 >= narrowest,
    "priorities",
    `must hold ${narrowest} priorities or more, got ${from} to ${to}`,
  );
  return first && last && wide ? priorities : undefined;
}

function checkPlace({ path, priority, order }: Entry, band: Band | undefined, problems: Problems): boolean {
  if (order !== undefined && !checkOneOf(RouteOrder, order, `${path}.order`, problems)) return false;
  if (priority === undefined) {
    return problems.unless(
      band !== undefined,
      `${path}.priority`,
      "is needed, unless the service has priorities to allot one from",
    );
  }
  problems.unless(
    order === undefined,
    `${path}.order`,
    "must be left out beside priority, which is the route's place already",
  );
  return checkWhole(priority, [priorityLimits.min, priorityLimits.max], `${path}.priority`, problems);
}

/** Whether a path leads into a route. */
function isOf(path: string, route: string): boolean {
  return path === route || path.startsWith(`${route}.`);
}

function note({ kind, here, other }: Conflict<Entry>, problems: Problems): void {
  const [own, their] = [here.route.path, other.route.path];
  switch (kind) {
    case ConflictKind.Clash:
      if (here.allotted || other.allotted) {
        const reason = `has priority ${here.priority} like ${their}, by chance: give one of them a priority of its own`;
        problems.add(own, reason);
      } else problems.add(`${own}.priority`, `${here.priority} is taken by ${their}.priority`);
      break;
    case ConflictKind.Shadow:
      problems.add(
        own,
        `can never match: ${their} comes first, with priority ${other.priority} before ${here.priority}, and takes everything it would`,
      );
      break;
    case ConflictKind.Chance:
      problems.add(
        own,
        `takes some of the requests of ${their}, and neither asks for more: give one of them order "first" or "last", or a priority`,
      );
  }
}
