import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { concluded } from "../../../policies/lib/judgement";
import { type RawResource, Stack } from "../../../policies/lib/stack";
import { UNKNOWN } from "../../../policies/lib/unknown";
import { judgeNumber, judgeZones, placesIn } from "../../../policies/lib/zones";

const zones = fc.constantFrom("eu-west-1a", "eu-west-1b", "eu-west-1c");

interface Case {
  readonly network: readonly { readonly zone: string; readonly listed: boolean; readonly known: boolean }[];
  readonly wanted: number;
  readonly extra: boolean;
}

const cases: fc.Arbitrary<Case> = fc.record({
  network: fc.array(fc.record({ zone: zones, listed: fc.boolean(), known: fc.boolean() }), {
    minLength: 1,
    maxLength: 8,
  }),
  wanted: fc.integer({ min: 2, max: 3 }),
  extra: fc.boolean(),
});

/** Judges a group over some subnets of a network, some of whose ids are known. */
function judged({ network, wanted, extra }: Case) {
  const subnets = network.map(
    ({ zone, known }, index): RawResource => ({
      urn: `urn:subnet-${index}`,
      type: "aws:ec2/subnet:Subnet",
      name: `subnet-${index}`,
      props: { id: known ? `subnet-${index}` : UNKNOWN, availabilityZone: zone },
      propertyDependencies: {},
    }),
  );
  const listed = subnets.filter((_, index) => network[index]?.listed);
  const group: RawResource = {
    urn: "urn:group",
    type: "aws:autoscaling/group:Group",
    name: "group",
    props: { vpcZoneIdentifiers: listed.map(({ props }) => (props as { id: string }).id) },
    propertyDependencies: { vpcZoneIdentifiers: extra ? subnets : listed },
  };
  const stack = new Stack([group, ...subnets]);
  const [subject] = stack.ofType([group.type]);
  assert.ok(subject);
  const places = placesIn(subject.outputs.at("vpcZoneIdentifiers"));
  const alone = concluded(() => judgeNumber(places, "subnet", wanted));
  const together = concluded(() => judgeZones(stack, subject, places, wanted));
  const truth = new Set(network.filter((one) => one.listed).map(({ zone }) => zone)).size;
  return {
    fails: alone.findings.length + together.findings.length > 0,
    open: together.deferrals.length > 0,
    truth,
  };
}

describe("the zones of listed subnets", () => {
  it("are never called too few, or enough, when they are not", () => {
    fc.assert(
      fc.property(cases, (one) => {
        const { fails, open, truth } = judged(one);
        if (!open) assert.equal(fails, truth < one.wanted);
      }),
      { numRuns: 2000 },
    );
  });

  it("are always decided where every id is known", () => {
    fc.assert(
      fc.property(cases, (one) => {
        const network = one.network.map((subnet) => ({ ...subnet, known: true }));
        assert.equal(judged({ ...one, network }).open, false);
      }),
    );
  });

  it("are told once, by number or by place", () => {
    const network = [{ zone: "eu-west-1a", listed: true, known: true }];
    assert.deepEqual(judged({ network, wanted: 2, extra: false }), { fails: true, open: false, truth: 1 });
  });
});
