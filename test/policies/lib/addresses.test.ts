import * as assert from "node:assert/strict";
import { isIPv6 } from "node:net";
import * as fc from "fast-check";
import { areWorld, isWorld, rangeOf } from "../../../policies/lib/addresses";

describe("a block of addresses", () => {
  const hex = (block: string) => {
    const range = rangeOf(block);
    return range && `${range.family} ${range.first.toString(16)}-${range.last.toString(16)}`;
  };
  const cases: readonly (readonly [string, string | undefined])[] = [
    ["0.0.0.0/0", "4 0-ffffffff"],
    ["1.2.3.4/0", "4 0-ffffffff"],
    ["10.1.2.3/8", "4 a000000-affffff"],
    ["10.0.0.1", "4 a000001-a000001"],
    [" 10.0.0.1/32 ", "4 a000001-a000001"],
    ["128.0.0.0/1", "4 80000000-ffffffff"],
    ["2001:db8::/32", "6 20010db8000000000000000000000000-20010db8ffffffffffffffffffffffff"],
    ["::1", "6 1-1"],
    ["::ffff:10.0.0.1/128", "6 ffff0a000001-ffff0a000001"],
    ["1:2:3:4:5:6:7:8", "6 10002000300040005000600070008-10002000300040005000600070008"],
    ["1:2:3:4:5:6:7::/128", "6 10002000300040005000600070000-10002000300040005000600070000"],
    ["::/129", undefined],
    ["10.0.0.0/33", undefined],
    ["10.0.0.0/", undefined],
    ["10.0.0.0/-1", undefined],
    ["10.0.0.0/8/8", undefined],
    ["10.0.0/8", undefined],
    ["fe80::1%eth0/64", undefined],
    ["everybody", undefined],
    ["", undefined],
  ];
  for (const [block, range] of cases) {
    it(`${range === undefined ? "is not" : "is"} "${block}"`, () => assert.equal(hex(block), range));
  }

  it("is read alike however an IPv6 address is spelled", () => {
    fc.assert(
      fc.property(fc.ipV6(), fc.integer({ min: 0, max: 128 }), (address, length) => {
        const url = isIPv6(address) ? new URL(`http://[${address}]`).hostname.slice(1, -1) : address;
        assert.deepEqual(rangeOf(`${address}/${length}`), rangeOf(`${url}/${length}`));
      }),
    );
  });
});

describe("the whole world", () => {
  const everything = [
    "0.0.0.0/0",
    "1.2.3.4/0",
    "::/0",
    "::0/0",
    "0::/0",
    "0000:0000:0000:0000::/0",
    "2000::/3",
  ];
  for (const block of [...everything, "0:0:0:0:0:0:0:0/0", "FE80::1/0", "2000::/0", "::ffff:0.0.0.0/0"]) {
    it(`is ${block}`, () => assert.ok(isWorld(block)));
  }
  for (const block of [
    "0.0.0.0/1",
    "10.0.0.0/8",
    "0.0.0.0/32",
    "0.0.0.0",
    "2001::/16",
    "fc00::/7",
    "nobody",
  ]) {
    it(`is not ${block}`, () => assert.ok(!isWorld(block)));
  }

  const worldOf = (family: 4 | 6, ...blocks: string[]) =>
    areWorld(
      blocks.flatMap((block) => rangeOf(block) ?? []),
      family,
    );

  it("is what its halves are together, in any order", () => {
    assert.ok(worldOf(4, "128.0.0.0/1", "0.0.0.0/1"));
    assert.ok(worldOf(4, "192.0.0.0/2", "0.0.0.0/1", "64.0.0.0/2", "128.0.0.0/2"));
    assert.ok(worldOf(6, "8000::/1", "::/1"));
  });

  it("is not what leaves out a part that the internet reaches", () => {
    assert.ok(!worldOf(4, "128.0.0.0/1", "0.0.0.0/2"));
    assert.ok(!worldOf(4, "128.0.0.0/1", "::/0"));
    assert.ok(!worldOf(6, "2000::/4", "0.0.0.0/0"));
    assert.ok(!worldOf(4) && !worldOf(6));
  });

  it("needs no address that the internet never reaches", () => {
    assert.ok(
      worldOf(
        4,
        "1.0.0.0/8",
        "2.0.0.0/7",
        "4.0.0.0/6",
        "8.0.0.0/7",
        "11.0.0.0/8",
        "12.0.0.0/6",
        "16.0.0.0/4",
        "32.0.0.0/3",
        "64.0.0.0/2",
        "128.0.0.0/2",
        "192.0.0.0/3",
      ),
    );
    assert.ok(!worldOf(4, "10.0.0.0/8"));
  });

  it("is found in any way to cut it up, and lost with any piece of it", () => {
    const cut = (block: bigint, length: number, choose: Iterator<boolean>): string[] => {
      if (length >= 6 || choose.next().value !== true) {
        const octets = [24n, 16n, 8n, 0n].map((shift) => (block >> shift) & 255n);
        return [`${octets.join(".")}/${length}`];
      }
      const upper = block | (1n << BigInt(31 - length));
      return [...cut(block, length + 1, choose), ...cut(upper, length + 1, choose)];
    };
    fc.assert(
      fc.property(fc.infiniteStream(fc.boolean()), fc.nat(), (choices, nth) => {
        const blocks = cut(0n, 0, choices);
        assert.ok(worldOf(4, ...blocks));
        const gone = blocks[nth % blocks.length] ?? "";
        const never = Number(gone.split(".")[0]) >= 224;
        assert.equal(worldOf(4, ...blocks.filter((block) => block !== gone)), never);
      }),
    );
  });
});
