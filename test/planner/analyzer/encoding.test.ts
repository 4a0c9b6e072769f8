import assert from "node:assert/strict";
import {
  AnalyzeDiagnostic,
  AnalyzeResponse,
  AnalyzerResource,
  AnalyzeStackRequest,
  PolicyNotApplicable,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { BinaryWriter } from "google-protobuf";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import { answerIn, listOf, withProperties } from "../../../planner/analyzer/encoding";

const values: { [key: string]: JavaScriptValue } = {
  text: "a \u00fc \u{1f512} \n",
  empty: "",
  "": "no key",
  number: -1.5,
  zero: 0,
  huge: 2 ** 60,
  yes: true,
  no: false,
  nothing: null,
  list: ["a", 1, null, false, [], [[]], {}],
  map: { inner: { innermost: [{ deep: "down" }] }, none: {} },
  long: "x".repeat(70_000),
};

function resourceNamed(name: string): AnalyzerResource {
  const message = new AnalyzerResource();
  message.setName(name);
  return message;
}

describe("a message with the properties of a resource", () => {
  it("holds them as the library itself writes them", () => {
    const bytes = withProperties(AnalyzerResource, resourceNamed("one"), values);
    const read = AnalyzerResource.deserializeBinary(bytes);
    const theirs = Struct.deserializeBinary(Struct.fromJavaScript(values).serializeBinary());
    assert.deepEqual(read.getProperties()?.toJavaScript(), theirs.toJavaScript());
    assert.deepEqual(read.getProperties()?.toJavaScript(), values);
    assert.equal(read.getName(), "one");
  });

  it("holds none as none, and not as unset", () => {
    const read = AnalyzerResource.deserializeBinary(
      withProperties(AnalyzerResource, new AnalyzerResource(), {}),
    );
    assert.equal(read.hasProperties(), true);
    assert.deepEqual(read.getProperties()?.toJavaScript(), {});
  });

  it("holds null for what has no value", () => {
    const read = AnalyzerResource.deserializeBinary(
      withProperties(AnalyzerResource, new AnalyzerResource(), { gone: undefined }),
    );
    assert.deepEqual(read.getProperties()?.toJavaScript(), { gone: null });
  });
});

describe("a list of encoded messages", () => {
  it("is read as one message that holds them, in their order", () => {
    const encoded = ["one", "two"].map((name) =>
      withProperties(AnalyzerResource, resourceNamed(name), values),
    );
    const read = AnalyzeStackRequest.deserializeBinary(listOf(encoded)).getResourcesList();
    assert.deepEqual(
      read.map((one) => [one.getName(), one.getProperties()?.toJavaScript()]),
      [
        ["one", values],
        ["two", values],
      ],
    );
  });

  it("is empty when there are none", () => {
    assert.deepEqual(AnalyzeStackRequest.deserializeBinary(listOf([])).getResourcesList(), []);
  });
});

describe("the answer of a pack", () => {
  function skipped(name: string, reason: string): PolicyNotApplicable {
    const message = new PolicyNotApplicable();
    message.setPolicyName(name);
    message.setReason(reason);
    return message;
  }

  it("is its diagnostics and the names of what does not apply", () => {
    const response = new AnalyzeResponse();
    const found = new AnalyzeDiagnostic();
    found.setPolicyname("one");
    found.setMessage("wrong");
    response.setDiagnosticsList([found]);
    response.setNotApplicableList([skipped("two", "why"), skipped("three", "")]);
    const { diagnostics, notApplicable } = answerIn(response.serializeBinary());
    assert.deepEqual(
      diagnostics.map((one) => one.toObject()),
      [found.toObject()],
    );
    assert.deepEqual(notApplicable, ["two", "three"]);
  });

  it("may be empty, and may hold fields of a later protocol", () => {
    const nothing = { diagnostics: [], notApplicable: [] };
    assert.deepEqual(answerIn(new Uint8Array()), nothing);
    const writer = new BinaryWriter();
    writer.writeString(1000, "later");
    assert.deepEqual(answerIn(writer.getResultBuffer()), nothing);
  });
});
