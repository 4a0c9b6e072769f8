import * as assert from "node:assert/strict";
import { applyChanges } from "../../policies/lib/fix";
import { concluded, type Outcome } from "../../policies/lib/judgement";
import { settle } from "../../policies/lib/parameters";
import type { Rule, Scenario } from "../../policies/lib/rule";
import { givenIn, play, typesOf } from "../../policies/lib/scenario";
import { Value } from "../../policies/lib/value";
import { rules } from "../../policies/rules";
import { catalogue } from "./support/catalogue";
import { handovers } from "./support/handovers";

const verbs = { pass: "passes", fail: "fails", skip: "does not apply to", deferred: "waits with" } as const;

function expected(scenario: Scenario): Outcome {
  const nothing = { findings: [], deferrals: [] };
  switch (scenario.is) {
    case "pass":
      return nothing;
    case "fail":
      return { findings: scenario.findings, deferrals: scenario.deferrals ?? [] };
    case "skip":
      return { ...nothing, skip: scenario.why };
    case "deferred":
      return { ...nothing, deferrals: scenario.deferrals };
  }
}

/** What a rule still finds in a resource after its own fix, as the engine lets it be fixed. */
function leftByFix(rule: Rule, scenario: Scenario, type: string): Outcome["findings"] {
  const given = givenIn(rule, scenario, type);
  const props = structuredClone(scenario.given);
  const judged = () => concluded(() => rule.judge?.(Value.of(props), given) ?? []).findings;
  if (judged().length > 0) applyChanges(props, rule.fix?.(Value.of(props), given) ?? []);
  return judged();
}

for (const rule of rules) {
  describe(`rule ${rule.name}`, () => {
    if (rule.fix) {
      it("puts right what it finds, and nothing else", () => {
        for (const scenario of rule.scenarios) {
          const left = scenario.is === "fail" ? (scenario.left ?? []) : [];
          for (const type of typesOf(rule, scenario)) {
            assert.deepEqual(leftByFix(rule, scenario, type), left, `${scenario.name}, ${type}`);
          }
        }
      });
    }

    for (const scenario of rule.scenarios) {
      it(`${verbs[scenario.is]}: ${scenario.name}`, () => {
        for (const type of typesOf(rule, scenario)) {
          for (const [name, handOver] of Object.entries(handovers)) {
            assert.deepEqual(play(rule, scenario, type, handOver), expected(scenario), `${type}, ${name}`);
          }
        }
      });
    }

    it("shows what passes, what fails, and what an unknown value does", () => {
      const outcomes = new Set(rule.scenarios.map((scenario) => scenario.is));
      const waiting = rule.scenarios.some((scenario) => expected(scenario).deferrals.length > 0);
      assert.deepEqual([outcomes.has("pass"), outcomes.has("fail"), waiting], [true, true, true]);
    });

    it("gives each example a name of its own", () => {
      const names = rule.scenarios.map(({ name }) => name);
      assert.deepEqual([...new Set(names)], names);
    });

    it("has defaults that its own parameters allow", () => {
      assert.deepEqual(settle(rule.parameters ?? {}, {}).problems, []);
    });

    it("has examples whose parameters exist", () => {
      const problems = rule.scenarios.flatMap(
        ({ config }) => settle(rule.parameters ?? {}, config ?? {}).problems,
      );
      assert.deepEqual(problems, []);
    });
  });
}

describe("the rules", () => {
  it("are those of the catalogue, with its severities, levels, fixes and controls, in its order", () => {
    const table = rules.map(({ name, severity, level, fix, frameworks }) =>
      [
        name,
        severity,
        level,
        ...(fix ? ["fix"] : []),
        ...Object.entries(frameworks).map(([standard, ids]) => `${standard} ${ids}`),
      ].join(" "),
    );
    assert.deepEqual(table, catalogue);
  });

  it("judge every token of a load balancer's resource", () => {
    const listener = rules.find(({ name }) => name === "listener-http-redirect");
    assert.deepEqual(listener?.types, [
      "aws:lb/listener:Listener",
      "aws:alb/listener:Listener",
      "aws:elasticloadbalancingv2/listener:Listener",
      "aws:applicationloadbalancing/listener:Listener",
    ]);
  });

  it("say what to do in sentences, and where to read more", () => {
    const wrong = rules.filter(
      ({ title, description, remediation, url }) =>
        !(/^[A-Z].*[^.]$/.test(title) && /\.$/.test(description) && /\.$/.test(remediation)) ||
        !url.startsWith("https://docs.aws.amazon.com/"),
    );
    assert.deepEqual(
      wrong.map(({ name }) => name),
      [],
    );
  });
});
