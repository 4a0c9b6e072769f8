import { apart, type Judgement } from "../../lib/judgement";
import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import type { Value } from "../../lib/value";
import { TARGET_GROUP } from "../types";
import { defaultTimeout, intervalOf, LONGEST_TIMEOUT, thresholdOf, withoutChecks } from "./probe-timing";

function judgeTimeout(targetGroup: Value): Judgement {
  const interval = intervalOf(targetGroup);
  const given = targetGroup.at("healthCheck", "timeout").number();
  if (given === undefined && interval > LONGEST_TIMEOUT) return [];
  const timeout = given ?? defaultTimeout(targetGroup);
  if (timeout < interval) return [];
  const is = given === undefined ? `not set, which means ${timeout} s` : `${timeout} s`;
  return [{ path: "healthCheck.timeout", says: `${is}, must be less than the interval of ${interval} s` }];
}

function judgeDetection(targetGroup: Value, most: number): Judgement {
  const interval = intervalOf(targetGroup);
  const threshold = thresholdOf(targetGroup);
  if (interval * threshold <= most) return [];
  const says = `${interval} s, with ${threshold} failures in a row ${interval * threshold} s to notice a broken target, must be ${most} s or less`;
  return [{ path: "healthCheck.interval", says }];
}

function judgeRange(targetGroup: Value, name: string): Judgement {
  const value = targetGroup.at("healthCheck", name);
  const threshold = value.number();
  if (threshold === undefined || (threshold >= 2 && threshold <= 10)) return [];
  return [{ path: value.path, says: `${threshold}, must be from 2 to 10` }];
}

export const targetHealthCheckTiming = rule({
  name: "target-health-check-timing",
  title: "Health checks notice a broken target in time",
  description:
    "Until a target has failed often enough in a row, it keeps getting requests: interval times threshold is how long users see errors.",
  severity: "medium",
  level: "mandatory",
  types: TARGET_GROUP,
  parameters: {
    maxDetectionSeconds: {
      type: "integer",
      description:
        "Longest time from the first failed check to the last, interval times unhealthyThreshold, in seconds.",
      default: 120,
      minimum: 10,
      maximum: 3000,
    },
  },
  frameworks: {},
  remediation:
    "Set healthCheck.interval, timeout and unhealthyThreshold so that interval times threshold is {maxDetectionSeconds} s or less, for instance to 5, 4 and 2.",
  url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html",
  *judge(targetGroup, { config }) {
    const skip = withoutChecks(targetGroup);
    if (skip !== undefined) return { skip };
    yield* apart(
      () => judgeTimeout(targetGroup),
      () => judgeDetection(targetGroup, config.maxDetectionSeconds),
      () => judgeRange(targetGroup, "healthyThreshold"),
      () => judgeRange(targetGroup, "unhealthyThreshold"),
    );
    return undefined;
  },
  scenarios: [
    {
      name: "19 seconds in all",
      given: {
        protocol: "HTTP",
        healthCheck: { interval: 5, timeout: 4, healthyThreshold: 2, unhealthyThreshold: 3 },
      },
      is: "pass",
    },
    {
      name: "left to the provider: 30 seconds, three times",
      given: { protocol: "HTTP", healthCheck: {} },
      is: "pass",
    },
    {
      name: "left to AWS: 30 seconds, twice",
      given: { protocol: "HTTP" },
      config: { maxDetectionSeconds: 60 },
      is: "pass",
    },
    {
      name: "6 seconds behind an application load balancer, the timeout left to AWS: 5",
      given: { protocol: "HTTPS", healthCheck: { interval: 6, protocol: "HTTPS" } },
      is: "pass",
    },
    {
      name: "10 seconds behind a network load balancer, the timeout of a check over HTTP left to AWS: 6",
      given: { protocol: "TCP", healthCheck: { interval: 10, path: "/health" } },
      is: "pass",
    },
    {
      name: "a connection every 9 seconds, the timeout left to AWS: 10",
      given: { protocol: "TLS", healthCheck: { interval: 9, protocol: "TCP" } },
      is: "fail",
      findings: [
        {
          path: "healthCheck.timeout",
          says: "not set, which means 10 s, must be less than the interval of 9 s",
        },
      ],
    },
    {
      name: "a timeout longer than the interval",
      given: { protocol: "HTTP", healthCheck: { interval: 10, timeout: "12" } },
      is: "fail",
      findings: [{ path: "healthCheck.timeout", says: "12 s, must be less than the interval of 10 s" }],
    },
    {
      name: "an interval as short as the timeout that is left to AWS",
      given: { protocol: "HTTP", healthCheck: { interval: 5 } },
      is: "fail",
      findings: [
        {
          path: "healthCheck.timeout",
          says: "not set, which means 5 s, must be less than the interval of 5 s",
        },
      ],
    },
    {
      name: "five minutes until anything happens, as texts",
      given: { protocol: "HTTP", healthCheck: { interval: "60", unhealthyThreshold: "5" } },
      is: "fail",
      findings: [
        {
          path: "healthCheck.interval",
          says: "60 s, with 5 failures in a row 300 s to notice a broken target, must be 120 s or less",
        },
      ],
    },
    {
      name: "a threshold AWS does not know",
      given: {
        protocol: "TCP",
        healthCheck: { healthyThreshold: 1, unhealthyThreshold: 11, interval: 10, timeout: 5 },
      },
      is: "fail",
      findings: [
        { path: "healthCheck.healthyThreshold", says: "1, must be from 2 to 10" },
        { path: "healthCheck.unhealthyThreshold", says: "11, must be from 2 to 10" },
      ],
    },
    {
      name: "20 seconds where 15 are wanted",
      given: { protocol: "HTTP", healthCheck: { interval: 10, timeout: 4, unhealthyThreshold: 2 } },
      config: { maxDetectionSeconds: 15 },
      is: "fail",
      findings: [
        {
          path: "healthCheck.interval",
          says: "10 s, with 2 failures in a row 20 s to notice a broken target, must be 15 s or less",
        },
      ],
    },
    { name: "a function", given: { targetType: "lambda" }, is: "skip", why: "lambda targets" },
    {
      name: "no checks at all",
      given: { protocol: "HTTP", healthCheck: { enabled: false } },
      is: "skip",
      why: "health checks are off",
    },
    {
      name: "an interval not known yet",
      given: { protocol: "HTTP", healthCheck: { interval: UNKNOWN, healthyThreshold: 12 } },
      is: "fail",
      findings: [{ path: "healthCheck.healthyThreshold", says: "12, must be from 2 to 10" }],
      deferrals: [{ path: "healthCheck.interval", waits: "not known yet" }],
    },
  ],
});
