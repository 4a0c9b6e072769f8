/** What happens when a policy is violated. */
export type Level = "advisory" | "mandatory" | "remediate" | "disabled";

/** How bad a violation is. */
export type Severity = "low" | "medium" | "high" | "critical";

/** Every level, as a config file may say it. */
export const levels: readonly Level[] = ["advisory", "mandatory", "remediate", "disabled"];

/** Whether a value is a level. */
export function isLevel(value: unknown): value is Level {
  return levels.some((level) => level === value);
}
