/**
 * Load balancer capacity units that can be reserved: AWS takes 100 at least, and no more than its quota for one load
 * balancer, 15,000. The quota of a region is 0 until AWS raises it.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 */
export const reservedCapacityRange = [100, 15_000] as const;
