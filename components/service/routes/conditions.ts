import type * as lb from "@pulumi/aws/lb";
import type { Problems } from "../../lib/problems";
import { formFaults, type RouteFault, wholeFaults } from "../../lib/route-conditions";
import type { RouteOrder } from "../../lib/route-priorities";

/**
 * What a request must match to take a route, and the route's place among others. Every condition given must hold, and of
 * its values one. Five values in all, with six wildcards in all.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 */
export interface MatchArgs {
  /**
   * Place among the rules of the listener, 1 to 50000; the lowest that matches wins. Each is taken once.
   * @default allotted within the `priorities` of the service
   */
  readonly priority?: number;
  /**
   * Where the route stands among those that are allotted a priority: "first", "normal" or "last". Among normal ones the
   * more specific comes first.
   * @default "normal"
   */
  readonly order?: RouteOrder;
  /**
   * Paths, with `*` for any characters and `?` for one: `/api/*`. Case matters.
   * @default any path
   */
  readonly paths?: string[];
  /**
   * Regular expressions for the path, in place of `paths`: `^/v[0-9]+/orders$`. Case matters. No look-around, back
   * references, atomic groups, possessive quantifiers, recursion and Unicode classes.
   * @default any path
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html
   */
  readonly pathRegexes?: string[];
  /**
   * Host names, with the same wildcards: `*.example.com`.
   * @default any host
   */
  readonly hosts?: string[];
  /**
   * Regular expressions for the host name, in place of `hosts`. See a port in the Host header, which `hosts` does not.
   * @default any host
   */
  readonly hostRegexes?: string[];
  /**
   * Values of headers by their name, with the same wildcards: `X-Version: ["2.*"]`. Case does not matter.
   * @default any headers
   */
  readonly headers?: { [name: string]: string[] };
  /**
   * Regular expressions for headers by their name. A header named here and in `headers` must match both.
   * @default any headers
   */
  readonly headerRegexes?: { [name: string]: string[] };
  /**
   * Methods in capital letters: `POST`. Route GET and HEAD alike, because answers to HEAD may be kept for GET.
   * @default any method
   */
  readonly methods?: string[];
  /**
   * Values in the query string by their key, with the same wildcards; a backslash before one makes it a character. The
   * key `*` stands for any key. Case does not matter.
   * @default any query string
   */
  readonly queryStrings?: { [key: string]: string[] };
  /**
   * Blocks of IPv4 or IPv6 addresses that requests come from, as the load balancer sees them: behind a proxy that is the
   * proxy.
   * @default anywhere
   */
  readonly sourceIps?: string[];
}

/** What a fault of a route is to a user who reads code. */
function reasonOf({ found, unit, must }: RouteFault): string {
  if (found === undefined) return `must ${must}`;
  const shown = typeof found === "string" ? JSON.stringify(found) : found;
  return `must ${must}, got ${unit === undefined ? shown : `${shown} ${unit}`}`;
}

/** The place of a fault, as a caller types it. */
function pathOf(route: string, at: RouteFault["at"]): string {
  return at.reduce<string>(
    (path, step) => (typeof step === "number" ? `${path}[${step}]` : `${path}.${step}`),
    route,
  );
}

/** Notes faults of a route. */
export function noteFaults(faults: Iterable<RouteFault>, route: string, problems: Problems): void {
  for (const fault of faults) problems.add(pathOf(route, fault.at), reasonOf(fault));
}

/** Notes what is wrong with what a route matches. */
export function checkMatch(match: MatchArgs, path: string, problems: Problems): void {
  noteFaults(formFaults(match), path, problems);
  noteFaults(wholeFaults(match), path, problems);
}

type Conditions = Exclude<lb.ListenerRuleArgs["conditions"], PromiseLike<unknown>>;

/** What a request must match to take a route, for the provider. */
export function matchConditions(match: MatchArgs): Conditions {
  const { paths, pathRegexes, hosts, hostRegexes, methods, sourceIps } = match;
  const { headers = {}, headerRegexes = {}, queryStrings = {} } = match;
  return [
    ...(paths ? [{ pathPattern: { values: paths } }] : []),
    ...(pathRegexes ? [{ pathPattern: { regexValues: pathRegexes } }] : []),
    ...(hosts ? [{ hostHeader: { values: hosts } }] : []),
    ...(hostRegexes ? [{ hostHeader: { regexValues: hostRegexes } }] : []),
    ...Object.entries(headers).map(([httpHeaderName, values]) => ({
      httpHeader: { httpHeaderName, values },
    })),
    ...Object.entries(headerRegexes).map(([httpHeaderName, regexValues]) => ({
      httpHeader: { httpHeaderName, regexValues },
    })),
    ...(methods ? [{ httpRequestMethod: { values: methods } }] : []),
    ...Object.entries(queryStrings).map(([key, values]) => ({
      queryStrings: values.map((value) => (key === "*" ? { value } : { key, value })),
    })),
    ...(sourceIps ? [{ sourceIp: { values: sourceIps } }] : []),
  ];
}
