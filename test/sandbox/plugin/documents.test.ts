import assert from "node:assert/strict";
import { sameDocument } from "../../../sandbox/plugin/documents";

const same = (property: string, one: unknown, other: unknown) =>
  sameDocument(property, JSON.stringify(one), JSON.stringify(other));

describe("documents", () => {
  it("say the same with their keys in another order, and with other white space", () => {
    assert.equal(same("dashboardBody", { a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 }), true);
    assert.equal(sameDocument("dashboardBody", '{"a":1}', ' { "a" : 1 }\n'), true);
  });

  it("do not say the same with lists in another order", () => {
    assert.equal(same("dashboardBody", { widgets: [1, 2] }, { widgets: [2, 1] }), false);
    assert.equal(same("dashboardBody", { a: ["x"] }, { a: "x" }), false);
  });

  it("that are policies do, and with a list of one", () => {
    const statement = { Effect: "Allow", Resource: "*" };
    for (const property of ["policy", "assumeRolePolicy"]) {
      const one = {
        Statement: [
          { ...statement, Action: ["a", "b"] },
          { ...statement, Action: ["c"] },
        ],
      };
      const other = {
        Statement: [
          { ...statement, Action: "c" },
          { ...statement, Action: ["b", "a"] },
        ],
      };
      assert.equal(same(property, one, other), true);
      assert.equal(same(property, { Statement: [statement] }, { Statement: statement }), true);
      assert.equal(same(property, one, { Statement: [one.Statement[0]] }), false);
      assert.equal(same(property, { a: [] }, { a: "" }), false);
    }
  });

  it("that are none say the same only as the same text", () => {
    assert.equal(sameDocument("policy", "no JSON", "nor that"), false);
    assert.equal(sameDocument("policy", "no JSON", "no JSON"), true);
    assert.equal(sameDocument("policy", "no JSON", "{}"), false);
    assert.equal(sameDocument("policy", 1, "1"), false);
  });

  it("keep keys such as __proto__ apart", () => {
    assert.equal(sameDocument("body", '{"__proto__":1}', "{}"), false);
    assert.equal(sameDocument("body", '{"__proto__":1,"a":2}', '{"a":2,"__proto__":1}'), true);
  });
});
