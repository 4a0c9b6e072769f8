import { blockWithin, formatBlock, type Ipv4Block, parseBlock, sizeOf, startOf } from "./ipv4-block";
import type { Problems } from "./problems";

/** The subnets of one zone, in CIDR notation. */
export interface ZoneBlocks {
  /** Load balancers and NAT gateways: an eighth of the zone. */
  readonly public: string;
  /** Instances: half of the zone. */
  readonly private: string;
  /** Data stores: a quarter of the zone. */
  readonly isolated: string;
}

const widestVpc = 16;
const narrowestVpc = 24;

// AWS regions have six zones at most; a power of two lets every slot begin where a block of its size can begin.
const zoneBits = 3;

// A load balancer asks for a /27 in each of its subnets. With a /25 for each zone the public subnet is one, and the
// private subnet is still the larger.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#subnets-load-balancer
const narrowestZone = 25;
const narrowestPublic = 27;

function zonePrefix(vpcPrefix: number): number {
  return Math.min(vpcPrefix + zoneBits, narrowestZone);
}

/** Number of zones a VPC with this prefix, 16 to 24, has room for: 8 up to a /22, then 4 and 2. */
export function zoneSlots(vpcPrefix: number): number {
  return 2 ** (zonePrefix(vpcPrefix) - vpcPrefix);
}

/**
 * The subnets of a VPC, zone by zone.
 *
 * Every zone has a slot of its own, and in it every tier has a place of its own: the private subnet in the first half,
 * the isolated one in the third quarter, the public one at the start of the last quarter. Where a subnet lies depends on
 * the VPC's prefix, on the zone's position and on the tier, on nothing else, so a zone or a tier that comes later moves
 * none of those that exist. From a /21 up, the last eighth of each slot stays free for a tier not yet known.
 *
 * @param zones Number of zones, at most `zoneSlots` of the VPC's prefix.
 */
export function planAddresses(vpc: Ipv4Block, zones: number): ZoneBlocks[] {
  const prefix = zonePrefix(vpc.prefix);
  const size = sizeOf(prefix);
  return Array.from({ length: zones }, (_, position) => {
    const zone = blockWithin(vpc, position * size, prefix);
    const place = (offset: number, tier: number) => formatBlock(blockWithin(zone, offset, tier));
    return {
      private: place(0, prefix + 1),
      isolated: place(size / 2, prefix + 2),
      public: place((size / 4) * 3, Math.min(prefix + 3, narrowestPublic)),
    };
  });
}

/**
 * Reads a VPC's address block and notes at `path` what is wrong with it.
 *
 * @param zones Number of zones it must have room for.
 * @returns the block, or `undefined` when it cannot be used.
 */
export function settleVpcBlock(
  text: string,
  zones: number,
  path: string,
  problems: Problems,
): Ipv4Block | undefined {
  const block = parseBlock(text);
  if (!block) {
    problems.add(path, `must be an IPv4 block such as "10.0.0.0/16", got "${text}"`);
    return undefined;
  }
  const { prefix } = block;
  const whole = startOf(block);
  const slots = zoneSlots(Math.min(prefix, narrowestVpc));
  const usable = [
    problems.unless(
      prefix >= widestVpc && prefix <= narrowestVpc,
      path,
      `must be a /${widestVpc} to a /${narrowestVpc}, got "${text}"`,
    ),
    problems.unless(
      whole.first === block.first,
      path,
      `must begin at its first address, "${formatBlock(whole)}", got "${text}"`,
    ),
    problems.unless(
      prefix > narrowestVpc || zones <= slots,
      path,
      `must be a /${prefixFor(zones)} or wider for ${zones} zones, got "${text}" with room for ${slots}`,
    ),
  ];
  return usable.every(Boolean) ? block : undefined;
}

/** The narrowest VPC with room for this many zones. */
function prefixFor(zones: number): number {
  return narrowestZone - Math.ceil(Math.log2(zones));
}
