import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

const path = "workload/user-data.sh";
const script = readFileSync(path, "utf8");

/** What stands between a line that opens a document for `cat` and the line that ends it. */
function document(end: string): string {
  const lines = script.split("\n");
  const start = lines.findIndex((line) => line.endsWith(`<<'${end}'`));
  return lines.slice(start + 1, lines.indexOf(end)).join("\n");
}

describe("the start script", () => {
  it("is bash, stops at the first error and fits four times into the room AWS gives", () => {
    assert.equal(spawnSync("bash", ["-n", path]).status, 0);
    assert(script.includes("\nset -euo pipefail\n"));
    assert(Buffer.byteLength(script) <= 4096, `${Buffer.byteLength(script)} bytes`);
  });

  it("asks for metadata with a token", () => {
    const asked = script.split("\n").filter((line) => line.includes("169.254.169.254/latest/meta-data"));
    assert.equal(asked.length, 1);
    assert(asked[0]?.includes("X-aws-ec2-metadata-token: $token"));
  });

  it("has the agent add up memory by group, without which scaling by memory never acts", () => {
    const { metrics } = JSON.parse(document("JSON"));
    assert.deepEqual(metrics.aggregation_dimensions, [["AutoScalingGroupName"]]);
    // The agent, not the shell or this test, puts the names in.
    assert.equal(
      metrics.append_dimensions.AutoScalingGroupName,
      ["$", "{aws:AutoScalingGroupName}"].join(""),
    );
    assert.deepEqual(metrics.metrics_collected.mem.measurement, ["mem_used_percent"]);
  });

  it("runs the service under a user of its own", () => {
    const unit = document("UNIT").split("\n");
    assert(unit.includes("DynamicUser=yes"));
    assert(unit.includes("ExecStart=/usr/bin/python3 /opt/app/server.py"));
  });
});
