import type { Value } from "../values";
import type { PlannedSubnet } from "./awsx-layout";

/** Why the NAT gateways cannot be made as asked, if they cannot. */
export function natFault(
  strategy: string,
  ids: readonly Value[],
  zones: number,
  subnets: readonly PlannedSubnet[],
): string | undefined {
  switch (strategy.toLowerCase()) {
    case "none":
      return ids.length === 0
        ? undefined
        : `Elastic IP allocation IDs cannot be specified when NAT Gateway strategy is '${strategy}'.`;
    case "single":
      if (ids.length > 1)
        return `Exactly one Elastic IP may be specified when NAT Gateway strategy is '${strategy}'.`;
      break;
    case "oneperaz":
      if (ids.length > 0 && ids.length !== zones) {
        return `The number of Elastic IPs, if specified, must match the number of availability zones for the VPC (${zones}) when NAT Gateway strategy is '${strategy}'`;
      }
      break;
    default:
      return `Unknown NatGatewayStrategy '${strategy}'`;
  }
  const kinds = new Set(subnets.map(({ type }) => type.toLowerCase()));
  if (kinds.has("public") && (kinds.has("private") || kinds.has("isolated"))) return undefined;
  return "If NAT Gateway strategy is 'OnePerAz' or 'Single', public subnets must be declared to host the NAT Gateway resource, along with private or isolated subnets to route through it.";
}
