import assert from "node:assert/strict";
import type { Bag } from "../../sandbox";
import { installedPlugin } from "./support/cli";
import { engineSuite } from "./support/engine-suite";
import { type Made, makeVpcs, refusalOfVpc } from "./support/vpcs";

const real = installedPlugin("awsx");

/** The awsx plugin the model is written after; another one may make another tree. */
const version = "3.9";

function pluginMissing(): string | undefined {
  if (real === undefined) return "the awsx plugin is not installed (pulumi plugin install resource awsx)";
  const fits = real.includes(`resource-awsx-v${version}.`);
  return fits ? undefined : `the awsx plugin installed is not a ${version}: ${real}`;
}

/** The VPC of that name and what is under it or beside it: all of the resources are named after it. */
function of(name: string, resources: readonly Bag[]): Bag[] {
  return resources.filter(({ urn }) => new RegExp(`::${name}(-|$)`).test(String(urn)));
}

// Each stack is previewed and deployed twice, with the one plugin and with the other.
function compares(): void {
  let ours: Made;
  let theirs: Made;

  before(async () => {
    ours = await makeVpcs(undefined);
    theirs = await makeVpcs(real);
  });

  for (const [name, title, count] of [
    ["plain", "without arguments", 33],
    ["network", "as a network asks for it", 45],
    ["none", "without NAT gateways", 15],
    ["addresses", "with Elastic IPs of its own", 29],
    ["ipv6", "with IPv6", 27],
    ["tags", "with names and tags of its own, one secret", 29],
    ["secret", "with tags that are secret as a whole", 27],
    ["options", "with resource options", 28],
    ["provider", "in the region of its parent's provider", 30],
  ] as const) {
    it(`is what the awsx plugin makes: ${title}`, () => {
      assert.deepEqual(of(name, ours.preview), of(name, theirs.preview));
      assert.deepEqual(of(name, ours.deployed), of(name, theirs.deployed));
      assert.deepEqual(ours.outputs[name], theirs.outputs[name]);
      assert.deepEqual([of(name, ours.preview).length, of(name, ours.deployed).length], [count, count]);
    });
  }

  it("is nothing to change for a second run", () => {
    assert.deepEqual(ours.changes, []);
  });

  for (const [name, title, message] of [
    ["fewAddresses", "fewer addresses than zones", "The number of Elastic IPs, if specified, must match"],
    ["fewBlocks", "blocks for some zones only", "Invalid subnet specifications: - The number of CIDR blocks"],
    [
      "manyZones",
      "more zones than there are",
      "The configured region for this provider does not have at least 9",
    ],
  ] as const) {
    it(`refuses what the awsx plugin refuses, in its words: ${title}`, async () => {
      const refusal = await refusalOfVpc(name, undefined);
      assert.deepEqual(refusal, await refusalOfVpc(name, real));
      assert.equal(refusal.length, 1);
      assert.ok(refusal[0]?.startsWith(`awsx:ec2:Vpc resource 'net' has a problem: ${message}`), refusal[0]);
    });
  }
}

engineSuite("awsx.ec2.Vpc served by the sandbox", compares, pluginMissing);
