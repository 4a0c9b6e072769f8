import * as assert from "node:assert/strict";
import { Run } from "../../../policies/lib/run";
import type { RawResource } from "../../../policies/lib/stack";

const web: RawResource = { urn: "urn:web", type: "thing", name: "web", props: {}, propertyDependencies: {} };
const waiting = [{ path: "minSize", waits: "not known yet" }];

describe("a run", () => {
  it("indexes its stack once, for all policies in their order", () => {
    const run = new Run();
    const stack = run.stack(0, [web]);
    assert.equal(run.stack(3, [web]), stack);
    assert.equal(run.stack(7, [web]), stack);
  });

  it("gives the stack the inputs that were judged before it", () => {
    const run = new Run();
    run.resource("urn:web", { minSize: 2 });
    const [found] = run.stack(0, [web]).ofType(["thing"]);
    assert.equal(found?.inputs.at("minSize").number(), 2);
  });

  it("is over when a resource comes after the stack", () => {
    const run = new Run();
    run.resource("urn:old", {});
    const stack = run.stack(0, [web]);
    run.deferrals.note("sample", "urn:web", "web", "stack", waiting);
    run.resource("urn:web", {});
    assert.deepEqual([[...run.inputs.keys()], run.deferrals.take()], [["urn:web"], undefined]);
    assert.notEqual(run.stack(0, [web]), stack);
  });

  it("is over when a policy is asked about a stack again", () => {
    const run = new Run();
    const stack = run.stack(2, [web]);
    assert.notEqual(run.stack(2, [web]), stack);
  });

  it("tells those who keep something for a run when another begins", () => {
    const run = new Run();
    let begun = 0;
    run.onNew(() => {
      begun += 1;
    });
    run.resource("urn:web", {});
    run.stack(0, [web]);
    assert.equal(begun, 0);
    run.resource("urn:web", {});
    assert.equal(begun, 1);
  });
});
