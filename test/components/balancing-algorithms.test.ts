import assert from "node:assert/strict";
import { insteadOfAlgorithm } from "../../components/lib/balancing-algorithms";

describe("an algorithm that an application load balancer has not", () => {
  for (const [names, word] of [
    [["ip_hash", "ipHash", "IP-Hash", "source_ip", "source_ip_hash"], "balancerCookie"],
    [["least_response_time", "leastResponseTime", "least_latency"], "weighted_random"],
    [["weighted_round_robin", "weightedRoundRobin", "weighted"], "target groups with weights"],
    [["least_connections", "leastConnections"], "least_outstanding_requests"],
    [["ml_optimized", "mlOptimised", "adaptive", "predictive"], "predictive scaling"],
  ] as const) {
    for (const name of names) {
      it(`is answered with what to use instead: ${name}`, () => {
        assert.ok(insteadOfAlgorithm(name)?.includes(word), `${insteadOfAlgorithm(name)}`);
      });
    }
  }

  it("is told from one that it has, and from any other word", () => {
    for (const name of [
      "round_robin",
      "least_outstanding_requests",
      "weighted_random",
      "roundRobin",
      "",
      "hash",
    ]) {
      assert.equal(insteadOfAlgorithm(name), undefined);
    }
  });
});
