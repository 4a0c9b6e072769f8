import type * as lb from "@pulumi/aws/lb";
import { checkWhole } from "../lib/bounds";
import { checkOneOf } from "../lib/closed-set";
import type { ProbeTiming } from "../lib/detection";
import { HealthProfile, probeTimings } from "../lib/health-profile";
import type { Problems } from "../lib/problems";
import { isGrpcMatcher, isGrpcMethod, isHttpMatcher, probeDefaults } from "../lib/target-codes";
import { type Protocol, ProtocolVersion, type TargetProtocol } from "./protocol";

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
   * Path that is asked for; with protocolVersion "GRPC" a method, `/package.service/method`.
   * @default "/health", or "/AWS.ALB/healthcheck" with protocolVersion "GRPC"
   */
  readonly path?: string;
  /**
   * Port that is asked, 1 to 65535.
   * @default the endpoint's own
   */
  readonly port?: number;
  /**
   * HTTP codes of a healthy instance, from 200 to 399: `200`, `200,204` or `200-299`. With protocolVersion "GRPC" codes
   * of gRPC, from 0 to 99.
   * @default "200", or "12" with protocolVersion "GRPC": the method is not implemented, and the server is there to say so
   */
  readonly matcher?: string;
}

/** How an endpoint is probed, complete. */
export interface HealthCheck {
  readonly timing: ProbeTiming;
  readonly protocol: TargetProtocol;
  readonly path: string;
  readonly port: number;
  readonly matcher: string;
}

const longestPath = 1024;

/** What probes follow unless they say otherwise. */
export interface Traffic extends Protocol {
  readonly port: number;
}

/** Settles how an endpoint is probed, and notes what is wrong with it. */
export function settleHealthCheck(
  args: HealthCheckArgs,
  traffic: Traffic,
  at: string,
  problems: Problems,
): HealthCheck {
  const defaults = probeDefaults(traffic.protocolVersion);
  const { profile = HealthProfile.Fast, port = traffic.port } = args;
  const { path = defaults.path, matcher = defaults.matcher } = args;
  checkOneOf(HealthProfile, profile, `${at}.profile`, problems);
  if (traffic.protocolVersion === ProtocolVersion.Grpc) checkGrpc(path, matcher, at, problems);
  else checkHttp(path, matcher, at, problems);
  if (args.port !== undefined) checkWhole(port, [1, 65_535], `${at}.port`, problems);
  return { timing: probeTimings[profile], protocol: traffic.protocol, path, port, matcher };
}

function checkHttp(path: string, matcher: string, at: string, problems: Problems): void {
  problems.unless(
    /^\/[\x21-\x7e]*$/.test(path) && path.length <= longestPath,
    `${at}.path`,
    `must be a path like "/health" of ${longestPath} characters or fewer, got ${JSON.stringify(path)}`,
  );
  problems.unless(
    isHttpMatcher(matcher),
    `${at}.matcher`,
    `must be codes from 200 to 399 like "200", "200,204" or "200-299", got ${JSON.stringify(matcher)}`,
  );
}

function checkGrpc(path: string, matcher: string, at: string, problems: Problems): void {
  problems.unless(
    isGrpcMethod(path) && path.length <= longestPath,
    `${at}.path`,
    `must be a method like "/package.service/method" for protocolVersion "GRPC", got ${JSON.stringify(path)}`,
  );
  problems.unless(
    isGrpcMatcher(matcher),
    `${at}.matcher`,
    `must be codes from 0 to 99 like "0", "0,12" or "0-5" for protocolVersion "GRPC", got ${JSON.stringify(matcher)}`,
  );
}

/** How a target group is probed, for the provider. */
export function targetHealthCheck(health: HealthCheck): NonNullable<lb.TargetGroupArgs["healthCheck"]> {
  const { timing } = health;
  return {
    enabled: true,
    protocol: health.protocol,
    path: health.path,
    port: `${health.port}`,
    matcher: health.matcher,
    interval: timing.intervalSeconds,
    timeout: timing.timeoutSeconds,
    healthyThreshold: timing.healthyThreshold,
    unhealthyThreshold: timing.unhealthyThreshold,
  };
}
