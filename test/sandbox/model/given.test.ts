import assert from "node:assert/strict";
import { type Bag, UNKNOWN, type Value } from "../../../sandbox";
import { Given, merged, sourceOf } from "../../../sandbox/model/given";
import type { Source } from "../../../sandbox/model/planned";
import { outputValue } from "../../../sandbox/monitor/marks";
import { resourceReference, secret } from "../../../sandbox/monitor/wire";

const read = (source: Source) => [source.value(() => assert.fail("waits for a child")), source.urns];
const given = (inputs: Bag, listed: { [property: string]: string[] } = {}) => new Given(inputs, listed);

describe("what a component is given", () => {
  const cases: readonly (readonly [string, Value, Value, string[]])[] = [
    ["a plain value", { a: [1, null, "x"] }, { a: [1, null, "x"] }, []],
    ["an output", outputValue("x", ["u"], false), "x", ["u"]],
    ["an output that is secret", outputValue("x", ["u"], true), secret("x"), ["u"]],
    [
      "outputs in a list",
      [outputValue("x", ["u"], false), outputValue("y", ["v"], true)],
      ["x", secret("y")],
      ["u", "v"],
    ],
    ["an output that is not known", outputValue(UNKNOWN, ["u"], false), UNKNOWN, ["u"]],
    [
      "a secret that is not known, which is then no secret",
      outputValue(UNKNOWN, ["u"], true),
      UNKNOWN,
      ["u"],
    ],
    [
      "a secret that is no output, for all of its property",
      { a: secret("x"), b: 1 },
      secret({ a: "x", b: 1 }),
      [],
    ],
    ["a resource, as its id", resourceReference({ urn: "u", type: "t", name: "n", id: "i" }), "i", []],
  ];
  for (const [title, value, handedOn, urns] of cases) {
    it(`is handed on: ${title}`, () => {
      assert.deepEqual(read(given({ value }).source("value")), [handedOn, urns]);
    });
  }

  it("depends on what is listed for the property, unless an output in it says it more exactly", () => {
    const inputs = {
      plain: "x",
      exact: [outputValue("y", ["u"], false)],
      hidden: secret("z"),
      open: [UNKNOWN],
    };
    const all = given(inputs, { plain: ["a"], exact: ["a", "u"], hidden: ["a"], open: ["a"] });
    assert.deepEqual(read(all.source("plain")), ["x", ["a"]]);
    assert.deepEqual(read(all.source("exact")), [["y"], ["u"]]);
    assert.deepEqual(read(all.source("hidden")), [secret("z"), ["a"]]);
    assert.deepEqual(read(all.source("open")), [UNKNOWN, ["a"]]);
  });

  it("marks what is inside as the whole is marked", () => {
    const all = given({ nat: outputValue({ ids: ["x"] }, ["u"], true) });
    assert.deepEqual(read(all.source("nat", "ids", 0)), [secret("x"), ["u"]]);
    assert.deepEqual(read(all.source("nat", "other", 0)), [undefined, []]);
    assert.deepEqual(read(all.source("absent", "ids")), [undefined, []]);
  });

  it("knows nothing of a part of what is not known", () => {
    const all = given({ open: [UNKNOWN], raw: UNKNOWN }, { open: ["a"] });
    assert.deepEqual(read(all.source("open", 0)), [UNKNOWN, ["a"]]);
    assert.deepEqual(read(all.source("raw", "ids", 0)), [UNKNOWN, []]);
  });

  it("knows whether there is a secret in it", () => {
    const all = given({ a: [{ b: outputValue("x", [], true) }], c: [outputValue("x", [], false)] });
    assert.deepEqual(
      [all.holdsSecret("a"), all.holdsSecret("c"), all.holdsSecret("d")],
      [true, false, false],
    );
  });
});

describe("maps laid over each other", () => {
  it("let the last one win, and keep the marks inside", () => {
    const maps = [{ Name: "net", a: "1" }, undefined, { a: outputValue("2", ["u"], true) }, { Name: "own" }];
    assert.deepEqual(read(merged(...maps)), [{ Name: "own", a: secret("2") }, ["u"]]);
  });

  it("give way to one that is an output as a whole, or is not known", () => {
    const whole = outputValue({ a: "1" }, ["u"], false);
    assert.deepEqual(read(merged({ Name: "net" }, whole, { Name: "own" })), [{ a: "1" }, ["u"]]);
    assert.deepEqual(read(merged(whole, { b: "2" }, UNKNOWN)), [UNKNOWN, []]);
  });

  it("leave nothing of nothing", () => {
    assert.deepEqual(read(sourceOf(undefined)), [undefined, []]);
  });
});
