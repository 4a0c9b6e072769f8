import * as assert from "node:assert/strict";
import { Deferrals } from "../../../policies/lib/deferrals";

const waiting = [{ path: "minSize", waits: "not known yet" }];

describe("Deferrals", () => {
  it("says nothing when nothing is open", () => {
    const deferrals = new Deferrals();
    deferrals.note("scaling-min-instances", "urn:web", "web", "resource", []);
    assert.equal(deferrals.take(), undefined);
  });

  it("lists what is open by rule, resource and path, in one order", () => {
    const deferrals = new Deferrals();
    deferrals.note("scaling-min-instances", "urn:web", "web", "resource", waiting);
    deferrals.note("scaling-min-instances", "urn:api", "api", "resource", waiting);
    assert.equal(
      deferrals.take(),
      "2 left open: scaling-min-instances: api minSize (not known yet); scaling-min-instances: web minSize (not known yet)",
    );
  });

  it("keeps only the last judgement of a rule on a resource", () => {
    const deferrals = new Deferrals();
    deferrals.note("scaling-min-instances", "urn:web", "web", "resource", waiting);
    deferrals.note("scaling-min-instances", "urn:web", "web", "resource", []);
    assert.equal(deferrals.take(), undefined);
  });

  it("starts afresh once it has been told", () => {
    const deferrals = new Deferrals();
    deferrals.note("scaling-min-instances", "urn:web", "web", "resource", waiting);
    deferrals.take();
    assert.equal(deferrals.take(), undefined);
  });

  it("stays one bounded line however much is open, and counts the rest", () => {
    const deferrals = new Deferrals();
    for (let index = 0; index < 5000; index += 1) {
      deferrals.note("scaling-min-instances", `urn:${index}`, `web-${index}`, "resource", waiting);
    }
    const line = deferrals.take() ?? "";
    const told = line.split("; ").length - 1;
    assert.ok(line.length < 1100, `${line.length} characters`);
    assert.match(line, /^5000 left open: [^\n]+; and \d+ more$/);
    assert.ok(line.endsWith(`; and ${5000 - told} more`));
  });
});
