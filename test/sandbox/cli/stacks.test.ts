import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { type Desk, onDesk } from "./support/desk";

const two = { "Pulumi.dev.yaml": "", "Pulumi.prod.yaml": "" };

/** The stack the CLI was last given. */
function given({ last }: { last: Desk["last"] }): string | undefined {
  const { argv, env } = last();
  return argv.includes("--stack") ? argv[argv.indexOf("--stack") + 1] : env.PULUMI_STACK;
}

/** Notes a selection down as the CLI does. */
function select(desk: Desk, settings: object): void {
  const workspaces = desk.at(".sandbox/home/workspaces");
  mkdirSync(workspaces, { recursive: true });
  const digest = createHash("sha1").update(desk.at(".sandbox/project/Pulumi.yaml")).digest("hex");
  writeFileSync(`${workspaces}/shop-${digest}-workspace.json`, JSON.stringify(settings));
  writeFileSync(`${workspaces}/shop-${"0".repeat(40)}-workspace.json`, '{ "stack": "elsewhere" }');
}

const stackOf = (desk: Desk) => given({ last: () => desk.last() });

describe("the stack of a command", () => {
  const named: readonly [argv: string[], env: object][] = [
    [["preview", "--stack", "prod"], {}],
    [["preview", "--stack", "organization/shop/prod"], {}],
    [["preview"], { PULUMI_STACK: "prod" }],
    [["preview"], { PULUMI_OPTION_STACK: "prod" }],
    [["preview", "--stack", "prod"], { PULUMI_STACK: "dev" }],
  ];
  for (const [argv, env] of named) {
    it(`is the one named: ${argv.join(" ")} ${JSON.stringify(env)}`, () =>
      onDesk(two, async (desk) => {
        select(desk, { stack: "dev" });
        await desk.run(argv, { env: { ...env } });
        assert.equal(stackOf(desk)?.split("/").at(-1), "prod");
        assert.ok(desk.last().argv.includes(desk.at(".sandbox/project/Pulumi.prod.yaml")));
      }));
  }

  const selections: readonly object[] = [
    { stack: "prod" },
    { stack: "organization/shop/prod" },
    { stacks: { "file:///x": "organization/shop/prod" } },
  ];
  for (const settings of selections) {
    it(`is the one selected in the sandbox: ${JSON.stringify(settings)}`, () =>
      onDesk(two, async (desk) => {
        select(desk, settings);
        await desk.run(["preview"]);
        assert.equal(stackOf(desk), "prod");
      }));
  }

  it("is the only one that has a file, for every command", () =>
    onDesk({}, async (desk) => {
      for (const command of ["preview", "refresh", "destroy", "config", "cancel"]) {
        await desk.run([command]);
        assert.equal(stackOf(desk), "dev");
      }
    }));

  it("has to be said when there are several and a program is to run", () =>
    onDesk(two, async (desk) => {
      assert.equal(
        await desk.refused(["up"]),
        "error: which stack? Say --stack NAME. The stacks are dev, prod.\n",
      );
      select(desk, {});
      assert.equal(
        await desk.refused(["up"]),
        "error: which stack? Say --stack NAME. The stacks are dev, prod.\n",
      );
      await desk.run(["stack", "ls"]);
      assert.equal(stackOf(desk), undefined);
    }));

  it("has to be said when there are none", () =>
    onDesk({ "a/Pulumi.yaml": "name: a\n" }, async (desk) => {
      assert.equal(
        await desk.refused(["up"], { cwd: desk.at("a") }),
        `error: which stack? Say --stack NAME. There is no Pulumi.<stack>.yaml in ${desk.at("a")}.\n`,
      );
    }));

  it("may be one that was made in the sandbox", () =>
    onDesk(two, async (desk) => {
      await desk.run(["stack", "init", "scratch"]);
      const { code } = await desk.run(["preview", "-s", "scratch"]);
      assert.deepEqual([code, desk.calls().length], [0, 2]);
    }));
});

describe("a stack that is not yet in the sandbox", () => {
  const made: readonly [argv: string[], made: boolean][] = [
    ...["up", "update", "preview", "pre", "refresh", "import", "watch", "config"].map(
      (name) => [[name], true] as [string[], boolean],
    ),
    [["stack", "select", "dev"], true],
    [["stack", "import"], true],
    ...["destroy", "down", "dn", "cancel", "stack"].map((name) => [[name], false] as [string[], boolean]),
    [["stack", "select", "nobody"], false],
    [["stack", "init", "dev"], false],
    [["config", "--stack", "nobody"], false],
  ];
  for (const [argv, isMade] of made) {
    it(`is ${isMade ? "" : "not "}made by ${argv.join(" ")}`, () =>
      onDesk({}, async (desk) => {
        const { stderr } = await desk.run(["--no-policies", ...argv]);
        assert.equal(stderr, isMade ? "sandbox: made the stack dev in .sandbox\n" : "");
        assert.equal(desk.calls().length, isMade ? 2 : 1);
      }));
  }
});
