import assert from "node:assert/strict";
import { checkBetween, checkWhole } from "../../components/lib/bounds";
import { Problems } from "../../components/lib/problems";

describe("a bounded number", () => {
  for (const value of [1, 2, 65_535]) {
    it(`may be ${value} from 1 to 65535`, () => {
      const problems = new Problems();
      assert.equal(checkWhole(value, [1, 65_535], "port", problems), true);
      assert.deepEqual(problems.found, []);
    });
  }

  for (const value of [0, 65_536, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
    it(`may not be ${value} from 1 to 65535`, () => {
      const problems = new Problems();
      assert.equal(checkWhole(value, [1, 65_535], "port", problems), false);
      assert.deepEqual(problems.found, [
        { path: "port", reason: `must be a whole number from 1 to 65535, got ${value}` },
      ]);
    });
  }

  it("may be a fraction where fractions make sense", () => {
    const problems = new Problems();
    assert.equal(checkBetween(99.9, [0, 100], "percent", problems), true);
    assert.equal(checkBetween(100.1, [0, 100], "percent", problems), false);
    assert.equal(checkBetween(Number.NaN, [0, 100], "percent", problems), false);
    assert.deepEqual(problems.found, [
      { path: "percent", reason: "must be a number from 0 to 100, got 100.1" },
      { path: "percent", reason: "must be a number from 0 to 100, got NaN" },
    ]);
  });
});
