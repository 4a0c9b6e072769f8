import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { worstCaseDetectionSeconds } from "../../components/lib/detection";
import { probeTimings } from "../../components/lib/health-profile";
import { type Config, settingsOf, stack } from "./configured";

const page = readFileSync("docs/balancing.md", "utf8");
const [whole = "", probe = ""] = [...page.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(
  ([, text]) => text ?? "",
);

describe("the page of balancing", () => {
  it("shows a configuration that a production stack can have", () => {
    const shown = parse(whole) as Config;
    const settings = settingsOf(stack({ "evenkeel:environment": "production", ...shown }), "production");
    const { main, api, ws, rpc } = settings.services.web?.endpoints ?? {};
    assert.deepEqual(
      [main?.algorithm, api?.slowStartSeconds, ws?.drainSeconds, rpc?.health.path],
      ["weighted_random", 60, 300, "/AWS.ALB/healthcheck"],
    );
    assert.equal(settings.failoverTargetSeconds, 30);
  });

  it("shows a probe that its gRPC endpoint can have", () => {
    const shown = parse(whole) as { "evenkeel:services": { web: { endpoints: { rpc: object } } } };
    Object.assign(shown["evenkeel:services"].web.endpoints.rpc, parse(probe));
    const { rpc } =
      settingsOf(stack({ ...shown, "evenkeel:failoverTargetSeconds": "95" })).services.web?.endpoints ?? {};
    assert.deepEqual([rpc?.health.path, rpc?.health.matcher], ["/grpc.health.v1.Health/Check", "0"]);
  });

  it("says what each profile takes at worst", () => {
    for (const [profile, timing] of Object.entries(probeTimings)) {
      const { intervalSeconds, unhealthyThreshold, timeoutSeconds } = timing;
      const cells = [
        `${intervalSeconds} s`,
        unhealthyThreshold,
        `${timeoutSeconds} s`,
        `${worstCaseDetectionSeconds(timing)} s`,
      ];
      const row = page.split("\n").find((line) => line.startsWith(`| \`${profile}\` `)) ?? "";
      assert.deepEqual(
        row
          .split("|")
          .slice(2, -1)
          .map((cell) => cell.trim()),
        cells.map(String),
      );
    }
  });
});
