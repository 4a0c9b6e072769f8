import assert from "node:assert/strict";
import { Progress } from "../../planner/progress";
import { assertRefused, bucket, packFiles, plan, projectFiles } from "./support/project";

/** Takes the line away. */
const erase = "\r\u001b[2K";

/** What is written when progress is shown on some output. */
function written(
  show: (progress: Progress) => void,
  { isTTY = true, env = { TERM: "xterm" } }: { isTTY?: boolean; env?: NodeJS.ProcessEnv } = {},
): string {
  let text = "";
  show(new Progress({ write: (more) => (text += more), isTTY }, env));
  return text;
}

describe("progress on a terminal", () => {
  it("is one line, replaced by the next and taken away in the end", () => {
    const text = written((progress) => {
      progress.say("one");
      progress.say("two");
      progress.clear();
    });
    assert.equal(text, `${erase}one …${erase}two …${erase}`);
  });

  it("takes nothing away when nothing is there", () => {
    assert.equal(
      written((progress) => progress.clear()),
      "",
    );
    const text = written((progress) => {
      progress.say("one");
      progress.clear();
      progress.clear();
    });
    assert.equal(text, `${erase}one …${erase}`);
  });

  it("makes room for what others write", () => {
    const text = written((progress) => {
      progress.say("one");
      progress.write("hello\n");
      progress.write("world\n");
      progress.clear();
      progress.say("two");
    });
    assert.equal(text, `${erase}one …${erase}hello\nworld\n${erase}two …`);
  });

  it("leaves a line alone that others have begun", () => {
    const text = written((progress) => {
      progress.say("one");
      progress.write("half");
      progress.write("");
      progress.clear();
      progress.say("two");
    });
    assert.equal(text, `${erase}one …${erase}half\ntwo …`);
  });
});

describe("progress is not shown", () => {
  const outputs: readonly [where: string, output: { isTTY?: boolean; env?: NodeJS.ProcessEnv }][] = [
    ["in a pipe", { isTTY: false }],
    ["on a terminal that can only append", { env: { TERM: "dumb" } }],
    ["on a build machine that feigns a terminal", { env: { TERM: "xterm", CI: "true" } }],
  ];
  for (const [where, output] of outputs) {
    it(`${where}, but what others write is`, () => {
      const text = written((progress) => {
        progress.say("one");
        progress.write("half");
        progress.say("two");
        progress.clear();
      }, output);
      assert.equal(text, "half");
    });
  }
});

describe("the progress of a plan", () => {
  const terminal = { TERM: "xterm", CI: "" };
  const composing = `${erase}composing tiny for dev …${erase}`;

  it("is shown on a terminal, and gone when the plan is there", async () => {
    const { code, stderr } = await plan(projectFiles(bucket), [], terminal, true);
    assert.deepEqual([code, stderr], [0, `${composing}asking the policies …${erase}`]);
  });

  it("is gone when the program fails", async () => {
    const { stderr } = await plan(projectFiles('throw new Error("boom");\n'), [], terminal, true);
    assert.equal(stderr, `${composing}error: the program failed at index.ts:1: Error: boom\n`);
  });

  it("is gone when the policies fail", async () => {
    const files = projectFiles(bucket, packFiles("", "process.exit(7);"));
    const { stderr } = await plan(files, [], terminal, true);
    const error = "error: the policy pack in policies did not start: it ended with code 7\n";
    assert.equal(stderr, `${composing}asking the policies …${erase}${error}`);
  });

  it("is not in the way of what the program prints", async () => {
    const program = 'console.log("hello");\nconsole.error("oops");\n';
    const { stderr } = await plan(projectFiles(program), [], terminal, true);
    assert.equal(stderr, `${composing}hello\noops\n${erase}asking the policies …${erase}`);
  });

  it("is not shown in a pipe", async () => {
    const { code, stderr } = await plan(projectFiles(bucket), [], terminal, false);
    assert.deepEqual([code, stderr], [0, ""]);
    assertRefused(
      await plan(projectFiles(bucket), ["--stack", "no"], terminal),
      'unknown stack "no". The stacks are dev.',
    );
  });
});
