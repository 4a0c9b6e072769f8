import assert from "node:assert/strict";
import { type Connection, Plugin, secret } from "../client";

const variables = ["AWS_REGION", "AWS_DEFAULT_REGION"] as const;

describe("a provider's configuration", () => {
  let plugin: Plugin;
  let connection: Connection;
  const former = variables.map((variable) => process.env[variable]);

  before(async () => {
    plugin = await Plugin.start();
    connection = plugin.connect();
  });
  beforeEach(() => {
    for (const variable of variables) delete process.env[variable];
  });
  after(async () => {
    variables.forEach((variable, index) => {
      if (former[index] === undefined) delete process.env[variable];
      else process.env[variable] = former[index];
    });
    await plugin.close();
  });

  it("has the region it is given, whatever the environment says", async () => {
    process.env.AWS_REGION = "us-west-2";
    const config = { region: "eu-west-1", version: "7.48.0" };
    assert.deepEqual(await connection.checkConfig(config), { inputs: config, failures: [] });
  });

  it("has the environment's region if it is given none", async () => {
    process.env.AWS_REGION = "us-west-2";
    process.env.AWS_DEFAULT_REGION = "us-west-1";
    const { inputs, failures } = await connection.checkConfig({});
    assert.deepEqual({ inputs, failures }, { inputs: { region: "us-west-2" }, failures: [] });
  });

  it("is refused once without any region", async () => {
    const reason =
      "the AWS provider needs a region: set it with `pulumi config set aws:region us-east-1`, " +
      "in the provider's arguments or as AWS_REGION";
    assert.deepEqual((await connection.checkConfig({})).failures, [{ property: "region", reason }]);
  });

  it("is refused with a property the provider does not have", async () => {
    const { failures } = await connection.checkConfig({ region: "us-east-1", regoin: "us-west-2" });
    assert.deepEqual(
      failures.map(({ property }) => property),
      ["regoin"],
    );
    assert.match(failures[0]?.reason ?? "", /^pulumi:providers:aws of AWS SDK .* has no such property/);
  });

  it("keeps secrets, and takes keys for secrets in any case", async () => {
    const given = { region: "us-east-1", profile: secret("me"), accessKey: "AKIA" };
    const { inputs } = await connection.checkConfig(given);
    assert.deepEqual(inputs, { region: "us-east-1", profile: secret("me"), accessKey: secret("AKIA") });
  });

  it("of another package is taken as it is", async () => {
    assert.deepEqual(await connection.checkConfig({ any: "thing" }, "pulumi:providers:awsx"), {
      inputs: { any: "thing" },
      failures: [],
    });
  });

  it("that stays the same is no change, in whatever order", async () => {
    const answer = await connection.diffConfig(
      { region: "us-east-1", defaultTags: '{"tags":{}}' },
      { defaultTags: '{"tags":{}}', region: "us-east-1" },
    );
    assert.deepEqual([answer.changes, answer.diffs], ["none", []]);
  });

  it("can change without the provider being replaced, even its region", async () => {
    const answer = await connection.diffConfig(
      { region: "us-east-1", profile: "a" },
      { region: "us-west-2", maxRetries: "5" },
    );
    assert.deepEqual(
      { changes: answer.changes, replaces: answer.replaces, diffs: [...answer.diffs].sort() },
      { changes: "some", replaces: [], diffs: ["maxRetries", "profile", "region"] },
    );
  });
});
