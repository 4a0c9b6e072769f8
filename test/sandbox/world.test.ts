import assert from "node:assert/strict";
import type { Subject } from "../../sandbox/model/kind";
import { Account } from "./account";

const topic = "aws:sns/topic:Topic";
const key = "aws:kms/key:Key";

/** An account with resources that each hold keys, written one behind the other, and what it is asked. */
class Holders {
  /** Names of those whose keys were asked for. */
  readonly asked: string[] = [];
  readonly #account = new Account();

  hold(name: string, keys: string, type = topic): void {
    this.#account.make(type, name, { tags: { keys } });
  }

  /** Names of those that hold what a resource not yet there wants. */
  of(keys: string, type = topic, keysOf = this.#keysOf): string[] {
    const wanted = new Account().make(type, "wanted", { tags: { keys } });
    return this.#account.world.occupants(wanted, keysOf).map(({ name }) => name);
  }

  readonly #keysOf = ({ name, inputs }: Subject) => {
    this.asked.push(name);
    return [...(inputs.tags as { keys: string }).keys];
  };
}

describe("the holder of a key", () => {
  it("is the first that has it, named once however many of its keys are wanted", () => {
    const holders = new Holders();
    holders.hold("first", "ab");
    holders.hold("second", "bc");
    assert.deepEqual(
      ["a", "b", "c", "ab", "ac", "d"].map((keys) => holders.of(keys)),
      [["first"], ["first"], ["second"], ["first"], ["first", "second"], []],
    );
  });

  it("is found by asking each resource once, however many follow", () => {
    const holders = new Holders();
    const names = ["one", "two", "three", "four"];
    for (const name of names) {
      holders.hold(name, name);
      for (const keys of ["x", "y", "z"]) assert.deepEqual(holders.of(keys), []);
    }
    assert.deepEqual(
      holders.asked.filter((name) => name !== "wanted"),
      names,
    );
  });

  it("is of the type that is asked for, with the same function too", () => {
    const holders = new Holders();
    holders.hold("topic", "a");
    holders.hold("key", "b", key);
    assert.deepEqual(
      [holders.of("a"), holders.of("b"), holders.of("a", key), holders.of("b", key)],
      [["topic"], [], [], ["key"]],
    );
  });

  it("is another for another function", () => {
    const holders = new Holders();
    holders.hold("topic", "a");
    assert.deepEqual(
      holders.of("a", topic, ({ name }) => [name]),
      [],
    );
    assert.deepEqual(holders.of("a"), ["topic"]);
  });
});
