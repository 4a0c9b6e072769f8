import assert from "node:assert/strict";
import { type ChangeRule, isCaseOf, meets } from "../../../sandbox/model/change-rule";
import { changesOf } from "../../../sandbox/model/type-changes";
import { type Bag, UNKNOWN, type Value } from "../../../sandbox/values";

/** Whether any of a type's rules replaces it for a change of one input. */
function replaced(type: string, path: string, before: Bag, after: Bag): boolean {
  return changesOf(type).when.some((rule) => rule.path === path && isCaseOf(rule, before, after));
}

function balancerReplaced(loadBalancerType: string | null, path: string, before: Value, after: Value) {
  const with_ = (value: Value): Bag => ({ loadBalancerType, [path]: value });
  return replaced("aws:lb/loadBalancer:LoadBalancer", path, with_(before), with_(after));
}

const mapping = (subnetId: string, allocationId: string | null = null): Bag => ({ subnetId, allocationId });

describe("a rule of what a change does", () => {
  it("wants inputs to have one of the values it lists, left out being one of them", () => {
    const inputs = { protocol: "TCP", logs: { enabled: false } };
    assert.equal(meets(inputs), true);
    assert.equal(meets(inputs, { protocol: ["UDP", "TCP"] }), true);
    assert.equal(meets(inputs, { protocol: ["UDP"] }), false);
    assert.equal(meets(inputs, { port: [80] }), false);
    assert.equal(meets(inputs, { port: [80, null] }), true);
    assert.equal(meets(inputs, { "logs.enabled": [false] }), true);
    assert.equal(meets(inputs, { "protocol.enabled": [null] }), true);
    assert.equal(meets({ protocol: UNKNOWN }, { protocol: ["TCP", null] }), false);
  });

  it("holds for every change of its input if it says no more", () => {
    assert.equal(isCaseOf({ path: "name" }, { name: "a" }, {}), true);
  });

  const sorts: readonly [sort: ChangeRule["change"] & string, before: Value, after: Value, holds: boolean][] =
    [
      ["altered", ["a", "b"], ["a", "c"], true],
      ["altered", ["a"], ["a", "b"], false],
      ["altered", ["a", "b"], ["b"], false],
      ["altered", ["a", "b"], ["c"], true],
      ["altered", ["a"], ["b", UNKNOWN], false],
      ["cleared", true, false, true],
      ["cleared", true, null, true],
      ["cleared", false, true, false],
      ["cleared", true, UNKNOWN, false],
      ["emptiness", null, ["a"], true],
      ["emptiness", ["a"], [], true],
      ["emptiness", ["a"], ["b", "c"], false],
      ["emptiness", [], [UNKNOWN], true],
      ["emptiness", null, UNKNOWN, true],
      ["lost", ["a"], ["b", "c"], true],
      ["lost", ["a"], ["b", "a"], false],
      ["lost", ["a"], UNKNOWN, false],
      ["lowered", 2, 1, true],
      ["lowered", 2, null, true],
      ["lowered", 1, 2, false],
      ["lowered", 2, UNKNOWN, false],
      ["notGrown", ["a", "b"], ["a", "c"], true],
      ["notGrown", ["a", "b"], ["a"], true],
      ["notGrown", ["a"], ["b", "c"], false],
      ["notGrown", ["a", "b"], ["a", UNKNOWN], false],
      ["notGrown", [mapping("a")], [{ subnetId: UNKNOWN }], false],
      ["presence", null, "a", true],
      ["presence", "a", null, true],
      ["presence", "a", "b", false],
    ];
  for (const [change, before, after, holds] of sorts) {
    it(`${holds ? "finds" : "does not find"} ${JSON.stringify(before)} ${change} by ${JSON.stringify(after)}`, () => {
      assert.equal(isCaseOf({ path: "it", change }, { it: before }, { it: after }), holds);
    });
  }

  it("tells where a value comes from and goes to", () => {
    const change = { from: ["a"], to: ["b", null] };
    const holds = (rule: ChangeRule["change"] & object, before: Value, after: Value) =>
      isCaseOf({ path: "it", change: rule }, { it: before }, { it: after });
    assert.equal(holds(change, "a", "b"), true);
    assert.equal(holds(change, "a", null), true);
    assert.equal(holds(change, "b", "a"), false);
    assert.equal(holds({ to: ["b"] }, "c", "b"), true);
    assert.equal(holds({ otherThan: change }, "a", "b"), false);
    assert.equal(holds({ otherThan: change }, "b", "a"), true);
  });

  it("replaces a network balancer that gets no further subnet, and never an application balancer", () => {
    assert.equal(balancerReplaced("network", "subnets", ["a", "b"], ["a", "b", "c"]), false);
    assert.equal(balancerReplaced("network", "subnets", ["a", "b"], ["a", "c"]), true);
    assert.equal(balancerReplaced("network", "subnets", ["a", "b"], ["a"]), true);
    assert.equal(balancerReplaced("application", "subnets", ["a", "b"], ["c"]), false);
    assert.equal(balancerReplaced(null, "subnets", ["a", "b"], ["c"]), false);
  });

  it("replaces a network balancer that gets its first security groups or loses all", () => {
    assert.equal(balancerReplaced("network", "securityGroups", null, ["a"]), true);
    assert.equal(balancerReplaced("network", "securityGroups", ["a"], []), true);
    assert.equal(balancerReplaced("network", "securityGroups", ["a"], ["b"]), false);
    assert.equal(balancerReplaced("application", "securityGroups", ["a"], []), false);
  });

  it("replaces a balancer for a subnet mapping that changes, a network balancer for one that goes too", () => {
    const [a, b] = [mapping("a"), mapping("b")];
    assert.equal(balancerReplaced("application", "subnetMappings", [a, b], [mapping("a", "eip"), b]), true);
    assert.equal(balancerReplaced("application", "subnetMappings", [a, b], [a]), false);
    assert.equal(balancerReplaced(null, "subnetMappings", [a], [b, a]), false);
    assert.equal(balancerReplaced("network", "subnetMappings", [a, b], [a]), true);
    assert.equal(balancerReplaced("network", "subnetMappings", [a], [b, a]), false);
  });

  it("replaces a VPC for another tenancy, but not from dedicated to default", () => {
    const vpc = "aws:ec2/vpc:Vpc";
    const turn = (from: Value, to: Value) =>
      replaced(vpc, "instanceTenancy", { instanceTenancy: from }, { instanceTenancy: to });
    assert.equal(turn("default", "dedicated"), true);
    assert.equal(turn("dedicated", "default"), false);
    assert.equal(turn("dedicated", null), false);
    assert.equal(turn(null, "dedicated"), true);
  });

  it("replaces a security group's rule for another sort of source, not for another source", () => {
    const rule = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
    const before = { cidrIpv4: "10.0.0.0/16" };
    assert.equal(replaced(rule, "cidrIpv4", before, { cidrIpv4: "10.1.0.0/16" }), false);
    assert.equal(replaced(rule, "cidrIpv4", before, { referencedSecurityGroupId: "sg-1" }), true);
    assert.equal(
      replaced(rule, "referencedSecurityGroupId", before, { referencedSecurityGroupId: "sg-1" }),
      true,
    );
  });

  it("replaces an advanced parameter that becomes a standard one, a subnet whose addresses were assigned", () => {
    const parameter = "aws:ssm/parameter:Parameter";
    assert.equal(replaced(parameter, "tier", { tier: "Advanced" }, { tier: "Standard" }), true);
    assert.equal(replaced(parameter, "tier", { tier: "Standard" }, { tier: "Advanced" }), false);
    const subnet = (assign: boolean): [string, string, Bag, Bag] => [
      "aws:ec2/subnet:Subnet",
      "ipv6CidrBlock",
      { ipv6CidrBlock: "2001:db8::/64", assignIpv6AddressOnCreation: assign },
      { ipv6CidrBlock: "2001:db9::/64", assignIpv6AddressOnCreation: !assign },
    ];
    assert.equal(replaced(...subnet(true)), true);
    assert.equal(replaced(...subnet(false)), false);
  });

  it("takes a setting of another sort of balancer for no change", () => {
    const { ignored } = changesOf("aws:lb/loadBalancer:LoadBalancer");
    const isIgnored = (loadBalancerType: string, path: string) =>
      ignored.some((rule) => rule.path === path && isCaseOf(rule, {}, { loadBalancerType, [path]: 1 }));
    assert.equal(isIgnored("network", "idleTimeout"), true);
    assert.equal(isIgnored("application", "idleTimeout"), false);
    assert.equal(isIgnored("application", "dnsRecordClientRoutingPolicy"), true);
  });
});
