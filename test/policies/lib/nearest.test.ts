import * as assert from "node:assert/strict";
import { nearest } from "../../../policies/lib/nearest";

const names = ["scaling-multi-zone", "balancer-multi-zone", "scaling-min-instances"];

describe("nearest", () => {
  it("finds the name that was meant", () => {
    assert.equal(nearest("scaling-multizone", names), "scaling-multi-zone");
    assert.equal(nearest("balancer-multi-zones", names), "balancer-multi-zone");
  });

  it("finds none where nothing is like it", () => {
    assert.deepEqual([nearest("bucket-encrypted", names), nearest("x", [])], [undefined, undefined]);
  });
});
