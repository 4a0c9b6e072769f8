import * as assert from "node:assert/strict";
import { type Parameters, settle } from "../../../policies/lib/parameters";

const parameters = {
  minInstances: { type: "integer", description: "Fewest.", default: 2, minimum: 1, maximum: 10 },
  minimum: { type: "string", description: "Lowest.", default: "1.2", enum: ["1.2", "1.3"] },
  strict: { type: "boolean", description: "Whether.", default: false },
} as const satisfies Parameters;

describe("settle", () => {
  it("fills in the defaults", () => {
    assert.deepEqual(settle(parameters, {}), {
      values: { minInstances: 2, minimum: "1.2", strict: false },
      problems: [],
    });
  });

  it("takes what is given", () => {
    const given = { minInstances: 10, minimum: "1.3", strict: true };
    assert.deepEqual(settle(parameters, given), { values: given, problems: [] });
  });

  it("says of each wrong value what is allowed, and keeps to the default", () => {
    assert.deepEqual(settle(parameters, { minInstances: 1.5, minimum: 1.3, strict: "yes", least: 1 }), {
      values: { minInstances: 2, minimum: "1.2", strict: false },
      problems: [
        { path: "least", says: "is not a parameter; known: minInstances, minimum, strict" },
        { path: "minInstances", says: "must be a whole number from 1 to 10, got 1.5" },
        { path: "minimum", says: 'must be one of "1.2", "1.3", got 1.3' },
        { path: "strict", says: 'must be true or false, got "yes"' },
      ],
    });
  });

  it("takes nothing for a rule without parameters", () => {
    const [problem] = settle({}, { toString: 1 }).problems;
    assert.deepEqual(problem, { path: "toString", says: "is not a parameter; this policy takes none" });
  });
});
