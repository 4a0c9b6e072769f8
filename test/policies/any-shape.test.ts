import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { concluded } from "../../policies/lib/judgement";
import { settle } from "../../policies/lib/parameters";
import type { Rule } from "../../policies/lib/rule";
import { play, SUBJECT } from "../../policies/lib/scenario";
import { UNKNOWN } from "../../policies/lib/unknown";
import { Value } from "../../policies/lib/value";
import { rules } from "../../policies/rules";
import { handovers } from "./support/handovers";

/** Every property a rule of this pack reads, and some that objects have by themselves. */
const keys = [
  "protocol port sslPolicy certificateArn defaultActions type redirect actions listenerArn subnets subnetMappings",
  "subnetId targetType healthCheck enabled path matcher protocolVersion interval timeout unhealthyThreshold",
  "healthyThreshold deregistrationDelay minSize desiredCapacityType mixedInstancesPolicy launchTemplate overrides",
  "weightedCapacity instanceRequirements vcpuCount memoryMib max vpcZoneIdentifiers availabilityZones identifier",
  "suspendedProcesses healthCheckType targetGroupArns trafficSources loadBalancers autoscalingGroupName trafficSource",
  "id arn name availabilityZone availabilityZoneId constructor toString length hasOwnProperty",
].flatMap((line) => line.split(" "));

const words = [
  "HTTP",
  "HTTPS",
  "TLS",
  "redirect",
  "forward",
  "ELB",
  "443",
  "true",
  "false",
  "vcpu",
  "lambda",
  "Launch",
];

const leaf = fc.oneof(
  fc.constantFrom<unknown>(...words, "", "-1", "200-499", "[secret]", "x".repeat(5000), null, true, false),
  fc.constantFrom<unknown>(0, -1, 1, 2, 3, 1e308, -0.5),
  fc.jsonValue({ maxDepth: 1 }),
);

/** Any JSON, with the names rules read more often than others. */
const { value: anything } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    leaf,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...keys), tie("value"), { maxKeys: 6, noNullPrototype: true }),
  ),
}));
const resource = fc.dictionary(fc.constantFrom(...keys), anything, { maxKeys: 12, noNullPrototype: true });

/** The same shape with some values not known yet; what is null or empty is not a value. */
function masked(value: unknown, mask: () => boolean): unknown {
  if (value === null || value === "") return value;
  if (mask()) return UNKNOWN;
  if (Array.isArray(value)) return value.map((element) => masked(element, mask));
  if (typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, masked(inner, mask)]));
}

const bits = fc.infiniteStream(fc.integer({ min: 0, max: 9 }).map((digit) => digit < 2));

function masker(stream: Iterator<boolean>): () => boolean {
  return () => stream.next().value === true;
}

const parents = [
  ...new Set(rules.flatMap(({ types }) => types)),
  "aws:ec2/subnet:Subnet",
  "aws:autoscaling/attachment:Attachment",
];
const neighbour = fc.record({
  type: fc.constantFrom(...parents),
  props: resource,
  from: fc.dictionary(
    fc.constantFrom(...keys),
    fc.array(fc.constantFrom(SUBJECT, "n0", "n1", "gone"), { maxLength: 3 }),
    {
      noNullPrototype: true,
    },
  ),
});

function judgedAlone(rule: Rule, given: unknown) {
  const { values } = settle(rule.parameters ?? {}, {});
  return concluded(() => rule.judge?.(Value.of(given), { config: values }) ?? []);
}

for (const rule of rules) {
  describe(`rule ${rule.name}, whatever it is given`, () => {
    const [type = ""] = rule.types;

    it("comes to an end, and says one short line about each property", () => {
      fc.assert(
        fc.property(resource, fc.array(neighbour, { maxLength: 2 }), bits, (given, others, stream) => {
          const mask = masker(stream);
          const scenario = {
            name: "any",
            is: "pass" as const,
            given: masked(given, mask) === UNKNOWN ? given : (masked(given, mask) as object),
            from: { listenerArn: ["n0"], subnets: ["n0", "n1"], vpcZoneIdentifiers: ["n0", "n1"] },
            stack: others.map((other, index) => ({ ...other, name: `n${index}` })),
          };
          for (const handOver of Object.values(handovers)) {
            const { findings, deferrals } = play(rule, scenario, type, handOver);
            const lines = [...findings.map(({ says }) => says), ...deferrals.map(({ waits }) => waits)];
            assert.deepEqual(
              lines.filter((line) => line.length > 250 || /[^\x20-\x7e]/.test(line)),
              [],
            );
          }
        }),
        { numRuns: 150 },
      );
    });

    it("takes properties that are no object at all", () => {
      for (const given of [null, undefined, 7, "text", [], [[]], UNKNOWN, Object.create(null)]) {
        const { deferrals } = play(rule, { name: "any", is: "pass", given }, type);
        assert.equal(deferrals.length > 0, given === UNKNOWN, typeof given);
      }
    });

    it("finds nothing in what is not known yet that the value, once known, does not bear out", () => {
      fc.assert(
        fc.property(resource, bits, (given, stream) => {
          const now = judgedAlone(
            rule,
            Object.fromEntries(
              Object.entries(given).map(([key, value]) => [key, masked(value, masker(stream))]),
            ),
          );
          const then = new Set(judgedAlone(rule, given).findings.map(({ path }) => path));
          assert.deepEqual(
            now.findings.filter(({ path }) => !then.has(path)),
            [],
          );
        }),
        { numRuns: 300 },
      );
    });
  });
}

describe("a rule given something huge", () => {
  it("counts 200,000 elements and reads a thousand levels without harm", () => {
    const wide = Array.from({ length: 200_000 }, () => "subnet-1");
    const weighted = { launchTemplate: { overrides: wide } };
    let deep: unknown = "HTTP";
    for (let level = 0; level < 1000; level += 1) deep = { redirect: deep };
    const given = {
      minSize: 2,
      vpcZoneIdentifiers: wide,
      subnets: wide,
      suspendedProcesses: wide,
      defaultActions: [deep],
      actions: [deep],
      healthCheck: deep,
      mixedInstancesPolicy: weighted,
    };
    for (const rule of rules) assert.deepEqual(judgedAlone(rule, given).deferrals, []);
  });

  it("waits for 50,000 unknown elements without taking for ever", () => {
    const suspendedProcesses = Array.from({ length: 50_000 }, () => UNKNOWN);
    const waits = rules.map((rule) => judgedAlone(rule, { suspendedProcesses }).deferrals.length);
    assert.equal(Math.max(...waits), 50_000);
  });
});
