import assert from "node:assert/strict";
import * as ec2 from "@pulumi/aws/ec2";
import { getRegionOutput } from "@pulumi/aws/getRegion";
import * as pulumi from "@pulumi/pulumi";
import { type ComposeOptions, compose, UNKNOWN } from "../../sandbox";

const vpcArgs = { cidrBlock: "10.0.0.0/16" };
const later = <T>(value: T) => new Promise<T>((resolve) => setImmediate(() => resolve(value)));

describe("composing a program", () => {
  it("returns the stack's outputs, with unknown values and where secrets are", async () => {
    const { outputs, secretOutputPaths, error } = await compose(
      () => {
        const vpc = new ec2.Vpc("net", vpcArgs);
        return {
          id: vpc.id,
          block: vpc.cidrBlock,
          login: { password: pulumi.secret("x") },
          list: [1, vpc.arn],
        };
      },
      { preview: true },
    );
    assert.equal(error, undefined);
    assert.deepEqual(outputs, {
      id: UNKNOWN,
      block: "10.0.0.0/16",
      login: { password: "x" },
      list: [1, UNKNOWN],
    });
    assert.deepEqual(secretOutputPaths, ["login.password"]);
  });

  it("gives the program its project, stack and config", async () => {
    const { outputs } = await compose(
      () => {
        const config = new pulumi.Config("app");
        return {
          names: [pulumi.getOrganization(), pulumi.getProject(), pulumi.getStack()],
          size: config.requireObject("size"),
          key: config.requireSecret("key"),
          region: getRegionOutput().region,
          dryRun: pulumi.runtime.isDryRun(),
        };
      },
      {
        organization: "acme",
        project: "shop",
        stack: "live",
        preview: true,
        config: { "app:size": '{"min":2}', "app:key": "k", "aws:region": "eu-west-1" },
        secretConfigKeys: ["app:key"],
      },
    );
    assert.deepEqual(outputs, {
      names: ["acme", "shop", "live"],
      size: { min: 2 },
      key: "k",
      region: "eu-west-1",
      dryRun: true,
    });
  });

  it("tells the program of a region only if it was given one", async () => {
    const regions = async (options: ComposeOptions) => {
      const program = () => ({
        told: new pulumi.Config("aws").get("region") ?? "none",
        is: getRegionOutput().region,
      });
      return (await compose(program, options)).outputs;
    };
    const config = { "aws:region": "eu-west-1" };
    assert.deepEqual(await regions({}), { told: "none", is: "us-east-1" });
    assert.deepEqual(await regions({ config }), { told: "eu-west-1", is: "eu-west-1" });
    assert.deepEqual(await regions({ region: "eu-west-2" }), { told: "eu-west-2", is: "eu-west-2" });
    assert.deepEqual(await regions({ config, region: "eu-west-2" }), { told: "eu-west-2", is: "eu-west-2" });
  });

  it("waits for what a program starts late", async () => {
    const { registrations } = await compose(async () => {
      const first = await later(new ec2.Vpc("first", vpcArgs));
      return {
        second: first.cidrBlock.apply(async (block) => {
          await later(undefined);
          return new ec2.Subnet("second", { vpcId: "vpc-0a", cidrBlock: block }).id;
        }),
      };
    });
    assert.deepEqual(registrations.map(({ name }) => name).slice(-2), ["first", "second"]);
  });

  it("reads the outputs of other stacks it is told of, and no others", async () => {
    const read = (name: string) => () => ({ vpcId: new pulumi.StackReference(name).requireOutput("vpcId") });
    const options = { stackOutputs: { "acme/net/live": { vpcId: "vpc-0a" } } };
    assert.deepEqual((await compose(read("acme/net/live"), options)).outputs, { vpcId: "vpc-0a" });
    const { error } = await compose(read("acme/net/test"), options);
    assert.equal(
      (error as Error).message,
      `pulumi:pulumi:StackReference resource 'acme/net/test' has a problem: unknown stack "acme/net/test"`,
    );
  });

  it("knows nothing of the outputs of other stacks where they may be there all the same", async () => {
    const program = async () => {
      const live = new pulumi.StackReference("acme/net/live");
      const test = new pulumi.StackReference("acme/net/test");
      const { value, secretValue } = await test.getOutputDetails("vpcId");
      return {
        known: live.requireOutput("vpcId"),
        unknown: test.requireOutput("vpcId"),
        optional: test.getOutput("nothing"),
        details: [value === undefined, secretValue === undefined],
      };
    };
    const stackOutputs = { "acme/net/live": { vpcId: "vpc-0a" } };
    const { outputs, error } = await compose(program, { stackOutputs, unknownStacks: true, preview: true });
    assert.equal(error, undefined);
    assert.deepEqual(outputs, {
      known: "vpc-0a",
      unknown: UNKNOWN,
      optional: UNKNOWN,
      details: [true, true],
    });
  });

  it("keeps what the program logs, and about what", async () => {
    const { logs, registrations } = await compose(async () => {
      const vpc = new ec2.Vpc("net", vpcArgs);
      await pulumi.log.warn("careful", vpc);
      await pulumi.log.info("by the way");
    });
    assert.deepEqual(logs, [
      { severity: "warning", message: "careful", urn: registrations.at(-1)?.urn },
      { severity: "info", message: "by the way" },
    ]);
  });

  it("returns what the program threw", async () => {
    const thrown = new pulumi.RunError("no settings");
    const throwing: (() => unknown)[] = [
      () => {
        throw thrown;
      },
      () => Promise.reject(thrown),
      () => ({
        value: pulumi.output(1).apply(() => {
          throw thrown;
        }),
      }),
      () => new ec2.Vpc("net", { cidrBlock: pulumi.output(Promise.reject(thrown)) }),
    ];
    for (const program of throwing) assert.equal((await compose(program)).error, thrown);
    assert.equal(thrown.message, "no settings");
  });

  it("names the refusal, not what followed from it", async () => {
    const { error } = await compose(() => {
      const vpc = new ec2.Vpc("net", { cidrBlock: "10.0.0.0" });
      return { id: new ec2.InternetGateway("out", { vpcId: vpc.id }).id };
    });
    assert.equal(
      (error as Error).message,
      `aws:ec2/vpc:Vpc resource 'net' has a problem: "10.0.0.0" is not a valid IPv4 CIDR block: invalid CIDR address: 10.0.0.0. Examine values at 'net.cidrBlock'.`,
    );
  });

  it("runs one program at a time, each from a clean slate", async () => {
    const names = (program: () => unknown) =>
      compose(program).then(({ registrations }) => registrations.map(({ name }) => name).slice(2));
    const both = await Promise.all([
      names(() => new ec2.Vpc("one", vpcArgs)),
      names(() => new ec2.Vpc("two", vpcArgs)),
    ]);
    assert.deepEqual(both, [["one"], ["two"]]);
    assert.deepEqual(await names(() => new ec2.Vpc("one", vpcArgs)), ["one"]);
  });

  it("leaves the process as it found it", async () => {
    const before = [
      process.listeners("unhandledRejection"),
      Error.stackTraceLimit,
      pulumi.runtime.getProject(),
    ];
    await compose(() => Promise.reject(new Error("boom")), { project: "other", stackTraceLimit: 1 });
    assert.deepEqual(
      [process.listeners("unhandledRejection"), Error.stackTraceLimit, pulumi.runtime.getProject()],
      before,
    );
  });
});
