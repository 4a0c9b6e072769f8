import assert from "node:assert/strict";
import { mkdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { findProject, stackFilesOf, userFolder } from "../../../sandbox/cli/project";
import { onDesk } from "./support/desk";

describe("the project", () => {
  it("is the nearest above, by its real path", () =>
    onDesk({ "a/Pulumi.yaml": "name: inner\nruntime: nodejs\n", "a/b/c.txt": "" }, (desk) => {
      const link = path.join(desk.root, "link");
      symlinkSync(desk.project, link);
      assert.equal(findProject(path.join(link, "a/b")).root, desk.at("a"));
      assert.equal(findProject(link).name, "shop");
    }));

  it("may call its file Pulumi.yml", () =>
    onDesk({ "a/Pulumi.yml": "name: inner\n" }, (desk) => {
      assert.equal(findProject(desk.at("a")).fileName, "Pulumi.yml");
    }));

  it("has the stacks that have a file, wherever it says they are", () =>
    onDesk(
      {
        "Pulumi.a.b.yml": "",
        "Pulumi.dev.yml": "",
        "new/Pulumi.yaml": "name: n\nstackConfigDir: stacks\n",
        "new/stacks/Pulumi.x.yaml": "",
        "old/Pulumi.yaml": "name: o\nconfig: stacks\n",
        "old/stacks/Pulumi.y.yaml": "",
        "none/Pulumi.yaml": "name: none\nstackConfigDir: nowhere\n",
      },
      (desk) => {
        const files = (folder: string) => [...stackFilesOf(findProject(desk.at(folder)))];
        assert.deepEqual(files("."), [
          ["a.b", desk.at("Pulumi.a.b.yml")],
          ["dev", desk.at("Pulumi.dev.yaml")],
        ]);
        assert.deepEqual(files("new"), [["x", desk.at("new/stacks/Pulumi.x.yaml")]]);
        assert.deepEqual(files("old"), [["y", desk.at("old/stacks/Pulumi.y.yaml")]]);
        assert.deepEqual(files("none"), []);
      },
    ));

  const broken: readonly [text: string, reason: RegExp][] = [
    ["", /Pulumi\.yaml: the project needs a `name` of letters, digits, hyphens and periods$/],
    ["runtime: nodejs\n", /the project needs a `name`/],
    ["name: ../../x\n", /the project needs a `name`/],
    ["name: [a]\n", /the project needs a `name`/],
    ["- a\n", /Pulumi\.yaml: has to be a mapping/],
    ["name: {\n", /Pulumi\.yaml: not valid YAML: Flow map/],
  ];
  for (const [text, reason] of broken) {
    it(`is refused as ${JSON.stringify(text)}`, () =>
      onDesk({ "a/Pulumi.yaml": text }, (desk) => {
        assert.throws(() => findProject(desk.at("a")), { name: "Failure", message: reason });
      }));
  }

  it("is missed where there is none", () =>
    onDesk({}, ({ root }) => {
      assert.throws(() => findProject(root), { message: `no Pulumi.yaml in ${root} or a folder above it` });
    }));
});

describe("the folder the user is in", () => {
  const manifest = "/p/package.json";

  it("is where npm was asked, when npm has gone to the package", () => {
    assert.equal(userFolder("/p", { INIT_CWD: "/p/a/b", npm_package_json: manifest }), "/p/a/b");
  });

  it("is where the process is when it has gone elsewhere since, or npm was asked elsewhere", () => {
    assert.equal(userFolder("/p/a", { INIT_CWD: "/p", npm_package_json: manifest }), "/p/a");
    assert.equal(userFolder("/p", { INIT_CWD: "/q", npm_package_json: manifest }), "/p");
    assert.equal(userFolder("/p", { INIT_CWD: "/p/a" }), "/p");
    assert.equal(userFolder("/p", {}), "/p");
  });

  it("decides on the project", () =>
    onDesk({ "a/Pulumi.yaml": "name: inner\n", "a/Pulumi.in.yaml": "" }, async (desk) => {
      mkdirSync(desk.at("a/deep"));
      await desk.run(["preview"], {
        env: { INIT_CWD: desk.at("a/deep"), npm_package_json: desk.at("package.json") },
      });
      assert.equal(desk.last().cwd, desk.at("a/deep"));
      assert.ok(desk.last().argv.includes(desk.at("a/.sandbox/project/Pulumi.in.yaml")));
    }));
});
