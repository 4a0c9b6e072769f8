import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { concluded } from "../../policies/lib/judgement";
import type { Rule } from "../../policies/lib/rule";
import { givenIn, play, SUBJECT } from "../../policies/lib/scenario";
import { UNKNOWN } from "../../policies/lib/unknown";
import { Value } from "../../policies/lib/value";
import { rules } from "../../policies/rules";
import { handovers } from "./support/handovers";

/** The names and the short texts of a rule's own examples: what it reads, and what it looks for. */
function vocabularyOf({ scenarios }: Rule): {
  readonly keys: readonly string[];
  readonly words: readonly string[];
} {
  const keys = new Set(["id", "arn", "name", "constructor", "toString", "length", "hasOwnProperty"]);
  const words = new Set(["", "-1", "200-499", "[secret]", "x".repeat(5000)]);
  const collect = (value: unknown): void => {
    if (typeof value === "string" && value.length < 200 && value !== UNKNOWN) words.add(value);
    if (typeof value !== "object" || value === null) return;
    if (!Array.isArray(value)) for (const key of Object.keys(value)) keys.add(key);
    for (const inner of Object.values(value)) collect(inner);
  };
  for (const { given, outputs, stack = [] } of scenarios) {
    for (const props of [given, outputs, ...stack.map((resource) => resource.props)]) collect(props);
  }
  return { keys: [...keys], words: [...words] };
}

/** Any JSON, with the names and texts a rule knows more often than others. */
function shapesFor(rule: Rule) {
  const { keys, words } = vocabularyOf(rule);
  const leaf = fc.oneof(
    fc.constantFrom<unknown>(...words, null, true, false),
    fc.constantFrom<unknown>(0, -1, 1, 2, 3, 1e308, -0.5),
    fc.jsonValue({ maxDepth: 1 }),
  );
  const { value: anything } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      leaf,
      fc.array(tie("value"), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom(...keys), tie("value"), { maxKeys: 6, noNullPrototype: true }),
    ),
  }));
  const resource = fc.dictionary(fc.constantFrom(...keys), anything, { maxKeys: 12, noNullPrototype: true });
  const types = [...rule.types, ...rule.scenarios.flatMap(({ stack = [] }) => stack.map(({ type }) => type))];
  const sources = fc.array(fc.constantFrom(SUBJECT, "n0", "n1", "gone"), { maxLength: 3 });
  const from = fc.dictionary(fc.constantFrom(...keys), sources, { noNullPrototype: true });
  const neighbour = fc.record({ type: fc.constantFrom(...types), props: resource, from });
  return { resource, from, neighbours: fc.array(neighbour, { maxLength: 3 }) };
}

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

function judgedAlone(rule: Rule, type: string, given: unknown) {
  const scenario = { name: "any", is: "pass" as const, given: {} };
  return concluded(() => rule.judge?.(Value.of(given), givenIn(rule, scenario, type)) ?? []);
}

/** What a rule takes for granted while it is not known: that a bucket is no directory bucket, of which there are few. */
const takenForGranted: { readonly [rule: string]: string } = { "bucket-tls-only": "bucket" };

for (const rule of rules) {
  describe(`rule ${rule.name}, whatever it is given`, () => {
    const { resource, from, neighbours } = shapesFor(rule);
    const type = fc.constantFrom(...rule.types);

    it("comes to an end, and says one short line about each property", () => {
      fc.assert(
        fc.property(type, resource, from, neighbours, bits, (of, given, came, others, stream) => {
          const mask = masker(stream);
          const scenario = {
            name: "any",
            is: "pass" as const,
            given: masked(given, mask) === UNKNOWN ? given : (masked(given, mask) as object),
            from: came,
            stack: others.map((other, index) => ({ ...other, name: `n${index}` })),
          };
          for (const handOver of Object.values(handovers)) {
            const { findings, deferrals } = play(rule, scenario, of, handOver);
            const lines = [...findings.map(({ says }) => says), ...deferrals.map(({ waits }) => waits)];
            assert.deepEqual(
              lines.filter((line) => line.length > 250 || /[^\x20-\x7e]/.test(line)),
              [],
            );
          }
        }),
        { numRuns: 60 },
      );
    });

    it("takes properties that are no object at all", () => {
      for (const of of rule.types) {
        for (const given of [null, undefined, 7, "text", [], [[]], UNKNOWN, Object.create(null)]) {
          play(rule, { name: "any", is: "pass", given }, of);
        }
      }
    });

    it("finds nothing in what is not known yet that the value, once known, does not bear out", () => {
      fc.assert(
        fc.property(type, resource, bits, (of, given, stream) => {
          const now = judgedAlone(
            rule,
            of,
            Object.fromEntries(
              Object.entries(given).map(([key, value]) => [
                key,
                takenForGranted[rule.name] === key ? value : masked(value, masker(stream)),
              ]),
            ),
          );
          const then = new Set(judgedAlone(rule, of, given).findings.map(({ path }) => path));
          assert.deepEqual(
            now.findings.filter(({ path }) => !then.has(path)),
            [],
          );
        }),
        { numRuns: 100 },
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
    for (const rule of rules) for (const type of rule.types) judgedAlone(rule, type, given);
  });

  it("waits for 50,000 unknown elements without taking for ever", () => {
    const suspendedProcesses = Array.from({ length: 50_000 }, () => UNKNOWN);
    const waits = rules.map(
      (rule) => judgedAlone(rule, rule.types[0] ?? "", { suspendedProcesses }).deferrals.length,
    );
    assert.equal(Math.max(...waits), 50_000);
  });
});
