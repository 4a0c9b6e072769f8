import type * as ec2 from "@pulumi/aws/ec2";
import * as vpc from "@pulumi/aws/vpc";
import type * as pulumi from "@pulumi/pulumi";
import { checkOneOf } from "../lib/closed-set";
import { checkIpv6Blocks, ipv6IngressRules } from "../lib/ipv6-ingress";
import type { Problems } from "../lib/problems";
import { type Tags, tagged } from "../lib/tags";
import { Exposure } from "./load-balancer";

/** Kinds of addresses a load balancer has. Every kind but "ipv4" needs subnets with IPv6 blocks. */
export const IpAddressType = {
  /** IPv4 only. */
  Ipv4: "ipv4",
  /** IPv4 and IPv6. */
  Dualstack: "dualstack",
  /** IPv6 for clients, IPv4 for targets alone: no public IPv4 address to pay for, and no client without IPv6. */
  DualstackWithoutPublicIpv4: "dualstack-without-public-ipv4",
} as const;
export type IpAddressType = (typeof IpAddressType)[keyof typeof IpAddressType];

/** What a caller says of addresses. */
export interface AddressingArgs {
  readonly ipAddressType?: IpAddressType;
  readonly ingressIpv6CidrBlocks?: string[];
}

/** A load balancer's addresses, with every default in place. */
export interface Addressing {
  readonly ipAddressType: IpAddressType;
  /** Who may connect by IPv6. */
  readonly ipv6CidrBlocks: string[];
}

const everybody = "::/0";

/**
 * Checks which addresses a load balancer has and who may use those of IPv6, and settles the defaults.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#ip-address-type
 */
export function settleAddressing(args: AddressingArgs, exposure: Exposure, problems: Problems): Addressing {
  const { ipAddressType = IpAddressType.Ipv4, ingressIpv6CidrBlocks: given } = args;
  checkOneOf(IpAddressType, ipAddressType, "ipAddressType", problems);
  const open = exposure === Exposure.Internet;
  problems.unless(
    open || ipAddressType !== IpAddressType.DualstackWithoutPublicIpv4,
    "ipAddressType",
    `must be "ipv4" or "dualstack" for exposure "${exposure}", got "${ipAddressType}"`,
  );
  const path = "ingressIpv6CidrBlocks";
  if (ipAddressType === IpAddressType.Ipv4) {
    problems.unless(given === undefined, path, 'must be left out for ipAddressType "ipv4"');
    return { ipAddressType, ipv6CidrBlocks: [] };
  }
  const ipv6CidrBlocks = given ?? (open ? [everybody] : []);
  problems.unless(
    ipv6CidrBlocks.length > 0,
    path,
    `needs 1 or more for exposure "${exposure}" and ipAddressType "${ipAddressType}", got ${given === undefined ? "none" : 0}`,
  );
  checkIpv6Blocks(ipv6CidrBlocks, open, problems);
  return { ipAddressType, ipv6CidrBlocks };
}

/** Lets clients with IPv6 addresses in, on ports 80 and 443. */
export function addIpv6Ingress(
  name: string,
  group: ec2.SecurityGroup,
  { ipv6CidrBlocks }: Addressing,
  tags: Tags | undefined,
  child: pulumi.CustomResourceOptions,
): void {
  for (const { key, port, cidrBlock, description } of ipv6IngressRules(ipv6CidrBlocks)) {
    const rule = `${name}-ingress-${key}`;
    new vpc.SecurityGroupIngressRule(
      rule,
      {
        securityGroupId: group.id,
        description,
        ipProtocol: "tcp",
        fromPort: port,
        toPort: port,
        cidrIpv6: cidrBlock,
        tags: tagged(rule, tags),
      },
      child,
    );
  }
}
