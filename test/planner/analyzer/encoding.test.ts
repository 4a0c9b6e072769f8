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
import { answerIn, listOf, writeStruct } from "../../../planner/analyzer/encoding";

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

function written(map: object): Uint8Array {
  const writer = new BinaryWriter();
  writeStruct(writer, map);
  return writer.getResultBuffer();
}

function read(bytes: Uint8Array): object {
  return Struct.deserializeBinary(bytes).toJavaScript();
}

describe("plain values, written", () => {
  it("are what the library itself makes of them", () => {
    assert.deepEqual(read(written(values)), read(Struct.fromJavaScript(values).serializeBinary()));
    assert.deepEqual(read(written(values)), values);
  });

  it("are nothing when there are none", () => {
    assert.deepEqual(written({}), new Uint8Array());
  });

  it("have null for what has no value", () => {
    assert.deepEqual(read(written({ gone: undefined })), { gone: null });
  });
});

describe("a list of written messages", () => {
  const named = (name: string) => {
    const message = new AnalyzerResource();
    message.setName(name);
    return message.serializeBinary();
  };

  it("is read as one message that holds them, in their order", () => {
    const list = listOf([named("one"), named("x".repeat(300))]);
    const names = AnalyzeStackRequest.deserializeBinary(list)
      .getResourcesList()
      .map((one) => one.getName());
    assert.deepEqual(names, ["one", "x".repeat(300)]);
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
