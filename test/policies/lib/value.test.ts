import * as assert from "node:assert/strict";
import { UNKNOWN, Undecided } from "../../../policies/lib/unknown";
import { shown, Value } from "../../../policies/lib/value";
import { handovers } from "../support/handovers";

const props = Value.of({
  text: "HTTP",
  empty: "",
  nothing: null,
  number: 7,
  list: [{ port: "443" }, UNKNOWN],
  no: false,
});

describe("a value", () => {
  for (const [given, flag] of [
    [true, true],
    ["true", true],
    ["1", true],
    ["False", false],
    [0, false],
    ["maybe", undefined],
    [{}, undefined],
  ] as const) {
    it(`reads ${JSON.stringify(given)} as the boolean ${flag}`, () => {
      assert.equal(Value.of({ given }).at("given").flag(), flag);
    });
  }

  for (const [given, number] of [
    [7, 7],
    ["7", 7],
    [" -1 ", -1],
    ["", undefined],
    [" ", undefined],
    ["7 s", undefined],
    [true, undefined],
    [[7], undefined],
    [Number.NaN, undefined],
  ] as const) {
    it(`reads ${JSON.stringify(given)} as the number ${number}`, () => {
      assert.equal(Value.of({ given }).at("given").number(), number);
    });
  }

  it("reads a number or a boolean as text, and nothing as no text", () => {
    const texts = ["text", "empty", "nothing", "number", "no", "list", "absent"].map((key) =>
      props.at(key).text(),
    );
    assert.deepEqual(texts, ["HTTP", undefined, undefined, "7", "false", undefined, undefined]);
  });

  it("says where it stands", () => {
    const [first] = props.at("list").items();
    assert.equal(first?.at("redirect", "port").path, "list[0].redirect.port");
  });

  it("sees only what an object holds itself", () => {
    assert.deepEqual([props.at("constructor").isSet(), props.at("list", "length").isSet()], [false, true]);
  });

  for (const [name, handOver] of Object.entries(handovers)) {
    it(`counts elements that are not known yet, and throws where one is read (${name})`, () => {
      const [first, second] = Value.of(handOver({ list: [{ port: "443" }, UNKNOWN] }))
        .at("list")
        .items();
      assert.equal(first?.at("port").number(), 443);
      assert.deepEqual(
        [second?.isSet(), second?.isKnown(), second?.at("port").isKnown()],
        [true, false, false],
      );
      assert.throws(() => second?.at("port").text(), new Undecided("list[1]", "not known yet"));
    });
  }

  it("does not judge a secret that could not be read", () => {
    assert.throws(
      () => Value.of({ minSize: "[secret]" }).at("minSize").number(),
      new Undecided("minSize", "secret"),
    );
  });

  it("lets an error that is none of its own through", () => {
    const hostile = Object.defineProperty({}, "minSize", {
      enumerable: true,
      get: () => {
        throw new RangeError("no");
      },
    });
    assert.throws(() => Value.of(hostile).at("minSize").isSet(), RangeError);
  });
});

describe("a text in a message", () => {
  it("is quoted, on one line, and short", () => {
    assert.deepEqual(
      [shown("HTTP"), shown(undefined), shown("a\nb\u202e"), shown("x".repeat(100))],
      ['"HTTP"', "not set", '"a?b?"', `"${"x".repeat(57)}..."`],
    );
  });
});
