/** How a load balancer probes its targets. */
export interface ProbeTiming {
  /** From the start of one probe to the start of the next, in seconds. */
  readonly intervalSeconds: number;
  /** Silence that counts as a failed probe, in seconds. */
  readonly timeoutSeconds: number;
  /** Probes in a row that make a target healthy. */
  readonly healthyThreshold: number;
  /** Failed probes in a row that make a target unhealthy. */
  readonly unhealthyThreshold: number;
}

/**
 * The longest a failed target can stay in rotation, in seconds.
 *
 * It fails right after passing a probe, so that a whole interval goes by before each of the probes that must fail, and
 * the last one is waited for until it times out.
 */
export function worstCaseDetectionSeconds(timing: Omit<ProbeTiming, "healthyThreshold">): number {
  return timing.intervalSeconds * timing.unhealthyThreshold + timing.timeoutSeconds;
}
