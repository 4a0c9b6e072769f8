import assert from "node:assert/strict";
import { utimesSync } from "node:fs";
import { type Desk, onDesk } from "./support/desk";

const pack = { "policies/PulumiPolicy.yaml": "runtime: nodejs\n" };
const installed = { "node_modules/evenkeel-policies/PulumiPolicy.yaml": "runtime: nodejs\n" };

/** The policy options that the CLI was last given. */
function given(desk: Desk): string[] {
  const { argv } = desk.last();
  return argv.flatMap((word, index) =>
    word.startsWith("--policy-pack") ? [word, argv[index + 1] ?? ""] : [],
  );
}

describe("the policy pack", () => {
  for (const command of ["up", "update", "preview", "pre", "watch"]) {
    it(`judges ${command}`, () =>
      onDesk({ ...pack, "policies/config/dev.json": "{}" }, async (desk) => {
        await desk.run([command]);
        assert.deepEqual(given(desk), [
          ...["--policy-pack", desk.at("policies")],
          ...["--policy-pack-config", desk.at("policies/config/dev.json")],
        ]);
      }));
  }

  for (const command of ["refresh", "destroy", "import", "config"]) {
    it(`is not given to ${command}, which takes none`, () =>
      onDesk(pack, async (desk) => {
        await desk.run([command]);
        assert.deepEqual(given(desk), []);
      }));
  }

  it("goes without config when there is none for the stack", () =>
    onDesk({ ...pack, "policies/config/other.json": "{}" }, async (desk) => {
      await desk.run(["preview"]);
      assert.deepEqual(given(desk), ["--policy-pack", desk.at("policies")]);
    }));

  it("is an installed one when the project has none, found as Node.js finds it", () =>
    onDesk({ ...installed, "a/Pulumi.yaml": "name: a\n", "a/Pulumi.x.yaml": "" }, async (desk) => {
      await desk.run(["preview"], { cwd: desk.at("a") });
      assert.deepEqual(given(desk), ["--policy-pack", desk.at("node_modules/evenkeel-policies")]);
    }));

  it("is the project's rather than an installed one", () =>
    onDesk({ ...pack, ...installed }, async (desk) => {
      await desk.run(["preview"]);
      assert.deepEqual(given(desk), ["--policy-pack", desk.at("policies")]);
    }));

  it("is the user's when she names one, with its config", () =>
    onDesk({ ...pack, "mine/PulumiPolicy.yaml": "", "mine/config/dev.json": "{}" }, async (desk) => {
      await desk.run(["preview", "--policy-pack", "mine"]);
      assert.deepEqual(given(desk), [
        ...["--policy-pack-config", desk.at("mine/config/dev.json")],
        ...["--policy-pack", "mine"],
      ]);
    }));

  it("has the config the user names", () =>
    onDesk({ ...pack, "policies/config/dev.json": "{}" }, async (desk) => {
      await desk.run(["preview", "--policy-pack", "policies", "--policy-pack-config", "x.json"]);
      assert.deepEqual(given(desk), ["--policy-pack", "policies", "--policy-pack-config", "x.json"]);
    }));

  it("is left to the user when she names several", () =>
    onDesk({ "a/config/dev.json": "{}", "b/config/dev.json": "{}" }, async (desk) => {
      await desk.run(["preview", "--policy-pack", "a", "--policy-pack", "b"]);
      assert.deepEqual(given(desk), ["--policy-pack", "a", "--policy-pack", "b"]);
    }));

  it("is off when the user says so, and missed aloud when there is none", () =>
    onDesk({}, async (desk) => {
      const { stderr } = await desk.run(["preview"]);
      assert.equal(
        stderr.split("\n")[0],
        "sandbox: no policy pack, neither in policies nor in node_modules/evenkeel-policies",
      );
      desk.write(pack);
      assert.deepEqual([(await desk.run(["--no-policies", "preview"])).stderr, given(desk)], ["", []]);
    }));
});

describe("a policy pack that is compiled", () => {
  const compiled = {
    ...pack,
    "policies/package.json": '{ "main": "bin/index.js" }',
    "policies/index.ts": "",
    "policies/types.d.ts": "",
    "policies/node_modules/x/index.ts": "",
    "policies/bin/index.js": "",
  };
  const at = (desk: Desk, file: string, seconds: number) => utimesSync(desk.at(file), seconds, seconds);

  it("is taken when it is newer than its sources", () =>
    onDesk(compiled, async (desk) => {
      for (const file of Object.keys(compiled)) at(desk, file, 1000);
      at(desk, "policies/types.d.ts", 3000);
      at(desk, "policies/node_modules/x/index.ts", 3000);
      assert.equal((await desk.run(["preview"])).code, 0);
    }));

  it("is refused when a source is newer", () =>
    onDesk(compiled, async (desk) => {
      for (const file of Object.keys(compiled)) at(desk, file, 1000);
      at(desk, "policies/index.ts", 2000);
      const reason =
        "error: the policy pack is out of date, policies/index.ts has changed since: npm run build\n";
      assert.equal(await desk.refused(["preview"]), reason);
      assert.equal(await desk.refused(["up", "--policy-pack=policies"]), reason);
      assert.equal((await desk.run(["--no-policies", "preview"])).code, 0);
    }));

  it("is refused when it is missing", () =>
    onDesk({ ...pack, "policies/package.json": '{ "main": "bin/index.js" }' }, async (desk) => {
      assert.equal(
        await desk.refused(["preview"]),
        "error: the policy pack is not compiled, policies/bin/index.js is missing: npm run build\n",
      );
    }));

  it("is taken as it is when nothing is compiled, or nothing can be told", () =>
    onDesk({ ...pack, "policies/package.json": '{ "main": "index.ts" }' }, async (desk) => {
      assert.equal((await desk.run(["preview"])).code, 0);
      desk.write({ "policies/package.json": "{}" });
      assert.equal((await desk.run(["preview"])).code, 0);
      desk.write({ "policies/package.json": "{" });
      assert.equal(
        await desk.refused(["preview"]),
        `error: ${desk.at("policies/package.json")}: not valid JSON\n`,
      );
    }));
});
