import type * as lb from "@pulumi/aws/lb";
import { checkWhole } from "../lib/bounds";
import { checkOneOf } from "../lib/closed-set";
import type { ProbeTiming } from "../lib/detection";
import { HealthProfile, probeTimings } from "../lib/health-profile";
import type { Problems } from "../lib/problems";

/**
 * How the load balancer finds out whether an instance can serve an endpoint.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
export interface HealthCheckArgs {
  /**
   * How often, and how patiently, instances are probed: "standard" finds a failure within 95 seconds, "fast" within 19.
   * @default "fast"
   */
  readonly profile?: HealthProfile;
  /**
   * Path that is asked for.
   * @default "/health"
   */
  readonly path?: string;
  /**
   * Port that is asked, 1 to 65535.
   * @default the endpoint's own
   */
  readonly port?: number;
  /**
   * HTTP codes of a healthy instance, from 200 to 399: `200`, `200,204` or `200-299`.
   * @default "200"
   */
  readonly matcher?: string;
}

/** How an endpoint is probed, complete. */
export interface HealthCheck {
  readonly timing: ProbeTiming;
  readonly path: string;
  readonly port: number;
  readonly matcher: string;
}

const longestPath = 1024;

/** Settles how an endpoint is probed, and notes what is wrong with it. */
export function settleHealthCheck(
  args: HealthCheckArgs,
  trafficPort: number,
  at: string,
  problems: Problems,
): HealthCheck {
  const { profile = HealthProfile.Fast, path = "/health", port = trafficPort, matcher = "200" } = args;
  checkOneOf(HealthProfile, profile, `${at}.profile`, problems);
  problems.unless(
    /^\/[\x21-\x7e]*$/.test(path) && path.length <= longestPath,
    `${at}.path`,
    `must be a path like "/health" of ${longestPath} characters or fewer, got ${JSON.stringify(path)}`,
  );
  if (args.port !== undefined) checkWhole(port, [1, 65_535], `${at}.port`, problems);
  // AWS would take 4xx as well; an instance that answers so is not serving anybody.
  problems.unless(
    /^[23]\d\d(-[23]\d\d|(,[23]\d\d)*)$/.test(matcher),
    `${at}.matcher`,
    `must be codes from 200 to 399 like "200", "200,204" or "200-299", got ${JSON.stringify(matcher)}`,
  );
  return { timing: probeTimings[profile], path, port, matcher };
}

/** How a target group is probed, for the provider. */
export function targetHealthCheck(health: HealthCheck): NonNullable<lb.TargetGroupArgs["healthCheck"]> {
  const { timing } = health;
  return {
    enabled: true,
    protocol: "HTTP",
    path: health.path,
    port: `${health.port}`,
    matcher: health.matcher,
    interval: timing.intervalSeconds,
    timeout: timing.timeoutSeconds,
    healthyThreshold: timing.healthyThreshold,
    unhealthyThreshold: timing.unhealthyThreshold,
  };
}
