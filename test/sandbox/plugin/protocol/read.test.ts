import assert from "node:assert/strict";
import type { Bag } from "../../../../sandbox/values";
import { type Connection, Plugin, type Resource, refusal, secret } from "../client";

const topic = "aws:sns/topic:Topic";
const logs = "aws:cloudwatch/logGroup:LogGroup";
const vpc = "aws:ec2/vpc:Vpc";

describe("reading a resource", () => {
  let plugin: Plugin;
  let provider: Connection;
  beforeEach(async () => {
    plugin = await Plugin.start();
    provider = await plugin.provider();
  });
  afterEach(() => plugin.close());

  /** Somebody changes it past Pulumi. */
  const change = ({ type, id }: Resource, inputs: Bag) => {
    const made = plugin.world.find(type, id);
    if (made) plugin.world.update(made, { ...made.inputs, ...inputs });
  };
  const refresh = ({ type, id, inputs, outputs }: Resource) => provider.read(type, id, outputs, inputs);

  describe("that the state knows", () => {
    it("finds it as it was", async () => {
      const made = await provider.make(logs, { name: "l", retentionInDays: 30, tags: { a: "b" } });
      const { type: _type, name: _name, ...rest } = made;
      assert.deepEqual(await refresh(made), rest);
    });

    it("finds what has been changed elsewhere, of its inputs only what the program asks for", async () => {
      const made = await provider.make(logs, { name: "l", retentionInDays: 30, tags: { a: "b" } });
      change(made, { retentionInDays: 7, tags: { a: "c", new: "x" }, kmsKeyId: "arn:aws:kms:::key/k" });
      const { inputs, outputs } = await refresh(made);
      assert.deepEqual(
        [outputs.retentionInDays, outputs.tags, outputs.kmsKeyId],
        [7, { a: "c", new: "x" }, "arn:aws:kms:::key/k"],
      );
      assert.deepEqual([inputs.retentionInDays, inputs.tags, inputs.kmsKeyId], [7, { a: "c" }, undefined]);
    });

    it("finds what has changed, so that the next comparison shows it", async () => {
      const news = { name: "l", retentionInDays: 30, tags: { a: "b" } };
      const made = await provider.make(logs, news);
      change(made, { retentionInDays: 7, tags: { new: "x" } });
      const found = { ...made, ...(await refresh(made)) };
      assert.deepEqual((await provider.compare(found, news)).details, {
        retentionInDays: "UPDATE",
        "tags.a": "ADD",
        "tags.new": "DELETE",
        "tagsAll.a": "ADD",
        "tagsAll.new": "DELETE",
      });
    });

    it("does not take a default for one any more that has been changed elsewhere", async () => {
      const made = await provider.make(vpc, { cidrBlock: "10.0.0.0/16" });
      change(made, { enableDnsSupport: false });
      const { inputs } = await refresh(made);
      assert.deepEqual([inputs.enableDnsSupport, inputs.__defaults], [false, ["instanceTenancy"]]);
    });

    it("without inputs has none afterwards, whatever has been changed", async () => {
      const made = await provider.make("aws:ec2/internetGateway:InternetGateway", {});
      change(made, { tags: { a: "b" } });
      const { inputs, outputs } = await provider.read(made.type, made.id, made.outputs, {});
      assert.deepEqual([inputs, outputs.tags], [{}, { a: "b" }]);
    });

    it("answers with nothing when it is gone", async () => {
      const made = await provider.make(topic, { name: "t" });
      await provider.delete(made);
      assert.deepEqual(await refresh(made), { id: "", inputs: {}, outputs: {} });
    });

    it("keeps secrets", async () => {
      const made = await provider.make(topic, { name: "t", displayName: secret("d") });
      const { inputs, outputs } = await refresh(made);
      assert.deepEqual([inputs.displayName, outputs.displayName], [secret("d"), secret("d")]);
    });

    it("finds it in its own region, whatever the provider's has become", async () => {
      const made = await provider.make(topic, { name: "t" });
      const west = await plugin.provider({ region: "us-west-2" });
      assert.equal((await west.read(topic, made.id, made.outputs, made.inputs)).id, made.id);
    });
  });

  describe("to be imported", () => {
    it("tells the inputs a program needs to say", async () => {
      const { id } = await provider.make(vpc, {
        cidrBlock: "10.0.0.0/16",
        enableDnsHostnames: true,
        assignGeneratedIpv6CidrBlock: false,
      });
      const { inputs } = await provider.read(vpc, id);
      assert.deepEqual(inputs, {
        cidrBlock: "10.0.0.0/16",
        enableDnsHostnames: true,
        region: "us-east-1",
        __defaults: [],
      });
    });

    it("tells its whole name, also where that was made from a start or by Pulumi", async () => {
      for (const [called, news] of Object.entries({ a: { namePrefix: "p" }, b: {}, c: { name: "l" } })) {
        const { id, outputs } = await provider.make(logs, news, called);
        const { inputs } = await provider.read(logs, id);
        assert.deepEqual(inputs, { name: outputs.name, region: "us-east-1", __defaults: [] });
      }
    });

    it("tells it so that the program has nothing to change", async () => {
      const { id } = await provider.make(logs, { retentionInDays: 30, tags: { a: "b" } });
      const found = { type: logs, name: "imported", ...(await provider.read(logs, id)) };
      const { __defaults: _, ...news } = found.inputs;
      assert.equal((await provider.compare(found, news)).changes, "none");
    });

    it("keeps what is always a secret", async () => {
      const { id } = await provider.make("aws:ssm/parameter:Parameter", {
        name: "/p",
        type: "String",
        value: "v",
      });
      const { inputs, outputs } = await provider.read("aws:ssm/parameter:Parameter", id);
      assert.deepEqual([inputs.value, outputs.value], [secret("v"), secret("v")]);
    });

    it("finds nothing under an unknown id, nor in another region", async () => {
      const nothing = { id: "", inputs: {}, outputs: {} };
      const { id } = await provider.make(vpc, { cidrBlock: "10.0.0.0/16" });
      const west = await plugin.provider({ region: "us-west-2" });
      assert.deepEqual(await provider.read(vpc, "vpc-1"), nothing);
      assert.deepEqual(await west.read(vpc, id), nothing);
      assert.equal((await west.read(vpc, id, { region: "us-east-1" })).id, id);
    });

    it("of a type nobody has modelled is refused", async () => {
      assert.match(
        await refusal(provider.read("aws:sqs/queue:Queue", "q")),
        /^the model of AWS does not know aws:sqs\/queue:Queue: add "sqs\/queue" to/,
      );
    });
  });
});
