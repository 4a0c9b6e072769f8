import type * as pulumi from "@pulumi/pulumi";
import type { ZoneBlocks } from "../lib/address-plan";
import { lateFault } from "../lib/late-fault";

/** Whether a network has subnets that nothing outside it can reach and that reach nothing outside it. */
export const IsolatedSubnets = {
  /** None. */
  None: "none",
  /** One in each zone, for data stores. */
  PerZone: "perZone",
} as const;
export type IsolatedSubnets = (typeof IsolatedSubnets)[keyof typeof IsolatedSubnets];

/** One kind of subnet. */
export type Tier = keyof ZoneBlocks;

// awsx makes the subnets of a zone, and with them their route tables, in this order, whatever the order of the specs.
const tierOrder: readonly Tier[] = ["public", "private", "isolated"];

const types = { public: "Public", private: "Private", isolated: "Isolated" } as const;

/** The tiers of a network, in the order awsx makes them. */
export function tiersOf(isolated: IsolatedSubnets): Tier[] {
  return tierOrder.filter((tier) => tier !== "isolated" || isolated === IsolatedSubnets.PerZone);
}

/** What awsx is asked to make in each zone. */
export function subnetSpecs(tiers: readonly Tier[], plan: readonly ZoneBlocks[]) {
  return tiers.map((tier) => ({ type: types[tier], cidrBlocks: plan.map((zone) => zone[tier]) }));
}

/**
 * One output for each of the `count` resources awsx hands out as one output of an array.
 *
 * Cut up, what is made from it keeps its length whatever is known of it, so a plan shows and a policy counts one subnet
 * per zone. Reading the id off each resource keeps the ids of those that exist when another one is added; awsx's own
 * lists of ids are then unknown as a whole.
 */
export function oneByOne<T>(
  owner: pulumi.Resource,
  { what, count, all }: { readonly what: string; readonly count: number; readonly all: pulumi.Output<T[]> },
  pick: (item: T) => pulumi.Output<string>,
): pulumi.Output<string>[] {
  let fault: Error | undefined;
  return Array.from({ length: count }, (_, index) =>
    all.apply((items) => {
      const item = items[index];
      if (item !== undefined && items.length === count) return pick(item);
      // Nothing else can bring this about: awsx makes what it is asked for. The SDK prints the same error once.
      fault ??= lateFault("transform.vpc", `must leave ${count} ${what}, left ${items.length}`, owner);
      throw fault;
    }),
  );
}
