import type { PlannedSubnet } from "./awsx-layout";

/** Why the addresses do not fit the NAT gateways, or the strategy is none, if so. */
export function addressFault(strategy: string, addresses: number, zones: number): string | undefined {
  switch (strategy.toLowerCase()) {
    case "none":
      return addresses === 0
        ? undefined
        : `Elastic IP allocation IDs cannot be specified when NAT Gateway strategy is '${strategy}'.`;
    case "single":
      return addresses <= 1
        ? undefined
        : `Exactly one Elastic IP may be specified when NAT Gateway strategy is '${strategy}'.`;
    case "oneperaz":
      return addresses === 0 || addresses === zones
        ? undefined
        : `The number of Elastic IPs, if specified, must match the number of availability zones for the VPC (${zones}) when NAT Gateway strategy is '${strategy}'`;
    default:
      return `Unknown NatGatewayStrategy '${strategy}'`;
  }
}

/** Why the NAT gateways have no subnets to be in, or to serve, if so. */
export function hostFault(strategy: string, subnets: readonly PlannedSubnet[]): string | undefined {
  if (strategy.toLowerCase() === "none") return undefined;
  const kinds = new Set(subnets.map(({ type }) => type.toLowerCase()));
  if (kinds.has("public") && (kinds.has("private") || kinds.has("isolated"))) return undefined;
  return "If NAT Gateway strategy is 'OnePerAz' or 'Single', public subnets must be declared to host the NAT Gateway resource, along with private or isolated subnets to route through it.";
}
