import type { Problems } from "./problems";

/**
 * Days CloudWatch Logs can keep a log group's events. For ever is left out: it is a bill that only grows.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 */
export const logRetentionDays: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** Notes a fault at `path` unless CloudWatch Logs can keep events for exactly this many days. */
export function checkLogRetention(days: number, path: string, problems: Problems): boolean {
  const reason = `must be one of ${logRetentionDays.join(", ")}, got ${days}`;
  return problems.unless(logRetentionDays.includes(days), path, reason);
}
