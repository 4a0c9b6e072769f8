import * as assert from "node:assert/strict";
import { Run } from "../../../policies/lib/run";

describe("a run", () => {
  it("forgets inputs and what was left open when it ends", () => {
    const run = new Run();
    run.inputs.set("urn:web", { minSize: 2 });
    run.deferrals.note("sample", "urn:web", "web", "resource", [{ path: "minSize", waits: "not known yet" }]);
    assert.equal(run.end(), "1 left open: sample: web minSize (not known yet)");
    assert.deepEqual([run.inputs.size, run.end()], [0, undefined]);
  });
});
