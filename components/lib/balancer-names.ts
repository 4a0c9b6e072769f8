import { autoNameSuffixLength, shortName } from "./names";

// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html
const longestBalancer = 32;

// The provider adds 26 characters to a `bucketPrefix`, and a bucket's name has 63 at most.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
const longestBucketPrefix = 63 - 26;
const longestBucket = 63;

/** Where a load balancer stands, as far as its names are concerned. */
export interface BalancerPlace {
  /** Logical name of the component. */
  readonly name: string;
  /** What the caller wants physical names to begin with. */
  readonly namePrefix: string | undefined;
  /** Whether the internet reaches it. Changing that replaces the load balancer. */
  readonly exposure: string;
  readonly project: string;
  readonly stack: string;
}

/**
 * The `name` of a load balancer, or nothing where the provider's own naming will do.
 *
 * A fixed name ends in a hash of what forces a replacement: AWS makes the new load balancer before it deletes the old
 * one, and refuses two of one name.
 */
export function balancerName({ name, namePrefix, exposure, project, stack }: BalancerPlace): {
  name?: string;
} {
  const logical = `${name}-lb`;
  if (namePrefix !== undefined)
    return { name: shortName(`${namePrefix}-${name}`, longestBalancer, exposure) };
  if (logical.length + autoNameSuffixLength <= longestBalancer) return {};
  return { name: shortName(logical, longestBalancer, project, stack, exposure) };
}

/**
 * The `bucketPrefix` of a load balancer's log bucket, or nothing where the provider's own naming will do.
 *
 * The name of a bucket is taken for the whole world, so it always ends in something random.
 */
export function logBucketPrefix({ name, namePrefix }: Pick<BalancerPlace, "name" | "namePrefix">): {
  bucketPrefix?: string;
} {
  const logical = `${name}-logs`;
  const fits = logical.length + autoNameSuffixLength <= longestBucket;
  if (namePrefix === undefined && fits && logical === logical.toLowerCase()) return {};
  const whole = namePrefix === undefined ? logical : `${namePrefix}-${logical}`;
  return { bucketPrefix: `${shortName(whole.toLowerCase(), longestBucketPrefix - 1)}-` };
}
