import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { inFolder } from "./support/folder";
import { bucket, packFiles, planAloneIn, planIn, projectFiles } from "./support/project";

describe("a policy pack", () => {
  // Nobody answers where it listened once it is gone.
  const listening = `const server = require("node:net").createServer().listen(0, "127.0.0.1", () => {
    require("node:fs").writeFileSync("port", String(server.address().port));
    AFTER
  });
  setInterval(() => {}, 1000);`;

  function answers(port: number): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = connect(port, "127.0.0.1");
      socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
      socket.once("connect", () => socket.destroy());
    });
  }

  // The signal is on its way when the plan is over; a pack that stays makes the test run out of time.
  async function untilGone(port: number): Promise<void> {
    // Not without a pause: connections by the hundred take ports that others are about to listen on.
    while (await answers(port)) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  it("is ended when it hangs", async () => {
    const files = projectFiles(bucket, {
      ...packFiles(),
      "policies/index.js": listening.replace("AFTER", ""),
    });
    await inFolder(files, async (folder) => {
      const { code } = await planIn(folder, [], { EVENKEEL_POLICY_TIMEOUT_SECONDS: "5" });
      assert.equal(code, 2);
      await untilGone(Number(readFileSync(folder.at("policies/port"), "utf8")));
    });
  });

  it("is ended when the user ends the plan", async () => {
    const pack = listening.replace("AFTER", 'process.kill(process.ppid, "SIGTERM");');
    await inFolder(projectFiles(bucket, { ...packFiles(), "policies/index.js": pack }), async (folder) => {
      assert.deepEqual(planAloneIn(folder), { code: 143, stdout: "", stderr: "" });
      await untilGone(Number(readFileSync(folder.at("policies/port"), "utf8")));
    });
  });
});
