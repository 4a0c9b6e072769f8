import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { TARGET_GROUP } from "../types";
import { intervalOf, thresholdOf, timeoutOf, withoutChecks } from "./probe-timing";

const path = "healthCheck";
const fast = { interval: 5, timeout: 4, healthyThreshold: 2, unhealthyThreshold: 3 };

export const targetFailoverTime = rule({
  name: "target-failover-time",
  title: "A failed target is out of rotation within the time a failover may take",
  description:
    "It may fail right after it passed a check: then every check that must fail is a whole interval away, and the last one runs into its timeout. Until then users see errors.",
  severity: "medium",
  level: "production",
  types: TARGET_GROUP,
  parameters: {
    maxSeconds: {
      type: "integer",
      description:
        "Longest a failed target may stay in rotation, interval times unhealthyThreshold plus timeout, in seconds.",
      default: 95,
      minimum: 10,
      maximum: 3600,
    },
  },
  frameworks: {},
  remediation:
    "Set healthCheck.interval, unhealthyThreshold and timeout so that interval times threshold plus timeout is {maxSeconds} s or less, for instance to 5, 3 and 4.",
  url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html",
  judge(targetGroup, { config: { maxSeconds } }) {
    const skip = withoutChecks(targetGroup);
    if (skip !== undefined) return { skip };
    const [interval, threshold] = [intervalOf(targetGroup), thresholdOf(targetGroup)];
    const timeout = timeoutOf(targetGroup);
    const seconds = interval * threshold + timeout;
    if (seconds <= maxSeconds) return [];
    const says = `${interval} s x ${threshold} + ${timeout} s make ${seconds} s, must be ${maxSeconds} s or less`;
    return [{ path, says }];
  },
  scenarios: [
    {
      name: "19 seconds",
      given: { protocol: "HTTP", healthCheck: fast },
      config: { maxSeconds: 19 },
      is: "pass",
    },
    {
      name: "left to the provider: 30 seconds, three times, and 5",
      given: { protocol: "HTTP", healthCheck: {} },
      is: "pass",
    },
    {
      name: "left to AWS: 30 seconds, twice, and 5",
      given: { protocol: "HTTP" },
      config: { maxSeconds: 65 },
      is: "pass",
    },
    {
      name: "19 seconds where 18 are wanted",
      given: { protocol: "HTTP", healthCheck: fast },
      config: { maxSeconds: 18 },
      is: "fail",
      findings: [{ path, says: "5 s x 3 + 4 s make 19 s, must be 18 s or less" }],
    },
    {
      name: "left to the provider, where a failover may take 30 seconds",
      given: { protocol: "HTTP", healthCheck: { path: "/health" } },
      config: { maxSeconds: 30 },
      is: "fail",
      findings: [{ path, says: "30 s x 3 + 5 s make 95 s, must be 30 s or less" }],
    },
    {
      name: "a patient check, as texts",
      given: { protocol: "HTTPS", healthCheck: { interval: "30", unhealthyThreshold: "3", timeout: "10" } },
      is: "fail",
      findings: [{ path, says: "30 s x 3 + 10 s make 100 s, must be 95 s or less" }],
    },
    {
      name: "a connection, its timeout left to AWS: 10",
      given: { protocol: "TCP", healthCheck: { protocol: "TCP", interval: 30, unhealthyThreshold: 3 } },
      is: "fail",
      findings: [{ path, says: "30 s x 3 + 10 s make 100 s, must be 95 s or less" }],
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
      given: { protocol: "HTTP", healthCheck: { ...fast, interval: UNKNOWN } },
      is: "deferred",
      deferrals: [{ path: "healthCheck.interval", waits: "not known yet" }],
    },
  ],
});
