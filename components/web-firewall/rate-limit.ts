import { checkWhole } from "../lib/bounds";
import { checkOneOf } from "../lib/closed-set";
import {
  excludedPath,
  excludedPathForm,
  mostExcludedPaths,
  rateLimits,
  rateWindows,
} from "../lib/firewall-limits";
import type { Problems } from "../lib/problems";
import { RuleAction } from "./mode";

/** How many requests one client may send. */
export interface RateLimitArgs {
  /**
   * What becomes of the requests beyond it. Blocked ones get 429 with `Retry-After`.
   * @default "block"
   */
  readonly action?: RuleAction;
  /**
   * Requests one address may send within the window, 10 to 2,000,000,000. AWS estimates: it acts near the limit, and up
   * to half a minute late.
   * @default 1000
   * @see https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based-caveats.html
   */
  readonly requests?: number;
  /**
   * Seconds it looks back: 60, 120, 300 or 600.
   * @default 60
   * @see https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based-high-level-settings.html
   */
  readonly windowSeconds?: number;
  /**
   * Paths that neither count nor are limited, 20 at most: `/health` is that path alone, `/static/*` all below it.
   * @default ["/health"]
   */
  readonly excludedPaths?: string[];
  /**
   * Text of the answer, 1 to 4096 characters.
   * @default "Too many requests"
   */
  readonly responseBody?: string;
}

/** A rate limit with every default in place. */
export interface RateLimit {
  readonly action: "block" | "count";
  readonly requests: number;
  readonly windowSeconds: number;
  readonly excludedPaths: string[];
  readonly responseBody: string;
}

// https://docs.aws.amazon.com/waf/latest/developerguide/limits.html
const longestBody = 4096;

/** Checks a rate limit and settles the defaults; none if it is off. */
export function settleRateLimit(args: RateLimitArgs, problems: Problems): RateLimit | undefined {
  const {
    action = RuleAction.Block,
    requests = 1000,
    windowSeconds = 60,
    excludedPaths = ["/health"],
    responseBody = "Too many requests",
  } = args;
  checkOneOf(RuleAction, action, "rateLimit.action", problems);
  checkWhole(requests, rateLimits, "rateLimit.requests", problems);
  const windows = `must be one of ${rateWindows.join(", ")}, got ${windowSeconds}`;
  problems.unless(rateWindows.includes(windowSeconds), "rateLimit.windowSeconds", windows);
  checkPaths(excludedPaths, "rateLimit.excludedPaths", problems);
  const fits = responseBody.length >= 1 && responseBody.length <= longestBody;
  const length = `must have 1 to ${longestBody} characters, got ${responseBody.length}`;
  problems.unless(fits, "rateLimit.responseBody", length);
  if (action === RuleAction.Off) return undefined;
  return { action, requests, windowSeconds, excludedPaths, responseBody };
}

function checkPaths(paths: readonly string[], path: string, problems: Problems): void {
  const few = paths.length <= mostExcludedPaths;
  problems.unless(few, path, `must have ${mostExcludedPaths} paths at most, got ${paths.length}`);
  for (const [index, text] of paths.entries()) {
    const at = `${path}[${index}]`;
    const found = JSON.stringify(text);
    problems.unless(excludedPath.test(text), at, `must be ${excludedPathForm}, got ${found}`);
    problems.unless(paths.indexOf(text) === index, at, `must be named once, got ${found} again`);
  }
}
