import assert from "node:assert/strict";
import { type ChildProcess, fork, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AccountError } from "../../../sandbox/account/account-error";
import { Locked, ProcessLock } from "../../../sandbox/account/process-lock";
import { ownFolder } from "./support/folder";
import type { Rounds } from "./support/take-locks";

const folder = ownFolder();
const lockFile = () => join(folder(), "world.lock");
const take = (purpose = "up") => ProcessLock.take(lockFile(), purpose, "the account");

/** What the file of a lock of this process holds, with some of it changed. */
function holder(changes: object): string {
  const lock = take("pulumi up");
  const content = JSON.parse(readFileSync(lockFile(), "utf8")) as object;
  lock.release();
  return JSON.stringify({ ...content, ...changes });
}

/** The number of a process that has ended. */
function deadPid(): number {
  return spawnSync(process.execPath, ["--version"]).pid;
}

describe("a lock", () => {
  it("is a file of the user's own, and gone once it is given back, twice or not", () => {
    const lock = take();
    assert.equal(statSync(lockFile()).mode & 0o777, 0o600);
    assert.deepEqual(readdirSync(folder()), ["world.lock"]);
    lock.release();
    lock.release();
    assert.deepEqual(readdirSync(folder()), []);
  });

  it("that is held is refused, with who holds it and since when", () => {
    writeFileSync(lockFile(), holder({ since: "2026-11-21T18:44:57.123Z" }));
    const message =
      `the account is in use: "pulumi up" (process ${process.pid}) has had it since 2026-11-21 18:44:57 UTC; ` +
      "wait for it to end";
    assert.throws(() => take("drift set"), new Locked(message));
    assert.deepEqual(readdirSync(folder()), ["world.lock"]);
  });

  it("of another machine is refused, with what to do if that is no more", () => {
    writeFileSync(
      lockFile(),
      holder({ machine: "ci-7 pid:[1]", pid: 42, since: "2026-11-21T18:44:57.123Z" }),
    );
    const message =
      'the account is in use: "pulumi up" (process 42) has had it since 2026-11-21 18:44:57 UTC, on ci-7; wait for ' +
      `it to end, or, if it is no more, remove ${lockFile()}`;
    assert.throws(() => take(), new Locked(message));
  });

  it("can be had again by the same process once it is given back", () => {
    take().release();
    const lock = take();
    assert.throws(() => take(), Locked);
    lock.release();
  });

  it("of a process that is no more is taken over", () => {
    writeFileSync(lockFile(), holder({ pid: deadPid(), started: undefined }));
    take().release();
    assert.deepEqual(readdirSync(folder()), []);
  });

  it("of a process whose number another one has now is taken over, where that can be told", function () {
    if (!existsSync("/proc/self/stat")) this.skip();
    writeFileSync(lockFile(), holder({ started: "another boot 17" }));
    take().release();
  });

  it("of a process that has ended, though its parent does not know yet, is taken over", async function () {
    if (!existsSync("/proc/self/stat")) this.skip();
    // The shell becomes a program that never asks for its child.
    const parent = spawn("sh", ["-c", "sleep 0 & echo $!; exec sleep 60"]);
    const [said] = (await once(parent.stdout, "data")) as [Buffer];
    const pid = Number(String(said));
    while (!/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8")))
      await new Promise((resolve) => setTimeout(resolve, 5));
    writeFileSync(lockFile(), holder({ pid, started: undefined }));
    take().release();
    parent.kill();
  });

  it("is taken over from one who died while taking over, and what that left goes", () => {
    const pid = deadPid();
    writeFileSync(lockFile(), holder({ id: "first", pid, started: undefined }));
    writeFileSync(`${lockFile()}.first`, holder({ id: "second", pid, started: undefined }));
    writeFileSync(`${lockFile()}.first.second`, holder({ id: "third", pid, started: undefined }));
    writeFileSync(`${lockFile()}.third.new`, holder({ id: "third", pid, started: undefined }));
    const lock = take();
    assert.deepEqual(readdirSync(folder()), ["world.lock"]);
    lock.release();
  });

  it("is waited for 2 s and no longer while another is taking over", () => {
    const alive = holder({ id: "second" });
    writeFileSync(lockFile(), holder({ id: "first", pid: deadPid(), started: undefined }));
    writeFileSync(`${lockFile()}.first`, alive);
    const start = Date.now();
    assert.throws(() => take(), Locked);
    const waited = Date.now() - start;
    assert.ok(waited >= 2000 && waited < 20_000, `${waited} ms`);
  });

  it("is not taken away from whoever took it over meanwhile", () => {
    const lock = take();
    const other = JSON.stringify({ id: "x", pid: process.pid, machine: "m", purpose: "p", since: "s" });
    writeFileSync(lockFile(), other);
    lock.release();
    assert.equal(readFileSync(lockFile(), "utf8"), other);
  });

  for (const content of [
    "",
    "{",
    "[]",
    '{"pid": 1}',
    '{"id":"a","machine":"b","purpose":"c","since":"d","pid":"e"}',
  ]) {
    it(`is not a file that holds ${JSON.stringify(content)}, which stays`, () => {
      writeFileSync(lockFile(), content);
      const message = `${lockFile()} is no lock of the sandbox: remove it, if no command of the sandbox is running`;
      assert.throws(() => take(), new AccountError(message));
      assert.equal(readFileSync(lockFile(), "utf8"), content);
      assert.deepEqual(readdirSync(folder()), ["world.lock"]);
    });
  }

  for (const [how, code] of [
    ["ends", ""],
    ["leaves", "process.exit(3)"],
    ["throws", "throw new Error('x')"],
  ] as const) {
    it(`goes with a process that ${how}`, () => {
      const lock = JSON.stringify(require.resolve("../../../sandbox/account/process-lock"));
      const script = `require(${lock}).ProcessLock.take(${JSON.stringify(lockFile())}, "x", "y"); console.log("taken"); ${code}`;
      const { stdout } = spawnSync(process.execPath, ["-r", "ts-node/register", "-e", script], {
        encoding: "utf8",
      });
      assert.equal(stdout, "taken\n");
      assert.deepEqual(readdirSync(folder()), []);
    });
  }
});

describe("processes that find locks of dead ones at once", () => {
  const processes: ChildProcess[] = [];
  after(() => {
    for (const process of processes) process.kill();
  });

  it("get each lock once, and leave nothing else", async () => {
    const pid = deadPid();
    const paths = Array.from({ length: 60 }, (_, round) => join(folder(), `${round}.lock`));
    for (const [round, path] of paths.entries()) {
      const dead = { id: `dead${round}`, pid, started: undefined };
      // Of some, one who took over died at it as well.
      writeFileSync(path, holder(dead));
      if (round % 3 === 0) writeFileSync(`${path}.dead${round}`, holder({ ...dead, id: "second" }));
    }
    const script = require.resolve("./support/take-locks");
    for (let index = 0; index < 4; index++) {
      processes.push(fork(script, [], { execArgv: ["-r", "ts-node/register"] }));
    }
    await Promise.all(processes.map((process) => once(process, "message")));
    const rounds: Rounds = { start: Date.now() + 50, every: 10, paths };
    for (const process of processes) process.send(rounds);
    const answers = await Promise.all(processes.map((process) => once(process, "message")));
    const ends = paths.map((_, round) => answers.map(([answer]) => (answer as string[])[round]).sort());
    assert.deepEqual(
      ends,
      paths.map(() => ["Locked", "Locked", "Locked", "taken"]),
    );
    assert.deepEqual(
      readdirSync(folder()).sort(),
      paths.map((path) => path.slice(folder().length + 1)).sort(),
    );
  });
});
