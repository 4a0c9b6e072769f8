import assert from "node:assert/strict";
import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import * as log from "@pulumi/pulumi/log";
import * as debuggable from "@pulumi/pulumi/runtime/debuggable";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { compose, sandboxMocks } from "../../sandbox";

type Aid = (...args: unknown[]) => unknown;

const places = [
  [log, "debug"],
  [debuggable, "debuggablePromise"],
] as unknown as readonly (readonly [object: { [name: string]: Aid }, name: string])[];

/** The functions the SDK would find at this moment. */
const aids = () => places.map(([object, name]) => object[name]);

/** Counts the calls of each until the function returned is called. */
function counted(): () => readonly number[] {
  const counts = places.map(() => 0);
  const former = aids();
  places.forEach(([object, name], index) => {
    object[name] = (...args) => {
      counts[index] = (counts[index] ?? 0) + 1;
      return former[index]?.(...args);
    };
  });
  return () => {
    places.forEach(([object, name], index) => {
      Object.assign(object, { [name]: former[index] });
    });
    return counts;
  };
}

describe("the SDK's debugging aids", () => {
  const former = aids();

  it("are called where the sandbox replaces them, so that sparing them helps", async () => {
    const sandbox = await sandboxMocks();
    const counts = counted();
    new ec2.Vpc("net", { cidrBlock: "10.0.0.0/16" });
    await sandbox.settled();
    assert.deepEqual(
      counts().map((count) => count > 0),
      [true, true],
    );
  });

  it("are not called while a program is composed", async () => {
    const counts = counted();
    await compose(() => new ec2.Vpc("net", { cidrBlock: "10.0.0.0/16" }));
    assert.deepEqual(counts(), [0, 0]);
  });

  it("are back after a program, also after one that throws", async () => {
    const programs: (() => unknown)[] = [
      () => undefined,
      () => {
        throw new Error("boom");
      },
      () => Promise.reject(new Error("boom")),
    ];
    for (const program of programs) {
      let during = former;
      await compose(() => {
        during = aids();
        return program();
      });
      assert.deepEqual(
        during.map((aid, index) => aid === former[index]),
        [false, false],
      );
      assert.deepEqual(aids(), former);
    }
  });

  it("leave out what a program writes for debugging, and nothing else", async () => {
    const { logs, error } = await compose(async () => {
      await pulumi.log.debug("a step");
      await pulumi.log.info("by the way");
    });
    assert.equal(error, undefined);
    assert.deepEqual(logs, [{ severity: "info", message: "by the way" }]);
  });

  after(() => sandboxMocks());
});

describe("the properties that the SDK sends", () => {
  const former = Struct.fromJavaScript;
  const values = { b: [1, null, { c: "d" }], a: { z: true, y: {} } };

  it("are handed over as they are while a program is composed, and are messages again afterwards", async () => {
    let during: Struct | undefined;
    await compose(() => {
      during = Struct.fromJavaScript(values);
    });
    assert.equal(during?.toJavaScript(), values);
    assert.equal(Struct.fromJavaScript, former);
  });

  it("become a message once they are sent, the same as ever", async () => {
    let sent: Uint8Array | undefined;
    await compose(() => {
      sent = Struct.fromJavaScript(values).serializeBinary();
    });
    assert.deepEqual(sent, former(values).serializeBinary());
  });

  it("arrive in the order of their names, however they were written", async () => {
    const { registrations } = await compose(() => {
      new ec2.Vpc("net", { tags: { b: "2", a: "1" }, cidrBlock: "10.0.0.0/16" });
    });
    const { inputs } = registrations.find(({ name }) => name === "net") ?? {};
    assert.deepEqual(Object.keys(inputs ?? {}), ["cidrBlock", "tags"]);
    assert.deepEqual(Object.keys((inputs?.tags ?? {}) as object), ["a", "b"]);
  });
});
