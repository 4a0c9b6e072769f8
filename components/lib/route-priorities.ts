import { createHash } from "node:crypto";
import { parseRange, shareFixed } from "./address-ranges";
import type { Conditions } from "./route-conditions";
import { isFixed, readPattern, shortest } from "./wildcards";

/** Where a route stands among those of its service that are allotted a priority. */
export const RouteOrder = {
  /** Before all others. */
  First: "first",
  /** By what it matches: what asks for more comes before what asks for less. */
  Normal: "normal",
  /** Behind all others. */
  Last: "last",
} as const;
export type RouteOrder = (typeof RouteOrder)[keyof typeof RouteOrder];

/** The priorities that belong to a service, both ends included. */
export interface Band {
  readonly from: number;
  readonly to: number;
}

/** The least and the greatest priority of a listener rule, and the narrowest band to allot them in. */
export const priorityLimits = { min: 1, max: 50_000, narrowest: 100 };

const mostSpecific = 63;
const longestPath = 40;
const ofRegex = { path: 20, host: 5 };
const ofEach = { header: 2, queryString: 2, methods: 2, sourceIps: 2 };

function least(values: readonly string[] | undefined, score: (value: string) => number): number {
  return values === undefined || values.length === 0 ? 0 : Math.min(...values.map(score));
}

function ofPath(path: string): number {
  if (path === "*" || path === "/*") return 0;
  const pattern = readPattern(path);
  return Math.min(longestPath, shortest(pattern) + (isFixed(pattern) ? 1 : 0));
}

function ofHost(host: string): number {
  const dots = host.split(".").length - 1;
  return 2 * dots + (isFixed(readPattern(host)) ? 1 : 0);
}

function ofBlock(block: string): number {
  const range = parseRange(block);
  return range === undefined || range.prefix === 0 ? 0 : ofEach.sourceIps + Math.floor(4 * shareFixed(range));
}

/**
 * How much a route asks of a request, from 0 for any request to 63.
 *
 * The longer a path, the more; a path without `*` asks for one more than one with it. Every other condition adds to it.
 * A route that takes all another does never asks for more than that one.
 */
export function specificityOf(conditions: Conditions): number {
  const { headers, headerRegexes, queryStrings, methods, pathRegexes, hostRegexes } = conditions;
  const count = (map: object | undefined) => Object.keys(map ?? {}).length;
  const sum =
    (pathRegexes === undefined ? least(conditions.paths, ofPath) : ofRegex.path) +
    (hostRegexes === undefined ? least(conditions.hosts, ofHost) : ofRegex.host) +
    (count(headers) + count(headerRegexes)) * ofEach.header +
    count(queryStrings) * ofEach.queryString +
    (methods === undefined ? 0 : ofEach.methods) +
    least(conditions.sourceIps, ofBlock);
  return Math.min(mostSpecific, sum);
}

/** A number from 0 to just under 1, always the same for a key. */
function fraction(key: readonly string[]): number {
  const digest = createHash("sha256").update(JSON.stringify(key)).digest();
  return digest.readUInt32BE(0) / 2 ** 32;
}

/** The tenth of a band at either end, or what is between. */
function part({ from, to }: Band, order: RouteOrder): Band {
  const tenth = Math.floor((to - from + 1) / 10);
  switch (order) {
    case RouteOrder.First:
      return { from, to: from + tenth - 1 };
    case RouteOrder.Last:
      return { from: to - tenth + 1, to };
    default:
      return { from: from + tenth, to: to - tenth };
  }
}

/**
 * The priority of a route within a band.
 *
 * It hangs on the band, the route's key, its order and how much it asks for, and on no other route: one that comes or
 * goes renumbers nobody. Of two routes the one that asks for more never gets the higher number.
 */
export function allot(band: Band, key: readonly string[], order: RouteOrder, conditions: Conditions): number {
  const { from, to } = part(band, order);
  const place = (mostSpecific - specificityOf(conditions) + fraction(key)) / (mostSpecific + 1);
  return from + Math.floor(place * (to - from + 1));
}
