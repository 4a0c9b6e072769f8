import assert from "node:assert/strict";
import { type Bag, UNKNOWN } from "../../../../sandbox/values";
import { type Connection, Plugin, refusal, secret } from "../client";

const topic = "aws:sns/topic:Topic";
const vpc = "aws:ec2/vpc:Vpc";
const subnet = "aws:ec2/subnet:Subnet";

describe("making a resource", () => {
  let plugin: Plugin;
  let provider: Connection;
  beforeEach(async () => {
    plugin = await Plugin.start();
    provider = await plugin.provider();
  });
  afterEach(() => plugin.close());

  it("in a preview tells what is known beforehand, and makes nothing", async () => {
    const inputs = await provider.taken(vpc, { cidrBlock: "10.0.0.0/16", tags: { Name: "net" } });
    const { id, outputs } = await provider.create(vpc, "net", inputs, true);
    assert.deepEqual([id, outputs.id], ["", UNKNOWN]);
    const { cidrBlock, instanceTenancy, enableDnsSupport, region, tags, tagsAll, arn, mainRouteTableId } =
      outputs;
    assert.deepEqual(
      { cidrBlock, instanceTenancy, enableDnsSupport, region, tags, tagsAll, arn, mainRouteTableId },
      {
        cidrBlock: "10.0.0.0/16",
        instanceTenancy: "default",
        enableDnsSupport: true,
        region: "us-east-1",
        tags: { Name: "net" },
        tagsAll: { Name: "net" },
        arn: UNKNOWN,
        mainRouteTableId: UNKNOWN,
      },
    );
    assert.deepEqual([plugin.world.everything(), plugin.written], [[], 0]);
  });

  it("in a preview does not know what depends on something unknown, but all else", async () => {
    const inputs = await provider.taken(subnet, {
      vpcId: UNKNOWN,
      cidrBlock: "10.0.0.0/24",
      tags: { a: UNKNOWN, b: "c" },
    });
    const { outputs } = await provider.create(subnet, "s", inputs, true);
    assert.deepEqual(
      [outputs.vpcId, outputs.cidrBlock, outputs.tags],
      [UNKNOWN, "10.0.0.0/24", { a: UNKNOWN, b: "c" }],
    );
  });

  it("in a preview does not refuse what only AWS would", async () => {
    await provider.make(topic, { name: "t" }, "first");
    const inputs = await provider.taken(topic, { name: "t" }, { name: "second" });
    assert.equal((await provider.create(topic, "second", inputs, true)).outputs.name, "t");
  });

  it("hands out an id and everything AWS answers with", async () => {
    const made = await provider.make(vpc, { cidrBlock: "10.0.0.0/16" });
    assert.match(made.id, /^vpc-0[0-9a-f]{16}$/);
    assert.equal(made.outputs.id, made.id);
    assert.equal(made.outputs.arn, `arn:aws:ec2:us-east-1:123456789012:vpc/${made.id}`);
    assert.deepEqual(
      plugin.world.everything().map(({ id }) => id),
      [made.id],
    );
    assert.equal(plugin.written, 1);
  });

  it("gives two resources of one name two ids, so that one can replace the other", async () => {
    const [old, replacement] = [
      await provider.make(vpc, { cidrBlock: "10.0.0.0/16" }),
      await provider.make(vpc, { cidrBlock: "10.1.0.0/16" }),
    ];
    assert.notEqual(old.id, replacement.id);
    assert.deepEqual((await provider.read(vpc, old.id, old.outputs, old.inputs)).outputs, old.outputs);
  });

  it("keeps nothing of the provider's notes in the account", async () => {
    await provider.make(topic, { name: "t" });
    const [made] = plugin.world.all(topic);
    assert.deepEqual(
      Object.keys(made?.inputs ?? {}).filter((key) => key.startsWith("__") || key === "tagsAll"),
      [],
    );
  });

  it("is refused with type, name, property and AWS's reason, and makes nothing", async () => {
    const { id } = await provider.make(vpc, { cidrBlock: "10.0.0.0/16" }, "net");
    const args = { vpcId: id, cidrBlock: "10.9.0.0/24" };
    const inputs = await provider.taken(subnet, args);
    assert.equal(
      await refusal(provider.create(subnet, "outside", inputs)),
      "creating aws:ec2/subnet:Subnet 'outside': cidrBlock: InvalidSubnet.Range: " +
        "The CIDR '10.9.0.0/24' is invalid.",
    );
    assert.deepEqual([plugin.world.all(subnet), plugin.written], [[], 1]);
  });

  it("is refused with every reason there is", async () => {
    const message = await refusal(provider.create(vpc, "net", { instanceTenancy: "mine" } as Bag));
    assert.match(message, /^creating aws:ec2\/vpc:Vpc 'net': .*cidr_block.*; instanceTenancy: expected/);
  });

  it("of a type nobody has modelled is refused", async () => {
    const type = "aws:sqs/queue:Queue";
    assert.match(
      await refusal(provider.create(type, "q", {})),
      /the model of AWS does not know aws:sqs\/queue/,
    );
  });

  for (const preview of [true, false]) {
    it(`marks outputs secret where the inputs are${preview ? ", in a preview too" : ""}`, async () => {
      const inputs = await provider.taken(topic, {
        name: "t",
        displayName: secret("d"),
        tags: { a: secret("b"), c: "d" },
      });
      const { outputs } = await provider.create(topic, "t", inputs, preview);
      assert.deepEqual(
        [outputs.displayName, outputs.tags, outputs.tagsAll, outputs.name],
        [secret("d"), { a: secret("b"), c: "d" }, { a: secret("b"), c: "d" }, "t"],
      );
      assert.deepEqual(
        plugin.world.all(topic).map((made) => made.inputs.displayName),
        preview ? [] : ["d"],
      );
    });
  }

  it("marks what is always a secret", async () => {
    const made = await provider.make("aws:ssm/parameter:Parameter", {
      name: "/p",
      type: "String",
      value: "v",
    });
    assert.deepEqual(made.outputs.value, secret("v"));
  });
});
