import assert from "node:assert/strict";
import { type Facts, factsOf } from "../../../sandbox/plugin/facts";
import { inputsAsImported, inputsAsRead } from "../../../sandbox/plugin/read-inputs";
import type { Bag } from "../../../sandbox/values";

const bare = factsOf("none:of/those:These");
const read = (former: Bag, outputs: Bag, facts: Partial<Facts> = {}) =>
  inputsAsRead(former, outputs, { ...bare, ...facts });

describe("inputs after a refresh", () => {
  it("are as they were written where that still means what is there", () => {
    const former = { number: "5", truth: "true", doc: '{ "a": 1 }', set: ["b", "a"], same: [1] };
    const outputs = { number: 5, truth: true, doc: '{"a":1}', set: ["a", "b"], same: [1] };
    assert.deepEqual(read(former, outputs, { json: ["doc"], sets: ["set"] }), former);
  });

  it("have what is there now, and nothing nobody asked for", () => {
    assert.deepEqual(read({ a: 1, b: { c: 2 } }, { a: 9, b: { c: 8, d: 7 }, e: 6 }), { a: 9, b: { c: 8 } });
  });

  it("lose what is gone, at every level", () => {
    const former = { a: 1, b: { c: 2, d: 3 }, e: 4 };
    assert.deepEqual(read(former, { b: { d: 3 }, e: null }), { b: { d: 3 } });
  });

  it("lose what has become another form", () => {
    assert.deepEqual(read({ a: { b: 1 }, c: [1] }, { a: "text", c: { d: 1 } }), { a: "text", c: { d: 1 } });
  });

  it("take elements of lists by position, never more than there were", () => {
    assert.deepEqual(read({ a: [1, 2] }, { a: [9, 2, 3] }), { a: [9, 2] });
    assert.deepEqual(read({ a: [1, 2, 3] }, { a: [9] }), { a: [9] });
    assert.deepEqual(read({ a: [{ b: 1 }] }, { a: [{ b: 2, id: "i" }, { b: 3 }] }), { a: [{ b: 2 }] });
    assert.deepEqual(read({ a: [] }, { a: [1] }), { a: [] });
  });

  it("keep of a set of objects those that are still there", () => {
    const former = { a: [{ p: 1 }, { p: 2 }, { p: 3 }] };
    const outputs = { a: [{ p: 3, id: "i" }, { p: 4 }, { p: 1 }] };
    assert.deepEqual(read(former, outputs, { sets: ["a"] }), { a: [{ p: 1 }, { p: 3 }] });
  });

  it("take a set of texts as AWS has it", () => {
    assert.deepEqual(read({ a: ["x", "y"] }, { a: ["z", "x", "w"] }, { sets: ["a"] }), { a: ["z", "x"] });
  });

  it("note as defaults what has not been changed, and take no note where none is left", () => {
    const former = { a: 1, b: 2, c: 3, __defaults: ["a", "b", "c"] };
    assert.deepEqual(read(former, { a: 1, b: 9 }), { a: 1, b: 9, __defaults: ["a"] });
    assert.deepEqual(read({ a: 1, __defaults: ["a"] }, { a: 2 }), { a: 2 });
    assert.deepEqual(read({ a: 1, __defaults: [] }, { a: 1 }), { a: 1 });
    assert.deepEqual(read({ a: { b: 1, __defaults: ["b"] }, c: 1 }, { a: { b: 2 }, c: 1 }), {
      a: { b: 2 },
      c: 1,
    });
  });

  it("are not made of what every object has", () => {
    const former = Object.fromEntries([
      ["constructor", "x"],
      ["__proto__", "y"],
    ]);
    assert.deepEqual(read({ tags: former }, { tags: {} }), { tags: {} });
    assert.deepEqual(
      Object.entries(read({ tags: former }, { tags: former }).tags as Bag),
      Object.entries(former),
    );
  });

  it("leave the former ones as they were", () => {
    const former = { a: { b: [1, 2] }, __defaults: ["a"] };
    const before = structuredClone(former);
    read(former, { a: { b: [3] } });
    assert.deepEqual(former, before);
  });
});

describe("inputs for an import", () => {
  const imported = (given: Bag, outputs: Bag, filledIn: Bag = {}) =>
    inputsAsImported(given, outputs, filledIn, (property) => property === "needed");

  it("are what is there now of the properties that have been asked for", () => {
    assert.deepEqual(imported({ a: 1, b: "x" }, { a: 2, b: "x", arn: "y" }), {
      a: 2,
      b: "x",
      __defaults: [],
    });
  });

  it("leave out what is empty or would be filled in, unless it is needed", () => {
    const given = { a: "", b: [], c: {}, d: false, e: "default", f: { g: 1 }, needed: "" };
    const filledIn = { e: "default", f: { g: 1 }, needed: "" };
    assert.deepEqual(imported(given, given, filledIn), { needed: "", __defaults: [] });
  });

  it("keep what differs from what would be filled in", () => {
    assert.deepEqual(imported({ a: "other" }, {}, { a: "default" }), { a: "other", __defaults: [] });
  });
});
