import * as assert from "node:assert/strict";
import { answer, every, some } from "../../../policies/lib/answers";
import { UNKNOWN } from "../../../policies/lib/unknown";
import { Value } from "../../../policies/lib/value";

const yes = Value.of(true);
const no = Value.of(false);
const open = Value.of(UNKNOWN);
const flag = (value: Value) => value.flag();

describe("answers", () => {
  it("are nothing where a value is not known yet", () => {
    assert.deepEqual([answer(() => yes.flag()), answer(() => open.flag())], [true, undefined]);
  });

  it("pass on what is no unknown value", () => {
    assert.throws(
      () =>
        answer(() => {
          throw new TypeError("a mistake");
        }),
      { name: "TypeError", message: "a mistake" },
    );
  });

  const table: readonly [string, readonly Value[], boolean | undefined, boolean | undefined][] = [
    ["none at all", [], false, true],
    ["yes and no", [no, yes], true, false],
    ["yes, and one not known", [open, yes], true, undefined],
    ["no, and one not known", [open, no], undefined, false],
    ["yes twice", [yes, yes], true, true],
    ["no twice", [no, no], false, false],
    ["none known", [open], undefined, undefined],
  ];
  for (const [name, values, one, all] of table) {
    it(`take together ${name}`, () => {
      assert.deepEqual([some(values, flag), every(values, flag)], [one, all]);
    });
  }
});
