import assert from "node:assert/strict";
import { Mistake } from "../../../sandbox/account/account-error";
import {
  isWithin,
  pathOf,
  type Step,
  stepsOf,
  valueAt,
  withMappedAt,
  withoutValueAt,
  withValueAt,
} from "../../../sandbox/account/property-path";
import type { Bag, Value } from "../../../sandbox/values";

const steps = (path: string): Step[] => stepsOf(path) ?? assert.fail(`${path} is no path`);
const set = (bag: Bag, path: string, value: Value) => withValueAt(bag, steps(path), value);
const unset = (bag: Bag, path: string) => withoutValueAt(bag, steps(path));

describe("a property path", () => {
  for (const [path, expected] of [
    ["port", ["port"]],
    ["tags.Name", ["tags", "Name"]],
    ["routes[0].cidrBlock", ["routes", 0, "cidrBlock"]],
    ['tags["a.b=c"]', ["tags", "a.b=c"]],
    ['tags["say \\"hi\\""].x', ["tags", 'say "hi"', "x"]],
    ["a[1][2]", ["a", 1, 2]],
  ] as const) {
    it(`is read as steps, and written back the same: ${path}`, () => {
      assert.deepEqual(stepsOf(path), expected);
      assert.equal(pathOf(expected), path);
    });
  }

  for (const path of [
    "",
    ".a",
    "a.",
    "a..b",
    "[0]",
    '["a"]',
    "a[x]",
    "a[-1]",
    "a[01]",
    'a["b',
    "a b",
    "1a",
    'a["\\x"]',
  ]) {
    it(`is not ${JSON.stringify(path)}`, () => assert.equal(stepsOf(path), undefined));
  }

  it("leads to what stands there, and to nothing where there is nothing of its own", () => {
    const bag: Bag = { a: [{ b: 1 }], c: "text" };
    assert.deepEqual(
      ["a[0].b", "a[1].b", "a.b", "c[0]", "c.length", "toString", "a[0].constructor"].map((path) =>
        valueAt(bag, steps(path)),
      ),
      [1, ...Array(6).fill(undefined)],
    );
  });

  it("takes another value, and leaves the former properties as they were", () => {
    const bag: Bag = { a: [{ b: 1 }, { b: 2 }], c: 3 };
    assert.deepEqual(set(bag, "a[1].b", 9), { a: [{ b: 1 }, { b: 9 }], c: 3 });
    assert.deepEqual(bag, { a: [{ b: 1 }, { b: 2 }], c: 3 });
  });

  it("makes objects and lists that are missing on the way", () => {
    assert.deepEqual(set({}, "a[0].b.c", 1), { a: [{ b: { c: 1 } }] });
    assert.deepEqual(set({ a: [1] }, "a[1]", 2), { a: [1, 2] });
  });

  it("keeps a property called like what every object has", () => {
    assert.deepEqual(Object.keys(set({}, "tags.__proto__", "x").tags as Bag), ["__proto__"]);
  });

  for (const [title, bag, path, message] of [
    ["into a text", { a: "x" }, "a.b", 'a is no object, it has no "b"'],
    ["into an object by number", { a: { b: {} } }, "a.b[0]", "a.b is no list, it has no [0]"],
    ["past the next free place", { a: [1] }, "a[2]", "a has 1 members: [2] is beyond the next free place"],
  ] as const) {
    it(`does not lead ${title}`, () =>
      assert.throws(() => set(bag as unknown as Bag, path, 1), new Mistake(message)));
  }

  it("loses its value, of a list with those behind it moving up", () => {
    assert.deepEqual(unset({ a: [1, 2, 3], b: 1 }, "a[1]"), { a: [1, 3], b: 1 });
    assert.deepEqual(unset({ a: { b: 1, c: 2 } }, "a.b"), { a: { c: 2 } });
    assert.throws(() => unset({ a: {} }, "a.b"), new Mistake("a.b is not set"));
  });

  it("is mapped where it is set, and makes nothing where it is not", () => {
    const twice = (value: Value) => Number(value) * 2;
    assert.deepEqual(withMappedAt({ a: { b: 2 } }, steps("a.b"), twice), { a: { b: 4 } });
    assert.deepEqual(withMappedAt({}, steps("a.b"), twice), {});
  });

  it("is within itself and what it starts with, step by step", () => {
    const within = ["a", "a.b", "a[0]", "ab", "b"].map((path) => isWithin(path, "a"));
    assert.deepEqual(within, [true, true, true, false, false]);
  });
});
