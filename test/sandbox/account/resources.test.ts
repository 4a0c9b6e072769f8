import assert from "node:assert/strict";
import { Mistake } from "../../../sandbox/account/account-error";
import { resourceMeant, resourcesOf } from "../../../sandbox/account/resources";
import { World } from "../../../sandbox/model/world";
import { make, types } from "./support/made";

function world(): World {
  return new World({ preview: false, region: "us-east-1", accountId: "123456789012" });
}

describe("a resource", () => {
  it("is found by its logical name, physical name, id, ARN and URN", () => {
    const there = world();
    make(there, types.topic, "other", { name: "other-topic" });
    const balancer = make(there, types.logGroup, "logs", { name: "/shop/web" });
    for (const called of ["logs", "/shop/web", balancer.id, balancer.outputs.arn, balancer.urn]) {
      assert.equal(resourceMeant(there, String(called), {}), balancer);
    }
  });

  it("is named among all that are called so, until type or stack say which", () => {
    const there = world();
    const topic = make(there, types.topic, "x", { name: "x-topic" });
    const group = make(there, types.logGroup, "x", { name: "x-logs" });
    const other = make(there, types.topic, "x", { name: "x-prod" }, "production");
    const message = [
      '3 resources are called "x": say which by its id, or with --type or --stack',
      `  x  cloudwatch.LogGroup  ${group.id}  (stack staging)`,
      `  x  sns.Topic  ${other.id}  (stack production)`,
      `  x  sns.Topic  ${topic.id}  (stack staging)`,
    ].join("\n");
    assert.throws(() => resourceMeant(there, "x", {}), new Mistake(message));
    assert.equal(resourceMeant(there, "x", { types: [types.logGroup] }), group);
    assert.equal(resourceMeant(there, "x", { types: [types.topic], stack: "production" }), other);
    assert.equal(resourceMeant(there, topic.id, {}), topic);
  });

  it("that is not there is answered with the nearest, or where to look", () => {
    const there = world();
    make(there, types.topic, "alarms", {});
    const none = (called: string, filter = {}) => {
      try {
        return String(resourceMeant(there, called, filter).name);
      } catch (error) {
        return (error as Error).message;
      }
    };
    assert.equal(none("alarm"), 'no resource is called "alarm"; did you mean "alarms"?');
    assert.equal(none("edge"), 'no resource is called "edge"; world list shows what there is');
    assert.equal(
      none("alarms", { types: [types.logGroup], stack: "dev" }),
      'no cloudwatch.LogGroup in stack dev is called "alarms"; world list shows what there is',
    );
  });

  it("is listed by type, name and id, however resources came", () => {
    const there = world();
    for (const [type, name] of [
      [types.topic, "b"],
      [types.logGroup, "c"],
      [types.topic, "a"],
    ] as const) {
      make(there, type, name, {});
    }
    assert.deepEqual(
      resourcesOf(there, {}).map(({ name }) => name),
      ["c", "a", "b"],
    );
  });
});
