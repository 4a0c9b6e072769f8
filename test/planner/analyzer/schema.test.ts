import assert from "node:assert/strict";
import { mismatches, type Schema } from "../../../planner/analyzer/schema";

describe("a schema of a policy's config", () => {
  const allowed: readonly [schema: Schema, value: unknown][] = [
    [true, { anything: 1 }],
    [{ type: "integer", minimum: 1, maximum: 3 }, 3],
    [{ type: ["string", "null"] }, null],
    [{ enum: ["a", { b: 1 }] }, { b: 1 }],
    [{ type: "array", items: { type: "string" }, uniqueItems: true, minItems: 1 }, ["a", "b"]],
    [{ type: "object", additionalProperties: false, properties: { a: { type: "boolean" } } }, { a: true }],
    [{ patternProperties: { "^p": { type: "number" } } }, { port: 1, other: "x" }],
    // A keyword for one type says nothing about another.
    [{ minimum: 5, maxLength: 1, maxItems: 0 }, { a: 1 }],
  ];
  for (const [schema, value] of allowed) {
    it(`takes ${JSON.stringify(value)} for ${JSON.stringify(schema)}`, () => {
      assert.deepEqual(mismatches(schema, value, "rule"), []);
    });
  }

  const refused: readonly [schema: Schema, value: unknown, ...said: [path: string, reason: string][]][] = [
    [false, 1, ["rule", "not allowed, got 1"]],
    [{ type: "integer" }, 1.5, ["rule", "has to be integer, got 1.5"]],
    [{ type: ["string", "null"] }, 1, ["rule", "has to be string or null, got 1"]],
    [{ enum: [1.2, 1.3] }, 1.1, ["rule", "has to be one of 1.2, 1.3, got 1.1"]],
    [{ enum: ["only"] }, 1, ["rule", 'has to be "only", got 1']],
    [{ const: null }, "x", ["rule", 'has to be null, got "x"']],
    [{ minimum: 2 }, 1, ["rule", "has to be 2 or more, got 1"]],
    [{ maximum: 2 }, 3, ["rule", "has to be 2 or less, got 3"]],
    [{ exclusiveMinimum: 2 }, 2, ["rule", "has to be more than 2, got 2"]],
    [{ exclusiveMaximum: 2 }, 2, ["rule", "has to be less than 2, got 2"]],
    [{ multipleOf: 5 }, 7, ["rule", "has to be a multiple of 5, got 7"]],
    [{ minLength: 2 }, "a", ["rule", 'has to be 2 characters or more, got "a"']],
    [{ maxLength: 2 }, "abc", ["rule", 'has to be 2 characters or less, got "abc"']],
    [{ pattern: "^a" }, "b", ["rule", 'has to be like ^a, got "b"']],
    [{ minItems: 1 }, [], ["rule", "has to be 1 items or more, got []"]],
    [{ maxItems: 1 }, [1, 2], ["rule", "has to be 1 items or less, got [1,2]"]],
    [
      { uniqueItems: true },
      [{ a: 1 }, { a: 1 }],
      ["rule", 'has to be without repetitions, got [{"a":1},{"a":1}]'],
    ],
    [{ minProperties: 1 }, {}, ["rule", "has to be 1 keys or more, got {}"]],
    [{ maxProperties: 1 }, { a: 1, b: 2 }, ["rule", 'has to be 1 keys or less, got {"a":1,"b":2}']],
    [{ contains: { const: 443 } }, [80], ["rule", "has to contain an item of the kind declared, got [80]"]],
    [
      { items: { type: "string" } },
      ["a", 1, 2],
      ["rule[1]", "has to be string, got 1"],
      ["rule[2]", "has to be string, got 2"],
    ],
    [{ items: [{ const: 1 }, { const: 2 }] }, [1, 3, 4], ["rule[1]", "has to be 2, got 3"]],
    [
      { required: ["a"], properties: { b: false } },
      { b: 1 },
      ["rule.a", "has to be set"],
      ["rule.b", "not allowed, got 1"],
    ],
    [
      { additionalProperties: { type: "string" }, properties: { a: true } },
      { a: 1, c: 2 },
      ["rule.c", "has to be string, got 2"],
    ],
    [
      { type: "string" },
      "x".repeat(99).split(""),
      ["rule", `has to be string, got ${JSON.stringify("x".repeat(99).split("")).slice(0, 59)}…`],
    ],
  ];
  for (const [schema, value, ...said] of refused) {
    it(`refuses ${JSON.stringify(value).slice(0, 40)} for ${JSON.stringify(schema)}`, () => {
      assert.deepEqual(
        mismatches(schema, value, "rule"),
        said.map(([path, reason]) => ({ path, reason })),
      );
    });
  }
});
