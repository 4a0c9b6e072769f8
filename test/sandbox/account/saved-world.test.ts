import assert from "node:assert/strict";
import { NoWorld, savedWorldFrom } from "../../../sandbox/account/saved-world";

const resource = {
  urn: "urn:pulumi:s::p::t::n",
  seed: "urn:pulumi:s::p::t::n#1",
  type: "t",
  name: "n",
  region: "us-east-1",
  id: "n-1",
  inputs: { a: 1 },
  outputs: {},
  createdAt: "2026-11-21T18:00:00.000Z",
};
const world = {
  format: 1,
  accountId: "123456789012",
  made: 1,
  salt: "5a17",
  resources: [resource, { ...resource, seed: "other", defaultTags: { a: "b" }, secrets: ["a"] }],
  faults: [
    { kind: "throttle", number: 1, times: 3 },
    { kind: "fail", number: 2, operation: "create", type: "t", nth: 1, times: 1, message: "no" },
    { kind: "crash", number: 3, operation: "update", name: "n", nth: 2, when: "after" },
    { kind: "slow", number: 4, type: "t", seconds: 0.5 },
  ],
  quotas: { VPCs: 5 },
  propagationSeconds: 10,
};

describe("a saved world", () => {
  it("is read with all it has", () => {
    assert.deepEqual(savedWorldFrom(JSON.stringify(world)), world);
  });

  it("needs no propagation delay", () => {
    const { propagationSeconds: _, ...rest } = world;
    assert.deepEqual(savedWorldFrom(JSON.stringify(rest)), rest);
  });

  const fault = (changes: object) => ({ faults: [{ ...world.faults[1], ...changes }] });
  for (const [changes, message] of [
    [{ format: 2 }, "format has to be 1, got 2"],
    [{ format: undefined }, "format has to be 1, got undefined"],
    [{ accountId: "12345" }, 'accountId has to be 12 digits, got "12345"'],
    [{ accountId: 123456789012 }, "accountId has to be a text"],
    [{ made: -1 }, "made has to be a whole number from 0"],
    [{ made: 0.5 }, "made has to be a whole number from 0"],
    [{ salt: "" }, "salt has to be a text"],
    [{ resources: {} }, "resources has to be a list"],
    [{ resources: [null] }, "resources[0] has to be an object"],
    [{ resources: [{ ...resource, id: 5 }] }, "resources[0].id has to be a text"],
    [{ resources: [{ ...resource, outputs: [] }] }, "resources[0].outputs has to be an object"],
    [{ resources: [{ ...resource, defaultTags: [] }] }, "resources[0].defaultTags has to be an object"],
    [{ resources: [{ ...resource, secrets: "a" }] }, "resources[0].secrets has to be a list"],
    [{ resources: [{ ...resource, secrets: [1] }] }, "resources[0].secrets[0] has to be a text"],
    [
      { resources: [resource, resource] },
      `resources[1].seed has to be another than "${resource.seed}", which one has already`,
    ],
    [{ faults: {} }, "faults has to be a list"],
    [{ faults: ["fail"] }, "faults[0] has to be a fault"],
    [fault({ kind: "toString" }), "faults[0] has to be a fault"],
    [fault({ number: 0 }), "faults[0] has to be a fault"],
    [fault({ operation: "destroy" }), "faults[0] has to be a fault"],
    [fault({ nth: 0 }), "faults[0] has to be a fault"],
    [fault({ message: 1 }), "faults[0] has to be a fault"],
    [{ quotas: [] }, "quotas has to be an object"],
    [{ quotas: { VPCs: "5" } }, 'quotas["VPCs"] has to be a whole number from 0'],
    [{ propagationSeconds: -1 }, "propagationSeconds has to be a number from 0"],
  ] as const) {
    it(`is not one where ${message.slice(0, 70)}: ${JSON.stringify(changes).slice(0, 60)}`, () => {
      assert.throws(() => savedWorldFrom(JSON.stringify({ ...world, ...changes })), new NoWorld(message));
    });
  }

  for (const content of ["", "{", `${JSON.stringify(world).slice(0, -20)}`]) {
    it(`is not one that is cut short: ${JSON.stringify(content.slice(0, 20))}`, () => {
      assert.throws(() => savedWorldFrom(content), /^NoWorld: it is no JSON: /);
    });
  }

  for (const content of ["null", "[]", '"x"', "1"]) {
    it(`is not one that is ${content}`, () => {
      assert.throws(() => savedWorldFrom(content), new NoWorld("what it holds has to be an object"));
    });
  }
});
