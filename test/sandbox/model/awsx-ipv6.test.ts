import assert from "node:assert/strict";
import { UNKNOWN } from "../../../sandbox";
import { subnetIpv6Block } from "../../../sandbox/model/awsx-ipv6";

describe("the IPv6 block of a subnet", () => {
  it("is one of the 256 in the VPC's", () => {
    assert.equal(subnetIpv6Block("2600:1f18:1:ab00::/56", true, 0), "2600:1f18:1:ab00::/64");
    assert.equal(subnetIpv6Block("2600:1f18:1:ab00::/56", true, 255), "2600:1f18:1:abff::/64");
  });

  it("is none if the subnet gives no addresses, and unknown while the VPC's or that is", () => {
    assert.equal(subnetIpv6Block("2600:1f18:1:ab00::/56", false, 0), undefined);
    assert.equal(subnetIpv6Block(UNKNOWN, false, 0), UNKNOWN);
    assert.equal(subnetIpv6Block("", UNKNOWN, 0), UNKNOWN);
  });

  for (const [block, message] of [
    ["", /^Subnets with assignIpv6AddressOnCreation=true require the VPC to have an IPv6 CIDR block\./],
    ["2600:1f18:1:ab00::", /^"2600:1f18:1:ab00::" is not a valid IPv6 CIDR block$/],
    ["10.0.0.0/56", /^"10\.0\.0\.0" is not a valid IPv6 address$/],
    ["2600:1f18:1:ab00::/60", /^VPC must be a \/56 block \(got \/60\)$/],
  ] as const) {
    it(`cannot be in ${block === "" ? "a VPC without one" : block}`, () => {
      assert.throws(() => subnetIpv6Block(block, true, 0), { message });
    });
  }
});
