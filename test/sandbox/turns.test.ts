import assert from "node:assert/strict";
import * as sns from "@pulumi/aws/sns";
import type * as pulumi from "@pulumi/pulumi";
import { compose } from "../../sandbox";
import { Turns } from "../../sandbox/monitor/turns";

/** Gives so much work; what comes back settles when the last of it is done. */
function given(turns: Turns, count: number, done: unknown[]): Promise<void> {
  return new Promise((resolve) => {
    for (let index = 1; index <= count; index++) {
      turns.take(() => {
        done.push(index);
        if (index === count) resolve();
      });
    }
  });
}

describe("turns", () => {
  it("are in the order the work came, also when some of it waits", async () => {
    const done: unknown[] = [];
    await given(new Turns(3), 10, done);
    assert.deepEqual(done, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it("leave others theirs after every slice", async () => {
    const done: unknown[] = [];
    const other = () => {
      if (done.push("other") < 8) setImmediate(other);
    };
    const all = given(new Turns(2), 5, done);
    setImmediate(other);
    await all;
    assert.deepEqual(done, [1, 2, "other", 3, 4, "other", 5]);
  });

  it("come at once while a slice lasts", async () => {
    const turns = new Turns(3);
    const done: unknown[] = [];
    await given(turns, 1, done);
    for (const name of ["a", "b", "c"]) turns.take(() => done.push(name));
    assert.deepEqual(done, [1, "a", "b"]);
  });

  it("come to work that other work gives after all that was given before", async () => {
    for (const slice of [1, 2, 3, 4, 9]) {
      const turns = new Turns(slice);
      const done: unknown[] = [];
      const late = new Promise<void>((resolve) => {
        turns.take(() => {
          turns.take(() => resolve(void done.push("late")));
        });
      });
      await Promise.all([given(turns, 3, done), late]);
      assert.deepEqual(done, [1, 2, 3, "late"]);
    }
  });
});

const names = Array.from({ length: 400 }, (_, index) => `topic-${index}`);

describe("a program with many resources", () => {
  const registered: string[] = [];
  /** How many were registered when the timer and each turn of the event loop came. */
  const heard = { timer: -1, turns: [] as number[] };

  before(async () => {
    const turn = () => {
      heard.turns.push(registered.length);
      if (registered.length < names.length) setImmediate(turn);
    };
    await compose(
      () => {
        setImmediate(turn);
        setTimeout(() => {
          heard.timer = registered.length;
        }, 0);
        for (const name of names) new sns.Topic(name);
      },
      { onRegistered: ({ type, name }) => type === "aws:sns/topic:Topic" && registered.push(name) },
    );
  });

  it("is registered in the order of the program", () => {
    assert.deepEqual(registered, names);
  });

  it("lets a timer and the event loop have their turn meanwhile", () => {
    const meanwhile = (count: number) => count > 0 && count < names.length;
    assert.ok(heard.turns.some(meanwhile), `turns came after ${heard.turns} resources`);
    assert.ok(
      heard.timer >= 0 && heard.timer < names.length,
      `the timer came after ${heard.timer} resources`,
    );
  });
});

/** Keeps everything else from having a turn. */
function spin(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

describe("a program whose resources follow from others", () => {
  /** Names in the order of registration, on a machine that takes so long for each. */
  async function registeredWithin(milliseconds: number): Promise<string[]> {
    const { registrations } = await compose(
      () => ({
        arns: names.slice(0, 40).map((name) => {
          const { arn } = new sns.Topic(name);
          const later = arn.apply(async (text) => text);
          const made = (end: string) => new sns.Topic(`${name}-${end}`).arn;
          return [arn.apply(() => made("soon")), later.apply(() => made("later"))];
        }),
      }),
      { onRegistered: () => spin(milliseconds) },
    );
    return registrations.map(({ name }) => name);
  }

  it("is registered in the same order on a fast machine and on a slow one", async () => {
    assert.deepEqual(await registeredWithin(1), await registeredWithin(0));
  });
});

describe("a resource that a transform changes", () => {
  it("comes after everything that was asked for before the transform had answered", async () => {
    const { registrations } = await compose(() => {
      const transforms: pulumi.ResourceTransform[] = [({ props, opts }) => ({ props, opts })];
      new sns.Topic("changed", {}, { transforms });
      for (const name of names) new sns.Topic(name);
    });
    const topics = registrations.filter(({ type }) => type === "aws:sns/topic:Topic");
    assert.deepEqual(
      topics.map(({ name }) => name),
      [...names, "changed"],
    );
  });
});
