import type { autoscaling } from "@pulumi/aws/types/input";
import { checkWhole } from "../lib/bounds";
import { checkOneOf } from "../lib/closed-set";
import type { Problems } from "../lib/problems";

/** How instances are paid for. */
export const PurchaseMode = {
  /** On demand: nobody takes them away. */
  OnDemand: "onDemand",
  /** A share of spot instances, which cost less and can be taken away with two minutes' notice. */
  Mixed: "mixed",
} as const;
export type PurchaseMode = (typeof PurchaseMode)[keyof typeof PurchaseMode];

/** Where AWS looks for spot instances. */
export const SpotAllocationStrategy = {
  /** Where most are left, so that fewest are taken away. */
  CapacityOptimized: "capacity-optimized",
  /** The same, types in the order given where there is a choice. */
  CapacityOptimizedPrioritized: "capacity-optimized-prioritized",
  /** Where many are left, the cheapest of those. */
  PriceCapacityOptimized: "price-capacity-optimized",
  /** The cheapest, whatever is left of them. */
  LowestPrice: "lowest-price",
} as const;
export type SpotAllocationStrategy = (typeof SpotAllocationStrategy)[keyof typeof SpotAllocationStrategy];

/** How instances are paid for. All but `mode` belongs to mode "mixed". */
export interface PurchaseArgs {
  /**
   * How instances are paid for: "onDemand" or "mixed". "mixed" needs two instance types or more.
   * @default "onDemand"
   */
  readonly mode?: PurchaseMode;
  /**
   * Instances that are always on demand.
   * @default 1
   */
  readonly onDemandBase?: number;
  /**
   * Share of on-demand instances above the base, in percent, 0 to 100.
   * @default 25
   */
  readonly onDemandPercentAboveBase?: number;
  /**
   * Where AWS looks for spot instances: "capacity-optimized", "capacity-optimized-prioritized",
   * "price-capacity-optimized" or "lowest-price".
   * @default "capacity-optimized"
   * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/allocation-strategies.html
   */
  readonly spotAllocationStrategy?: SpotAllocationStrategy;
}

/** How instances are paid for, complete. */
export type Purchase =
  | { readonly kind: "onDemand" }
  | {
      readonly kind: "mixed";
      readonly onDemandBase: number;
      readonly onDemandPercentAboveBase: number;
      readonly spotAllocationStrategy: SpotAllocationStrategy;
    };

/** Settles how instances are paid for, and notes what is wrong with it. */
export function settlePurchase(args: PurchaseArgs, typeCount: number, problems: Problems): Purchase {
  const { mode = PurchaseMode.OnDemand, ...block } = args;
  const known = checkOneOf(PurchaseMode, mode, "purchase.mode", problems);
  if (known && mode === PurchaseMode.OnDemand) {
    for (const [key, value] of Object.entries(block)) {
      problems.unless(value === undefined, `purchase.${key}`, `belongs to purchase.mode "mixed"`);
    }
    return { kind: "onDemand" };
  }
  const { onDemandBase = 1, onDemandPercentAboveBase = 25 } = block;
  const { spotAllocationStrategy = SpotAllocationStrategy.CapacityOptimized } = block;
  checkWhole(onDemandBase, [0, 5000], "purchase.onDemandBase", problems);
  checkWhole(onDemandPercentAboveBase, [0, 100], "purchase.onDemandPercentAboveBase", problems);
  checkOneOf(SpotAllocationStrategy, spotAllocationStrategy, "purchase.spotAllocationStrategy", problems);
  if (known) {
    problems.unless(
      typeCount >= 2,
      "instanceTypes",
      `needs 2 or more for purchase.mode "mixed", got ${typeCount}`,
    );
  }
  return { kind: "mixed", onDemandBase, onDemandPercentAboveBase, spotAllocationStrategy };
}

/** How a group divides its instances, for the provider. */
export function instancesDistribution(
  purchase: Purchase,
): autoscaling.GroupMixedInstancesPolicyInstancesDistribution {
  const onDemandAllocationStrategy = "prioritized";
  if (purchase.kind === "onDemand") {
    return { onDemandAllocationStrategy, onDemandBaseCapacity: 0, onDemandPercentageAboveBaseCapacity: 100 };
  }
  return {
    onDemandAllocationStrategy,
    onDemandBaseCapacity: purchase.onDemandBase,
    onDemandPercentageAboveBaseCapacity: purchase.onDemandPercentAboveBase,
    spotAllocationStrategy: purchase.spotAllocationStrategy,
  };
}
