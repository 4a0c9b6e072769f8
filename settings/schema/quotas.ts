import type { z } from "zod";
import { section, wholeNumber } from "../vocabulary";

/**
 * What AWS allows every account, and raises on request.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
 */
export const quotasSchema = section({
  rulesPerLoadBalancer: wholeNumber(1, 10_000)
    .default(100)
    .describe('"Rules per Application Load Balancer": routes of all services.'),
  targetsPerLoadBalancer: wholeNumber(1, 100_000)
    .default(1000)
    .describe(
      '"Targets per Application Load Balancer": instances of each service at its most, once for each of its endpoints.',
    ),
  rulesPerSecurityGroup: wholeNumber(1, 1000)
    .default(60)
    .describe(
      '"Inbound or outbound rules per security group": the load balancer\'s group lets out to each port of each service.',
    ),
});

/** The quotas of a stack's account, AWS's defaults in place. */
export type QuotasConfig = z.output<typeof quotasSchema>;
