import assert from "node:assert/strict";
import { GroupCommit } from "../../../sandbox/account/group-commit";

/** Writes that each end when they are told to. */
class Writes {
  readonly ends: { resolve: () => void; reject: (error: Error) => void }[] = [];
  readonly commit = new GroupCommit(
    () => new Promise<void>((resolve, reject) => this.ends.push({ resolve, reject })),
  );

  /** Ends the newest write once it has begun. */
  async end(error?: Error): Promise<void> {
    await turn();
    const end = this.ends.at(-1) ?? assert.fail("no write has begun");
    if (error) end.reject(error);
    else end.resolve();
    await turn();
  }
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe("a group commit", () => {
  it("writes once for requests made at once", async () => {
    const writes = new Writes();
    const requests = [writes.commit.request(), writes.commit.request()];
    await writes.end();
    await Promise.all(requests);
    assert.equal(writes.ends.length, 1);
  });

  it("has requests that come during a write share the next one", async () => {
    const writes = new Writes();
    const done: string[] = [];
    const ask = (name: string) => writes.commit.request().then(() => done.push(name));
    const all = [ask("first")];
    await turn();
    all.push(ask("second"), ask("third"));
    await turn();
    assert.equal(writes.ends.length, 1);
    await writes.end();
    assert.deepEqual(done, ["first"]);
    await writes.end();
    await Promise.all(all);
    assert.deepEqual([done, writes.ends.length], [["first", "second", "third"], 2]);
  });

  it("tells a failure to those that shared the write, and writes again for the next", async () => {
    const writes = new Writes();
    const failed = assert.rejects(writes.commit.request(), new Error("full"));
    await turn();
    const next = writes.commit.request();
    await writes.end(new Error("full"));
    await failed;
    await writes.end();
    await next;
    assert.equal(writes.ends.length, 2);
  });

  it("is settled when the last write that was asked for is over, well or not", async () => {
    const writes = new Writes();
    const first = writes.commit.request();
    await turn();
    const second = assert.rejects(writes.commit.request(), new Error("full"));
    let settled = false;
    const settling = writes.commit.settled().then(() => {
      settled = true;
    });
    await writes.end();
    assert.equal(settled, false);
    await writes.end(new Error("full"));
    await Promise.all([first, second, settling]);
    assert.equal(settled, true);
  });

  it("is settled at once when nothing was asked for", async () => {
    await new Writes().commit.settled();
  });
});
