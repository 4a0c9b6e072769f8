import assert from "node:assert/strict";
import { masked } from "../../../../sandbox/account/secrets";
import { type Bag, UNKNOWN } from "../../../../sandbox/values";
import { type Connection, Plugin, type Resource, refusal, secret } from "../client";

const topic = "aws:sns/topic:Topic";
const logs = "aws:cloudwatch/logGroup:LogGroup";
const template = "aws:ec2/launchTemplate:LaunchTemplate";

describe("changing a resource", () => {
  let plugin: Plugin;
  let provider: Connection;
  beforeEach(async () => {
    plugin = await Plugin.start();
    provider = await plugin.provider();
  });
  afterEach(() => plugin.close());

  const updated = async (
    resource: Resource,
    news: Bag,
    options?: { readonly preview?: boolean; readonly ignoreChanges?: readonly string[] },
  ) => provider.update(resource, await provider.again(resource, news), options);

  /** Somebody changes it past Pulumi. */
  const change = ({ type, id }: Resource, inputs: Bag) => {
    const made = plugin.world.find(type, id);
    if (made) plugin.world.update(made, { ...made.inputs, ...inputs });
  };
  const there = ({ type, id }: Resource) => plugin.world.find(type, id)?.outputs ?? {};

  it("puts what is asked for in the place of what was, and keeps what AWS has computed", async () => {
    const made = await provider.make(logs, { name: "l", retentionInDays: 30, tags: { a: "b" } });
    const outputs = await updated(made, { name: "l", retentionInDays: 7, tags: { c: "d" } });
    assert.deepEqual(
      [outputs.retentionInDays, outputs.tags, outputs.tagsAll, outputs.arn],
      [7, { c: "d" }, { c: "d" }, made.outputs.arn],
    );
    assert.deepEqual({ ...there(made), id: made.id }, outputs);
    assert.equal(plugin.written, 2);
  });

  it("takes away what is not asked for any more", async () => {
    const made = await provider.make(topic, { name: "t", displayName: "d" });
    assert.equal((await updated(made, { name: "t" })).displayName, undefined);
  });

  it("takes away what excludes what is asked for now, though left out it would stay", async () => {
    const launchTemplate = { id: "lt-0123456789abcdef0", version: "1" };
    const specification = { launchTemplateId: launchTemplate.id, version: "1" };
    const group = { name: "g", minSize: 1, maxSize: 2, vpcZoneIdentifiers: ["subnet-0123456789abcdef0"] };
    const mixedInstancesPolicy = { launchTemplate: { launchTemplateSpecification: specification } };
    const made = await provider.make("aws:autoscaling/group:Group", { ...group, mixedInstancesPolicy });
    const outputs = await updated(made, { ...group, launchTemplate });
    assert.deepEqual([outputs.launchTemplate, outputs.mixedInstancesPolicy], [launchTemplate, {}]);
  });

  it("in a preview tells what will be, and changes nothing", async () => {
    const made = await provider.make(logs, { name: "l", retentionInDays: 30 });
    const outputs = await updated(made, { name: "l", retentionInDays: UNKNOWN }, { preview: true });
    assert.deepEqual([outputs.retentionInDays, outputs.arn], [UNKNOWN, made.outputs.arn]);
    assert.deepEqual([{ ...there(made), id: made.id }, plugin.written], [made.outputs, 1]);
  });

  it("in a preview does not know what AWS hands out anew", async () => {
    const made = await provider.make(template, { name: "l", imageId: "ami-1" });
    const bigger = await updated(made, { name: "l", imageId: "ami-2" }, { preview: true });
    assert.deepEqual([bigger.latestVersion, bigger.arn], [UNKNOWN, made.outputs.arn]);
    const parameter = await provider.make("aws:ssm/parameter:Parameter", { type: "String", value: "v" }, "p");
    const tagged = await updated(
      parameter,
      { type: "String", value: "v", tags: { a: "b" } },
      { preview: true },
    );
    assert.equal(tagged.version, parameter.outputs.version);
    const other = await updated(parameter, { type: "String", value: "w" }, { preview: true });
    assert.equal(other.version, UNKNOWN);
  });

  it("in a preview goes by the state, also where the resource has been changed or is gone", async () => {
    const made = await provider.make(logs, { name: "l", retentionInDays: 30 });
    const news = { name: "l", retentionInDays: 30, tags: { a: "b" } };
    change(made, { retentionInDays: 7 });
    const expected = { ...made.outputs, tags: { a: "b" }, tagsAll: { a: "b" } };
    assert.deepEqual(await updated(made, news, { preview: true }), expected);
    await provider.delete(made);
    assert.deepEqual(await updated(made, news, { preview: true }), expected);
  });

  it("leaves alone what has been changed elsewhere and the state does not know of", async () => {
    const made = await provider.make(logs, { name: "l", retentionInDays: 30 });
    change(made, { retentionInDays: 7 });
    const outputs = await updated(made, { name: "l", retentionInDays: 30, tags: { a: "b" } });
    assert.deepEqual([outputs.retentionInDays, outputs.tags], [7, { a: "b" }]);
  });

  it("puts right what has been changed elsewhere once the state knows of it", async () => {
    const made = await provider.make(logs, { name: "l", retentionInDays: 30 });
    change(made, { retentionInDays: 7 });
    const found = { ...made, ...(await provider.read(logs, made.id, made.outputs, made.inputs)) };
    const outputs = await updated(found, { name: "l", retentionInDays: 30 });
    assert.equal(outputs.retentionInDays, 30);
  });

  it("keeps what is ignored as AWS has it, however deep", async () => {
    const made = await provider.make(topic, { name: "t", displayName: "d", tags: { a: "1", b: "2" } });
    change(made, { displayName: "elsewhere", tags: { a: "elsewhere", b: "2" } });
    const found = { ...made, ...(await provider.read(topic, made.id, made.outputs, made.inputs)) };
    const news = { name: "t", displayName: "new", tags: { a: "new", b: "new" } };
    const outputs = await updated(found, news, { ignoreChanges: ["displayName", "tags.a"] });
    assert.deepEqual([outputs.displayName, outputs.tags], ["elsewhere", { a: "elsewhere", b: "new" }]);
  });

  it("gives it the default tags of today, also in a preview", async () => {
    const made = await provider.make(topic, { name: "t", tags: { a: "b" } });
    const defaultTags = JSON.stringify({ tags: { team: "web" } });
    await provider.configure({ region: "us-east-1", defaultTags });
    const news = { name: "t", tags: { a: "b" } };
    for (const preview of [true, false]) {
      assert.deepEqual((await updated(made, news, { preview })).tagsAll, { a: "b", team: "web" });
    }
  });

  it("is refused with type, name, property and AWS's reason, and changes nothing", async () => {
    await provider.configure({ region: "us-east-1", defaultTags: JSON.stringify({ tags: { old: "1" } }) });
    const made = await provider.make(template, { name: "l", imageId: "ami-1" });
    await provider.configure({ region: "us-east-1", defaultTags: JSON.stringify({ tags: { new: "1" } }) });
    const before = plugin.world.find(made.type, made.id);
    const news = { ...made.inputs, imageId: 5, blockDeviceMappings: "none" };
    assert.match(
      await refusal(provider.update(made, news)),
      /^updating aws:ec2\/launchTemplate:LaunchTemplate 'x': blockDeviceMappings: expected list type/,
    );
    assert.equal(plugin.world.find(made.type, made.id), before);
    assert.deepEqual(before?.defaultTags, { old: "1" });
  });

  it("that is gone is an error that says what helps", async () => {
    const made = await provider.make(topic, { name: "t" });
    await provider.delete(made);
    assert.equal(
      await refusal(updated(made, { name: "t", displayName: "d" })),
      `updating aws:sns/topic:Topic 'x' (${made.id}): couldn't find resource; a refresh takes note of that`,
    );
  });

  it("marks outputs secret where the inputs are", async () => {
    const made = await provider.make(topic, { name: "t" });
    const outputs = await updated(made, { name: "t", displayName: secret("d") });
    assert.deepEqual([outputs.displayName, outputs.name], [secret("d"), "t"]);
  });

  it("puts secrets that are masked in the account back where they stay as they are", async () => {
    const made = await provider.make(topic, {
      name: "t",
      displayName: secret("d"),
      tags: { a: secret("b") },
    });
    const kept = plugin.world.find(topic, made.id);
    const mask = (text: string) => masked(text, "salt");
    if (kept) {
      // As it is once it has been read from its file.
      const hidden = { displayName: mask("d"), tags: { a: mask("b") } };
      const outputs = { ...kept.outputs, ...hidden, tagsAll: { a: mask("b") } };
      plugin.world.replace(kept, { ...kept, inputs: { ...kept.inputs, ...hidden }, outputs });
    }
    const news = { name: "t", displayName: secret("d"), tags: { a: secret("b") }, tracingConfig: "Active" };
    const outputs = await updated(made, news);
    assert.deepEqual(
      [outputs.displayName, outputs.tags, outputs.tagsAll, outputs.tracingConfig],
      [secret("d"), { a: secret("b") }, { a: secret("b") }, "Active"],
    );
  });

  it("tells the account what is secret", async () => {
    const made = await provider.make(topic, { name: "t", displayName: "d" });
    assert.deepEqual(plugin.secrets.get(made.id), []);
    await updated(made, { name: "t", displayName: secret("d"), tags: { a: secret("b") } });
    assert.deepEqual(plugin.secrets.get(made.id), ["displayName", "tags.a", "tagsAll.a"]);
  });
});
