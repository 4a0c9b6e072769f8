import assert from "node:assert/strict";
import {
  allTriesSeconds,
  detectionClash,
  heartbeatClash,
  keepAliveClash,
  type RetryBudget,
  recoverySeconds,
  retryBudgetSeconds,
  retryClash,
  terminationHeartbeatSeconds,
} from "../../components/lib/timing";

const budget = (more: Partial<RetryBudget> = {}): RetryBudget => ({
  tryTimeoutSeconds: 30,
  maxRetries: 3,
  baseDelaySeconds: 1,
  deadlineSeconds: undefined,
  ...more,
});

describe("a retry budget", () => {
  // Worked by hand: 4 tries of 30 s are 120 s, the waits between them 1 + 2 + 4 = 7 s.
  for (const [what, given, all, waited] of [
    ["four tries of 30 s take 127 s", budget(), 127, 127],
    ["a deadline of 55 s ends them", budget({ deadlineSeconds: 55 }), 127, 55],
    ["a deadline of 300 s ends nothing", budget({ deadlineSeconds: 300 }), 127, 127],
    ["one try has no waits", budget({ maxRetries: 0 }), 30, 30],
    [
      "two tries of 3 s with half a second between them take 6.5 s",
      budget({ tryTimeoutSeconds: 3, maxRetries: 1, baseDelaySeconds: 0.5 }),
      6.5,
      6.5,
    ],
    ["five tries of 10 s take 65 s", budget({ tryTimeoutSeconds: 10, maxRetries: 4 }), 65, 65],
  ] as const) {
    it(`knows that ${what}`, () => {
      assert.deepEqual([allTriesSeconds(given), retryBudgetSeconds(given)], [all, waited]);
    });
  }
});

describe("the times of an endpoint", () => {
  it("keep an instance half a minute longer than it drains, and a minute and a half at least", () => {
    assert.deepEqual([0, 60, 61, 300, 3600].map(terminationHeartbeatSeconds), [90, 90, 91, 330, 3630]);
  });

  it("let an instance be found well after two passed probes", () => {
    assert.equal(recoverySeconds({ intervalSeconds: 30, healthyThreshold: 2 }), 60);
    assert.equal(recoverySeconds({ intervalSeconds: 5, healthyThreshold: 3 }), 15);
  });

  for (const [what, clash, reason] of [
    ["a server that keeps connections longer than the load balancer", keepAliveClash(61, 60), undefined],
    [
      "a server that closes when the load balancer does",
      keepAliveClash(60, 60),
      "must be more than the load balancer's idle timeout, 60, or clients see 502, got 60",
    ],
    [
      "a server that closes first",
      keepAliveClash(5, 60),
      "must be more than the load balancer's idle timeout, 60, or clients see 502, got 5",
    ],
    ["a heartbeat within the idle timeout", heartbeatClash(59, 60), undefined],
    [
      "a heartbeat that comes too late",
      heartbeatClash(60, 60),
      "must be less than the load balancer's idle timeout, 60, or quiet connections are closed, got 60",
    ],
    ["retries with a deadline", retryClash(budget({ deadlineSeconds: 55 }), 60), undefined],
    [
      "retries without one",
      retryClash(budget(), 60),
      "must end before the load balancer's idle timeout, 60, or clients see 504, got 127: 4 tries of 30 and 7 between them",
    ],
    [
      "a deadline at the idle timeout",
      retryClash(budget({ deadlineSeconds: 60 }), 60),
      "must end before the load balancer's idle timeout, 60, or clients see 504, got 60: deadlineSeconds",
    ],
    [
      "a deadline after the last try",
      retryClash(budget({ deadlineSeconds: 200 }), 60),
      "must end before the load balancer's idle timeout, 60, or clients see 504, got 127: 4 tries of 30 and 7 between them",
    ],
    [
      "probes that are quick enough",
      detectionClash({ intervalSeconds: 5, timeoutSeconds: 4, unhealthyThreshold: 3 }, 19),
      undefined,
    ],
    [
      "probes that are not",
      detectionClash({ intervalSeconds: 30, timeoutSeconds: 5, unhealthyThreshold: 3 }, 30),
      "must find a failure within failoverTargetSeconds, 30, got 95: 30 x 3 + 5",
    ],
    [
      "probes that are a second late",
      detectionClash({ intervalSeconds: 10, timeoutSeconds: 5, unhealthyThreshold: 2 }, 24),
      "must find a failure within failoverTargetSeconds, 24, got 25: 10 x 2 + 5",
    ],
  ] as const) {
    it(`say of ${what}: ${reason ?? "nothing"}`, () => {
      assert.equal(clash, reason);
    });
  }
});
