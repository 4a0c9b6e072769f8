import assert from "node:assert/strict";
import { Problems } from "../../components/lib/problems";
import { regionOf, settleZones } from "../../components/lib/zone-names";

describe("the name of an availability zone", () => {
  const regions: [zone: string, region: string | undefined][] = [
    ["us-east-1a", "us-east-1"],
    ["ap-southeast-2c", "ap-southeast-2"],
    ["us-gov-west-1b", "us-gov-west-1"],
    ["cn-north-1a", "cn-north-1"],
    ["us-east-1", undefined],
    ["us-west-2-lax-1a", undefined],
    ["us-east-1-wl1-bos-wlz-1", undefined],
    ["use1-az1", undefined],
    ["US-EAST-1A", undefined],
    ["", undefined],
  ];
  for (const [zone, region] of regions) {
    it(`${region ? `says that ${zone} is in ${region}` : `is not "${zone}"`}`, () => {
      assert.equal(regionOf(zone), region);
    });
  }
});

describe("a list of zones", () => {
  function settled(zones: string[]) {
    const problems = new Problems();
    const region = settleZones(zones, "zones", problems);
    return { region, faults: problems.found.map(({ path, reason }) => `${path}: ${reason}`) };
  }

  it("says the region its zones are in", () => {
    assert.deepEqual(settled(["eu-west-1a", "eu-west-1c"]), { region: "eu-west-1", faults: [] });
  });

  it("may hold six zones", () => {
    const zones = ["a", "b", "c", "d", "e", "f"].map((letter) => `us-east-1${letter}`);
    assert.deepEqual(settled(zones), { region: "us-east-1", faults: [] });
  });

  const refused: [zones: string[], faults: string[]][] = [
    [[], ["zones: needs 2 to 6, got 0"]],
    [["us-east-1a"], ["zones: needs 2 to 6, got 1"]],
    [
      ["a", "b", "c", "d", "e", "f", "g"].map((letter) => `us-east-1${letter}`),
      ["zones: needs 2 to 6, got 7"],
    ],
    [
      ["us-east-1a", "us-east-1b", "us-east-1a"],
      ['zones[2]: must differ from the zones before it, got "us-east-1a" again'],
    ],
    [["us-east-1a", "eu-west-1b"], ['zones[1]: must be in us-east-1 like the first, got "eu-west-1b"']],
    [
      ["us-east-1", "us-west-2-lax-1a"],
      [
        'zones[0]: must be an availability zone such as "us-east-1a", got "us-east-1"',
        'zones[1]: must be an availability zone such as "us-east-1a", got "us-west-2-lax-1a"',
      ],
    ],
    [
      ["nowhere", "us-east-1b"],
      ['zones[0]: must be an availability zone such as "us-east-1a", got "nowhere"'],
    ],
  ];
  for (const [zones, faults] of refused) {
    it(`may not be ${JSON.stringify(zones)}`, () => {
      assert.deepEqual(settled(zones), { region: undefined, faults });
    });
  }
});
