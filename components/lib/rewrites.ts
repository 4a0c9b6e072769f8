import { groupsIn, highestGroup, regexFault } from "./regular-expressions";
import type { RouteFault } from "./route-conditions";

/** What is rewritten, and into what. */
export interface Rewriting {
  readonly regex: string;
  readonly replace: string;
}

/** What a route rewrites before it forwards. */
export interface Rewritings {
  readonly path?: Rewriting | undefined;
  readonly host?: Rewriting | undefined;
}

/**
 * Most characters of the expression and of what takes its place.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RewriteConfig.html
 */
export const rewriteLimit = 1024;

/** What is wrong with the rewrites of a route. */
export function* rewriteFaults(rewrite: Rewritings): Iterable<RouteFault> {
  if (rewrite.path === undefined && rewrite.host === undefined) {
    yield { at: ["rewrite"], must: "have path, host or both" };
  }
  for (const part of ["path", "host"] as const) {
    const rewriting = rewrite[part];
    if (rewriting !== undefined) yield* faultsOf(rewriting, ["rewrite", part]);
  }
}

function* faultsOf({ regex, replace }: Rewriting, at: readonly string[]): Iterable<RouteFault> {
  const must = regexFault(regex, rewriteLimit);
  if (must !== undefined) yield { at: [...at, "regex"], found: regex, must };
  if (!/^[ -~]*$/.test(replace) || replace.length > rewriteLimit) {
    const allowed = `be up to ${rewriteLimit} ASCII characters`;
    yield { at: [...at, "replace"], found: replace, must: allowed };
  } else if (must === undefined && highestGroup(replace) > groupsIn(regex)) {
    const groups = groupsIn(regex);
    const named = `name no group beyond the ${groups} of regex`;
    yield { at: [...at, "replace"], found: replace, must: named };
  }
}
