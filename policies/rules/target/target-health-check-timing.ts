import { apart, type Judgement } from "../../lib/judgement";
import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import type { Value } from "../../lib/value";
import { TARGET_GROUP } from "../types";

/** Seconds a check may take, where the program leaves it to the provider. */
const timeouts: { readonly [protocol: string]: number } = { HTTP: 6, GENEVE: 5 };

interface Timing {
  readonly interval: number;
  readonly timeout: number;
  readonly unhealthyThreshold: number;
}

function timingOf(targetGroup: Value, name: keyof Timing): number {
  const given = targetGroup.at("healthCheck", name).number();
  if (given !== undefined) return given;
  if (name === "interval") return 30;
  return name === "timeout"
    ? (timeouts[targetGroup.at("protocol").text()?.toUpperCase() ?? "HTTP"] ?? 10)
    : 3;
}

function judgeTimeout(targetGroup: Value): Judgement {
  const interval = timingOf(targetGroup, "interval");
  const timeout = timingOf(targetGroup, "timeout");
  if (timeout < interval) return [];
  return [
    { path: "healthCheck.timeout", says: `${timeout} s, must be less than the interval of ${interval} s` },
  ];
}

function judgeDetection(targetGroup: Value, most: number): Judgement {
  const interval = timingOf(targetGroup, "interval");
  const threshold = timingOf(targetGroup, "unhealthyThreshold");
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
    const type = targetGroup.at("targetType").text()?.toLowerCase();
    if (type === "lambda") return { skip: "lambda targets" };
    const enabled = targetGroup.at("healthCheck", "enabled");
    if (enabled.isKnown() && enabled.flag() === false) return { skip: "health checks are off" };
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
    { name: "left to AWS: 30 seconds, three times", given: { protocol: "HTTP" }, is: "pass" },
    {
      name: "a timeout as long as the interval",
      given: { protocol: "HTTP", healthCheck: { interval: 5 } },
      is: "fail",
      findings: [{ path: "healthCheck.timeout", says: "6 s, must be less than the interval of 5 s" }],
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
