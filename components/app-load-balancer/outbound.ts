import * as vpc from "@pulumi/aws/vpc";
import type * as pulumi from "@pulumi/pulumi";
import { type Tags, tagged } from "../lib/tags";

/** Where a load balancer may connect to. */
export const Outbound = {
  /** What its services open, each to its own instances. */
  Services: "services",
  /** Also port 443 anywhere, for routes that authenticate users or validate tokens. */
  Https: "https",
} as const;
export type Outbound = (typeof Outbound)[keyof typeof Outbound];

/**
 * Lets a load balancer reach identity providers, which it does by IPv4 only.
 *
 * It is the load balancer's rule and not a service's: of two equal ones AWS refuses the second.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html
 */
export function addOutbound(
  name: string,
  outbound: Outbound,
  securityGroupId: pulumi.Input<string>,
  tags: Tags | undefined,
  child: pulumi.CustomResourceOptions,
): void {
  if (outbound === Outbound.Services) return;
  const own = `${name}-egress-443`;
  new vpc.SecurityGroupEgressRule(
    own,
    {
      securityGroupId,
      description: "TCP 443 to identity providers",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrIpv4: "0.0.0.0/0",
      tags: tagged(own, tags),
    },
    child,
  );
}
