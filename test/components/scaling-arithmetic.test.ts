import assert from "node:assert/strict";
import fc from "fast-check";
import { largestStep } from "../../components/lib/scaling-arithmetic";

describe("the largest step of a group", () => {
  it("leaves 35 % when two instances at 70 % become four", () => {
    const steps = { minSize: 2, maxSize: 10, highPercent: 70, addInstances: 2, removeInstances: 1 };
    assert.deepEqual(largestStep(steps), { from: 2, to: 4, percent: 35 });
  });

  it("leaves 45 % when one instance at 90 % becomes two, so that removing at 50 % would flap", () => {
    const steps = { minSize: 1, maxSize: 3, highPercent: 90, addInstances: 1, removeInstances: 1 };
    assert.deepEqual(largestStep(steps), { from: 1, to: 2, percent: 45 });
  });

  it("ends at the largest size of the group", () => {
    const steps = { minSize: 2, maxSize: 3, highPercent: 60, addInstances: 5, removeInstances: 1 };
    assert.deepEqual(largestStep(steps), { from: 2, to: 3, percent: 40 });
  });

  it("changes nothing in a group that cannot grow", () => {
    const steps = { minSize: 2, maxSize: 2, highPercent: 70, addInstances: 2, removeInstances: 1 };
    assert.deepEqual(largestStep(steps), { from: 2, to: 2, percent: 70 });
  });

  it("is one down as much as one up", () => {
    const steps = { minSize: 2, maxSize: 10, highPercent: 70, addInstances: 1, removeInstances: 5 };
    assert.deepEqual(largestStep(steps), { from: 2, to: 7, percent: 20 });
  });

  it("bounds the use after a step from any size", () => {
    const size = fc.integer({ min: 1, max: 50 });
    const step = fc.integer({ min: 1, max: 20 });
    const percent = fc.integer({ min: 1, max: 100 });
    fc.assert(
      fc.property(size, size, size, step, percent, (minSize, growth, above, addInstances, highPercent) => {
        const maxSize = minSize + growth;
        const from = Math.min(minSize + above, maxSize);
        const to = Math.min(from + addInstances, maxSize);
        const least = largestStep({
          minSize,
          maxSize,
          highPercent,
          addInstances,
          removeInstances: 1,
        }).percent;
        assert.ok((highPercent * from) / to >= least - 1e-9);
      }),
    );
  });
});
