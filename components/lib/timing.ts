import { type ProbeTiming, worstCaseDetectionSeconds } from "./detection";

/** How a service calls others while a request waits for its answer. */
export interface RetryBudget {
  /** Longest one try takes, in seconds. */
  readonly tryTimeoutSeconds: number;
  /** Tries after the first. */
  readonly maxRetries: number;
  /** Wait before the first of them, in seconds; each wait is twice the one before. */
  readonly baseDelaySeconds: number;
  /** When it gives up altogether, in seconds; `undefined` if only after the last try. */
  readonly deadlineSeconds: number | undefined;
}

/** Seconds of all tries and the waits between them, if nothing ends them early. */
export function allTriesSeconds({ tryTimeoutSeconds, maxRetries, baseDelaySeconds }: RetryBudget): number {
  return tryTimeoutSeconds * (maxRetries + 1) + baseDelaySeconds * (2 ** maxRetries - 1);
}

/** The longest a request waits for a service that retries, in seconds. */
export function retryBudgetSeconds(budget: RetryBudget): number {
  return Math.min(allTriesSeconds(budget), budget.deadlineSeconds ?? Number.POSITIVE_INFINITY);
}

/**
 * How long an instance about to be terminated is kept, in seconds: half a minute more than its requests in flight are
 * given, and a minute and a half at least.
 */
export function terminationHeartbeatSeconds(drainSeconds: number): number {
  return Math.max(90, drainSeconds + 30);
}

/** Seconds until the probes can have found an instance well again that was ready at once. */
export function recoverySeconds({
  intervalSeconds,
  healthyThreshold,
}: Pick<ProbeTiming, "intervalSeconds" | "healthyThreshold">): number {
  return intervalSeconds * healthyThreshold;
}

// Each of these says what is wanted and what was found, both in seconds, or nothing if they go together.

/**
 * A server has to keep idle connections longer than the load balancer does, or it closes one just as a request is on its
 * way, which the client sees as a 502.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html
 */
export function keepAliveClash(keepAliveSeconds: number, idleTimeoutSeconds: number): string | undefined {
  if (keepAliveSeconds > idleTimeoutSeconds) return undefined;
  return `must be more than the load balancer's idle timeout, ${idleTimeoutSeconds}, or clients see 502, got ${keepAliveSeconds}`;
}

/** A WebSocket that is silent for the idle timeout is closed, so something has to be said before. */
export function heartbeatClash(heartbeatSeconds: number, idleTimeoutSeconds: number): string | undefined {
  if (heartbeatSeconds < idleTimeoutSeconds) return undefined;
  return `must be less than the load balancer's idle timeout, ${idleTimeoutSeconds}, or quiet connections are closed, got ${heartbeatSeconds}`;
}

/** A request without an answer for the idle timeout gets a 504, whatever the service is still trying. */
export function retryClash(budget: RetryBudget, idleTimeoutSeconds: number): string | undefined {
  const seconds = retryBudgetSeconds(budget);
  if (seconds < idleTimeoutSeconds) return undefined;
  return `must end before the load balancer's idle timeout, ${idleTimeoutSeconds}, or clients see 504, got ${seconds}: ${origin(budget)}`;
}

function origin(budget: RetryBudget): string {
  const { tryTimeoutSeconds, maxRetries, baseDelaySeconds, deadlineSeconds } = budget;
  if (deadlineSeconds !== undefined && deadlineSeconds <= allTriesSeconds(budget)) return "deadlineSeconds";
  const waits = baseDelaySeconds * (2 ** maxRetries - 1);
  return `${maxRetries + 1} tries of ${tryTimeoutSeconds} and ${waits} between them`;
}

/** A failed instance has to be out of rotation within the time a failover may take. */
export function detectionClash(
  timing: Omit<ProbeTiming, "healthyThreshold">,
  failoverTargetSeconds: number,
): string | undefined {
  const seconds = worstCaseDetectionSeconds(timing);
  if (seconds <= failoverTargetSeconds) return undefined;
  const { intervalSeconds, unhealthyThreshold, timeoutSeconds } = timing;
  return `must find a failure within failoverTargetSeconds, ${failoverTargetSeconds}, got ${seconds}: ${intervalSeconds} x ${unhealthyThreshold} + ${timeoutSeconds}`;
}
