import { checkOneOf } from "../../lib/closed-set";
import type { Problems } from "../../lib/problems";
import { targetFaults } from "../../lib/route-actions";
import { checkMatch, type MatchArgs, noteFaults } from "./conditions";
import type { RuleAction } from "./forwarding";

/** Whether a redirect holds for ever. */
export const RedirectStatus = {
  /** It does: browsers remember it and do not ask again. */
  Permanent: "HTTP_301",
  /** It does not. */
  Temporary: "HTTP_302",
} as const;
export type RedirectStatus = (typeof RedirectStatus)[keyof typeof RedirectStatus];

/**
 * Where a redirect leads. In each part keywords stand for what the request has: `#{host}`, `#{path}` without its first
 * slash, `#{port}`, `#{query}`. At least host, path or port must become another.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RedirectActionConfig.html
 */
export interface RedirectTargetArgs {
  /**
   * Host name.
   * @default "#{host}"
   */
  readonly host?: string;
  /**
   * Path, with its first slash: `/new/#{path}`.
   * @default "/#{path}"
   */
  readonly path?: string;
  /**
   * Port, in quotes.
   * @default "#{port}"
   */
  readonly port?: string;
  /**
   * Query string, without the question mark: `#{query}&from=old`.
   * @default "#{query}"
   */
  readonly query?: string;
}

/** Requests that are sent elsewhere by the load balancer itself, always by HTTPS. */
export interface RedirectArgs extends MatchArgs {
  /** Where they are sent. */
  readonly to: RedirectTargetArgs;
  /**
   * Whether browsers may remember it: "HTTP_301" for ever, "HTTP_302" not.
   * @default "HTTP_302"
   */
  readonly statusCode?: RedirectStatus;
}

/** Notes what is wrong with a redirect. */
export function checkRedirect(redirect: RedirectArgs, path: string, problems: Problems): void {
  const { to, statusCode = RedirectStatus.Temporary } = redirect;
  checkMatch(redirect, path, problems);
  noteFaults(targetFaults(to), path, problems);
  checkOneOf(RedirectStatus, statusCode, `${path}.statusCode`, problems);
}

/** A redirect, for the provider. */
export function redirectAction({ to, statusCode = RedirectStatus.Temporary }: RedirectArgs): RuleAction {
  const { host = "#{host}", path = "/#{path}", port = "#{port}", query = "#{query}" } = to;
  return { type: "redirect", redirect: { protocol: "HTTPS", host, path, port, query, statusCode } };
}
