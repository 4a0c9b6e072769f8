import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { checkShape } from "../../sandbox/model/check-shape";
import { schema } from "../../sandbox/model/type-schema";
import { readSdk, written } from "../../sandbox/tools/read-sdk";
import { modelledTypes } from "../../sandbox/tools/types";

const targetGroup = "aws:lb/targetGroup:TargetGroup";

describe("the schema", () => {
  it("is what the installed SDKs declare (if not: npm run model)", () => {
    const file = path.join(__dirname, "../../sandbox/model/schema.json");
    assert.equal(readFileSync(file, "utf8"), written(readSdk(modelledTypes)));
  });

  it("reads lists, maps, nested objects and alternatives, and what may be left out", () => {
    const { types, objects } = schema();
    const { inputs, outputs } = types["aws:lb/listener:Listener"] ?? { inputs: {}, outputs: {} };
    assert.deepEqual(
      [inputs.loadBalancerArn, inputs.port, inputs.defaultActions, inputs.tags, outputs.arn, outputs.port],
      ["s", "n?", "[#lb.ListenerDefaultAction]", "{s}?", "s", "n?"],
    );
    assert.equal(objects["lb.ListenerDefaultAction"]?.redirect, "#lb.ListenerDefaultActionRedirect?");
    assert.equal(types["aws:iam/role:Role"]?.inputs.assumeRolePolicy, "#iam.PolicyDocument|s");
  });
});

describe("a resource's shape", () => {
  const found = (inputs: Parameters<typeof checkShape>[1], type = targetGroup) => checkShape(type, inputs);

  it("is refused for a type nobody has modelled, with what to add", () => {
    assert.deepEqual(found({}, "aws:sqs/queue:Queue").failures, [
      {
        reason:
          'the model of AWS does not know aws:sqs/queue:Queue: add "sqs/queue" to sandbox/tools/types.ts and run npm run model',
      },
    ]);
  });

  it("is refused for properties the SDK does not declare, also nested ones", () => {
    const reason =
      "aws:lb/targetGroup:TargetGroup of AWS SDK 7.48.0 has no such property; if a newer SDK has it, read the schema anew (npm run model)";
    assert.deepEqual(found({ colour: "red", healthCheck: { pathname: "/" } }).failures, [
      { property: "colour", reason },
      { property: "healthCheck.pathname", reason },
    ]);
  });

  it("is refused where something is missing, in the provider's own names", () => {
    const { failures } = found({ listenerArn: "arn", actions: [{}] }, "aws:lb/listenerRule:ListenerRule");
    assert.deepEqual(failures, [
      {
        property: "actions[0].type",
        reason: 'Missing required argument. The argument "type" is required, but no definition was found',
      },
      {
        property: "conditions",
        reason:
          'Missing required argument. The argument "conditions" is required, but no definition was found',
      },
    ]);
  });

  it("is refused where a value is of another type", () => {
    const { failures } = found({ port: "http", healthCheck: [], tags: { a: { b: "c" } }, vpcId: ["vpc-0a"] });
    assert.deepEqual(failures, [
      { property: "port", reason: "expected number type, got string type" },
      { property: "healthCheck", reason: "expected object type, got list type" },
      { property: "tags.a", reason: "expected string type, got object type" },
      { property: "vpcId", reason: "expected string type, got list type" },
    ]);
  });

  it("takes numbers and truth written as text, and numbers as text, as the provider does", () => {
    const { inputs, failures } = found({
      port: "8080",
      slowStart: 0,
      preserveClientIp: true,
      proxyProtocolV2: "false",
    });
    assert.deepEqual(failures, []);
    assert.deepEqual(inputs, { port: 8080, slowStart: 0, preserveClientIp: "true", proxyProtocolV2: false });
  });

  it("takes unknown values anywhere, and leaves out what is null", () => {
    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    const { inputs, failures } = found({ port: unknown, healthCheck: unknown, tags: null });
    assert.deepEqual(failures, []);
    assert.deepEqual(inputs, { port: unknown, healthCheck: unknown });
  });
});
