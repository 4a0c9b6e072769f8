import assert from "node:assert/strict";
import path from "node:path";
import { findProject, stacksOf } from "../../planner/project";
import { type Files, inFolder } from "./support/folder";

describe("a project", () => {
  it("is found in the folder or the nearest one above", async () => {
    await inFolder({ "Pulumi.yaml": "name: up\nruntime: nodejs\n", "a/b/x": "" }, async (folder) => {
      const project = await findProject(folder.at("a/b"));
      assert.deepEqual([project.name, project.root], ["up", folder.path]);
    });
  });

  it("runs its folder, another folder, or one file", async () => {
    const cases: readonly [main: string, runs: string, loads: string][] = [
      ["", ".", "."],
      ["main: src\n", "src", "src"],
      ["main: src/go.ts\n", "src", "src/go.ts"],
    ];
    for (const [main, runs, loads] of cases) {
      const files = {
        "Pulumi.yaml": `name: x\nruntime: { name: nodejs, options: {} }\n${main}`,
        "src/go.ts": "",
      };
      await inFolder(files, async (folder) => {
        const { programFolder, entry } = await findProject(folder.path);
        assert.deepEqual(
          [programFolder, entry],
          [runs, loads].map((one) => path.resolve(folder.path, one)),
        );
      });
    }
  });

  it("lists its stacks", async () => {
    const files = {
      "Pulumi.yaml": "name: x\nruntime: nodejs\n",
      "Pulumi.b.yaml": "",
      "Pulumi.a.c.yml": "",
      "x.yaml": "",
    };
    await inFolder(files, async ({ path: cwd }) =>
      assert.deepEqual(stacksOf(await findProject(cwd)), ["a.c", "b"]),
    );
  });

  const wrong: readonly [what: string, text: string, message: string][] = [
    ["an empty file", "", "Pulumi.yaml: the project is empty, it needs a name and a runtime"],
    ["no name", "runtime: nodejs\n", "Pulumi.yaml:1:1: the project needs a `name`"],
    ["a list for a name", "name: [a]\nruntime: nodejs\n", "Pulumi.yaml:1:7: `name` has to be a text"],
    ["no runtime", "name: a\n", "Pulumi.yaml:1:1: the project needs a `runtime`"],
    [
      "another language",
      "name: a\nruntime: python\n",
      'Pulumi.yaml:2:10: plan runs Node.js programs; the runtime here is "python"',
    ],
    [
      "a tab",
      "name: a\n\truntime: nodejs\n",
      "Pulumi.yaml:2:1: not valid YAML: Tabs are not allowed as indentation",
    ],
  ];
  for (const [what, text, message] of wrong) {
    it(`with ${what} is refused`, async () => {
      const files: Files = { "Pulumi.yaml": text };
      await inFolder(files, async ({ path: cwd }) => {
        await assert.rejects(findProject(cwd), { name: "Failure", message });
      });
    });
  }

  it("that does not exist is said", async () => {
    await inFolder({}, async ({ path: cwd }) => {
      await assert.rejects(findProject(cwd), { message: `no Pulumi.yaml in ${cwd} or a folder above it` });
    });
  });
});
