import type { Range } from "./bounds";

/**
 * The list of addresses that CloudFront's requests to origins come from. AWS keeps it in every region.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/LocationsOfEdgeServers.html
 */
export const originFacingName = "com.amazonaws.global.cloudfront.origin-facing";

/**
 * Rules of a security group that the list counts as.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html
 */
export const originFacingEntries = 55;

/**
 * Inbound rules a security group may have, until AWS raises it.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
 */
export const defaultRuleQuota = 60;

/**
 * Entries a prefix list may have.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html
 */
export const prefixListEntries: Range = [1, 1000];

/** How many sources of each kind may reach a load balancer. */
export interface SourceCounts {
  readonly cidrBlocks: number;
  /** AWS counts IPv6 and IPv4 apart; groups and lists count for both. */
  readonly ipv6CidrBlocks?: number;
  readonly securityGroups: number;
  /** Entries that each prefix list may have. */
  readonly listEntries: readonly number[];
  /** Entries that the list of a CDN's network may have, where nobody else is let in. */
  readonly lockdownEntries: number | undefined;
}

/** Ports that sources reach: a list of 55 entries fits once, and it is the CDN that redirects viewers to HTTPS. */
export function portsFor(lockdown: boolean): readonly number[] {
  return lockdown ? [443] : [80, 443];
}

/** Inbound rules that AWS counts for these sources. */
export function rulesFor(counts: SourceCounts): number {
  const { cidrBlocks, ipv6CidrBlocks = 0, securityGroups, listEntries, lockdownEntries } = counts;
  const ofLists = listEntries.reduce((sum, entries) => sum + entries, lockdownEntries ?? 0);
  return (
    (Math.max(cidrBlocks, ipv6CidrBlocks) + securityGroups + ofLists) *
    portsFor(lockdownEntries !== undefined).length
  );
}
