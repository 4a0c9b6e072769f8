import assert from "node:assert/strict";
import type { GivenConfig } from "../../../planner/analyzer/config-file";
import { type Judgement, Judging } from "../../../planner/analyzer/judge";
import type { Registration } from "../../../sandbox/monitor/registration";
import { UNKNOWN } from "../../../sandbox/values";
import { withClient } from "../support/packs";
import { packFiles } from "../support/project";
import { bucketNamed, registration } from "../support/registrations";

const root = registration("pulumi:pulumi:Stack", "tiny-dev", { custom: false });

/** Has a pack judge a stack by hand; `early` is submitted before the stack is finished. */
function judged(
  pack: { readonly policies: string; readonly before?: string; readonly initial?: string },
  registrations: readonly Registration[],
  more: {
    readonly early?: readonly Registration[];
    readonly config?: ReadonlyMap<string, GivenConfig>;
    readonly secrets?: readonly string[];
    readonly version?: string;
  } = {},
): Promise<Judgement> {
  const { early = [], config = new Map(), secrets = [], ...pick } = more;
  return withClient(
    packFiles(pack.policies, pack.before, pack.initial),
    async (client) => {
      const judging = await Judging.begin(client, { config, configLabel: "dev.json" });
      for (const one of early) judging.submit(one);
      return judging.finish({ registrations, outputSecrets: () => secrets });
    },
    pick,
  );
}

/** A message as a policy with the description "d" reports it: the SDK puts that before it. */
function said(message: string): string {
  return `d\n${message}`;
}

function messages({ findings }: Judgement): string[] {
  return findings.map(({ message }) => message.replace(/^d\n/, ""));
}

const names = Array.from({ length: 600 }, (_, index) => `b${index}`);
const many = names.map((name) => bucketNamed(name));

/** Notes what the pack is asked about, and tells in the end. */
const counting = {
  before: "const asked = []; let underWay = 0; let most = 0;",
  policies: `{ name: "counts", description: "d", enforcementLevel: "advisory",
      validateResource: async (args) => {
        asked.push(args.name);
        most = Math.max(most, ++underWay);
        await new Promise(setImmediate);
        underWay--;
      } },
    { name: "tells", description: "d", enforcementLevel: "advisory", validateStack: (args, report) => {
        report(JSON.stringify({ asked, most, stack: args.resources.map((one) => one.name) }));
      } }`,
};

describe("a pack that judges", () => {
  it("is asked about each resource once, however often and early it is submitted", async () => {
    const [one, two, three] = [bucketNamed("one"), bucketNamed("two"), bucketNamed("three")];
    const told = await judged(counting, [root, one, two, three], { early: [two, root, two] });
    const { asked, stack } = JSON.parse(messages(told)[0] ?? "");
    assert.deepEqual(asked.sort(), ["one", "three", "tiny-dev", "two"]);
    assert.deepEqual(stack, ["tiny-dev", "one", "two", "three"]);
  });

  it("is asked about many at a time, but not about all", async () => {
    const { asked, most } = JSON.parse(messages(await judged(counting, many))[0] ?? "");
    assert.deepEqual(asked.sort(), [...names].sort());
    assert.ok(most > 64 && most <= 256, `${most} at a time`);
  });

  it("is asked about a stack of nothing", async () => {
    const told = await judged(counting, []);
    assert.deepEqual(messages(told), ['{"asked":[],"most":0,"stack":[]}']);
  });

  it("says what it found in the order of the resources, about the stack last", async () => {
    const policies = `{ name: "finds", description: "d", enforcementLevel: "mandatory", severity: "high",
        validateResource: (args, report) => { report(args.name); report("elsewhere", "urn:other"); } },
      { name: "whole", description: "d", enforcementLevel: "advisory", validateStack: (args, report) => {
        report("whole"); report("part", args.resources[1].urn);
      } }`;
    const [one, two] = [bucketNamed("one"), bucketNamed("two")];
    const { findings } = await judged({ policies }, [root, one, two], { early: [two] });
    const finds = { policy: "finds", level: "mandatory", severity: "high" };
    const whole = { policy: "whole", level: "advisory" };
    assert.deepEqual(findings, [
      ...[root, one, two].flatMap(({ name, urn }) => [
        { ...finds, urn, message: said(name) },
        { ...finds, urn: "urn:other", message: said("elsewhere") },
      ]),
      { ...whole, urn: root.urn, message: said("whole") },
      { ...whole, urn: one.urn, message: said("part") },
    ]);
  });

  it("is told of the provider of a resource, and of secrets", async () => {
    const provider = registration("pulumi:providers:aws", "far", { checkedInputs: { region: "us-west-2" } });
    const policies = `{ name: "sees", description: "d", enforcementLevel: "advisory",
        validateResource: (args, report) => args.provider && report([args.name, args.provider.name, args.provider.props.region].join()) },
      { name: "whole", description: "d", enforcementLevel: "advisory", validateStack: (args, report) => {
        for (const one of args.resources) if (one.provider) report([one.name, one.provider.name, one.props.token].join());
      } }`;
    const logs = bucketNamed("logs", { provider: `${provider.urn}::some-id`, outputs: { token: "t" } });
    const stray = bucketNamed("stray", { provider: "urn:pulumi:dev::tiny::pulumi:providers:aws::gone::id" });
    const told = await judged({ policies }, [root, provider, logs, stray], { secrets: ["token"] });
    assert.deepEqual(messages(told), ["logs,far,us-west-2", "logs,far,t"]);
  });

  it("tells a policy that passed nothing over from one that had nothing to look at", async () => {
    const skips = (name: string, condition: string, type = "validateResource") =>
      `{ name: "${name}", description: "d", enforcementLevel: "advisory",
         ${type}: (args) => { if (${condition}) args.notApplicable("why"); } }`;
    const policies = [
      skips("every", "true"),
      skips("some", 'args.name === "logs"'),
      skips("none", "false"),
      skips("whole", "true", "validateStack"),
    ].join();
    const { notApplicable } = await judged({ policies }, [root, bucketNamed("logs")]);
    assert.deepEqual([...notApplicable], ["every", "whole"]);
  });

  it("is named with the version its file states, else with its own", async () => {
    const filed = await judged({ policies: "" }, [root], { version: "4.5.6" });
    assert.deepEqual([filed.name, filed.version, filed.policies], ["stub", "4.5.6", []]);
    assert.equal((await judged({ policies: "" }, [root])).version, "1.2.3");
  });

  it("runs a policy with what the schema says, then the pack, then the file", async () => {
    const policy = (name: string) => `{ name: "${name}", description: "d", enforcementLevel: "advisory",
      configSchema: { properties: { a: { default: 1 }, b: { default: 1 }, c: { default: 1 } } },
      validateResource: (args, report) => report(JSON.stringify(args.getConfig())) }`;
    const initial =
      '{ one: { enforcementLevel: "mandatory", b: 2, c: 2 }, all: "disabled", two: { enforcementLevel: "mandatory" } }';
    const policies = [policy("one"), policy("two"), policy("three")].join();
    const config = new Map<string, GivenConfig>([["one", { properties: { c: 3 } }]]);
    const told = await judged({ policies, initial }, [root], { config });
    assert.deepEqual(
      told.policies.map(({ name, settled }) => [name, settled]),
      [
        ["one", { level: "mandatory", properties: { a: 1, b: 2, c: 3 } }],
        ["two", { level: "mandatory", properties: { a: 1, b: 1, c: 1 } }],
        ["three", { level: "disabled", properties: { a: 1, b: 1, c: 1 } }],
      ],
    );
    assert.deepEqual(messages(told), ['{"a":1,"b":2,"c":3}', '{"a":1,"b":1,"c":1}']);
  });

  it("is refused a config it does not take", async () => {
    const config = new Map<string, GivenConfig>([["nothing", { level: "mandatory", properties: {} }]]);
    await assert.rejects(judged({ policies: "" }, [root], { config }), {
      name: "Failure",
      message: "dev.json: the policy config is not valid\n  nothing: the pack has no such policy",
    });
  });
});

describe("a pack that fails to judge", () => {
  const failing = (condition: string) => ({
    policies: `{ name: "bad", description: "d", enforcementLevel: "mandatory",
      validateResource: (args) => { if (${condition}) throw new Error("cannot stand " + args.name); } }`,
  });
  const failure = (name: string) =>
    `the policy pack in policies could not judge ${name}: Error validating resource with policy 'bad' from policy pack 'stub@v1.2.3':\nError: cannot stand ${name}`;

  it("one resource fails the stack, with that error", async () => {
    await assert.rejects(judged(failing('args.name === "b150"'), many), {
      name: "Failure",
      message: failure("b150"),
    });
  });

  it("one resource fails the stack, long before that is finished, too", async () => {
    const refused = judged(failing('args.name === "b3"'), many, { early: many.slice(0, 100) });
    await assert.rejects(refused, { message: failure("b3") });
  });

  it("each of them fails the stack, with one error", async () => {
    await assert.rejects(judged(failing("true"), many), (error: Error) => {
      const [, name = ""] = /^the policy pack in policies could not judge (b\d+):/.exec(error.message) ?? [];
      assert.equal(error.message, failure(name));
      return true;
    });
  });
});

describe("a pack that remedies", () => {
  const fixing = `{ name: "fixes", description: "d", enforcementLevel: "remediate", severity: "low",
    remediateResource: (args) => args.name === "logs" ? { ...args.props, size: args.props.size + 1 } : undefined,
    validateResource: (args, report) => { if (args.props.size !== undefined) report("size " + args.props.size); } }`;
  const seeing = `{ name: "sees", description: "d", enforcementLevel: "advisory", validateStack: (args, report) => {
    for (const { name, props } of args.resources) report(name + " " + JSON.stringify(props));
  } }`;
  const logs = bucketNamed("logs", {
    checkedInputs: { size: 1, token: "t" },
    secretPaths: ["token"],
    outputs: { size: 1, token: "t", arn: "a" },
  });
  const other = bucketNamed("other", { checkedInputs: { size: 7 }, outputs: { size: 7 } });

  it("judges what it has made of a resource, and shows that in the finished stack", async () => {
    const { findings, remedied } = await judged({ policies: [fixing, seeing].join() }, [logs, other], {
      secrets: ["token"],
    });
    assert.deepEqual(remedied, [{ policy: "fixes", urn: logs.urn }]);
    const left = { policy: "fixes", level: "mandatory", severity: "low" };
    assert.deepEqual(findings.slice(0, 2), [
      { ...left, urn: logs.urn, message: said("size 2") },
      { ...left, urn: other.urn, message: said("size 7") },
    ]);
    assert.deepEqual(
      findings.slice(2).map(({ message }) => message),
      [said('logs {"arn":"a","size":2,"token":"t"}'), said('other {"size":7}')],
    );
  });

  it("goes by the last of several remedies", async () => {
    const policies = [fixing, fixing.replace('"fixes"', '"again"'), seeing].join();
    const told = await judged({ policies }, [logs], { secrets: ["token"] });
    assert.deepEqual(
      told.remedied.map(({ policy }) => policy),
      ["fixes", "again"],
    );
    assert.deepEqual(messages(told), ["size 3", "size 3", 'logs {"arn":"a","size":3,"token":"t"}']);
  });

  it("leaves a resource alone when the policy is set to another level", async () => {
    const config = new Map<string, GivenConfig>([["fixes", { level: "advisory", properties: {} }]]);
    const { findings, remedied } = await judged({ policies: fixing }, [logs], { config });
    assert.deepEqual(remedied, []);
    assert.deepEqual(findings, [
      { policy: "fixes", level: "advisory", severity: "low", urn: logs.urn, message: said("size 1") },
    ]);
  });

  it("says what it could not remedy before a deployment", async () => {
    const unknown = bucketNamed("logs", { checkedInputs: { size: UNKNOWN } });
    const { findings, remedied } = await judged({ policies: fixing }, [unknown]);
    const why = "during preview: string value at .size can't be known during preview";
    assert.deepEqual(remedied, []);
    assert.deepEqual(findings, [
      {
        policy: "fixes",
        level: "advisory",
        urn: unknown.urn,
        message: `can't run remediation 'fixes' from policy pack 'stub@v1.2.3' ${why}`,
      },
      {
        policy: "fixes",
        level: "advisory",
        severity: "low",
        urn: unknown.urn,
        message: `can't run policy 'fixes' from policy pack 'stub@v1.2.3' ${why}`,
      },
    ]);
  });

  it("fails the stack when a remedy throws", async () => {
    const policies = fixing.replace("args.props.size + 1", "args.nothing.at.all");
    await assert.rejects(judged({ policies }, [other, logs]), {
      message:
        "the policy pack in policies could not remedy logs: Error remediating resource with remediation 'fixes' from policy pack 'stub@v1.2.3':\nTypeError: Cannot read properties of undefined (reading 'at')",
    });
  });
});
