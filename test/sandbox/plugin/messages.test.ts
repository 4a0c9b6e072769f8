import assert from "node:assert/strict";
import { closed, opened } from "../../../sandbox/plugin/messages";
import { type Bag, UNKNOWN } from "../../../sandbox/values";
import { secret, struct } from "./client";

const values: Bag = {
  text: "x",
  empty: "",
  number: -1.5,
  zero: 0,
  yes: true,
  no: false,
  nothing: null,
  list: [1, "a", null, [], {}],
  object: { a: { b: [{ c: "d" }] } },
};

describe("opening a message", () => {
  it("gives every value as it is", () => {
    assert.deepEqual(opened(struct(values)), { values, secretPaths: [] });
  });

  it("gives nothing for none", () => {
    assert.deepEqual(opened(undefined), { values: {}, secretPaths: [] });
  });

  it("puts keys in order, at every level", () => {
    const { values: read } = opened(struct({ b: { d: 1, c: 2 }, a: 3 }));
    assert.deepEqual(
      [Object.keys(read), Object.keys(read.b as Bag)],
      [
        ["a", "b"],
        ["c", "d"],
      ],
    );
  });

  it("takes secrets out of their wrappers, and says where they were", () => {
    const message = struct({
      a: secret("x"),
      b: { "c.d": secret([1]), e: ["f", secret(null)] },
      g: secret({ h: secret("y") }),
      i: secret(UNKNOWN),
    });
    assert.deepEqual(opened(message), {
      values: { a: "x", b: { "c.d": [1], e: ["f", null] }, g: { h: "y" }, i: UNKNOWN },
      secretPaths: ["a", 'b["c.d"]', "b.e[1]", "g", "g.h", "i"],
    });
  });

  it("takes an empty wrapper for null, and leaves others alone", () => {
    const { value: _, ...empty } = secret("x");
    const asset = { "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17", text: "x" };
    assert.deepEqual(opened(struct({ a: empty, asset })), { values: { a: null, asset }, secretPaths: ["a"] });
  });

  it("makes one of all that stands for something unknown", () => {
    const number = "3eeb2bf0-c639-47a8-9e75-3b44932eb421";
    const read = opened(struct({ a: number, b: [number], c: { d: `${number} in a text` } }));
    assert.deepEqual(read.values, { a: UNKNOWN, b: [UNKNOWN], c: { d: `${number} in a text` } });
  });
});

describe("closing a message", () => {
  it("gives back what was opened, whatever the values", () => {
    assert.deepEqual(closed(values).toJavaScript(), values);
    assert.deepEqual(opened(closed(values)).values, values);
  });

  it("puts secrets back where they were", () => {
    const given = {
      a: secret("x"),
      b: { "c.d": secret([1]), e: ["f", secret(null)] },
      g: secret({ h: "y" }),
    };
    const { values: plain, secretPaths } = opened(struct(given));
    assert.deepEqual(closed(plain, secretPaths).toJavaScript(), given);
  });

  it("makes the text a secret that has taken the place of what was around one", () => {
    const message = closed({ policy: '{"a":"x"}', other: 1 }, ["policy.a[0].b"]);
    assert.deepEqual(message.toJavaScript(), { policy: secret('{"a":"x"}'), other: 1 });
  });

  it("does not mind secrets that are nowhere", () => {
    const message = closed({ a: { b: 1 }, c: [1] }, ["x", "a.x", "c[3]", "constructor", "a.constructor"]);
    assert.deepEqual(message.toJavaScript(), { a: { b: 1 }, c: [1] });
  });

  it("takes keys such as hasOwnProperty for keys", () => {
    for (const key of ["constructor", "hasOwnProperty", "a.b", ""]) {
      const bag: Bag = { tags: Object.fromEntries([[key, "x"]]) };
      const back = opened(closed(bag)).values.tags as Bag;
      assert.deepEqual(Object.entries(back), [[key, "x"]]);
      const marked = opened(closed(bag, opened(closed(bag, [`tags[${JSON.stringify(key)}]`])).secretPaths));
      assert.deepEqual(Object.entries(marked.values.tags as Bag), [[key, "x"]]);
      assert.equal(marked.secretPaths.length, 1);
    }
  });

  it("leaves out what is undefined", () => {
    assert.deepEqual(closed({ a: undefined, b: 1 } as unknown as Bag).toJavaScript(), { b: 1 });
  });
});
