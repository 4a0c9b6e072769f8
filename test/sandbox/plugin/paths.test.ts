import assert from "node:assert/strict";
import { isUnder, propertyOf, stepsOf, takenOver } from "../../../sandbox/plugin/paths";
import { type Bag, join, memberOf } from "../../../sandbox/values";

/** A map with a key that is no ordinary one when written in code. */
const withKey = (key: string, value: Bag[string]): Bag => Object.fromEntries([[key, value]]);

describe("a property path", () => {
  for (const [path, steps] of Object.entries({
    "": [],
    tags: ["tags"],
    "tags.Name": ["tags", "Name"],
    "routes[0].cidr": ["routes", 0, "cidr"],
    'tags["a.b"]': ["tags", "a.b"],
    'tags["a]b[c"].d': ["tags", "a]b[c", "d"],
    'tags["say \\"hi\\" \\\\ bye"]': ["tags", 'say "hi" \\ bye'],
    'tags[""]': ["tags", ""],
    '["a.b"].c': ["a.b", "c"],
    "a[1][2]": ["a", 1, 2],
    "a.*.b": ["a", "*", "b"],
    "a[*].b": ["a", "*", "b"],
    "tags.a-b_c": ["tags", "a-b_c"],
    "tags.__proto__": ["tags", "__proto__"],
  })) {
    it(`is taken apart: ${path || "the empty one"}`, () => {
      assert.deepEqual(stepsOf(path), steps);
    });
  }

  it("is what was joined, whatever the keys are", () => {
    const keys = ["plain", "a.b", 'quo"te', "back\\slash", "[0]", "sp ace", "7", "__proto__", "é"];
    for (const key of keys) assert.deepEqual(stepsOf(join("tags", key)), ["tags", key === "7" ? "7" : key]);
    assert.deepEqual(stepsOf(join(join("list", 3), "x")), ["list", 3, "x"]);
  });

  it("that is broken is taken apart as far as it goes", () => {
    assert.deepEqual(stepsOf('tags["open'), ["tags", "open"]);
    assert.deepEqual(stepsOf("a..b[.c"), ["a", "b", "c"]);
  });

  it("starts at a property", () => {
    assert.deepEqual(["tags.a", "list[0]", '["a.b"].c', ""].map(propertyOf), ["tags", "list", "a.b", ""]);
  });

  it("lies under itself and what it starts with, and under no other", () => {
    const under = (place: string, other: string) => isUnder(stepsOf(place), stepsOf(other));
    const yes = [
      ["tags.a", "tags.a"],
      ["tags.a", "tags"],
      ["tags.a", ""],
      ["list[3].x", "list[*]"],
      ["list[3].x", "list.*.x"],
      ["tags.a", "*"],
      ['tags["7"]', "tags.7"],
      ["list[7]", "list.7"],
    ] as const;
    const no = [
      ["tags", "tags.a"],
      ["tagsAll.a", "tags"],
      ["list[3].x", "list[*].y"],
      ["list[3]", "list[4]"],
    ] as const;
    assert.deepEqual(
      yes.filter(([place, other]) => !under(place, other)),
      [],
    );
    assert.deepEqual(
      no.filter(([place, other]) => under(place, other)),
      [],
    );
  });
});

describe("a member", () => {
  it("is one of the object's or list's own", () => {
    assert.equal(memberOf({ a: 1 }, "a"), 1);
    assert.equal(memberOf({ "0": "x" }, 0), "x");
    assert.equal(memberOf(["x"], 0), "x");
    assert.equal(memberOf(withKey("__proto__", "x"), "__proto__"), "x");
    assert.equal(memberOf(withKey("constructor", "x"), "constructor"), "x");
  });

  it("is not what every object or list has, nor anything of what is neither", () => {
    for (const key of ["__proto__", "constructor", "toString", "length"]) {
      assert.equal(memberOf({}, key), undefined);
      assert.equal(memberOf([], key), undefined);
      assert.equal(memberOf("text", key), undefined);
    }
    assert.equal(memberOf(null, "a"), undefined);
    assert.equal(memberOf(undefined, 0), undefined);
    assert.equal(memberOf(["x"], 1), undefined);
  });
});

describe("taking over what stands at a place", () => {
  const taken = (into: Bag, from: Bag, path: string) => takenOver(into, from, stepsOf(path));

  it("changes that place and nothing else, and leaves both as they were", () => {
    const into = { a: 1, b: { c: 2, d: 3 } };
    const from = { a: 7, b: { c: 8, d: 9 }, e: 10 };
    const before = structuredClone([into, from]);
    assert.deepEqual(taken(into, from, "b.c"), { a: 1, b: { c: 8, d: 3 } });
    assert.deepEqual(taken(into, from, "e"), { a: 1, b: { c: 2, d: 3 }, e: 10 });
    assert.deepEqual([into, from], before);
  });

  it("takes away what is not there, and leaves what is in neither", () => {
    assert.deepEqual(taken({ a: 1, b: { c: 2 } }, {}, "a"), { b: { c: 2 } });
    assert.deepEqual(taken({ a: 1, b: { c: 2 } }, {}, "b.c"), { a: 1, b: {} });
    assert.deepEqual(taken({ a: 1 }, { a: 2 }, "x.y.z"), { a: 1 });
  });

  it("makes the objects around it where there are none", () => {
    assert.deepEqual(taken({}, { tags: { a: "1", b: "2" } }, "tags.a"), { tags: { a: "1" } });
    assert.deepEqual(taken({}, { tags: { b: "2" } }, "tags.a"), {});
    assert.deepEqual(taken({ tags: "text" }, { tags: { a: "1" } }, "tags.a"), { tags: "text" });
  });

  it("takes every member for a wildcard", () => {
    assert.deepEqual(taken({ tags: { a: "1", b: "2" } }, { tags: { b: "3", c: "4" } }, "tags.*"), {
      tags: { b: "3", c: "4" },
    });
    assert.deepEqual(taken({}, { tags: { b: "3" } }, "tags.*"), { tags: { b: "3" } });
    assert.deepEqual(
      taken({ list: [{ a: 1, b: 1 }, { a: 2 }] }, { list: [{ a: 8 }, { a: 9 }, { a: 10 }] }, "list[*].a"),
      { list: [{ a: 8, b: 1 }, { a: 9 }] },
    );
    assert.deepEqual(taken({ a: 1, b: 2 }, { b: 3 }, "*"), { b: 3 });
  });

  it("takes an element of a list only if both have it", () => {
    assert.deepEqual(taken({ list: [1, 2] }, { list: [8] }, "list[0]"), { list: [8, 2] });
    assert.deepEqual(taken({ list: [1, 2] }, { list: [8] }, "list[1]"), { list: [1, 2] });
    assert.deepEqual(taken({ list: [1] }, { list: [8, 9] }, "list[1]"), { list: [1] });
    assert.deepEqual(taken({ list: [1] }, {}, "list[0]"), { list: [1] });
    assert.deepEqual(taken({ list: [1] }, { list: [2] }, "list.name"), { list: [1] });
    assert.deepEqual(taken({ list: [1] }, { list: [2, 3] }, "list"), { list: [2, 3] });
  });

  it("takes keys such as __proto__ for keys", () => {
    for (const key of ["__proto__", "constructor"]) {
      const result = taken({ tags: {} }, { tags: withKey(key, "x") }, join("tags", key));
      assert.deepEqual(Object.entries(result.tags as Bag), [[key, "x"]]);
      assert.deepEqual(taken({ tags: { a: "1" } }, { tags: {} }, join("tags", key)), { tags: { a: "1" } });
    }
    assert.equal(({} as Bag).x, undefined);
  });
});
