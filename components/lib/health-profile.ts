import type { ProbeTiming } from "./detection";

/** How often, and how patiently, targets are probed. */
export const HealthProfile = {
  /** Every 30 seconds, 5 to answer, out after 3 failures: a failed instance is found within 95 seconds. */
  Standard: "standard",
  /** Every 5 seconds, 4 to answer, out after 3 failures: a failed instance is found within 19 seconds. */
  Fast: "fast",
} as const;
export type HealthProfile = (typeof HealthProfile)[keyof typeof HealthProfile];

/** The figures behind each profile. */
export const probeTimings: { readonly [Profile in HealthProfile]: ProbeTiming } = {
  standard: { intervalSeconds: 30, timeoutSeconds: 5, healthyThreshold: 2, unhealthyThreshold: 3 },
  fast: { intervalSeconds: 5, timeoutSeconds: 4, healthyThreshold: 2, unhealthyThreshold: 3 },
};
