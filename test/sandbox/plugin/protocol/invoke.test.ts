import assert from "node:assert/strict";
import { type Connection, Plugin, refusal, secret } from "../client";

describe("calling a function", () => {
  let plugin: Plugin;
  let provider: Connection;
  before(async () => {
    plugin = await Plugin.start();
    provider = await plugin.provider({ region: "eu-west-1" });
  });
  after(() => plugin.close());

  it("answers for the connection's region and account", async () => {
    const { region } = await provider.invoke("aws:index/getRegion:getRegion", {});
    const { accountId } = await provider.invoke("aws:index/getCallerIdentity:getCallerIdentity", {});
    assert.deepEqual([region, accountId], ["eu-west-1", "123456789012"]);
  });

  it("keeps what is secret in its arguments secret in its answer", async () => {
    const name = "/aws/service/ami-amazon-linux-latest/x";
    const answer = await provider.invoke("aws:ssm/getParameter:getParameter", { name: secret(name) });
    assert.deepEqual(answer.name, secret(name));
  });

  it("says which function failed, and why", async () => {
    assert.equal(
      await refusal(provider.invoke("aws:ssm/getParameter:getParameter", { name: "/mine" })),
      "invoking aws:ssm/getParameter:getParameter: reading SSM Parameter (/mine): couldn't find resource",
    );
  });

  it("refuses one nobody has modelled", async () => {
    assert.equal(
      await refusal(provider.invoke("aws:sqs/getQueue:getQueue", {})),
      "invoking aws:sqs/getQueue:getQueue: the model of AWS does not know the function aws:sqs/getQueue:getQueue",
    );
  });
});
