import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { PackProcess, within } from "../../../planner/analyzer/process";
import { Failure } from "../../../planner/failure";
import { type Files, inFolder } from "../support/folder";
import { context, withPack } from "../support/packs";
import { packFiles } from "../support/project";

/** A pack that is nothing but a script. */
function script(text: string): Files {
  return { ...packFiles(), "policies/index.js": text };
}

const waiting = "setInterval(() => {}, 1000);";

describe("the start of a policy pack", () => {
  it("ends with the port it writes, however that comes", async () => {
    const text = `process.stdout.write("42", () => process.stdout.write("42\\nand more")); ${waiting}`;
    assert.equal(await withPack(script(text), (pack) => pack.port()), 4242);
  });

  it("may be waited for twice", async () => {
    await withPack(script(`console.log(String(4242)); ${waiting}`), async (pack) => {
      assert.deepEqual(await Promise.all([pack.port(), pack.port()]), [4242, 4242]);
    });
  });

  const lines: readonly [line: string, shown: string][] = [
    ["", '""'],
    ["0", '"0"'],
    ["65536", '"65536"'],
    ["-80", '"-80"'],
    ["80.5", '"80.5"'],
    ["0x50", '"0x50"'],
    ["80 81", '"80 81"'],
    [`"${"x".repeat(99)}`, `"\\"${"x".repeat(59)}"`],
  ];
  for (const [line, shown] of lines) {
    it(`fails when it writes ${shown} for a port`, async () => {
      const message = `the policy pack in policies did not start: it wrote ${shown} where its port belongs; nothing may be printed before`;
      await withPack(script(`console.log(${JSON.stringify(line)}); ${waiting}`), (pack) =>
        assert.rejects(pack.port(), { name: "Failure", message }),
      );
    });
  }

  const ends: readonly [what: string, text: string, message: string][] = [
    ["ends at once", "process.exit(0);", "it ended with code 0"],
    ["ends with half a line", 'process.stdout.write("42", () => process.exit(3));', "it ended with code 3"],
    ["is ended", `process.kill(process.pid, "SIGTERM"); ${waiting}`, "it ended with SIGTERM"],
  ];
  for (const [what, text, message] of ends) {
    it(`fails when the pack ${what}`, async () => {
      await withPack(script(text), (pack) =>
        assert.rejects(pack.port(), {
          name: "Failure",
          message: `the policy pack in policies did not start: ${message}`,
        }),
      );
    });
  }

  it("fails when the pack writes nothing in the time it has", async () => {
    const message = "the policy pack in policies did not start within 0.1 seconds";
    await withPack(script(waiting), (pack) => assert.rejects(pack.port(), { message }), {
      timeoutSeconds: 0.1,
    });
  });

  it("fails when the folder is gone", async () => {
    await inFolder(script(waiting), async (folder) => {
      rmSync(folder.at("policies"), { recursive: true });
      const pack = new PackProcess({ folder: folder.at("policies"), label: "policies" }, context);
      const message = `the policy pack in policies did not start: spawn ${process.execPath} ENOENT`;
      await assert.rejects(pack.port(), { name: "Failure", message });
      pack.stop();
    });
  });

  it("fails when the pack has no SDK", () => {
    assert.throws(() => new PackProcess({ folder: tmpdir(), label: "policies" }, context), {
      name: "Failure",
      message: "the policy pack in policies has no @pulumi/pulumi, are its packages installed?",
    });
  });
});

describe("what is wrong with a policy pack", () => {
  it("is told with the lines that say something, six at most, and all of it in the detail", async () => {
    const written = [
      "\u001b[31mred\u001b[0m",
      "    at frame (file.js:1:1)",
      "",
      "  indented  ",
      "node:internal/modules/cjs/loader:1",
      "      ^",
      "  code: 'MODULE_NOT_FOUND',",
      "}",
      ...["three", "four", "five", "six", "seven"],
      "Node.js v20.0.0",
    ].join("\n");
    await withPack(
      script(`process.stderr.write(${JSON.stringify(written)}, () => process.exit(1));`),
      async (pack) => {
        const failure = await pack.port().catch((error) => error);
        assert.ok(failure instanceof Failure);
        assert.equal(
          failure.message,
          "the policy pack in policies did not start: it ended with code 1\n  red\n  indented\n  three\n  four\n  five\n  six",
        );
        assert.equal(failure.detail, written.replace("\u001b[31mred\u001b[0m", "red"));
      },
    );
  });
});

describe("a policy pack that is stopped", () => {
  it("ends, and may be stopped again", async () => {
    await withPack(script(waiting), async (pack) => {
      const listeners = process.listenerCount("exit");
      pack.stop();
      pack.stop();
      assert.equal(process.listenerCount("exit"), listeners - 1);
      const message = "the policy pack in policies did not start: it ended with SIGKILL";
      await assert.rejects(pack.port(), { name: "Failure", message });
    });
  });
});

describe("within a time", () => {
  const late = () => new Failure("late");
  const never = new Promise<never>(() => undefined);
  const timers = async () => {
    // mocha sets one for a test as soon as that returns its promise.
    await Promise.resolve();
    return process.getActiveResourcesInfo().filter((one) => one === "Timeout").length;
  };

  it("work that is done has its result, and no timer is left", async () => {
    const before = await timers();
    assert.equal(await within(60, Promise.resolve("done"), late), "done");
    assert.equal(await timers(), before);
  });

  it("work that fails has its own error, and no timer is left", async () => {
    const before = await timers();
    await assert.rejects(within(60, Promise.reject(new Failure("own")), late), { message: "own" });
    assert.equal(await timers(), before);
  });

  it("work that takes longer is late", async () => {
    await assert.rejects(within(0.001, never, late), { message: "late" });
  });

  it("work that fails when it is late already goes unheard", async () => {
    let fail: (error: Error) => void = () => undefined;
    const work = new Promise<never>((_, reject) => {
      fail = reject;
    });
    await assert.rejects(within(0.001, work, late), { message: "late" });
    fail(new Failure("own"));
    // Node.js would report it now.
    await new Promise((resolve) => setImmediate(resolve));
  });
});
