import assert from "node:assert/strict";
import { judged, policy } from "./support/policies";
import { bucket, packFiles, plan, projectFiles } from "./support/project";

describe("the policies of a stack", () => {
  it("stop it when a mandatory one is violated, and only then", async () => {
    const pack = packFiles(
      [policy("strict", "mandatory"), policy("mild", "advisory"), policy("off", "disabled")].join(),
    );
    const { code, summary, policies, violations } = await judged(pack);
    assert.equal(code, 1);
    assert.deepEqual(
      policies.map(({ name, level, verdict }) => [name, level, verdict]),
      [
        ["strict", "mandatory", "violated"],
        ["mild", "advisory", "violated"],
        ["off", "disabled", "disabled"],
      ],
    );
    assert.deepEqual(violations, [
      {
        policy: "strict",
        level: "mandatory",
        urn: "urn:pulumi:dev::tiny::aws:s3/bucket:Bucket::logs",
        message: "says {}",
      },
      {
        policy: "mild",
        level: "advisory",
        urn: "urn:pulumi:dev::tiny::aws:s3/bucket:Bucket::logs",
        message: "says {}",
      },
    ]);
    assert.deepEqual(
      [summary.allowed, summary.mandatoryViolations, summary.advisoryViolations],
      [false, 1, 1],
    );
    assert.equal((await judged(packFiles(policy("mild", "advisory")))).code, 0);
  });

  it("say what to write instead with the values a stack has set, once for all they found", async () => {
    const least = `{ name: "least", description: "Enough", enforcementLevel: "advisory",
      remediationSteps: "Have 2.", url: "https://example.com/why",
      validateResource: (args, report) => {
        if (args.type === "aws:s3/bucket:Bucket") report("size: 1\\nFix: Have 3.\\nSee pack/docs/least.md");
      } }`;
    const { policies, violations } = await judged(packFiles(least));
    assert.deepEqual(
      [
        violations.map(({ message }) => message),
        policies.map(({ remediation, page }) => [remediation, page]),
      ],
      [["size: 1"], [["Have 3.", "pack/docs/least.md"]]],
    );
  });

  it("take their settings from policies/config/<stack>.json, or from the file named", async () => {
    const schema = 'configSchema: { properties: { least: { type: "integer", default: 2 } } },';
    const files = {
      ...packFiles(policy("bounds", "mandatory", schema)),
      "policies/config/dev.json": '{ "bounds": { "enforcementLevel": "advisory", "least": 3 } }',
      "other.json": '{ "bounds": "disabled" }',
    };
    const usual = await judged(files);
    assert.deepEqual([usual.code, usual.violations[0]?.message], [0, 'says {"least":3}']);
    const other = await plan(projectFiles(bucket, files), ["--json", "--policy-config", "other.json"]);
    assert.deepEqual(JSON.parse(other.stdout).policyPack, {
      name: "stub",
      version: "1.2.3",
      config: "other.json",
    });
    assert.deepEqual(JSON.parse(other.stdout).policies[0].verdict, "disabled");
  });

  it("are told apart: passed, not applicable, and not decided before a deployment", async () => {
    const pack = packFiles(`${policy("elsewhere", "mandatory").replace("aws:s3/bucket", "aws:sns/topic")},
      { name: "content", description: "d", enforcementLevel: "mandatory", validateResource: () => undefined },
      { name: "curious", description: "d", enforcementLevel: "mandatory", validateStack: (args, report) => {
          for (const { name, props } of args.resources) if (name === "logs" && props.arn === "x") report("no");
        } },
      { name: "not-decided-in-preview", description: "What is open", enforcementLevel: "advisory",
        validateStack: (args, report) => report("1 left open: other: logs arn") }`);
    const { code, policies, undecided, summary } = await judged(pack);
    assert.equal(code, 0);
    assert.deepEqual(
      policies.map(({ name, verdict }) => [name, verdict]),
      [
        ["elsewhere", "not applicable"],
        ["content", "passed"],
        ["curious", "not decided"],
      ],
    );
    const sdk =
      "can't run policy 'curious' from policy pack 'stub@v1.2.3' during preview: string value at .arn can't be known during preview";
    assert.deepEqual(undecided, [`curious: tiny-dev: ${sdk}`, "1 left open: other: logs arn"]);
    assert.deepEqual(
      [summary.policiesPassed, summary.policiesNotDecided, summary.policiesNotApplicable],
      [1, 1, 1],
    );
  });

  it("see each resource as the engine shows it", async () => {
    const program = `import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";
import * as s3 from "@pulumi/aws/s3";
const group = new pulumi.ComponentResource("tiny:index:Group", "group");
const provider = new aws.Provider("far", { region: "us-west-2" });
const logs = new s3.Bucket("logs", { tags: { a: pulumi.secret("hidden") } }, {
  parent: group, provider, protect: true, ignoreChanges: ["tags"], deleteBeforeReplace: false,
  additionalSecretOutputs: ["arn"], aliases: [{ name: "old" }], customTimeouts: { create: "1h30m" },
});
new s3.BucketVersioning("on", { bucket: logs.id, versioningConfiguration: { status: "Enabled" } }, { dependsOn: group });
group.registerOutputs({ done: true });
`;
    const pack = packFiles(
      `
      { name: "one", description: "d", enforcementLevel: "advisory", validateResource: (args, report) => {
          if (args.name !== "logs") return;
          report(JSON.stringify({ props: args.props, opts: args.opts, provider: args.provider, type: args.type }));
        } },
      { name: "all", description: "d", enforcementLevel: "advisory", validateStack: (args, report) => {
          const on = args.resources.find((one) => one.name === "on");
          const [group, logs] = ["group", "logs"].map((name) => args.resources.find((one) => one.name === name));
          report(JSON.stringify({
            names: args.resources.map((one) => one.name).sort(),
            parent: args.resources.find((one) => one.name === "logs").parent.name,
            dependencies: on.dependencies.map((one) => one.name).sort(),
            bucket: on.propertyDependencies.bucket.map((one) => one.name),
            group: group.props,
            isUnknown: (() => { try { return logs.props.arn; } catch (error) { return error.constructor.name; } })(),
          }));
        } }`.replace('name: "all"', 'name: "whole"'),
    );
    const { violations } = await judged(pack, program);
    const [one, whole] = ["one", "whole"].map((name) =>
      JSON.parse(violations.find(({ policy }) => policy === name)?.message ?? "{}"),
    );
    const prefix = "urn:pulumi:dev::tiny::";
    assert.deepEqual(one.opts, {
      protect: true,
      ignoreChanges: ["tags"],
      deleteBeforeReplace: false,
      aliases: [
        `${prefix}tiny:index:Group$aws:s3/bucket:Bucket::old`,
        // The SDK's own, from when the class had another type.
        `${prefix}tiny:index:Group$aws:s3/bucketV2:BucketV2::logs`,
      ],
      customTimeouts: { createSeconds: 5400, updateSeconds: 0, deleteSeconds: 0 },
      additionalSecretOutputs: ["arn"],
      parent: `${prefix}tiny:index:Group::group`,
    });
    assert.deepEqual(one.provider, {
      type: "pulumi:providers:aws",
      props: one.provider.props,
      urn: `${prefix}pulumi:providers:aws::far`,
      name: "far",
    });
    assert.equal(one.provider.props.region, "us-west-2");
    assert.deepEqual(one.props.tags, { a: "[secret]" });
    assert.deepEqual(whole, {
      names: ["default_7_48_0", "far", "group", "logs", "on", "tiny-dev"],
      parent: "group",
      // The SDK waits for what a component holds, not for the component.
      dependencies: ["logs"],
      bucket: ["logs"],
      group: { done: true },
      isUnknown: "UnknownValueError",
    });
  });

  it("may put a resource right before it is judged, at level remediate", async () => {
    const pack = packFiles(`
      { name: "tagged", description: "Tags", enforcementLevel: "remediate",
        remediateResource: (args) => args.type === "aws:s3/bucket:Bucket" ? { ...args.props, tags: { a: "fixed" } } : undefined,
        validateResource: (args, report) => { if (args.props.tags && args.props.tags.a !== "fixed") report("wrong tag"); } },
      { name: "sees", description: "d", enforcementLevel: "advisory", validateStack: (args, report) => {
          for (const one of args.resources) if (one.name === "logs") report("tag " + one.props.tags.a);
        } }`);
    const { code, violations, remedied } = await judged(pack);
    assert.equal(code, 0);
    assert.deepEqual(
      violations.map(({ message }) => message),
      ["tag fixed"],
    );
    assert.deepEqual(remedied, [
      { policy: "tagged", urn: "urn:pulumi:dev::tiny::aws:s3/bucket:Bucket::logs" },
    ]);
  });

  it("are asked about a resource while the program still makes others", async () => {
    const program = `import { existsSync } from "node:fs";
import * as s3 from "@pulumi/aws/s3";
export = async () => {
  new s3.Bucket("first");
  while (!existsSync("policies/asked")) await new Promise((resolve) => setTimeout(resolve, 5));
  new s3.Bucket("second");
};
`;
    const pack = packFiles(`{ name: "asked", description: "d", enforcementLevel: "advisory",
      validateResource: ({ name }, report) => {
        if (name === "first") require("node:fs").writeFileSync("asked", "");
        if (name === "first" || name === "second") report(name);
      } }`);
    const { violations } = await judged(pack, program);
    assert.deepEqual(
      violations.map(({ message }) => message),
      ["first", "second"],
    );
  });

  it("are violated in an order: mandatory ones first, then by name, resource and message", async () => {
    const reporting = (name: string, level: string) =>
      `{ name: "${name}", description: "d", enforcementLevel: "${level}", validateResource: (args, report) => {
        if (args.type === "aws:s3/bucket:Bucket") ["z", "a"].forEach((text) => report(text));
      } }`;
    const program = 'import * as s3 from "@pulumi/aws/s3";\nnew s3.Bucket("two");\nnew s3.Bucket("one");\n';
    const pack = packFiles(
      [reporting("mild", "advisory"), reporting("b", "mandatory"), reporting("a", "mandatory")].join(),
    );
    const { violations } = await judged(pack, program);
    assert.deepEqual(
      violations.map(({ policy, urn, message }) => [policy, urn.split("::").at(-1), message].join(" ")),
      ["a", "b", "mild"].flatMap((name) => [
        `${name} one a`,
        `${name} one z`,
        `${name} two a`,
        `${name} two z`,
      ]),
    );
  });

  it("are told about the stack as the CLI tells them", async () => {
    const pack =
      packFiles(`{ name: "who", description: "d", enforcementLevel: "advisory", validateStack: (args, report) => {
      const pulumi = require("@pulumi/pulumi");
      report([pulumi.getOrganization(), pulumi.getProject(), pulumi.getStack(), new pulumi.Config("aws").get("region"), process.cwd().endsWith("/policies")].join(" "));
    } }`);
    const { violations } = await judged(pack);
    assert.equal(violations[0]?.message, "organization tiny dev eu-west-1 true");
  });
});
