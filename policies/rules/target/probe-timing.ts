import type { Value } from "../../lib/value";

/** The most seconds that AWS lets a check take where the program does not say. */
export const LONGEST_TIMEOUT = 10;

/** Protocols of application and gateway load balancers, which let every check take 5 seconds. */
const quick = ["HTTP", "HTTPS", "GENEVE"];

/** Seconds a check may take where the program leaves it to AWS; the provider makes it a check over HTTP if it says nothing. */
export function defaultTimeout(targetGroup: Value): number {
  if (quick.includes(targetGroup.at("protocol").text()?.toUpperCase() ?? "HTTP")) return 5;
  const check = targetGroup.at("healthCheck", "protocol").text()?.toUpperCase() ?? "HTTP";
  return check === "HTTP" ? 6 : LONGEST_TIMEOUT;
}

/** Seconds from one check to the next. */
export function intervalOf(targetGroup: Value): number {
  return targetGroup.at("healthCheck", "interval").number() ?? 30;
}

/** Failures in a row; the provider asks for one more than AWS as soon as a health check is written. */
export function thresholdOf(targetGroup: Value): number {
  const check = targetGroup.at("healthCheck");
  return check.at("unhealthyThreshold").number() ?? (check.isSet() ? 3 : 2);
}

/** Seconds a check may take. */
export function timeoutOf(targetGroup: Value): number {
  return targetGroup.at("healthCheck", "timeout").number() ?? defaultTimeout(targetGroup);
}

/** Passed checks in a row that make a target healthy; the provider asks for fewer than AWS as soon as one is written. */
export function healthyThresholdOf(targetGroup: Value): number {
  const check = targetGroup.at("healthCheck");
  return check.at("healthyThreshold").number() ?? (check.isSet() ? 3 : 5);
}

/** Why a group has no checks to speak of. */
export function withoutChecks(targetGroup: Value): string | undefined {
  if (targetGroup.at("targetType").text()?.toLowerCase() === "lambda") return "lambda targets";
  const enabled = targetGroup.at("healthCheck", "enabled");
  return enabled.isKnown() && enabled.flag() === false ? "health checks are off" : undefined;
}
