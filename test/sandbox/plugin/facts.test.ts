import assert from "node:assert/strict";
import { schema } from "../../../sandbox/model/type-schema";
import { factsOf } from "../../../sandbox/plugin/facts";

describe("what is known of a type", () => {
  it("joins how it changes with its schema", () => {
    const { replace, json, optional, maps } = factsOf("aws:sns/topic:Topic");
    assert.deepEqual([replace.includes("name"), json], [true, ["policy"]]);
    assert.deepEqual([optional.has("displayName"), optional.has("arn")], [true, false]);
    assert.deepEqual([...maps].sort(), ["tags", "tagsAll"]);
  });

  it("finds maps inside objects and lists", () => {
    const { maps } = factsOf("aws:ec2/launchTemplate:LaunchTemplate");
    assert.deepEqual([maps.has("tagSpecifications.tags"), maps.has("tagSpecifications")], [true, false]);
  });

  it("comes to an end for every type", () => {
    const found = Object.keys(schema().types).map(factsOf);
    assert.equal(found.length, Object.keys(schema().types).length);
  });

  it("is looked together once", () => {
    assert.equal(factsOf("aws:sns/topic:Topic"), factsOf("aws:sns/topic:Topic"));
  });

  it("is nothing much of an unknown type", () => {
    const { replace, sets, computed, json } = factsOf("aws:sqs/queue:Queue");
    assert.deepEqual([replace, sets, computed, json], [[], [], [], []]);
  });
});
