import type * as lb from "@pulumi/aws/lb";
import { checkWhole } from "../lib/bounds";
import { checkKeys } from "../lib/child-names";
import type { Problems } from "../lib/problems";

/**
 * Requests that a listener rule leads to an endpoint: those that match one of `paths` and one of `hosts`. Five patterns in
 * all, with six wildcards in all.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 */
export interface RouteArgs {
  /** Place among the rules of the listener, 1 to 50000; the lowest that matches wins. Each is taken once. */
  readonly priority: number;
  /**
   * Paths, with `*` for any characters and `?` for one: `/api/*`. Case matters.
   * @default any path
   */
  readonly paths?: string[];
  /**
   * Host names, with the same wildcards: `*.example.com`.
   * @default any host
   */
  readonly hosts?: string[];
}

/** Routes by name. */
export interface Routes {
  [name: string]: RouteArgs;
}

const mostPatterns = 5;
const mostWildcards = 6;
const longestPattern = 128;

// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html
const pathPattern = /^[/*][\w\-.$/~"'@:+&*?]*$/;
const hostPattern = /^[\w\-.*?]*\.[A-Za-z*?]+$/;

/** Notes what is wrong with the routes of one endpoint. */
export function checkRoutes(routes: Routes, path: string, problems: Problems): void {
  checkKeys(routes, path, problems);
  problems.unless(Object.keys(routes).length > 0, path, "needs 1 or more, got 0");
  for (const [key, route] of Object.entries(routes)) checkRoute(route, `${path}.${key}`, problems);
}

function checkRoute({ priority, paths = [], hosts = [] }: RouteArgs, path: string, problems: Problems): void {
  checkWhole(priority, [1, 50_000], `${path}.priority`, problems);
  const patterns = [...paths, ...hosts];
  problems.unless(patterns.length > 0, path, "needs paths or hosts, got neither");
  problems.unless(
    patterns.length <= mostPatterns,
    path,
    `takes ${mostPatterns} paths and hosts in all, got ${patterns.length}`,
  );
  const wildcards = patterns.join("").match(/[*?]/g)?.length ?? 0;
  problems.unless(
    wildcards <= mostWildcards,
    path,
    `takes ${mostWildcards} wildcards in all, got ${wildcards}`,
  );
  checkPatterns(paths, pathPattern, `path like "/api/*"`, `${path}.paths`, problems);
  checkPatterns(hosts, hostPattern, `host like "*.example.com"`, `${path}.hosts`, problems);
}

function checkPatterns(
  patterns: readonly string[],
  shape: RegExp,
  wanted: string,
  path: string,
  problems: Problems,
): void {
  for (const [index, pattern] of patterns.entries()) {
    problems.unless(
      shape.test(pattern) && pattern.length <= longestPattern,
      `${path}[${index}]`,
      `must be a ${wanted} of ${longestPattern} characters or fewer, got ${JSON.stringify(pattern)}`,
    );
  }
}

/** Notes each priority that two routes of a service share. */
export function checkPriorities(
  endpoints: { readonly [name: string]: { readonly routes: Routes } },
  problems: Problems,
): void {
  const owners = new Map<number, string>();
  for (const [endpoint, { routes }] of Object.entries(endpoints)) {
    for (const [route, { priority }] of Object.entries(routes)) {
      const path = `endpoints.${endpoint}.routes.${route}.priority`;
      const owner = owners.get(priority);
      problems.unless(owner === undefined, path, `${priority} is taken by ${owner}`);
      if (owner === undefined) owners.set(priority, path);
    }
  }
}

/** What a request must match to take a route, for the provider. */
export function routeConditions({
  paths = [],
  hosts = [],
}: Omit<RouteArgs, "priority">): lb.ListenerRuleArgs["conditions"] {
  return [
    ...(paths.length > 0 ? [{ pathPattern: { values: paths } }] : []),
    ...(hosts.length > 0 ? [{ hostHeader: { values: hosts } }] : []),
  ];
}
