import assert from "node:assert/strict";
import { addressFault, addressListOf, checkAddressList } from "../../components/lib/address-list";
import { Problems } from "../../components/lib/problems";

function problemsOf(...cidrBlocks: string[]): string[] {
  const problems = new Problems();
  checkAddressList(cidrBlocks, "list", problems);
  return problems.found.map(({ path, reason }) => `${path}: ${reason}`);
}

describe("a list of addresses", () => {
  it("is sorted by kind", () => {
    const list = ["203.0.113.0/24", "2001:db8::/32", "198.51.100.7/32"];
    assert.deepEqual(addressListOf(list), {
      ipv4: ["203.0.113.0/24", "198.51.100.7/32"],
      ipv6: ["2001:db8::/32"],
    });
    assert.deepEqual(problemsOf(...list), []);
    assert.deepEqual(list.map(addressFault), [undefined, undefined, undefined]);
  });

  it("names every block AWS would refuse, and each that is there twice, however it is written", () => {
    const form = 'must be a block such as "203.0.113.0/24" or "2001:db8::/32"';
    assert.deepEqual(
      problemsOf("here", "203.0.113.7/24", "0.0.0.0/0", "::/0", "2001:db8::1/32", "10.0.0.0/8", "10.0.0.0/8"),
      [
        `list[0]: ${form}, got "here"`,
        'list[1]: must begin at its first address, "203.0.113.0/24", got "203.0.113.7/24"',
        'list[2]: must not be every address, got "0.0.0.0/0"',
        'list[3]: must not be every address, got "::/0"',
        'list[4]: must begin at its first address, "2001:db8::/32", got "2001:db8::1/32"',
        'list[6]: must be named once, got "10.0.0.0/8" again',
      ],
    );
    assert.deepEqual(problemsOf("2001:db8::/32", "2001:DB8:0::/32"), [
      'list[1]: must be named once, got "2001:DB8:0::/32" again',
    ]);
  });

  it("holds 10,000 blocks of each kind", () => {
    const blocks = Array.from({ length: 10_001 }, (_, index) => `10.${index >> 8}.${index & 255}.0/24`);
    assert.deepEqual(problemsOf(...blocks.slice(1), "2001:db8::/32"), []);
    assert.deepEqual(problemsOf(...blocks), ["list: must have 10000 IPv4 blocks at most, got 10001"]);
  });
});
