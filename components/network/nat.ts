import type * as pulumi from "@pulumi/pulumi";
import { checkOneOf } from "../lib/closed-set";
import type { Problems } from "../lib/problems";

/** How private subnets reach the internet. */
export const NatMode = {
  /** A gateway in each zone: a zone that fails takes nobody else's way out with it. */
  PerZone: "perZone",
  /** One gateway, in the first zone: a fraction of the cost, and one zone's failure is everybody's. */
  Single: "single",
  /** None: private subnets reach AWS only through endpoints, and the internet not at all. */
  None: "none",
} as const;
export type NatMode = (typeof NatMode)[keyof typeof NatMode];

/** NAT gateways: how many, and under which addresses they are seen. */
export interface NatArgs {
  /**
   * How private subnets reach the internet: one gateway per zone, one in all, or none.
   * @default "perZone"
   * @see https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html
   */
  readonly mode?: NatMode;
  /**
   * Allocation ids of Elastic IP addresses for the gateways, in the order of the zones: as many as there are gateways.
   * @default new addresses
   */
  readonly elasticIpIds?: pulumi.Input<string>[];
}

/** The gateways a network gets, in the words of awsx. */
export interface Nat {
  readonly strategy: "OnePerAz" | "Single" | "None";
  readonly count: number;
  readonly elasticIpIds: pulumi.Input<string>[];
}

/** Settles how many gateways there are, and notes what is wrong with the choice under `nat`. */
export function settleNat(args: NatArgs, zones: number, problems: Problems): Nat {
  const { mode = NatMode.PerZone, elasticIpIds = [] } = args;
  const plans = {
    [NatMode.PerZone]: { strategy: "OnePerAz", count: zones },
    [NatMode.Single]: { strategy: "Single", count: 1 },
    [NatMode.None]: { strategy: "None", count: 0 },
  } as const;
  const known = checkOneOf(NatMode, mode, "nat.mode", problems);
  const { strategy, count } = known ? plans[mode] : plans[NatMode.None];
  const fits = !known || elasticIpIds.length === 0 || elasticIpIds.length === count;
  const reason = `nat.mode "${mode}" takes ${count}, got ${elasticIpIds.length}`;
  problems.unless(fits, "nat.elasticIpIds", reason);
  return { strategy, count, elasticIpIds };
}
