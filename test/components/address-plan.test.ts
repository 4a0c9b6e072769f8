import assert from "node:assert/strict";
import * as fc from "fast-check";
import { planAddresses, settleVpcBlock, type ZoneBlocks, zoneSlots } from "../../components/lib/address-plan";
import { formatBlock, type Ipv4Block, parseBlock, sizeOf, startOf } from "../../components/lib/ipv4-block";
import { Problems } from "../../components/lib/problems";

const tiers = ["private", "isolated", "public"] as const;

function read(text: string): Ipv4Block {
  const block = parseBlock(text);
  assert.ok(block, text);
  return block;
}

function blocksOf(plan: readonly ZoneBlocks[]): Ipv4Block[] {
  return plan.flatMap((zone) => tiers.map((tier) => read(zone[tier])));
}

function end(block: Ipv4Block): number {
  return block.first + sizeOf(block.prefix);
}

/** A VPC with any prefix it may have, anywhere, and as many zones as it has room for. */
const vpcWithZones = fc
  .record({ address: fc.integer({ min: 0, max: 2 ** 32 - 1 }), prefix: fc.integer({ min: 16, max: 24 }) })
  .chain(({ address, prefix }) =>
    fc.record({
      vpc: fc.constant(startOf({ first: address, prefix })),
      zones: fc.integer({ min: 1, max: zoneSlots(prefix) }),
    }),
  );

describe("the address plan", () => {
  it("gives each zone of a /16 a /19: half private, a quarter isolated, an eighth public, an eighth spare", () => {
    assert.deepEqual(planAddresses(read("10.0.0.0/16"), 3), [
      { private: "10.0.0.0/20", isolated: "10.0.16.0/21", public: "10.0.24.0/22" },
      { private: "10.0.32.0/20", isolated: "10.0.48.0/21", public: "10.0.56.0/22" },
      { private: "10.0.64.0/20", isolated: "10.0.80.0/21", public: "10.0.88.0/22" },
    ]);
  });

  it("fills a /24 with two zones whose public subnets are as small as a load balancer allows", () => {
    assert.deepEqual(planAddresses(read("192.168.7.0/24"), 2), [
      { private: "192.168.7.0/26", isolated: "192.168.7.64/27", public: "192.168.7.96/27" },
      { private: "192.168.7.128/26", isolated: "192.168.7.192/27", public: "192.168.7.224/27" },
    ]);
  });

  const sizes: [prefix: number, slots: number, privates: number, isolated: number, publics: number][] = [
    [16, 8, 20, 21, 22],
    [17, 8, 21, 22, 23],
    [18, 8, 22, 23, 24],
    [19, 8, 23, 24, 25],
    [20, 8, 24, 25, 26],
    [21, 8, 25, 26, 27],
    [22, 8, 26, 27, 27],
    [23, 4, 26, 27, 27],
    [24, 2, 26, 27, 27],
  ];
  for (const [prefix, slots, privates, isolated, publics] of sizes) {
    it(`cuts a /${prefix} into ${slots} zones of a /${privates}, a /${isolated} and a /${publics}`, () => {
      const [zone] = planAddresses({ first: 0, prefix }, 1);
      assert.equal(zoneSlots(prefix), slots);
      assert.deepEqual(
        tiers.map((tier) => read(zone?.[tier] ?? "").prefix),
        [privates, isolated, publics],
      );
    });
  }

  it("keeps subnets apart from each other", () => {
    fc.assert(
      fc.property(vpcWithZones, ({ vpc, zones }) => {
        const blocks = blocksOf(planAddresses(vpc, zones)).sort((one, other) => one.first - other.first);
        blocks.forEach((block, index) => {
          const next = blocks[index + 1];
          if (next) assert.ok(end(block) <= next.first);
        });
      }),
    );
  });

  it("keeps subnets inside the VPC", () => {
    fc.assert(
      fc.property(vpcWithZones, ({ vpc, zones }) => {
        for (const block of blocksOf(planAddresses(vpc, zones))) {
          assert.ok(block.first >= vpc.first && end(block) <= end(vpc));
        }
      }),
    );
  });

  it("begins every subnet where a block of its size can begin", () => {
    fc.assert(
      fc.property(vpcWithZones, ({ vpc, zones }) => {
        for (const block of blocksOf(planAddresses(vpc, zones))) assert.deepEqual(startOf(block), block);
      }),
    );
  });

  it("never makes a subnet smaller than a load balancer's /27", () => {
    fc.assert(
      fc.property(vpcWithZones, ({ vpc, zones }) => {
        for (const { prefix } of blocksOf(planAddresses(vpc, zones))) assert.ok(prefix <= 27);
      }),
    );
  });

  it("makes private subnets larger than public and isolated ones", () => {
    fc.assert(
      fc.property(vpcWithZones, ({ vpc, zones }) => {
        for (const zone of planAddresses(vpc, zones)) {
          const size = (tier: keyof ZoneBlocks) => sizeOf(read(zone[tier]).prefix);
          assert.ok(size("private") > size("isolated") && size("isolated") >= size("public"));
        }
      }),
    );
  });

  it("moves no subnet when a zone is added", () => {
    fc.assert(
      fc.property(vpcWithZones, fc.nat(), ({ vpc, zones }, fewer) => {
        const before = 1 + (fewer % zones);
        assert.deepEqual(planAddresses(vpc, zones).slice(0, before), planAddresses(vpc, before));
      }),
    );
  });

  it("leaves the last eighth of each zone of a /21 or wider to a tier not yet known", () => {
    fc.assert(
      fc.property(vpcWithZones, ({ vpc, zones }) => {
        fc.pre(vpc.prefix <= 21);
        const slot = sizeOf(vpc.prefix) / zoneSlots(vpc.prefix);
        planAddresses(vpc, zones).forEach((zone, position) => {
          const spare = vpc.first + position * slot + (slot / 8) * 7;
          for (const tier of tiers) assert.ok(end(read(zone[tier])) <= spare);
        });
      }),
    );
  });
});

describe("a VPC's address block", () => {
  function faults(text: string, zones: number) {
    const problems = new Problems();
    const block = settleVpcBlock(text, zones, "cidrBlock", problems);
    assert.equal(block === undefined, problems.found.length > 0);
    return problems.found.map(({ path, reason }) => `${path}: ${reason}`);
  }

  const accepted: [text: string, zones: number][] = [
    ["10.0.0.0/16", 6],
    ["172.31.128.0/17", 6],
    ["10.4.0.0/22", 6],
    ["10.4.2.0/23", 4],
    ["192.168.255.0/24", 2],
  ];
  for (const [text, zones] of accepted) {
    it(`may be ${text} with ${zones} zones`, () => assert.deepEqual(faults(text, zones), []));
  }

  const refused: [text: string, zones: number, reasons: string[]][] = [
    ["", 2, ['must be an IPv4 block such as "10.0.0.0/16", got ""']],
    ["10.0.0.0", 2, ['must be an IPv4 block such as "10.0.0.0/16", got "10.0.0.0"']],
    ["10.0.0/16", 2, ['must be an IPv4 block such as "10.0.0.0/16", got "10.0.0/16"']],
    ["10.0.0.256/16", 2, ['must be an IPv4 block such as "10.0.0.0/16", got "10.0.0.256/16"']],
    ["10.0.0.0/33", 2, ['must be an IPv4 block such as "10.0.0.0/16", got "10.0.0.0/33"']],
    ["010.0.0.0/16", 2, ['must be an IPv4 block such as "10.0.0.0/16", got "010.0.0.0/16"']],
    ["2001:db8::/56", 2, ['must be an IPv4 block such as "10.0.0.0/16", got "2001:db8::/56"']],
    ["10.0.0.0/15", 2, ['must be a /16 to a /24, got "10.0.0.0/15"']],
    ["10.0.0.0/25", 2, ['must be a /16 to a /24, got "10.0.0.0/25"']],
    ["10.0.1.0/16", 2, ['must begin at its first address, "10.0.0.0/16", got "10.0.1.0/16"']],
    ["10.0.0.1/24", 2, ['must begin at its first address, "10.0.0.0/24", got "10.0.0.1/24"']],
    ["10.0.0.0/24", 3, ['must be a /23 or wider for 3 zones, got "10.0.0.0/24" with room for 2']],
    ["10.0.0.0/23", 5, ['must be a /22 or wider for 5 zones, got "10.0.0.0/23" with room for 4']],
    [
      "10.0.0.9/24",
      6,
      [
        'must begin at its first address, "10.0.0.0/24", got "10.0.0.9/24"',
        'must be a /22 or wider for 6 zones, got "10.0.0.9/24" with room for 2',
      ],
    ],
    [
      "10.0.0.1/8",
      2,
      [
        'must be a /16 to a /24, got "10.0.0.1/8"',
        'must begin at its first address, "10.0.0.0/8", got "10.0.0.1/8"',
      ],
    ],
  ];
  for (const [text, zones, reasons] of refused) {
    it(`may not be "${text}" with ${zones} zones`, () => {
      assert.deepEqual(
        faults(text, zones),
        reasons.map((reason) => `cidrBlock: ${reason}`),
      );
    });
  }

  it("is enough for as many zones as it has slots, and for no more", () => {
    fc.assert(
      fc.property(vpcWithZones, fc.integer({ min: 1, max: 6 }), ({ vpc }, zones) => {
        assert.equal(faults(formatBlock(vpc), zones).length === 0, zones <= zoneSlots(vpc.prefix));
      }),
    );
  });
});
