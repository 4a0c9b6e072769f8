import assert from "node:assert/strict";
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Desk, onDesk } from "./support/desk";

/** Installs plugins in the user's own home. */
function install(desk: Desk, ...names: string[]): string {
  const plugins = path.join(desk.home, ".pulumi/plugins");
  for (const name of names) {
    mkdirSync(path.join(plugins, name), { recursive: true });
    writeFileSync(path.join(plugins, name, "program"), name);
  }
  return plugins;
}

const lent = (desk: Desk) => readdirSync(desk.at(".sandbox/home/plugins")).sort();

describe("the user's plugins", () => {
  it("are lent as folders of links, all but the provider of AWS", () =>
    onDesk({}, async (desk) => {
      const plugins = install(
        desk,
        ...[
          "resource-aws-v7.48.0",
          "resource-aws-native-v1.0.0",
          "resource-awsx-v3.9.0",
          "language-go-v1.2.3",
        ],
        ...["resource-random-v4.1.0", "resource-half-v1.0.0"],
      );
      writeFileSync(path.join(plugins, "resource-random-v4.1.0.lastused"), "");
      writeFileSync(path.join(plugins, "resource-half-v1.0.0.partial"), "");
      await desk.run(["whoami"]);
      assert.deepEqual(lent(desk), [
        "language-go-v1.2.3",
        "resource-aws-native-v1.0.0",
        "resource-awsx-v3.9.0",
        "resource-random-v4.1.0",
      ]);
      const folder = desk.at(".sandbox/home/plugins/resource-random-v4.1.0");
      assert.equal(lstatSync(folder).isDirectory(), true);
      assert.equal(readFileSync(path.join(folder, "program"), "utf8"), "resource-random-v4.1.0");
    }));

  it("are renewed at each start, and what is installed in the sandbox stays", () =>
    onDesk({}, async (desk) => {
      const plugins = install(desk, "resource-a-v1.0.0", "resource-b-v1.0.0");
      await desk.run(["whoami"]);
      const own = desk.at(".sandbox/home/plugins/resource-own-v1.0.0");
      mkdirSync(own);
      rmSync(path.join(plugins, "resource-a-v1.0.0"), { recursive: true });
      install(desk, "resource-c-v1.0.0");
      await desk.run(["whoami"]);
      assert.deepEqual(lent(desk), ["resource-b-v1.0.0", "resource-c-v1.0.0", "resource-own-v1.0.0"]);
      assert.equal(
        readFileSync(path.join(plugins, "resource-b-v1.0.0/program"), "utf8"),
        "resource-b-v1.0.0",
      );
    }));

  it("are looked for in her own PULUMI_HOME", () =>
    onDesk({}, async (desk) => {
      install(desk, "resource-a-v1.0.0");
      const elsewhere = path.join(desk.root, "elsewhere");
      mkdirSync(path.join(elsewhere, "plugins/resource-b-v1.0.0"), { recursive: true });
      await desk.run(["whoami"], { env: { PULUMI_HOME: elsewhere } });
      assert.deepEqual(lent(desk), ["resource-b-v1.0.0"]);
    }));

  it("are none when there are none, or when the sandbox's home is her own", () =>
    onDesk({}, async (desk) => {
      await desk.run(["whoami"]);
      assert.deepEqual(lent(desk), []);
      mkdirSync(desk.at(".sandbox/home/plugins/resource-own-v1.0.0"));
      await desk.run(["whoami"], { env: { PULUMI_HOME: desk.at(".sandbox/home") } });
      assert.deepEqual(lent(desk), ["resource-own-v1.0.0"]);
      assert.equal(existsSync(desk.at(".sandbox/home/plugins/resource-own-v1.0.0/.lent-from")), false);
    }));
});

const sdk = { "node_modules/@pulumi/awsx/package.json": '{ "version": "3.9.0" }' };

describe("awsx", () => {
  const cases: readonly [what: string, files: object, plugins: string[], served: boolean][] = [
    ["when its plugin is not installed", sdk, [], true],
    ["when only another version is", sdk, ["resource-awsx-v3.8.0"], true],
    ["not when the program's version is", sdk, ["resource-awsx-v3.9.0"], false],
    ["not when any is and no version can be told", {}, ["resource-awsx-v3.8.0"], false],
    ["when its plugin has but been used", {}, ["resource-awsx-v3.9.0.lastused"], true],
  ];
  for (const [what, files, plugins, served] of cases) {
    it(`is served ${what}`, () =>
      onDesk({ ...files }, async (desk) => {
        const [first] = plugins;
        if (first?.endsWith("lastused")) {
          mkdirSync(desk.at(".sandbox/home/plugins"), { recursive: true });
          writeFileSync(desk.at(`.sandbox/home/plugins/${first}`), "");
        } else install(desk, ...plugins);
        await desk.run(["preview"]);
        const { PULUMI_DEBUG_PROVIDERS: providers } = desk.last().env;
        assert.equal(providers, served ? "aws:4001,awsx:4001" : "aws:4001");
      }));
  }
});

describe("a plugin that is not installed", () => {
  const files = {
    "package.json":
      '{ "dependencies": { "@pulumi/random": "^4", "@pulumi/aws": "7", "left-pad": "1", "gone": "1" } }',
    "node_modules/@pulumi/random/package.json": '{ "version": "4.1.0", "pulumi": { "resource": true } }',
    "node_modules/@pulumi/aws/package.json":
      '{ "version": "7.48.0", "pulumi": { "resource": true, "name": "aws" } }',
    "node_modules/left-pad/package.json": '{ "version": "1.0.0" }',
  };

  it("is named with the way to get it when the command has failed", () =>
    onDesk(files, async (desk) => {
      const { code, stderr } = await desk.run(["--no-policies", "preview"], {
        env: { FAKE: "process.exit(3)" },
      });
      assert.deepEqual(
        [code, stderr.split("\n").at(-2)],
        [
          3,
          "sandbox: the plugin random 4.1.0 is not installed; `plugin install resource random 4.1.0` gets it",
        ],
      );
    }));

  it("is not mentioned when all went well, or when it is installed", () =>
    onDesk(files, async (desk) => {
      const well = await desk.run(["--no-policies", "preview"]);
      assert.equal(well.stderr, "sandbox: made the stack dev in .sandbox\n");
      install(desk, "resource-random-v4.1.0");
      const failed = await desk.run(["--no-policies", "preview"], { env: { FAKE: "process.exit(3)" } });
      assert.equal(failed.stderr, "");
    }));
});
