import type * as pulumi from "@pulumi/pulumi";
import { checkWhole } from "../lib/bounds";
import { checkOneOf } from "../lib/closed-set";
import type { Problems } from "../lib/problems";

/** Whether a group may run on one instance. */
export const SingleInstance = {
  /** The group needs two instances or more, so that it survives the loss of one. */
  Refused: "refused",
  /** One instance is enough, as in development. */
  Accepted: "accepted",
} as const;
export type SingleInstance = (typeof SingleInstance)[keyof typeof SingleInstance];

/** How many instances a group runs, and where. */
export interface CapacityArgs {
  /** Subnets to launch in: one a zone, at least two (one, if a single instance is accepted). */
  readonly subnetIds: pulumi.Input<string>[];
  /**
   * Fewest instances, 2 or more (1 or more, if a single instance is accepted).
   * @default 2
   */
  readonly minSize?: number;
  /** Most instances. */
  readonly maxSize: number;
  /**
   * Instances to begin with. Read when the group is created; afterwards capacity belongs to the scaling policies.
   * @default `minSize`
   */
  readonly desiredCapacity?: number;
  /**
   * Whether the group may run on one instance: "refused" or "accepted".
   * @default "refused"
   */
  readonly singleInstance?: SingleInstance;
}

/** Sizes that fit together. */
export interface Capacity {
  readonly minSize: number;
  readonly maxSize: number;
  readonly desiredCapacity: number;
}

// AWS sets no limit on a group's size; instance quotas apply long before this.
const mostInstances = 5000;

/** Settles the sizes of a group, and notes what is wrong with them. */
export function settleCapacity(args: CapacityArgs, problems: Problems): Capacity {
  const { minSize = 2, maxSize, singleInstance = SingleInstance.Refused } = args;
  const { desiredCapacity = minSize } = args;
  checkOneOf(SingleInstance, singleInstance, "singleInstance", problems);
  const fewest = singleInstance === SingleInstance.Accepted ? 1 : 2;
  problems.unless(
    args.subnetIds.length >= fewest,
    "subnetIds",
    `needs ${fewest} or more, got ${args.subnetIds.length}`,
  );
  const sound = [
    checkFewest(minSize, fewest, problems),
    checkWhole(maxSize, [1, mostInstances], "maxSize", problems),
  ].every(Boolean);
  const ordered =
    sound &&
    problems.unless(minSize <= maxSize, "maxSize", `must be at least minSize, ${minSize}, got ${maxSize}`);
  if (ordered && args.desiredCapacity !== undefined) {
    checkWhole(desiredCapacity, [minSize, maxSize], "desiredCapacity", problems);
  }
  return { minSize, maxSize, desiredCapacity };
}

function checkFewest(minSize: number, fewest: number, problems: Problems): boolean {
  if (minSize === 1 && fewest === 2) {
    problems.add("minSize", `must be 2 or more unless singleInstance is "accepted", got 1`);
    return false;
  }
  return checkWhole(minSize, [fewest, mostInstances], "minSize", problems);
}
