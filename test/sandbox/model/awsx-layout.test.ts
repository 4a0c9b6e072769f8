import assert from "node:assert/strict";
import type { Bag } from "../../../sandbox";
import { layOut } from "../../../sandbox/model/awsx-layout";

const zones = (count: number) => ["us-east-1a", "us-east-1b", "us-east-1c"].slice(0, count);

function laidOut(inputs: object, count = 2, cidrBlock: string | undefined = "10.0.0.0/16") {
  const { subnets, report } = layOut("net", inputs as Bag, zones(count), cidrBlock);
  return { report, blocks: subnets.map(({ name, cidrBlock: block }) => `${name} ${block}`) };
}

/** Words of the awsx provider 3.9, from runs of it. */
const refusals: readonly (readonly [string, object, string, string?])[] = [
  [
    "two unnamed kinds of one type",
    { subnetSpecs: [{ type: "Public" }, { type: "public" }] },
    'Invalid subnet specifications:\n - Multiple subnet specs of type "public" require unique names. You can have at most one unnamed subnet per type. All other subnets of the same type must have unique "name" properties to avoid duplicate resource names.',
  ],
  [
    "a size that is no power of two",
    { subnetSpecs: [{ type: "Public", size: 300 }] },
    "Invalid subnet specifications:\n - The following subnet sizes are invalid: 300. Valid sizes are: 4294967296, 2147483648, 1073741824, 536870912, 268435456, 134217728, 67108864, 33554432, 16777216, 8388608, 4194304, 2097152, 1048576, 524288, 262144, 131072, 65536, 32768, 16384, 8192, 4096, 2048, 1024, 512, 256, 128, 64, 32, 16, 8, 4.",
  ],
  [
    "a size and a prefix that differ",
    { subnetSpecs: [{ type: "Public", size: 256, cidrMask: 25 }] },
    "Invalid subnet specifications:\n - Subnet size 256 does not match the expected size for a /25 subnet (128).",
  ],
  [
    "blocks of another prefix than said",
    { subnetSpecs: [{ type: "Public", cidrMask: 25, cidrBlocks: ["10.0.0.0/24", "10.0.1.0/24"] }] },
    "Invalid subnet specifications:\n - The cidrMask in subnetSpecs[0] must match all cidrBlocks or be left undefined.",
  ],
  [
    "blocks of another size than said",
    { subnetSpecs: [{ type: "Public", size: 128, cidrBlocks: ["10.0.0.0/24", "10.0.1.0/24"] }] },
    "Invalid subnet specifications:\n - The size in subnetSpecs[0] must match all cidrBlocks or be left undefined.",
  ],
  [
    "what is no block",
    { subnetSpecs: [{ type: "Public", cidrBlocks: ["10.0.0.0/24", "nonsense"] }] },
    "Invalid net address: nonsense",
  ],
  [
    "blocks that overlap",
    {
      subnetSpecs: [
        { type: "Public", cidrBlocks: ["10.0.0.0/24", "10.0.1.0/24"] },
        { type: "Private", cidrBlocks: ["10.0.0.128/25", "10.0.2.0/24"] },
      ],
    },
    "The following subnets overlap with at least one other subnet. Make the CIDR for the VPC larger, reduce the size of the subnets per AZ, or use less Availability Zones:\n\n1. net-public-1: 10.0.0.0/24\n2. net-private-1: 10.0.0.128/25\n",
  ],
  [
    "more addresses than a zone has",
    {
      subnetSpecs: [
        { type: "Public", cidrMask: 18 },
        { type: "Private", cidrMask: 17 },
      ],
    },
    "Subnets are too large for VPC. VPC has 32768 addresses, but subnets require 49152 addresses.",
  ],
  ["no subnets at all", { subnetSpecs: [] }, "No subnets specified"],
  [
    "zones too small for subnets nobody described",
    {},
    "Automatic subnet creation requires a VPC with at least /26 available per AZ, but only /27 is available.If you do need very small subnets, please specify them explicitly.",
    "10.0.0.0/26",
  ],
  ["a VPC block that is none", {}, 'invalid CIDR block "10.0.0.0/33"', "10.0.0.0/33"],
];

describe("the layout of awsx.ec2.Vpc", () => {
  it("takes blocks as they are, also while that of the VPC is unknown", () => {
    const subnetSpecs = [
      { type: "Public", name: "edge", cidrBlocks: ["10.0.0.0/24", "10.0.1.0/24"] },
      { type: "Private", cidrBlocks: ["10.0.8.0/23", "10.0.10.0/23"] },
    ];
    const { subnets, report } = layOut("net", { subnetStrategy: "Auto", subnetSpecs }, zones(2), undefined);
    assert.deepEqual(
      subnets.map(({ name, cidrBlock }) => `${name} ${cidrBlock}`),
      [
        "net-edge-1 10.0.0.0/24",
        "net-private-1 10.0.8.0/23",
        "net-edge-2 10.0.1.0/24",
        "net-private-2 10.0.10.0/23",
      ],
    );
    assert.deepEqual(report, subnetSpecs);
  });

  it("places subnets of given sizes one after the other, each where a block of its size can start", () => {
    const subnetSpecs = [
      { type: "Public", cidrMask: 24 },
      { type: "Private", size: 4096 },
      { type: "Isolated", cidrMask: 28 },
    ];
    assert.deepEqual(laidOut({ subnetStrategy: "Auto", subnetSpecs }, 1), {
      blocks: ["net-public-1 10.0.0.0/24", "net-private-1 10.0.16.0/20", "net-isolated-1 10.0.32.0/28"],
      report: [
        { type: "Public", cidrMask: 24, size: 256 },
        { type: "Private", cidrMask: 20, size: 4096 },
        { type: "Isolated", cidrMask: 28, size: 16 },
      ],
    });
  });

  for (const subnetStrategy of ["Auto", "AutoMerge"]) {
    it(`gives each zone a range, twice as much of it private, by strategy ${subnetStrategy}`, () => {
      assert.deepEqual(laidOut({ subnetStrategy, availabilityZoneCidrMask: 20 }), {
        blocks: [
          "net-private-1 10.0.0.0/21",
          "net-public-1 10.0.8.0/22",
          "net-private-2 10.0.16.0/21",
          "net-public-2 10.0.24.0/22",
        ],
        report: [
          { type: "Private", cidrMask: 21 },
          { type: "Public", cidrMask: 22 },
        ],
      });
    });
  }

  it("does the same by strategy Legacy, down to the smallest VPC, and whatever a zone's range is to be", () => {
    const { blocks, report } = laidOut({ availabilityZoneCidrMask: 20 }, 1, "10.0.0.0/28");
    assert.deepEqual(blocks, ["net-private-1 10.0.0.0/29", "net-public-1 10.0.0.8/30"]);
    assert.deepEqual(report, [
      { cidrMask: 29, type: "Private" },
      { cidrMask: 30, type: "Public" },
    ]);
    assert.throws(() => laidOut({}, 3, "10.0.0.0/29"), {
      message: "Requested 1 new bits, but only 0 are available.",
    });
    assert.throws(() => laidOut({}, 3, "10.0.0.0/31"), {
      message: "Requested 2 new bits, but only 1 are available.",
    });
  });

  it("has no gaps by strategy Exact, and says where they are", () => {
    const exact = (first: string, last: string) =>
      laidOut(
        {
          subnetStrategy: "Exact",
          subnetSpecs: [
            { type: "Public", cidrBlocks: [first, "10.0.1.0/25"] },
            { type: "Private", cidrBlocks: ["10.0.0.128/25", last] },
          ],
        },
        2,
        "10.0.0.0/23",
      );
    assert.equal(exact("10.0.0.0/25", "10.0.1.128/25").blocks.length, 4);
    const start = "There are gaps in the subnet ranges. Please fix the following gaps:";
    // The lone brace is awsx's.
    assert.throws(() => exact("10.0.0.64/26", "10.0.1.192/26"), {
      message: `${start} net-public-1 (10.0.0.64/26) does not start at the beginning of the VPC (10.0.0.0/23), net-public-2 (10.0.1.0/25) <=> net-private-2 (10.0.1.192/26)`,
    });
    assert.throws(() => exact("10.0.0.0/25", "10.0.1.128/26"), {
      message: `${start} net-private-2 (ending 10.0.1.190) ends before VPC ends (at 10.0.1.254})`,
    });
  });

  for (const [title, inputs, message, cidrBlock] of refusals) {
    it(`refuses ${title}`, () => {
      assert.throws(() => laidOut({ subnetStrategy: "Auto", ...inputs }, 2, cidrBlock), { message });
    });
  }

  it("refuses strategies the model does not know", () => {
    for (const subnetStrategy of ["Legacy", "AutoMerge", "Odd"]) {
      const inputs = { subnetStrategy, subnetSpecs: [{ type: "Public" }] };
      const message = `the model of AWS does not know subnetStrategy "${subnetStrategy}": use "Auto" or "Exact"`;
      assert.throws(() => laidOut(inputs), { message });
    }
  });

  it("needs to know the VPC's block to lay anything out in it", () => {
    const message = "cidrBlock must be known for subnets without cidrBlocks of their own";
    assert.throws(() => layOut("net", { subnetStrategy: "Auto" }, zones(2), undefined), { message });
  });
});
