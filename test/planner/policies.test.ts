import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { type Files, inFolder } from "./support/folder";
import { packFiles, plan, planAloneIn, planIn, projectFiles, type Run } from "./support/project";

const bucket = 'import * as s3 from "@pulumi/aws/s3";\nnew s3.Bucket("logs", { tags: { a: "b" } });\n';

/** A policy that always finds something about the bucket. */
function policy(name: string, level: string, more = ""): string {
  return `{ name: "${name}", description: "About ${name}", enforcementLevel: "${level}", ${more}
    validateResource: (args, report) => {
      if (args.type !== "aws:s3/bucket:Bucket") return args.notApplicable("no bucket");
      report("says " + JSON.stringify(args.getConfig()));
    } }`;
}

function assertRefused({ code, stdout, stderr }: Run, message: string): void {
  assert.deepEqual({ code, stdout, stderr }, { code: 2, stdout: "", stderr: `error: ${message}\n` });
}

interface Told {
  readonly summary: { readonly [figure: string]: unknown };
  readonly policies: readonly { readonly name: string; readonly verdict: string; readonly level: string }[];
  readonly violations: readonly {
    readonly policy: string;
    readonly level: string;
    readonly message: string;
    readonly urn: string;
  }[];
  readonly undecided: readonly string[];
  readonly remedied: readonly object[];
}

async function judged(files: Files, program = bucket): Promise<Told & { readonly code: number }> {
  const { code, stdout, stderr } = await plan(projectFiles(program, files), ["--json"]);
  assert.equal(stderr, "");
  return { code, ...(JSON.parse(stdout) as Told) };
}

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

describe("a policy pack that does not work is refused when it", () => {
  // The time a pack gets matters only to those that use it up; the others start in a second or two.
  const packs: readonly [what: string, pack: Files, message: string, seconds?: number][] = [
    [
      "throws",
      packFiles("", 'throw new Error("no licence");'),
      "the policy pack in policies did not start: it ended with code 32\n  Error: no licence",
    ],
    [
      "prints before it starts",
      packFiles("", 'console.log("loading rules");'),
      'the policy pack in policies did not start: it wrote "loading rules" where its port belongs; nothing may be printed before',
    ],
    [
      "leaves at once",
      packFiles("", 'console.error("bye"); process.exit(7);'),
      "the policy pack in policies did not start: it ended with code 7\n  bye",
    ],
    [
      "serves nothing",
      { ...packFiles(), "policies/index.js": "" },
      "the policy pack in policies did not start: it ended with code 0",
    ],
    [
      "hangs before it starts",
      { ...packFiles(), "policies/index.js": "setInterval(() => {}, 1000);" },
      "the policy pack in policies did not start within 1 seconds",
      1,
    ],
    [
      "has a rule that throws",
      packFiles(
        '{ name: "bad", description: "d", enforcementLevel: "mandatory", validateResource: () => { throw new Error("oops"); } }',
      ),
      "the policy pack in policies could not judge tiny-dev: Error validating resource with policy 'bad' from policy pack 'stub@v1.2.3':\nError: oops",
    ],
    [
      "dies in the middle",
      packFiles(
        '{ name: "bad", description: "d", enforcementLevel: "mandatory", validateResource: () => { process.kill(process.pid, "SIGKILL"); } }',
      ),
      "the policy pack in policies ended when it was to judge tiny-dev",
    ],
    [
      "never answers",
      packFiles(
        '{ name: "bad", description: "d", enforcementLevel: "mandatory", validateStack: () => new Promise(() => {}) }',
      ),
      "the policy pack in policies did not judge the stack within 8 seconds",
      8,
    ],
  ];
  for (const [what, pack, message, seconds = 60] of packs) {
    it(what, async () => {
      const run = await plan(projectFiles(bucket, pack), [], {
        EVENKEEL_POLICY_TIMEOUT_SECONDS: String(seconds),
      });
      assertRefused(run, message);
    });
  }
});

describe("a policy pack", () => {
  // Nobody answers where it listened once it is gone.
  const listening = `const server = require("node:net").createServer().listen(0, "127.0.0.1", () => {
    require("node:fs").writeFileSync("port", String(server.address().port));
    AFTER
  });
  setInterval(() => {}, 1000);`;

  function answers(port: number): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = connect(port, "127.0.0.1");
      socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
      socket.once("connect", () => socket.destroy());
    });
  }

  // The signal is on its way when the plan is over; a pack that stays makes the test run out of time.
  async function untilGone(port: number): Promise<void> {
    // Not without a pause: connections by the hundred take ports that others are about to listen on.
    while (await answers(port)) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  it("is ended when it hangs", async () => {
    const files = projectFiles(bucket, {
      ...packFiles(),
      "policies/index.js": listening.replace("AFTER", ""),
    });
    await inFolder(files, async (folder) => {
      const { code } = await planIn(folder, [], { EVENKEEL_POLICY_TIMEOUT_SECONDS: "5" });
      assert.equal(code, 2);
      await untilGone(Number(readFileSync(folder.at("policies/port"), "utf8")));
    });
  });

  it("is ended when the user ends the plan", async () => {
    const pack = listening.replace("AFTER", 'process.kill(process.ppid, "SIGTERM");');
    await inFolder(projectFiles(bucket, { ...packFiles(), "policies/index.js": pack }), async (folder) => {
      assert.deepEqual(planAloneIn(folder), { code: 143, stdout: "", stderr: "" });
      await untilGone(Number(readFileSync(folder.at("policies/port"), "utf8")));
    });
  });
});
