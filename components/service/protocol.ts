import { checkOneOf } from "../lib/closed-set";
import type { Problems } from "../lib/problems";

/** Whether the load balancer encrypts what it sends to the instances. */
export const TargetProtocol = {
  /** In the open. */
  Http: "HTTP",
  /** Over TLS. The load balancer takes any certificate, so that the instances' own will do. */
  Https: "HTTPS",
} as const;
export type TargetProtocol = (typeof TargetProtocol)[keyof typeof TargetProtocol];

/** What the load balancer speaks to the instances. */
export const ProtocolVersion = {
  /** HTTP/1.1, whatever the client speaks. */
  Http1: "HTTP1",
  /** HTTP/2. Clients have to speak it, too. */
  Http2: "HTTP2",
  /** gRPC. */
  Grpc: "GRPC",
} as const;
export type ProtocolVersion = (typeof ProtocolVersion)[keyof typeof ProtocolVersion];

/** What the load balancer speaks to the instances. */
export interface ProtocolArgs {
  /**
   * Whether requests and probes to the instances are encrypted: "HTTP" or "HTTPS". A change makes a new target group.
   * @default "HTTP"
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html#target-group-routing-configuration
   */
  readonly protocol?: TargetProtocol;
  /**
   * What is spoken to the instances: "HTTP1", "HTTP2" or "GRPC". Other than "HTTP1" needs an HTTPS listener and clients
   * that speak HTTP/2. A change makes a new target group.
   * @default "HTTP1"
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html#target-group-protocol-version
   */
  readonly protocolVersion?: ProtocolVersion;
}

/** What the load balancer speaks to the instances, complete. */
export interface Protocol {
  readonly protocol: TargetProtocol;
  readonly protocolVersion: ProtocolVersion;
}

/** Settles what is spoken to the instances, and notes what is wrong with it. */
export function settleProtocol(args: ProtocolArgs, path: string, problems: Problems): Protocol {
  const { protocol = TargetProtocol.Http, protocolVersion = ProtocolVersion.Http1 } = args;
  checkOneOf(TargetProtocol, protocol, `${path}.protocol`, problems);
  checkOneOf(ProtocolVersion, protocolVersion, `${path}.protocolVersion`, problems);
  return { protocol, protocolVersion };
}
