import * as assert from "node:assert/strict";
import { ifKnown } from "../../../policies/lib/if-known";
import { UNKNOWN } from "../../../policies/lib/unknown";
import { Value } from "../../../policies/lib/value";

describe("what may not be known yet", () => {
  const props = Value.of({ port: 22, protocol: UNKNOWN, self: false });

  it("is what it is, once it is known", () => {
    assert.equal(
      ifKnown(() => props.at("port").number()),
      22,
    );
    assert.equal(
      ifKnown(() => props.at("self").flag()),
      false,
    );
  });

  it("is nothing until then", () => {
    assert.equal(
      ifKnown(() => props.at("protocol").text()),
      undefined,
    );
  });

  it("hides no mistake", () => {
    const mistake = new TypeError("no such method");
    const ask = () =>
      ifKnown(() => {
        throw mistake;
      });
    assert.throws(ask, mistake);
  });
});
