import assert from "node:assert/strict";
import { kinds } from "../../../../sandbox/model/kinds/kinds";
import { type Connection, Plugin, refusal } from "../client";

const topic = "aws:sns/topic:Topic";

describe("deleting a resource", () => {
  let plugin: Plugin;
  let provider: Connection;
  beforeEach(async () => {
    plugin = await Plugin.start();
    provider = await plugin.provider();
  });
  afterEach(() => plugin.close());

  it("takes it out of the account, and no other", async () => {
    const [one, other] = [
      await provider.make(topic, { name: "a" }, "a"),
      await provider.make(topic, { name: "b" }, "b"),
    ];
    await provider.delete(one);
    assert.deepEqual(
      plugin.world.everything().map(({ id }) => id),
      [other.id],
    );
    assert.equal(plugin.written, 3);
  });

  it("that is gone already is no fault", async () => {
    const made = await provider.make(topic, { name: "t" });
    await provider.delete(made);
    await provider.delete(made);
    assert.equal(plugin.written, 2);
  });

  it("sets its name free", async () => {
    const made = await provider.make(topic, { name: "t" });
    await provider.delete(made);
    assert.equal((await provider.make(topic, { name: "t" }, "other")).outputs.name, "t");
  });

  it("is refused with type, name and AWS's reason, and keeps it", async () => {
    const kind = kinds[topic];
    const made = await provider.make(topic, { name: "t" });
    Object.assign(kind ?? {}, { refuseDelete: () => [{ reason: "DependencyViolation: in use" }] });
    try {
      assert.equal(
        await refusal(provider.delete(made)),
        "deleting aws:sns/topic:Topic 'x': DependencyViolation: in use",
      );
    } finally {
      Reflect.deleteProperty(kind ?? {}, "refuseDelete");
    }
    assert.equal(plugin.world.find(topic, made.id)?.id, made.id);
  });
});
