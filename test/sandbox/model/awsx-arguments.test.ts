import assert from "node:assert/strict";
import { type Bag, UNKNOWN } from "../../../sandbox";
import { settle } from "../../../sandbox/model/awsx-arguments";
import { Given } from "../../../sandbox/model/given";
import { outputValue } from "../../../sandbox/monitor/marks";
import { received } from "../../../sandbox/monitor/wire";

const regional = ["us-east-1a", "us-east-1b", "us-east-1c", "us-east-1d"];

function settled(inputs: Bag, zones: readonly string[] = regional) {
  return settle({ name: "net", inputs: received(inputs).values, given: new Given(inputs, {}), zones });
}

const message = (inputs: Bag) => {
  try {
    settled(inputs);
  } catch (error) {
    return (error as Error).message;
  }
  return assert.fail("was settled");
};

describe("the arguments of awsx.ec2.Vpc", () => {
  it("leave three zones, a gateway in each, and 10.0.0.0/16", () => {
    const { zones, strategy, addresses, cidrBlock, subnets } = settled({});
    assert.deepEqual([zones, strategy, addresses], [regional.slice(0, 3), "OnePerAz", 0]);
    assert.equal(
      cidrBlock.value(() => assert.fail("waits for a child")),
      "10.0.0.0/16",
    );
    assert.equal(subnets.length, 6);
  });

  it("may leave open what becomes of a tag, which leaves the report of the layout open", () => {
    const subnetSpecs = [
      { type: "Public", tags: { tier: outputValue(UNKNOWN, [], false) } },
      { type: "Private" },
    ];
    assert.equal(settled({ subnetStrategy: "Auto", subnetSpecs }).unsettled, true);
    assert.equal(settled({}).unsettled, false);
  });

  // Words of the awsx provider 3.9, from runs of it.
  const refusals: readonly (readonly [string, Bag, string])[] = [
    [
      "zones by name and by number",
      { availabilityZoneNames: ["us-east-1a"], numberOfAvailabilityZones: 1 },
      "Only one of [availabilityZoneNames] and [numberOfAvailabilityZones] can be specified",
    ],
    [
      "a region that is an output, when zones are looked up in it",
      { region: outputValue("eu-west-1", [], false) },
      "Vpc.region must be a plain string when availabilityZoneNames is not set. If region is dynamic, specify availabilityZoneNames explicitly.",
    ],
    [
      "zones whose names end alike, when name tags end in them",
      { availabilityZoneNames: ["us-east-1a", "us-west-1a"], subnetNameTagStrategy: "AvailabilityZone" },
      'subnetNameTagStrategy="AvailabilityZone" requires availability zones with distinct suffixes, but "us-east-1a" and "us-west-1a" both reduce to "1a".',
    ],
    [
      "a block and its length from a pool",
      { ipv4IpamPoolId: "pool", ipv4NetmaskLength: 16, cidrBlock: "10.0.0.0/16" },
      "Only one of 'cidrBlock', 'ipv4NetmaskLength' is allowed.",
    ],
    [
      "a pool and no block",
      { ipv4IpamPoolId: "pool" },
      "If 'ipv4IpamPoolId' is specified, 'ipv4NetmaskLength' or 'cidrBlock' must also be specified.",
    ],
    [
      "several addresses for one gateway",
      { natGateways: { strategy: "Single", elasticIpAllocationIds: ["a", "b"] } },
      "Exactly one Elastic IP may be specified when NAT Gateway strategy is 'Single'.",
    ],
    ["a strategy there is not", { natGateways: { strategy: "Often" } }, "Unknown NatGatewayStrategy 'Often'"],
  ];
  for (const [title, inputs, words] of refusals) {
    it(`may not be ${title}`, () => assert.equal(message(inputs), words));
  }

  it("may not be what the model does not know: names of zones to come, or a block a pool hands out", () => {
    assert.equal(message({ availabilityZoneNames: UNKNOWN }), "must be known before anything is made");
    assert.equal(
      message({ ipv4IpamPoolId: "pool", ipv4NetmaskLength: 16 }),
      "the model of AWS does not know blocks handed out by a pool: use cidrBlock",
    );
  });
});
