import assert from "node:assert/strict";
import * as fc from "fast-check";
import { blockWithin, formatBlock, parseBlock, sizeOf, startOf } from "../../components/lib/ipv4-block";

const anyBlock = fc.record({
  first: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  prefix: fc.integer({ min: 0, max: 32 }),
});

describe("an IPv4 block", () => {
  it("is read from CIDR notation with the bits behind its prefix", () => {
    assert.deepEqual(parseBlock("10.1.2.3/16"), { first: 10 * 2 ** 24 + 2 ** 16 + 2 * 256 + 3, prefix: 16 });
  });

  for (const text of [
    "10.0.0.0/",
    "10.0.0.0/08",
    "10.0.0.0/33",
    "1.2.3/8",
    "1.2.3.4.5/8",
    "1.2.3.256/8",
    " 1.2.3.4/8",
  ]) {
    it(`is not read from "${text}"`, () => assert.equal(parseBlock(text), undefined));
  }

  it("is written as it is read", () => {
    fc.assert(
      fc.property(anyBlock, (block) => assert.deepEqual(parseBlock(formatBlock(block)), { ...block })),
    );
  });

  it("begins at a multiple of its size, at or before any address in it", () => {
    fc.assert(
      fc.property(anyBlock, (block) => {
        const { first, prefix } = startOf(block);
        assert.equal(prefix, block.prefix);
        assert.equal(first % sizeOf(prefix), 0);
        assert.ok(first <= block.first && block.first < first + sizeOf(prefix));
      }),
    );
  });

  it("can be placed at an offset into another", () => {
    const outer = parseBlock("10.0.0.0/16") ?? { first: 0, prefix: 0 };
    assert.equal(formatBlock(blockWithin(outer, sizeOf(17), 20)), "10.0.128.0/20");
  });
});
