/** What a target group's probe asks for, and takes for health, where nobody says. */
export interface ProbeDefaults {
  /** Path, or for gRPC the method. */
  readonly path: string;
  /** Codes of a healthy target. */
  readonly matcher: string;
}

const http: ProbeDefaults = { path: "/health", matcher: "200" };

// AWS's own: a method that no server has, which every server that speaks gRPC answers with 12, "unimplemented".
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
const grpc: ProbeDefaults = { path: "/AWS.ALB/healthcheck", matcher: "12" };

/** The probe of targets that speak a version of the protocol. */
export function probeDefaults(protocolVersion: string): ProbeDefaults {
  return protocolVersion === "GRPC" ? grpc : http;
}

// AWS would take 4xx as well; an instance that answers so is not serving anybody.
const httpCodes = /^[23]\d\d(-[23]\d\d|(,[23]\d\d)*)$/;
const grpcCodes = /^\d{1,2}(-\d{1,2}|(,\d{1,2})*)$/;

/** Whether a matcher names codes from 200 to 399. */
export function isHttpMatcher(matcher: string): boolean {
  return httpCodes.test(matcher);
}

/** Whether a matcher names codes of gRPC, 0 to 99. */
export function isGrpcMatcher(matcher: string): boolean {
  return grpcCodes.test(matcher);
}

/** Whether a path is that of a gRPC method: `/package.service/method`. */
export function isGrpcMethod(path: string): boolean {
  return /^\/[A-Za-z_][\w.]*\/[A-Za-z_]\w*$/.test(path);
}
