import * as assert from "node:assert/strict";
import type {
  ResourceRemediation,
  ResourceValidation,
  ResourceValidationArgs,
  StackValidation,
  StackValidationArgs,
  StackValidationPolicy,
} from "@pulumi/policy";
import type { Exemption } from "../../../policies/lib/exemptions";
import { defaultSettings } from "../../../policies/lib/pack-settings";
import { packOf, policiesOf, policyOf } from "../../../policies/lib/policy";
import { aboutThePack } from "../../../policies/lib/policy-name";
import { type Rule, rule } from "../../../policies/lib/rule";
import { UNKNOWN } from "../../../policies/lib/unknown";
import { rules } from "../../../policies/rules";

const sample: Rule = rule({
  name: "sample",
  title: "Things are good",
  description: "Bad things are bad.",
  severity: "low",
  level: "advisory",
  types: ["test:thing"],
  parameters: { least: { type: "integer", description: "Fewest.", default: 1, minimum: 0, maximum: 9 } },
  frameworks: { fsbp: ["X.1", "X.2"], nist: ["Y.3"] },
  remediation: "Do better.",
  url: "https://example.com/sample",
  judge: (thing, { config }) =>
    thing
      .at("faults")
      .items()
      .slice(config.least - 1)
      .map((fault) => ({ path: fault.path, says: "bad" })),
  scenarios: [],
});

class NotApplicable extends Error {}

/** Runs the resource part of a rule as the SDK does. */
function told(one: Rule, props: object, { type = "test:thing", config = {}, pack = packOf([one]) } = {}) {
  const messages: string[] = [];
  const args: Pick<ResourceValidationArgs, "type" | "props" | "urn" | "name"> & object = {
    type,
    props: props as ResourceValidationArgs["props"],
    urn: "urn:thing",
    name: "thing",
  };
  const validate = policyOf(one, pack).validateResource as ResourceValidation;
  const more = {
    getConfig: () => config,
    notApplicable: (reason: string) => {
      throw new NotApplicable(reason);
    },
  };
  validate({ ...args, ...more } as unknown as ResourceValidationArgs, (message) => messages.push(message));
  return messages;
}

describe("a rule as a policy", () => {
  it("carries its title, level, severity, controls, remedy and page", () => {
    const { validateResource: _, configSchema, ...data } = policyOf(sample);
    assert.deepEqual(data, {
      name: "sample",
      description: "Things are good",
      enforcementLevel: "advisory",
      severity: "low",
      tags: ["fsbp:X.1", "fsbp:X.2", "nist:Y.3"],
      remediationSteps: "Do better.",
      url: "https://example.com/sample",
    });
    const reason = { type: "string", description: "Why this stack is an exception. Changes nothing." };
    assert.deepEqual(configSchema, { properties: { ...sample.parameters, reason } });
  });

  it("reports the finding, the remedy and the page", () => {
    assert.deepEqual(told(sample, { faults: [1] }), [
      "faults[0]: bad\nFix: Do better.\nSee evenkeel-policies/docs/sample.md",
    ]);
  });

  it("says nothing of resources of other types", () => {
    assert.deepEqual(told(sample, { faults: [1] }, { type: "test:other" }), []);
  });

  it("tells twenty findings at most, the last of which counts the rest", () => {
    const messages = told(sample, { faults: Array(100).fill(1) });
    assert.equal(messages.length, 20);
    assert.equal(messages.at(-1)?.split("\n")[0], "resource: 81 more of the same");
  });

  it("notes what it could not judge", () => {
    const pack = packOf([sample]);
    told(sample, { faults: UNKNOWN }, { pack });
    assert.equal(pack.run.deferrals.take(), "1 left open: sample: thing faults (not known yet)");
  });

  it("turns a mistake in a judge into a finding, since an exception would end the whole preview", () => {
    const broken: Rule = {
      ...sample,
      judge: () => {
        throw new TypeError("no such thing");
      },
    };
    const [message] = told(broken, {});
    assert.equal(
      message?.split("\n")[0],
      "resource: could not be judged, a mistake in the rule: no such thing",
    );
  });

  it("gives its reason for not applying to the engine", () => {
    const skipping: Rule = { ...sample, judge: () => ({ skip: "out of scope" }) };
    assert.throws(() => told(skipping, {}), new NotApplicable("out of scope"));
  });

  it("refuses a configuration with a fault, even where the rule would not apply", () => {
    const skipping: Rule = { ...sample, judge: () => ({ skip: "out of scope" }) };
    assert.deepEqual(told(skipping, {}, { config: { least: 10 } }), [
      "policy configuration, least: must be a whole number from 0 to 9, got 10",
    ]);
  });
});

/** Runs the stack part of a policy over things, each given as its inputs by name. */
function toldOfStack(validate: unknown, things: { readonly [name: string]: object }) {
  const messages: string[] = [];
  const resources = Object.entries(things).map(([name, props]) => ({
    urn: `urn:${name}`,
    type: "test:thing",
    name,
    props,
    propertyDependencies: {},
  }));
  const args = { resources, getConfig: () => ({}) } as unknown as StackValidationArgs;
  (validate as StackValidation)(args, (message, urn) => messages.push(`${urn}: ${message.split("\n")[0]}`));
  return messages;
}

describe("a rule that puts right what it finds", () => {
  const switched: Rule = rule({
    ...sample,
    name: "switched",
    parameters: {},
    judge: (thing) => (thing.at("on").flag() === true ? [] : [{ path: "on", says: "off" }]),
    fix: () => [{ path: "on", value: true }],
    scenarios: [],
  });

  function remedied(exemptions: readonly Exemption[]): object {
    const pack = packOf([switched], { ...defaultSettings, exemptions });
    const { remediateResource } = policyOf(switched, pack) as { remediateResource: ResourceRemediation };
    const props = { on: false };
    const args = { type: "test:thing", props, urn: "urn:thing", name: "thing", getConfig: () => ({}) };
    remediateResource(args as unknown as ResourceValidationArgs);
    return props;
  }

  it("does so, but for what the stack has been allowed", () => {
    const exemption = { rule: "switched", reason: "It has to stay off", owner: "us", expires: "2999-12-31" };
    assert.deepEqual(
      [
        remedied([]),
        remedied([{ ...exemption, resource: "other" }]),
        remedied([{ ...exemption, resource: "thing" }]),
      ],
      [{ on: true }, { on: true }, { on: false }],
    );
  });
});

describe("a rule that needs the stack", () => {
  const counting: Rule = {
    ...sample,
    judgeInStack: (thing, { stack }) => {
      const others = stack.ofType(["test:thing"]).length - 1;
      return others === 0 ? [] : [{ path: "name", says: `${thing.name} with ${others} others` }];
    },
  };

  it("reports each resource under its own URN", () => {
    const messages = toldOfStack(policyOf(counting).validateStack, { b: {}, a: {} });
    assert.deepEqual(messages, ["urn:a: name: a with 1 others", "urn:b: name: b with 1 others"]);
  });

  it("sees the inputs that were judged before, where AWS fills in the outputs", () => {
    const pack = packOf([sample]);
    const left: Rule = {
      ...sample,
      judgeInStack: ({ inputs }) =>
        inputs.at("kind").isSet() ? [] : [{ path: "kind", says: "left to AWS" }],
    };
    told(left, {}, { pack });
    assert.deepEqual(toldOfStack(policyOf(left, pack).validateStack, { thing: { kind: UNKNOWN } }), [
      "urn:thing: kind: left to AWS",
    ]);
  });

  it("leaves what it could not judge to be told at the end, once", () => {
    const waiting: Rule = {
      ...sample,
      judgeInStack: ({ inputs }) => [{ path: "x", says: `${inputs.at("x").text()}` }],
    };
    const [policy, , , last] = policiesOf([waiting]) as readonly Partial<StackValidationPolicy>[];
    assert.deepEqual(toldOfStack(policy?.validateStack, { thing: { x: UNKNOWN } }), []);
    assert.deepEqual(toldOfStack(last?.validateStack, {}), [
      "undefined: 1 left open: sample: thing x (not known yet)",
    ]);
    assert.deepEqual(toldOfStack(last?.validateStack, {}), []);
  });
});

describe("the policies of the pack", () => {
  const policies = policiesOf(rules);

  it("spare the SDK the unpacking of other types where a rule has one type only", () => {
    const marked = policies.flatMap((policy) => {
      const { validateResource, validateStack } = policy as {
        validateResource?: object;
        validateStack?: object;
      };
      return [validateResource, validateStack].flatMap((part) =>
        part !== undefined && "__pulumiType" in part ? `${policy.name} ${part.__pulumiType}` : [],
      );
    });
    const expected = rules.flatMap(({ name, types, judge, judgeInStack }) =>
      [judge, judgeInStack].flatMap((part) => (part && types.length === 1 ? `${name} ${types[0]}` : [])),
    );
    assert.ok(expected.length > 0);
    assert.deepEqual(marked, expected);
  });

  it("ask for the whole stack only where other resources decide", () => {
    const whole = policies.filter(
      (policy) => (policy as Partial<StackValidationPolicy>).validateStack !== undefined,
    );
    assert.deepEqual(
      whole.map(({ name }) => name),
      [
        ...rules.filter(({ judgeInStack }) => judgeInStack !== undefined).map(({ name }) => name),
        ...aboutThePack.map(({ name }) => name),
      ],
    );
  });
});
