/** What AWS's console gives a new listener: TLS 1.2 and 1.3, with forward secrecy and without CBC. */
export const modern = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09";

/** Its like for clients that all speak TLS 1.3. */
export const strict = "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09";

/** What a listener gets that names no policy and is not made in the console. */
export const inherited = "ELBSecurityPolicy-2016-08";

/**
 * What Security Hub takes for recommended in control ELB.17.
 *
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-17
 */
export const recommended: readonly string[] = [
  modern,
  "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-PQ-2025-09",
  strict,
  "ELBSecurityPolicy-TLS13-1-3-FIPS-PQ-2025-09",
  "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
  "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04",
  "ELBSecurityPolicy-TLS13-1-3-2021-06",
  "ELBSecurityPolicy-TLS13-1-3-FIPS-2023-04",
];
