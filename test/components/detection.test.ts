import assert from "node:assert/strict";
import { worstCaseDetectionSeconds } from "../../components/lib/detection";
import { probeTimings } from "../../components/lib/health-profile";

describe("the longest a failed instance stays in rotation", () => {
  it("is 95 seconds with the standard profile", () => {
    assert.deepEqual(probeTimings.standard, {
      intervalSeconds: 30,
      timeoutSeconds: 5,
      healthyThreshold: 2,
      unhealthyThreshold: 3,
    });
    assert.equal(worstCaseDetectionSeconds(probeTimings.standard), 95);
  });

  it("is 19 seconds with the fast profile", () => {
    assert.deepEqual(probeTimings.fast, {
      intervalSeconds: 5,
      timeoutSeconds: 4,
      healthyThreshold: 2,
      unhealthyThreshold: 3,
    });
    assert.equal(worstCaseDetectionSeconds(probeTimings.fast), 19);
  });

  it("is an interval for each probe that must fail, and the patience of the last", () => {
    assert.equal(
      worstCaseDetectionSeconds({ intervalSeconds: 10, timeoutSeconds: 5, unhealthyThreshold: 2 }),
      25,
    );
  });
});
