import assert from "node:assert/strict";
import type { Fault, Operation } from "../../../sandbox/account/fault";
import { brokenMessage, Faults } from "../../../sandbox/account/faults";

const calm = { delaySeconds: 0, retries: 0 };
const topic = "aws:sns/topic:Topic";

/** What becomes of creates of topics, one behind the other. */
function hits(list: Fault[], calls: number) {
  const faults = new Faults(list);
  return Array.from({ length: calls }, (_, index) => faults.hit("create", topic, `t${index}`));
}

describe("faults", () => {
  it("leave every call alone when there are none", () => {
    assert.deepEqual(hits([], 1), [calm]);
  });

  it("that throttle have the provider try again that often, once", () => {
    const list: Fault[] = [{ kind: "throttle", number: 1, times: 25 }];
    assert.deepEqual(hits(list, 2), [{ ...calm, retries: 25 }, calm]);
    assert.deepEqual(list, []);
  });

  it("that throttle more than 25 times have it give up, and hit the next call with the rest", () => {
    const list: Fault[] = [{ kind: "throttle", number: 1, times: 30 }];
    const gaveUp = { ...calm, retries: 25, failure: "ThrottlingException: Rate exceeded" };
    assert.deepEqual(hits(list, 3), [gaveUp, { ...calm, retries: 4 }, calm]);
  });

  it("that throttle wait for one another", () => {
    const list: Fault[] = [
      { kind: "throttle", number: 1, times: 20 },
      { kind: "throttle", number: 2, times: 20 },
    ];
    assert.deepEqual(hits(list, 3), [{ ...calm, retries: 20 }, { ...calm, retries: 20 }, calm]);
  });

  it("fail the Nth call from now and those after it, in AWS's words unless told others", () => {
    const failed = (failure: string) => ({ ...calm, failure });
    const fail = { kind: "fail", number: 1, nth: 2, times: 2 } as const;
    assert.deepEqual(hits([fail], 4), [calm, failed(brokenMessage), failed(brokenMessage), calm]);
    assert.deepEqual(hits([{ ...fail, nth: 1, times: 1, message: "no" }], 2), [failed("no"), calm]);
  });

  it("crash at the Nth call, before AWS did it or after, and are gone then", () => {
    const list: Fault[] = [{ kind: "crash", number: 1, nth: 2, when: "after" }];
    assert.deepEqual(hits(list, 3), [calm, { ...calm, crash: "after" }, calm]);
    assert.deepEqual(hits([{ kind: "crash", number: 1, nth: 1, when: "before" }], 1), [
      { ...calm, crash: "before" },
    ]);
  });

  it("that slow stay, and add up", () => {
    const list: Fault[] = [
      { kind: "slow", number: 1, seconds: 2 },
      { kind: "slow", number: 2, seconds: 0.5 },
    ];
    assert.deepEqual(hits(list, 2), [
      { ...calm, delaySeconds: 2.5 },
      { ...calm, delaySeconds: 2.5 },
    ]);
    assert.equal(list.length, 2);
  });

  it("that crash and fail one call crash before AWS did anything", () => {
    const list: Fault[] = [
      { kind: "fail", number: 1, nth: 1, times: 1 },
      { kind: "crash", number: 2, nth: 1, when: "after" },
    ];
    assert.deepEqual(hits(list, 2), [{ ...calm, crash: "before" }, calm]);
  });

  it("that fail one call twice tell the first", () => {
    const fail = { kind: "fail", nth: 1, times: 1 } as const;
    const list: Fault[] = [
      { ...fail, number: 1, message: "a" },
      { ...fail, number: 2, message: "b" },
    ];
    assert.deepEqual(hits(list, 2), [{ ...calm, failure: "a" }, calm]);
  });

  for (const [aim, hit] of [
    [{}, ["create t a", "update t a", "create u a", "create t b"]],
    [{ operation: "create" }, ["create t a", "create u a", "create t b"]],
    [{ type: "t" }, ["create t a", "update t a", "create t b"]],
    [{ name: "a" }, ["create t a", "update t a", "create u a"]],
    [{ operation: "create", type: "t", name: "a" }, ["create t a"]],
  ] as const) {
    it(`aimed at ${JSON.stringify(aim)} hit those calls and count no others`, () => {
      const calls = ["create t a", "update t a", "create u a", "create t b"];
      const struck = calls.filter((call) => {
        const list: Fault[] = [{ kind: "fail", number: 1, nth: 1, times: 1, ...aim }];
        const [operation, type = "", name = ""] = call.split(" ");
        const { failure } = new Faults(list).hit(operation as Operation, type, name);
        assert.equal(list.length, failure === undefined ? 1 : 0);
        return failure !== undefined;
      });
      assert.deepEqual(struck, hit);
    });
  }

  it("are numbered one above the highest, and cleared by number", () => {
    const faults = new Faults([]);
    const slow = { kind: "slow", seconds: 1 } as const;
    assert.deepEqual(
      [faults.add(slow), faults.add(slow), faults.add(slow)].map(({ number }) => number),
      [1, 2, 3],
    );
    assert.deepEqual([faults.clear(2), faults.clear(2)], [true, false]);
    assert.equal(faults.add(slow).number, 4);
    assert.deepEqual(
      faults.list.map(({ number }) => number),
      [1, 3, 4],
    );
  });
});
