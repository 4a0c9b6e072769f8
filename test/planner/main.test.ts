import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { main } from "../../planner/main";
import { inFolder } from "./support/folder";
import { assertRefused, bucket, packFiles, plan, planIn, projectFiles } from "./support/project";

describe("plan", () => {
  it("prints what a stack would be and allows it", async () => {
    const { code, stdout, stderr } = await plan(projectFiles(`${bucket}export const name = "logs";\n`));
    assert.deepEqual([code, stderr], [0, ""]);
    assert.equal(
      stdout,
      `Plan of tiny, stack dev

     Type                 Name      Plan
 +   pulumi:pulumi:Stack  tiny-dev  create
 +   └─ aws:s3:Bucket     logs      create

Policies (stub 1.2.3)
  ✓ no violations

Outputs
  name  logs

Resources: + 2 to create (1 component, 1 resource)
Policies:  0 passed
✓ allowed
`,
    );
  });

  it("explains itself", async () => {
    const { code, stdout } = await plan({}, ["--help"]);
    assert.deepEqual([code, stdout.split("\n")[0]], [0, "Usage: npm run plan -- [options]"]);
  });

  it("shows inputs when asked to", async () => {
    const { stdout } = await plan(projectFiles(bucket), ["--verbose"]);
    assert.match(stdout, /logs {6}create\n(.*\n)* {15}tags:\n {17}a: b\n/);
  });

  it("runs the program in its folder, with what it prints kept apart", async () => {
    const program =
      'console.log("hello from", process.cwd());\nexport const here = __dirname === process.cwd();\n';
    await inFolder(projectFiles(program), async (folder) => {
      const before = process.cwd();
      const { stdout, stderr } = await planIn(folder, ["--json"]);
      assert.equal(stderr, `hello from ${folder.path}\n`);
      assert.deepEqual(JSON.parse(stdout).outputs, { here: true });
      assert.equal(process.cwd(), before);
    });
  });

  it("writes nothing into the project", async () => {
    await inFolder(projectFiles(bucket), async (folder) => {
      const before = readdirSync(folder.path, { recursive: false });
      await planIn(folder);
      await planIn(folder, ["--stack", "none"]);
      assert.deepEqual(readdirSync(folder.path), before);
      assert.ok(!existsSync(folder.at(".pulumi")));
    });
  });

  it("plans what is made of another stack's outputs, and says that it cannot read them", async () => {
    const program = `import * as pulumi from "@pulumi/pulumi";
import * as s3 from "@pulumi/aws/s3";
const net = new pulumi.StackReference("acme/net/live");
new s3.Bucket("logs", { tags: { network: net.requireOutput("vpcId") } });
`;
    const { code, stdout } = await plan(projectFiles(program), ["--json"]);
    const { resources, messages, summary } = JSON.parse(stdout);
    assert.deepEqual([code, summary.create, summary.read], [0, 2, 1]);
    const logs = resources.find(({ name }: { name: string }) => name === "logs");
    assert.deepEqual(logs.inputs.tags, { network: "[unknown]" });
    assert.deepEqual(
      messages.map(({ severity, message }: { severity: string; message: string }) => [severity, message]),
      [
        [
          "warning",
          "plan cannot read the outputs of acme/net/live: what is made of them is shown as unknown",
        ],
      ],
    );
  });

  it("prints one object when asked for JSON", async () => {
    const program = `import * as s3 from "@pulumi/aws/s3";
const logs = new s3.Bucket("logs", { tags: { a: "b" } }, { protect: true });
new s3.BucketVersioning("on", { bucket: logs.id, versioningConfiguration: { status: "Enabled" } }, { ignoreChanges: ["mfa"] });
export const id = logs.id;
`;
    const { code, stdout } = await plan(projectFiles(program), ["--json"]);
    const prefix = "urn:pulumi:dev::tiny::";
    const [root, logs] = ["pulumi:pulumi:Stack::tiny-dev", "aws:s3/bucket:Bucket::logs"].map(
      (one) => prefix + one,
    );
    const provider = `${prefix}pulumi:providers:aws::default_7_48_0`;
    const common = { operation: "create", protect: false, ignoreChanges: [] };
    const parsed = JSON.parse(stdout);
    assert.equal(code, 0);
    assert.deepEqual(parsed.resources[1].inputs.tags, { a: "b" });
    assert.deepEqual(parsed, {
      schemaVersion: 1,
      project: "tiny",
      stack: "dev",
      summary: {
        allowed: true,
        create: 3,
        read: 0,
        components: 1,
        policiesPassed: 0,
        policiesNotDecided: 0,
        policiesNotApplicable: 0,
        policiesDisabled: 0,
        mandatoryViolations: 0,
        advisoryViolations: 0,
      },
      resources: [
        {
          ...common,
          urn: root,
          type: "pulumi:pulumi:Stack",
          name: "tiny-dev",
          component: true,
          inputs: {},
          dependencies: [],
          propertyDependencies: {},
        },
        {
          ...common,
          urn: logs,
          type: "aws:s3/bucket:Bucket",
          name: "logs",
          parent: root,
          component: false,
          provider,
          inputs: parsed.resources[1].inputs,
          dependencies: [],
          propertyDependencies: {},
          protect: true,
        },
        {
          ...common,
          urn: `${prefix}aws:s3/bucketVersioning:BucketVersioning::on`,
          type: "aws:s3/bucketVersioning:BucketVersioning",
          name: "on",
          parent: root,
          component: false,
          provider,
          inputs: { bucket: "[unknown]", versioningConfiguration: { status: "Enabled" } },
          dependencies: [logs],
          propertyDependencies: { bucket: [logs] },
          ignoreChanges: ["mfa"],
        },
      ],
      policyPack: { name: "stub", version: "1.2.3" },
      policies: [],
      violations: [],
      undecided: [],
      remedied: [],
      outputs: { id: "[unknown]" },
      messages: [],
    });
  });

  it("needs no passphrase and shows no secret, wherever it turns up", async () => {
    const program = `import * as pulumi from "@pulumi/pulumi";
import * as s3 from "@pulumi/aws/s3";
const config = new pulumi.Config();
const made = pulumi.secret("correct horse battery");
new s3.Bucket("logs", { tags: { token: config.requireSecret("token"), made, open: "x" } });
made.apply((text) => pulumi.log.warn("quoting " + text));
export const token = config.requireSecret("token");
export const nested = config.requireSecretObject("tree");
export const both = pulumi.interpolate\`\${made}!\`;
`;
    const quoting = `{ name: "quotes", description: "d", enforcementLevel: "advisory",
      validateResource: (args, report) => { if (args.props.tags) report("found " + args.props.tags.made); } }`;
    const config =
      "config:\n  tiny:token: { secure: v1:cipher }\n  tiny:tree: { a: { secure: v1:cipher }, b: c }\n";
    const files = projectFiles(program, { ...packFiles(quoting), "Pulumi.dev.yaml": config });
    for (const argv of [["--json"], ["--verbose"]]) {
      const { code, stdout, stderr } = await plan(files, argv);
      assert.equal(code, 0);
      assert.doesNotMatch(stdout + stderr, /correct horse battery|v1:cipher/);
    }
    const { stdout } = await plan(files, ["--json"]);
    const { outputs, resources, violations, messages } = JSON.parse(stdout);
    assert.deepEqual(outputs, { token: "[secret]", nested: "[secret]", both: "[secret]" });
    assert.deepEqual(resources[1].inputs.tags, { token: "[secret]", made: "[secret]", open: "x" });
    assert.deepEqual(
      violations.map(({ message }: { message: string }) => message),
      ["found [secret]"],
    );
    assert.deepEqual(messages, [{ severity: "warning", message: "quoting [secret]" }]);
  });
});

describe("plan that fails itself", () => {
  it("asks to be reported, with the stack", async () => {
    let written = "";
    const code = await main(["--help"], {
      cwd: ".",
      env: {},
      stdout: {
        write: () => {
          throw new TypeError("no such\u001b[2J thing");
        },
      },
      stderr: { write: (text) => (written += text) },
    });
    assert.equal(code, 2);
    const [first, second, third] = written.split("\n");
    assert.deepEqual(
      [first, second],
      ["error: plan itself failed, please report this", "TypeError: no such\\u001b[2J thing"],
    );
    assert.match(third ?? "", /^ {4}at /);
  });
});

describe("plan refuses", () => {
  const refusals: readonly [what: string, files: object, argv: string[], message: string][] = [
    ["an unknown option", {}, ["--stak"], "unknown option --stak, did you mean --stack"],
    ["an unknown stack", {}, ["--stack", "prod"], 'unknown stack "prod". The stacks are dev.'],
    [
      "a config that is missing",
      {},
      ["--config", "no.yaml"],
      "cannot read the config no.yaml: there is no such file",
    ],
    ["a config that is a folder", {}, ["--config", "."], "cannot read the config .: it is a directory"],
    [
      "malformed YAML",
      { "Pulumi.dev.yaml": "config: {\n" },
      [],
      "Pulumi.dev.yaml:2:1: not valid YAML: Flow map in block collection must be sufficiently indented and end with a }",
    ],
    [
      "a policy pack that is missing",
      {},
      ["--policy-pack", "elsewhere"],
      "no policy pack in elsewhere: PulumiPolicy.yaml is missing",
    ],
    [
      "a policy config that is missing",
      {},
      ["--policy-config", "no.json"],
      "cannot read the policy config no.json: there is no such file",
    ],
    [
      "a policy config of the wrong shape",
      { "policies/config/dev.json": "{ 1" },
      [],
      "policies/config/dev.json:1:4: not valid JSON",
    ],
    [
      "a policy config for policies that do not exist",
      { "policies/config/dev.json": '{ "no-such": "mandatory" }' },
      [],
      "policies/config/dev.json: the policy config is not valid\n  no-such: the pack has no such policy",
    ],
    [
      "a pack that is not compiled",
      { "policies/package.json": '{ "main": "bin/index.js" }' },
      [],
      "the policy pack is not compiled, policies/bin/index.js is missing: npm run build",
    ],
  ];
  for (const [what, files, argv, message] of refusals) {
    it(what, async () => assertRefused(await plan(projectFiles("", { ...files }), argv), message));
  }
});
