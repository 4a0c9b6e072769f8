import { checkOneOf } from "../lib/closed-set";
import { checkIpv6Blocks } from "../lib/ipv6-ingress";
import type { Problems } from "../lib/problems";
import { Exposure } from "./load-balancer";
import { closedBy, namesOthers, type SourceArgs } from "./sources";

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
export interface AddressingArgs extends SourceArgs {
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
  checkLists(args, ipAddressType, problems);
  const others = namesOthers(args);
  const ipv6CidrBlocks = given ?? (open && !others ? [everybody] : []);
  problems.unless(
    ipv6CidrBlocks.length > 0 || others,
    path,
    `needs 1 or more for exposure "${exposure}" and ipAddressType "${ipAddressType}", got ${given === undefined ? "none" : 0}`,
  );
  checkIpv6Blocks(ipv6CidrBlocks, closedBy(args), problems);
  return { ipAddressType, ipv6CidrBlocks };
}

/** CloudFront's list that is looked up is one of IPv4 addresses. */
function checkLists({ originLockdown }: SourceArgs, ipAddressType: IpAddressType, problems: Problems): void {
  if (!originLockdown || ipAddressType !== IpAddressType.DualstackWithoutPublicIpv4) return;
  problems.unless(
    originLockdown.prefixListId !== undefined,
    "originLockdown.prefixListId",
    `needs the id of a list of IPv6 addresses for ipAddressType "${ipAddressType}", got none`,
  );
}
