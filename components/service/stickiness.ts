import type * as lb from "@pulumi/aws/lb";
import { checkWhole } from "../lib/bounds";
import { checkOneOf } from "../lib/closed-set";
import type { Problems } from "../lib/problems";

/** What keeps a client with the instance that answered it first. */
export const StickinessMode = {
  /** Nothing: every request goes where the algorithm says. */
  Off: "off",
  /** A cookie the load balancer sets. */
  BalancerCookie: "balancerCookie",
  /** A cookie the application sets. */
  ApplicationCookie: "applicationCookie",
} as const;
export type StickinessMode = (typeof StickinessMode)[keyof typeof StickinessMode];

/**
 * What keeps a client with the instance that answered it first.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html
 */
export interface StickinessArgs {
  /**
   * What keeps it there: "off", "balancerCookie" or "applicationCookie".
   * @default "off"
   */
  readonly mode?: StickinessMode;
  /**
   * Mode "applicationCookie": name of the application's cookie. Names that begin with AWSALB belong to the load balancer.
   */
  readonly cookieName?: string;
  /**
   * How long it lasts, in seconds, 1 to 604800.
   * @default 86400 for the balancer's cookie, 3600 for the application's
   */
  readonly durationSeconds?: number;
}

/** What keeps a client with its instance, complete. */
export type Stickiness =
  | { readonly kind: "off" }
  | { readonly kind: "balancerCookie"; readonly durationSeconds: number }
  | { readonly kind: "applicationCookie"; readonly durationSeconds: number; readonly cookieName: string };

/** Settles the stickiness of an endpoint, and notes what is wrong with it. */
export function settleStickiness(args: StickinessArgs, path: string, problems: Problems): Stickiness {
  const { mode = StickinessMode.Off, cookieName, durationSeconds } = args;
  if (!checkOneOf(StickinessMode, mode, `${path}.mode`, problems)) return { kind: "off" };
  if (mode !== StickinessMode.ApplicationCookie) {
    problems.unless(
      cookieName === undefined,
      `${path}.cookieName`,
      `belongs to mode "applicationCookie", got mode "${mode}"`,
    );
  }
  if (mode === StickinessMode.Off) {
    problems.unless(
      durationSeconds === undefined,
      `${path}.durationSeconds`,
      `belongs to a mode with a cookie, got mode "off"`,
    );
    return { kind: "off" };
  }
  const seconds = durationSeconds ?? { balancerCookie: 86_400, applicationCookie: 3600 }[mode];
  checkWhole(seconds, [1, 604_800], `${path}.durationSeconds`, problems);
  if (mode === StickinessMode.BalancerCookie) return { kind: mode, durationSeconds: seconds };
  return { kind: mode, durationSeconds: seconds, cookieName: checkCookie(cookieName, path, problems) };
}

function checkCookie(cookieName: string | undefined, path: string, problems: Problems): string {
  if (cookieName === undefined) {
    problems.add(`${path}.cookieName`, `is needed for mode "applicationCookie"`);
    return "";
  }
  const quoted = JSON.stringify(cookieName);
  // The characters of a token, as HTTP calls it: https://www.rfc-editor.org/rfc/rfc9110#name-tokens
  const named = problems.unless(
    /^[\w!#$%&'*+\-.^`|~]+$/.test(cookieName),
    `${path}.cookieName`,
    `must be letters, digits and !#$%&'*+-.^_\`|~, got ${quoted}`,
  );
  if (named) {
    problems.unless(
      !/^AWSALB/i.test(cookieName),
      `${path}.cookieName`,
      `must not begin with AWSALB, which the load balancer keeps for itself, got ${quoted}`,
    );
  }
  return cookieName;
}

/** Stickiness of a target group, for the provider. Always said: left out, it would stay as it was. */
export function targetStickiness(stickiness: Stickiness): NonNullable<lb.TargetGroupArgs["stickiness"]> {
  switch (stickiness.kind) {
    case "off":
      return { enabled: false, type: "lb_cookie" };
    case "balancerCookie":
      return { enabled: true, type: "lb_cookie", cookieDuration: stickiness.durationSeconds };
    case "applicationCookie":
      return {
        enabled: true,
        type: "app_cookie",
        cookieName: stickiness.cookieName,
        cookieDuration: stickiness.durationSeconds,
      };
  }
}
