import { autoNameSuffixLength, shortName } from "./names";

// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html
const longestBalancer = 32;

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
const longestBucket = 63;

/** The end of a bucket's name: an account's twelve digits and a region, of which none is longer, each behind a hyphen. */
const longestEnd = "-123456789012-ap-southeast-99".length;

/** Where a load balancer stands, as far as its names are concerned. */
export interface BalancerPlace {
  /** Logical name of the component. */
  readonly name: string;
  /** What the caller wants physical names to begin with. */
  readonly namePrefix: string | undefined;
  /** Who can reach it. Changing that replaces the load balancer. */
  readonly exposure: string;
  readonly project: string;
  readonly stack: string;
}

/**
 * The `name` of a load balancer, or nothing where the provider's own naming will do.
 *
 * A fixed name ends in a hash of what forces a replacement, so that nothing takes the new load balancer for the old one.
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
 * What the name of a load balancer's log bucket begins with, or nothing where the provider's own naming will do. Account
 * and region follow: the name of a bucket is taken for the whole world.
 *
 * A name that the provider makes up from a `bucketPrefix` would be unknown until the bucket exists, and so would the policy
 * that speaks of it: a first preview could neither show nor judge it.
 */
export function logBucketStart({
  name,
  namePrefix,
}: Pick<BalancerPlace, "name" | "namePrefix">): string | undefined {
  const logical = `${name}-logs`;
  const fits = logical.length + autoNameSuffixLength <= longestBucket;
  if (namePrefix === undefined && fits && logical === logical.toLowerCase()) return undefined;
  const whole = namePrefix === undefined ? logical : `${namePrefix}-${logical}`;
  return shortName(whole.toLowerCase(), longestBucket - longestEnd);
}
