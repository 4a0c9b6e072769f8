import assert from "node:assert/strict";
import * as ec2 from "@pulumi/aws/ec2";
import * as iam from "@pulumi/aws/iam";
import * as lb from "@pulumi/aws/lb";
import { Provider } from "@pulumi/aws/provider";
import * as pulumi from "@pulumi/pulumi";
import { compose, Refusal, type Registration, UNKNOWN } from "../../sandbox";

class Part extends pulumi.ComponentResource {
  constructor(name: string, opts: pulumi.ComponentResourceOptions = {}) {
    super("test:index:Part", name, {}, opts);
  }
}

async function registered(program: () => unknown, preview = false): Promise<(name: string) => Registration> {
  const { registrations, error } = await compose(program, { preview });
  if (error !== undefined) throw error;
  return (name) => {
    const found = registrations.find((registration) => registration.name === name);
    assert.ok(found, `no ${name}`);
    return found;
  };
}

const vpcArgs = { cidrBlock: "10.0.0.0/16" };

describe("the resource monitor", () => {
  it("records the stack first, and each resource under its parent", async () => {
    const { registrations } = await compose(() => {
      const part = new Part("part");
      new ec2.Vpc("net", vpcArgs, { parent: part });
    });
    const stack = "urn:pulumi:stack::project::pulumi:pulumi:Stack::project-stack";
    const part = "urn:pulumi:stack::project::test:index:Part::part";
    assert.deepEqual(
      registrations.map(({ urn, parent }) => [urn, parent]),
      [
        [stack, undefined],
        [part, stack],
        ["urn:pulumi:stack::project::pulumi:providers:aws::default_7_48_0", undefined],
        ["urn:pulumi:stack::project::test:index:Part$aws:ec2/vpc:Vpc::net", part],
      ],
    );
  });

  it("says of every property what it depends on, and of the resource what it waits for", async () => {
    const found = await registered(() => {
      const vpc = new ec2.Vpc("net", vpcArgs);
      const role = new iam.InstanceProfile("web");
      new lb.TargetGroup(
        "targets",
        { port: 80, protocol: "HTTP", vpcId: vpc.id, tags: { vpc: pulumi.interpolate`${vpc.id}-x` } },
        { dependsOn: [role] },
      );
    }, true);
    const { urn: vpc } = found("net");
    const { urn: role } = found("web");
    const { dependencies, propertyDependencies, inputs } = found("targets");
    assert.deepEqual(dependencies, [vpc, role].sort());
    assert.deepEqual(propertyDependencies, { port: [], protocol: [], tags: [vpc], vpcId: [vpc] });
    assert.deepEqual(inputs, { port: 80, protocol: "HTTP", tags: { vpc: UNKNOWN }, vpcId: UNKNOWN });
  });

  it("hands protection and retention down from the parent, unless a child says otherwise", async () => {
    const found = await registered(() => {
      const part = new Part("part", { protect: true, retainOnDelete: true });
      new ec2.Vpc("kept", vpcArgs, { parent: part });
      new ec2.Vpc("free", { cidrBlock: "10.1.0.0/16" }, { parent: part, protect: false });
    });
    const options = ["part", "kept", "free"]
      .map(found)
      .map(({ protect, retainOnDelete }) => [protect, retainOnDelete]);
    assert.deepEqual(options, [
      [true, true],
      [true, true],
      [false, true],
    ]);
  });

  it("records the other options as they were given", async () => {
    const found = await registered(() => {
      new ec2.Vpc("net", vpcArgs, {
        ignoreChanges: ["tags"],
        replaceOnChanges: ["cidrBlock"],
        deleteBeforeReplace: true,
        additionalSecretOutputs: ["arn"],
        customTimeouts: { create: "5m" },
        aliases: [{ name: "old" }, "urn:pulumi:stack::project::aws:ec2/vpc:Vpc::older"],
      });
    });
    const {
      ignoreChanges,
      replaceOnChanges,
      deleteBeforeReplace,
      additionalSecretOutputs,
      customTimeouts,
      aliases,
    } = found("net");
    assert.deepEqual(
      {
        ignoreChanges,
        replaceOnChanges,
        deleteBeforeReplace,
        additionalSecretOutputs,
        customTimeouts,
        aliases,
      },
      {
        ignoreChanges: ["tags"],
        replaceOnChanges: ["cidrBlock"],
        deleteBeforeReplace: true,
        additionalSecretOutputs: ["arn"],
        customTimeouts: { create: "5m" },
        aliases: [
          { name: "old", parent: "urn:pulumi:stack::project::pulumi:pulumi:Stack::project-stack" },
          { urn: "urn:pulumi:stack::project::aws:ec2/vpc:Vpc::older" },
        ],
      },
    );
  });

  it("keeps secrets apart from values, and gives them back as secrets", async () => {
    let isSecret: Promise<boolean> | undefined;
    const found = await registered(() => {
      const vpc = new ec2.Vpc("net", {
        ...vpcArgs,
        tags: { a: pulumi.secret("hidden"), "b.c": pulumi.secret("too") },
      });
      isSecret = pulumi.isSecret(vpc.tags);
    });
    const { inputs, secretPaths } = found("net");
    assert.deepEqual(inputs.tags, { a: "hidden", "b.c": "too" });
    assert.deepEqual(secretPaths, ["tags.a", 'tags["b.c"]']);
    assert.equal(await isSecret, true);
  });

  it("names the provider: the one given, the parent's, or the engine's own", async () => {
    const found = await registered(() => {
      const provider = new Provider("west", { region: "us-west-2", defaultTags: { tags: { team: "web" } } });
      const part = new Part("part", { providers: { aws: provider } });
      new ec2.Vpc("west-net", vpcArgs, { parent: part });
      new ec2.Vpc("net", vpcArgs);
    });
    const project = "urn:pulumi:stack::project";
    assert.match(
      found("west-net").provider ?? "",
      new RegExp(`^${project}::pulumi:providers:aws::west::[0-9a-f]+$`),
    );
    assert.match(
      found("net").provider ?? "",
      new RegExp(`^${project}::pulumi:providers:aws::default_7_48_0::[0-9a-f-]{36}$`),
    );
    assert.equal(found("west-net").outputs.region, "us-west-2");
  });

  it("tells what the program asked for from what the provider made of it", async () => {
    const found = await registered(() => new ec2.SecurityGroup("web", { vpcId: "vpc-0a" }), true);
    const { inputs, checkedInputs } = found("web");
    assert.deepEqual(inputs, { vpcId: "vpc-0a", description: "Managed by Pulumi" });
    const { name, ...rest } = checkedInputs;
    assert.match(String(name), /^web-[0-9a-f]{7}$/);
    assert.deepEqual(rest, { vpcId: "vpc-0a", description: "Managed by Pulumi", revokeRulesOnDelete: false });
  });

  it("reads a resource that exists", async () => {
    const found = await registered(() => ec2.Vpc.get("shared", "vpc-0123456789abcdef0"));
    const { read, id } = found("shared");
    assert.deepEqual({ read, id }, { read: true, id: "vpc-0123456789abcdef0" });
  });

  it("refuses a second resource of one type and name, in the engine's words", async () => {
    const { error } = await compose(() => {
      new ec2.Vpc("net", vpcArgs);
      new ec2.Vpc("net", { cidrBlock: "10.1.0.0/16" });
    });
    assert.ok(error instanceof Refusal);
    assert.equal(
      error.message,
      "Duplicate resource URN 'urn:pulumi:stack::project::aws:ec2/vpc:Vpc::net'; try giving it a unique name",
    );
  });

  it("refuses a resource in the engine's words, a line for each fault", async () => {
    const { error, refusals } = await compose(() => new lb.TargetGroup("web", { port: 0, protocol: "HTTP" }));
    assert.equal(refusals[0], error);
    assert.equal(
      (error as Refusal).message,
      [
        "aws:lb/targetGroup:TargetGroup resource 'web' has a problem: expected port to be in the range (1 - 65535), got 0. Examine values at 'web.port'.",
        `aws:lb/targetGroup:TargetGroup resource 'web' has a problem: Attribute "vpc_id" must be specified when "target_type" is "instance". Examine values at 'web.vpcId'.`,
      ].join("\n"),
    );
  });

  it("lets transforms of the stack and of a parent change a resource", async () => {
    const found = await registered(() => {
      pulumi.runtime.registerResourceTransform(({ props, opts, type }) =>
        type === "aws:ec2/vpc:Vpc" ? { props: { ...props, tags: { owner: "platform" } }, opts } : undefined,
      );
      const part = new Part("part", {
        transforms: [
          ({ props, opts, custom }) => (custom ? { props, opts: { ...opts, protect: true } } : undefined),
        ],
      });
      new ec2.Vpc("net", vpcArgs, { parent: part });
    });
    const { inputs, protect } = found("net");
    assert.deepEqual(
      { inputs, protect },
      { inputs: { ...vpcArgs, tags: { owner: "platform" } }, protect: true },
    );
  });
});
