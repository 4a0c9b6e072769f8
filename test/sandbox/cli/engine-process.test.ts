import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import { runEngine } from "../../../sandbox/cli/engine-process";

/** Starts a process in the engine's place that ends with how many interrupts it got. */
async function interrupted(send: (source: EventEmitter) => void | Promise<void>): Promise<number> {
  const source = new EventEmitter();
  const program = `let count = 0;
    process.on("SIGINT", () => count++);
    process.on("SIGTERM", () => process.exit(100 + count));
    setInterval(() => {}, 1000);`;
  const ended = runEngine(
    {
      pulumi: process.execPath,
      words: ["-e", program],
      cwd: ".",
      env: {},
      onStart: async (engine) => {
        await once(engine, "spawn");
        // Until its handlers stand.
        await new Promise((resolve) => setTimeout(resolve, 300));
        await send(source);
        setTimeout(() => source.emit("SIGTERM"), 100);
      },
    },
    source as unknown as NodeJS.Process,
  );
  const code = await ended;
  assert.deepEqual(source.eventNames(), []);
  return code;
}

const run = (program: string) =>
  runEngine({ pulumi: process.execPath, words: ["-e", program], cwd: ".", env: process.env });

describe("the engine's process", () => {
  it("hands its exit code on, or the signal it ended by", async () => {
    assert.equal(await run("process.exit(255)"), 255);
    assert.equal(await run("process.kill(process.pid, 'SIGKILL')"), 137);
  });

  it("that cannot be started is an error", async () => {
    const start = { pulumi: "/nowhere", words: [], cwd: ".", env: {} };
    await assert.rejects(runEngine(start), { code: "ENOENT" });
  });

  // In front of a terminal the engine gets its interrupts from there.
  const terminal = [process.stdin, process.stdout, process.stderr].some(({ isTTY }) => isTTY);

  it("gets an interrupt once, however often npm passes it on", async () => {
    const code = await interrupted((source) => {
      source.emit("SIGINT");
      source.emit("SIGINT");
    });
    assert.equal(code, terminal ? 100 : 101);
  });

  it("gets a second interrupt when the user insists", async () => {
    const code = await interrupted(async (source) => {
      source.emit("SIGINT");
      await new Promise((resolve) => setTimeout(resolve, 200));
      source.emit("SIGINT");
    });
    assert.equal(code, terminal ? 100 : 102);
  });
});
