import type { PlannedSubnet } from "./awsx-layout";
import { type Cidr, formatCidr, networkOf, overlap, parseAddressAndPrefix, sizeOf } from "./cidr";
import { ConstructionFault } from "./planned";

const fault = (reason: string) => new ConstructionFault([{ reason }]);

/** Subnets with their blocks taken apart. */
function parsed(subnets: readonly PlannedSubnet[]) {
  return subnets.map((subnet) => {
    const cidr = parseAddressAndPrefix(subnet.cidrBlock);
    if (!cidr) throw fault(`Invalid net address: ${subnet.cidrBlock}`);
    return { subnet, cidr: networkOf(cidr) };
  });
}

/**
 * No two subnets may have an address in common.
 *
 * @throws {ConstructionFault} naming those that have.
 */
export function refuseOverlaps(subnets: readonly PlannedSubnet[]): void {
  const all = parsed(subnets);
  const clashing = all.filter((one) => all.some((other) => other !== one && overlap(one.cidr, other.cidr)));
  if (clashing.length === 0) return;
  const lines = clashing.map(({ subnet }, index) => `${index + 1}. ${subnet.name}: ${subnet.cidrBlock}\n`);
  throw fault(
    "The following subnets overlap with at least one other subnet. Make the CIDR for the VPC larger, reduce the size " +
      `of the subnets per AZ, or use less Availability Zones:\n\n${lines.join("")}`,
  );
}

/**
 * Strategy "Exact" wants all addresses of the VPC in some subnet, one subnet after the other.
 *
 * @throws {ConstructionFault} naming the gaps.
 */
export function refuseGaps(vpcBlock: string, vpc: Cidr, subnets: readonly PlannedSubnet[]): void {
  const end = ({ first, prefix }: Cidr) => first + sizeOf({ prefix });
  // The last address that can be a host's.
  const last = (cidr: Cidr) =>
    formatCidr({ first: end(cidr) - (cidr.prefix < 31 ? 2 : 1), prefix: 32 }).slice(0, -3);
  const all = parsed(subnets);
  const label = ({ name, cidrBlock }: PlannedSubnet) => `${name} (${cidrBlock})`;
  const gaps = all.flatMap(({ subnet, cidr }, index) => {
    const before = all[index - 1];
    if (!before) {
      const starts = cidr.first === networkOf(vpc).first;
      return starts ? [] : [`${label(subnet)} does not start at the beginning of the VPC (${vpcBlock})`];
    }
    return end(before.cidr) === cidr.first ? [] : [`${label(before.subnet)} <=> ${label(subnet)}`];
  });
  const final = all.at(-1);
  if (final && end(final.cidr) !== end(networkOf(vpc))) {
    const [to, whole] = [last(final.cidr), last(networkOf(vpc))];
    gaps.push(`${final.subnet.name} (ending ${to}) ends before VPC ends (at ${whole}})`);
  }
  if (gaps.length > 0) {
    throw fault(`There are gaps in the subnet ranges. Please fix the following gaps: ${gaps.join(", ")}`);
  }
}
