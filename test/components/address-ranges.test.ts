import assert from "node:assert/strict";
import { parseRange, rangeCovers } from "../../components/lib/address-ranges";

describe("a range of addresses", () => {
  it("is read from CIDR notation, of either version", () => {
    assert.deepEqual(parseRange("10.1.0.0/16"), { version: 4, first: 0x0a010000n, prefix: 16 });
    assert.deepEqual(parseRange("0.0.0.0/0"), { version: 4, first: 0n, prefix: 0 });
    assert.deepEqual(parseRange("::1/128"), { version: 6, first: 1n, prefix: 128 });
    assert.deepEqual(parseRange("2001:db8:0:0:0:0:0:0/32"), parseRange("2001:db8::/32"));
  });

  for (const text of [
    "10.0.0.1/8",
    "10.0.0.0",
    "10.0.0.0/33",
    "10.0.0.0/08",
    "2001:db8::1/32",
    "::/129",
    "::/",
    "a/8",
    "::ffff:10.0.0.0/104",
  ]) {
    it(`is not ${text}`, () => {
      assert.equal(parseRange(text), undefined);
    });
  }

  for (const [wide, narrow, expected] of [
    ["10.0.0.0/8", "10.1.0.0/16", true],
    ["10.0.0.0/8", "11.0.0.0/16", false],
    ["10.1.0.0/16", "10.0.0.0/8", false],
    ["::/0", "2001:db8::/32", true],
    ["0.0.0.0/0", "::/0", false],
  ] as const) {
    it(`${wide} ${expected ? "covers" : "does not cover"} ${narrow}`, () => {
      const [outer, inner] = [parseRange(wide), parseRange(narrow)];
      assert.equal(outer && inner && rangeCovers(outer, inner), expected);
    });
  }
});
