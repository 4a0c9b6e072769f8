import * as assert from "node:assert/strict";
import type { Outcome } from "../../policies/lib/judgement";
import { settle } from "../../policies/lib/parameters";
import type { Scenario } from "../../policies/lib/rule";
import { play } from "../../policies/lib/scenario";
import { rules } from "../../policies/rules";
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

for (const rule of rules) {
  describe(`rule ${rule.name}`, () => {
    for (const scenario of rule.scenarios) {
      it(`${verbs[scenario.is]}: ${scenario.name}`, () => {
        for (const type of rule.types) {
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
  it("have the names, severities, levels and controls of the catalogue", () => {
    const table = rules.map(({ name, severity, level, frameworks }) =>
      [
        name,
        severity,
        level,
        ...Object.entries(frameworks).map(([standard, ids]) => `${standard} ${ids}`),
      ].join(" "),
    );
    assert.deepEqual(table, [
      "listener-tls-minimum high mandatory fsbp ELB.17",
      "listener-http-redirect high mandatory fsbp ELB.1",
      "listener-rule-no-plain-forward high mandatory fsbp ELB.1",
      "listener-certificate-set high mandatory fsbp ELB.18",
      "balancer-multi-zone high mandatory fsbp ELB.13",
      "target-health-check high mandatory",
      "target-health-check-timing medium mandatory",
      "target-drain-time low advisory",
      "scaling-min-instances high mandatory",
      "scaling-schedule-min-instances high mandatory",
      "scaling-multi-zone high mandatory fsbp AutoScaling.2",
      "scaling-load-balancer-health high mandatory fsbp AutoScaling.1",
      "scaling-health-processes-on high mandatory",
    ]);
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
