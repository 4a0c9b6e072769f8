import * as assert from "node:assert/strict";
import { createRequire } from "node:module";
import * as deserialize from "@pulumi/policy/deserialize";
import * as proto from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { unpackOnce } from "../../../policies/lib/unpacking";

type Unpacking = Parameters<typeof unpackOnce>[0];
const sdk = deserialize as Unpacking;
const former = sdk.deserializeProperties;

/** The SDK's own handler, which its types do not show. */
const { makeAnalyzeRpcFun } = createRequire(__filename)("@pulumi/policy/server") as {
  makeAnalyzeRpcFun(
    ...pack: unknown[]
  ): (call: { request: proto.AnalyzeRequest }, done: (error: unknown) => void) => void;
};

/** How often the SDK unpacks a resource that three policies look at. */
async function unpackings(): Promise<number> {
  const request = new proto.AnalyzeRequest();
  const props = Struct.fromJavaScript({ size: 1 });
  let count = 0;
  const toJavaScript = props.toJavaScript.bind(props);
  props.toJavaScript = () => {
    count += 1;
    return toJavaScript();
  };
  request.setType("test:thing");
  request.setProperties(props);
  request.setOptions(new proto.AnalyzerResourceOptions());
  const policies = ["a", "b", "c"].map((name) => ({
    name,
    enforcementLevel: "advisory",
    validateResource: () => {},
  }));
  await new Promise((resolve) => makeAnalyzeRpcFun("pack", "1", "advisory", policies)({ request }, resolve));
  return count;
}

describe("unpacking resources", () => {
  afterEach(() => {
    sdk.deserializeProperties = former as NonNullable<typeof former>;
  });

  it("is done by the SDK for every policy anew", async () => {
    assert.equal(await unpackings(), 3);
  });

  it("is done once with the pack's own help", async () => {
    unpackOnce(sdk);
    assert.equal(await unpackings(), 1);
  });

  it("is done anew for remediations, which change what they are given", () => {
    const given: Unpacking = { deserializeProperties: () => ({}) };
    unpackOnce(given);
    const message = new Struct();
    assert.notEqual(
      given.deserializeProperties?.(message, true),
      given.deserializeProperties?.(message, true),
    );
    assert.equal(
      given.deserializeProperties?.(message, false),
      given.deserializeProperties?.(message, false),
    );
  });

  it("is left as it is where the SDK has no such function", () => {
    const given: Unpacking = {};
    unpackOnce(given);
    assert.deepEqual(given, {});
  });
});
