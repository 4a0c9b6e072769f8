import assert from "node:assert/strict";
import { PluginAttach } from "@pulumi/pulumi/proto/plugin_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { schema } from "../../../../sandbox/model/type-schema";
import type { Bag } from "../../../../sandbox/values";
import { asked, Plugin, refusal, struct } from "../client";

const topic = "aws:sns/topic:Topic";

describe("the plugin's first words", () => {
  let plugin: Plugin;
  before(async () => {
    plugin = await Plugin.start();
  });
  after(() => plugin.close());

  it("say that it keeps secrets and lets itself be told names", async () => {
    const { rpc } = plugin.connect();
    const answer = await asked<messages.ProviderHandshakeResponse>((reply) =>
      rpc.handshake(new messages.ProviderHandshakeRequest(), reply),
    );
    const { acceptSecrets, acceptResources, acceptOutputs, supportsAutonamingConfiguration } =
      answer.toObject();
    assert.deepEqual(
      { acceptSecrets, acceptResources, acceptOutputs, supportsAutonamingConfiguration },
      {
        acceptSecrets: true,
        acceptResources: false,
        acceptOutputs: true,
        supportsAutonamingConfiguration: true,
      },
    );
  });

  it("say the same to an engine that knows no handshake, and that it can be asked for previews", async () => {
    const answer = (await plugin.connect().configure({ region: "us-east-1" })).toObject();
    assert.deepEqual(answer, {
      acceptsecrets: true,
      supportspreview: true,
      acceptresources: false,
      acceptoutputs: true,
      supportsAutonamingConfiguration: true,
    });
  });

  it("take an engine that attaches, and one that cancels", async () => {
    const { rpc } = plugin.connect();
    await asked((reply) => rpc.attach(new PluginAttach(), reply));
    await asked((reply) => rpc.cancel(new Empty(), reply));
  });

  it("name the version of the SDK the model was read from", async () => {
    const { rpc } = plugin.connect();
    const info = await asked<{ getVersion(): string }>((reply) => rpc.getPluginInfo(new Empty(), reply));
    assert.equal(info.getVersion(), schema().version);
  });

  it("give a package schema", async () => {
    const { rpc } = plugin.connect();
    const answer = await asked<messages.GetSchemaResponse>((reply) =>
      rpc.getSchema(new messages.GetSchemaRequest(), reply),
    );
    assert.equal((JSON.parse(answer.getSchema()) as Bag).name, "aws");
  });

  it("refuse a version of the schema's form that they do not know", async () => {
    const { rpc } = plugin.connect();
    const request = new messages.GetSchemaRequest();
    request.setVersion(1);
    assert.equal(
      await refusal(asked((reply) => rpc.getSchema(request, reply))),
      "unsupported schema version 1",
    );
  });

  it("refuse what is not served", async () => {
    const { rpc } = plugin.connect();
    const calls = {
      call: asked((reply) => rpc.call(new messages.CallRequest(), reply)),
      getMapping: asked((reply) => rpc.getMapping(new messages.GetMappingRequest(), reply)),
      getMappings: asked((reply) => rpc.getMappings(new messages.GetMappingsRequest(), reply)),
      parameterize: asked((reply) => rpc.parameterize(new messages.ParameterizeRequest(), reply)),
    };
    for (const [method, call] of Object.entries(calls)) {
      assert.equal(await refusal(call), `The server does not implement the method ${method}`);
    }
  });
});

describe("a connection", () => {
  let plugin: Plugin;
  beforeEach(async () => {
    plugin = await Plugin.start();
  });
  afterEach(() => plugin.close());

  it("has to be configured before anything is asked of resources", async () => {
    const connection = plugin.connect();
    assert.equal(await refusal(connection.check(topic, {})), "the provider has not been configured");
    assert.equal(await refusal(connection.read(topic, "x")), "the provider has not been configured");
  });

  it("has a region of its own, however many there are at once", async () => {
    const [east, west] = [
      await plugin.provider({ region: "us-east-1" }),
      await plugin.provider({ region: "us-west-2" }),
    ];
    const made = await Promise.all([
      east.make(topic, { name: "t" }, "a"),
      west.make(topic, { name: "t" }, "b"),
    ]);
    assert.deepEqual(
      made.map(({ outputs }) => outputs.arn),
      ["arn:aws:sns:us-east-1:123456789012:t", "arn:aws:sns:us-west-2:123456789012:t"],
    );
  });

  it("has default tags of its own, which a resource's tags outdo", async () => {
    const defaultTags = JSON.stringify({ tags: { team: "web", stage: "test" } });
    const tagged = await plugin.provider({ region: "us-east-1", defaultTags });
    const plain = await plugin.provider();
    const news = { tags: { stage: "production" } };
    const [one, other] = [await tagged.make(topic, news, "a"), await plain.make(topic, news, "b")];
    assert.deepEqual(one.outputs.tags, { stage: "production" });
    assert.deepEqual(one.outputs.tagsAll, { stage: "production", team: "web" });
    assert.deepEqual(other.outputs.tagsAll, { stage: "production" });
  });

  it("can be configured anew", async () => {
    const connection = await plugin.provider({ region: "us-east-1" });
    await connection.configure({ region: "eu-west-1" });
    const { outputs } = await connection.make(topic, { name: "t" });
    assert.equal(outputs.region, "eu-west-1");
  });

  it("takes a resource by its URN alone, as engines before 3.144 name it, whatever is in its name", async () => {
    const connection = await plugin.provider();
    const request = new messages.CreateRequest();
    request.setUrn(`urn:pulumi:stack::project::my:index:Parent$${topic}::a::b`);
    request.setProperties(struct({ name: "t" }));
    const { rpc } = connection;
    const made = await asked<messages.CreateResponse>((reply) => rpc.create(request, reply));
    assert.deepEqual(
      plugin.world.all(topic).map(({ id, name }) => ({ id, name })),
      [{ id: made.getId(), name: "a::b" }],
    );
  });
});
