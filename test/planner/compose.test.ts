import assert from "node:assert/strict";
import { assertRefused, plan, planAlone, projectFiles } from "./support/project";

describe("what a program prints", () => {
  it("goes to the error output, whichever way it takes", async () => {
    const program = `console.log("log");
console.error("error");
process.stdout.write(new Uint8Array([111, 117, 116, 10]));
process.stderr.write("err\\n");
`;
    const { code, stderr } = await plan(projectFiles(program));
    assert.deepEqual([code, stderr], [0, "log\nerror\nout\nerr\n"]);
  });

  it("is written when the program waits for it", async () => {
    const program = `export = async () => {
  await new Promise((resolve) => process.stdout.write("one\\n", resolve));
  await new Promise((resolve) => process.stderr.write("two\\n", "utf8", resolve));
};
`;
    const { code, stderr } = await planAlone(projectFiles(program));
    assert.deepEqual([code, stderr], [0, "one\ntwo\n"]);
  });

  it("is written once when the program fails, although that is run twice then", async () => {
    const run = await plan(projectFiles('console.log("hello");\nthrow new Error("boom");\n'));
    assert.deepEqual(run, {
      code: 2,
      stdout: "",
      stderr: "hello\nerror: the program failed at index.ts:2: Error: boom\n",
    });
  });

  it("is complete when the program works the second time, as one does that needs stack traces", async () => {
    const program = `console.log("one");
if (!new Error("here").stack?.includes(" at ")) throw new Error("no trace");
console.log("two");
`;
    const { code, stderr } = await plan(projectFiles(program));
    assert.deepEqual([code, stderr], [0, "one\none\ntwo\n"]);
  });

  it("goes where it went before when the program is done", async () => {
    const before = [process.stdout.write, process.stderr.write];
    await plan(projectFiles('throw new Error("boom");\n'));
    assert.deepEqual([process.stdout.write, process.stderr.write], before);
  });
});

describe("plan says why a program failed", () => {
  const programs: readonly [what: string, program: string, message: string][] = [
    [
      "that throws",
      'function deep(): never { throw new TypeError("no such thing"); }\n\ndeep();\n',
      "the program failed at index.ts:1: TypeError: no such thing",
    ],
    [
      "that rejects",
      'export = async () => {\n  await Promise.resolve();\n  throw new Error("late");\n};\n',
      "the program failed at index.ts:3: Error: late",
    ],
    [
      "that throws in an apply nobody awaits",
      'import * as pulumi from "@pulumi/pulumi";\npulumi.output(1).apply(() => {\n  throw new Error("apart");\n});\n',
      "the program failed at index.ts:3: Error: apart",
    ],
    [
      "that throws an error from nowhere",
      'const error = new Error("astray");\nerror.stack = "Error: astray";\nthrow error;\n',
      "the program failed: Error: astray",
    ],
    ["that throws no error", 'throw "a text";\n', "the program failed: it threw a text"],
    [
      "that stops with a RunError",
      'import { RunError } from "@pulumi/pulumi";\nthrow new RunError("settings:\\n  a: wrong");\n',
      "settings:\n  a: wrong",
    ],
    [
      "that stops with an error about a resource",
      `import * as pulumi from "@pulumi/pulumi";
const made = new pulumi.ComponentResource("tiny:index:Thing", "thing");
throw new pulumi.ResourceError("invalid arguments\\n  size: needs 1 or more, got 0", made, true);
`,
      "tiny:index:Thing thing: invalid arguments\n  size: needs 1 or more, got 0",
    ],
    [
      "that asks for config that is not set",
      'import * as pulumi from "@pulumi/pulumi";\nnew pulumi.Config().require("size");\n',
      "Missing required configuration variable 'tiny:size'\n\tplease set a value using the command `pulumi config set tiny:size <value>`",
    ],
    [
      "that needs a module that is not there",
      'import "./nothing";\n',
      "the program failed at index.ts:1: Error: Cannot find module './nothing'",
    ],
  ];
  for (const [what, program, message] of programs) {
    it(what, async () => assertRefused(await plan(projectFiles(program)), message.replaceAll("\t", "  ")));
  }

  it("that AWS would refuse, with each resource", async () => {
    const program = `import * as ec2 from "@pulumi/aws/ec2";
new ec2.Vpc("one", { cidrBlock: "10.0.0.0/8" });
new ec2.Vpc("two", { cidrBlock: "nonsense" });
`;
    const { code, stdout, stderr } = await plan(projectFiles(program));
    assert.deepEqual([code, stdout], [2, ""]);
    assert.match(
      stderr,
      /^error: aws:ec2\/vpc:Vpc resource 'one' has a problem: .*\naws:ec2\/vpc:Vpc resource 'two' has a problem: .*\n$/,
    );
  });

  it("with the stack when asked to", async () => {
    const { code, stderr } = await plan(projectFiles('throw new Error("boom");\n'), ["--verbose"]);
    assert.equal(code, 2);
    assert.match(
      stderr,
      /^error: the program failed at index\.ts:1: Error: boom\n {2}\| Error: boom\n {2}\| {5}at .*index\.ts:1:7\)\n/,
    );
  });

  it("that cannot be parsed", async () => {
    const run = await planAlone(projectFiles("const a = 1;\nconst b = ;\n"));
    assertRefused(run, "the program failed: index.ts:2:11: Expression expected.");
  });

  it("that ends the process", async () => {
    const run = await planAlone(projectFiles("process.exit(0);\n"));
    assertRefused(run, "the program ended the process, with code 0");
  });

  it("that waits for what never comes", async () => {
    const run = await planAlone(projectFiles("export = () => new Promise(() => {});\n"));
    assertRefused(run, "the program never finished: something it waits for cannot happen any more");
  });
});
