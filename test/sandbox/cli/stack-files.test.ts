import assert from "node:assert/strict";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { parse } from "yaml";
import { type Desk, onDesk } from "./support/desk";

/** The config the CLI was last given with a program. */
const given = (desk: Desk): object => parse(desk.last().config ?? "").config;

/** Has the CLI write a stack file in the folder it is started in. */
const writing = (name: string, text: string) => ({
  FAKE: `fs.writeFileSync(${JSON.stringify(name)}, ${JSON.stringify(text)})`,
});

const salt = (desk: Desk): string => parse(desk.read(".sandbox/keys.json")).encryptionSalt;

describe("the stack file the CLI is given", () => {
  it("has every value as it was written", () => {
    const values =
      '  a: 0123\n  b: yes\n  c: "on"\n  d: 12345678901234567890\n  e: [ 1.10, ~ ]\n  f: |-\n    g\n    h\n';
    return onDesk({ "Pulumi.dev.yaml": `# mine\nconfig:\n${values}` }, async (desk) => {
      await desk.run(["preview"]);
      assert.equal(desk.last().config, `config:\n${values}encryptionsalt: ${salt(desk)}\n`);
    });
  });

  it("has what references stand for", () =>
    onDesk({ "Pulumi.dev.yaml": "config:\n  a: &x { b: c }\n  d: *x\n" }, async (desk) => {
      await desk.run(["preview"]);
      assert.deepEqual(given(desk), { a: { b: "c" }, d: { b: "c" } });
    }));

  it("has a placeholder for what only the user's key opens, and nothing of that key or of environments", () =>
    onDesk(
      {
        "Pulumi.dev.yaml": `config:
  shop:token:
    secure: AAAB
  shop:tree:
    deep: [{ secure: CCCD }, { open: x }]
    secure: { not: one }
secretsprovider: awskms://alias/x
encryptedkey: EEEF
environment: [shared]
`,
      },
      async (desk) => {
        const { stderr } = await desk.run(["--no-policies", "preview"]);
        const { placeholder } = parse(desk.read(".sandbox/keys.json"));
        assert.deepEqual(parse(desk.last().config ?? ""), {
          config: {
            "shop:token": { secure: placeholder },
            "shop:tree": { deep: [{ secure: placeholder }, { open: "x" }], secure: { not: "one" } },
          },
          encryptionsalt: salt(desk),
        });
        const note = (key: string) =>
          `sandbox: ${key} is a secret of dev that cannot be read here and is "sandbox-placeholder"; ` +
          `\`config set --secret ${key} …\` gives it a value\n`;
        assert.equal(
          stderr,
          `${note("shop:token")}${note("shop:tree")}sandbox: made the stack dev in .sandbox\n`,
        );
      },
    ));

  it("follows the project's", () =>
    onDesk({ "Pulumi.dev.yaml": "config: { a: b }\n" }, async (desk) => {
      await desk.run(["preview"]);
      desk.write({ "Pulumi.dev.yaml": "config: { c: d }\n" });
      await desk.run(["preview"]);
      assert.deepEqual(given(desk), { c: "d" });
    }));

  it("may be of a file the user names, for one run", () =>
    onDesk({ "Pulumi.dev.yaml": "config: { a: b }\n", "sub/my.yaml": "config: { c: d }\n" }, async (desk) => {
      await desk.run(["config", "set", "x", "y"], {
        env: writing("Pulumi.dev.yaml", "config: { a: b, x: y }\n"),
      });
      await desk.run(["preview", "--config-file", "my.yaml"], { cwd: desk.at("sub") });
      assert.deepEqual(
        [given(desk), desk.last().argv.filter((word) => word.endsWith("my.yaml"))],
        [{ c: "d" }, []],
      );
      await desk.run(["preview"]);
      assert.deepEqual(given(desk), { a: "b", x: "y" });
    }));

  const broken: readonly [text: string, reason: RegExp][] = [
    ["config: {\n", /Pulumi\.dev\.yaml: not valid YAML: /],
    ["config: [a]\n", /Pulumi\.dev\.yaml: `config` has to be a mapping \(`key: value`\)\n$/],
    ["- a\n", /Pulumi\.dev\.yaml: has to be a mapping/],
  ];
  for (const [text, reason] of broken) {
    it(`is refused as ${JSON.stringify(text)}`, () =>
      onDesk({ "Pulumi.dev.yaml": text }, async (desk) =>
        assert.match(await desk.refused(["preview"]), reason),
      ));
  }

  for (const text of ["", "# nothing\n", "config:\n", "{}\n"]) {
    it(`may be as good as empty: ${JSON.stringify(text)}`, () =>
      onDesk({ "Pulumi.dev.yaml": text }, async (desk) => {
        await desk.run(["preview"]);
        assert.deepEqual(given(desk), {});
      }));
  }
});

describe("the project that stack and config commands see", () => {
  it("has the name and what the config may be, and nothing that runs", () =>
    onDesk(
      {
        "Pulumi.yaml":
          "name: shop\nruntime: { name: nodejs, options: { nodeargs: x } }\nmain: index.ts\nbackend: { url: s3://x }\nconfig:\n  a: { default: 0123 }\n",
      },
      async (desk) => {
        await desk.run(["stack", "ls"]);
        assert.equal(
          desk.read(".sandbox/project/Pulumi.yaml"),
          "name: shop\nruntime: { name: nodejs, options: { nodeargs: x } }\nconfig:\n  a: { default: 0123 }\n",
        );
        assert.equal(desk.last().cwd, desk.at(".sandbox/project"));
      },
    ));

  it("names its files as the user's does, wherever hers are", () =>
    onDesk({ "a/Pulumi.yml": "name: a\nconfig: stacks\n", "a/stacks/Pulumi.x.yaml": "" }, async (desk) => {
      await desk.run(["stack", "ls"], { cwd: desk.at("a") });
      assert.deepEqual(readdirSync(desk.at("a/.sandbox/project")).sort(), ["Pulumi.x.yml", "Pulumi.yml"]);
      assert.equal(desk.read("a/.sandbox/project/Pulumi.yml"), "name: a\n");
    }));

  it("takes files from where the user is", () =>
    onDesk({ "sub/x": "" }, async (desk) => {
      const cwd = desk.at("sub");
      await desk.run(["stack", "export", "--file", "out.json"], { cwd });
      assert.deepEqual(desk.last().argv, ["stack", "export", `--file=${desk.at("sub/out.json")}`]);
      await desk.run(["stack", "graph", "-s", "dev", "g.dot"], { cwd });
      assert.deepEqual(desk.last().argv, ["stack", "graph", "-s", "dev", desk.at("sub/g.dot")]);
    }));
});

describe("what the CLI changes in a stack file", () => {
  const project = { "Pulumi.dev.yaml": "config:\n  shop:a: 1\n  shop:b: 2\n" };

  it("lasts, and is not written into the project's", () =>
    onDesk(project, async (desk) => {
      const set = `config:\n  shop:a: 1\n  shop:b: 3\n  shop:c:\n    secure: v1:xx\nencryptionsalt: SALT\n`;
      await desk.run(["preview"]);
      await desk.run(["config", "set", "b", "3"], {
        env: writing("Pulumi.dev.yaml", set.replace("SALT", salt(desk))),
      });
      assert.equal(desk.read("Pulumi.dev.yaml"), project["Pulumi.dev.yaml"]);
      assert.deepEqual(parse(desk.read(".sandbox/changes/Pulumi.dev.yaml")), {
        config: { "shop:b": 3, "shop:c": { secure: "v1:xx" } },
      });
      desk.write({ "Pulumi.dev.yaml": "config:\n  shop:a: 9\n  shop:b: 2\n" });
      await desk.run(["preview"]);
      assert.deepEqual(given(desk), { "shop:a": 9, "shop:b": 3, "shop:c": { secure: "v1:xx" } });
    }));

  it("may be a key taken out, and one put back", () =>
    onDesk(project, async (desk) => {
      await desk.run(["config", "rm", "a"], { env: writing("Pulumi.dev.yaml", "config:\n  shop:b: 2\n") });
      await desk.run(["preview"]);
      assert.deepEqual(given(desk), { "shop:b": 2 });
      await desk.run(["config", "set", "a", "1"], {
        env: writing("Pulumi.dev.yaml", "config:\n  shop:b: 2\n  shop:a: 1\n"),
      });
      assert.equal(existsSync(desk.at(".sandbox/changes/Pulumi.dev.yaml")), false);
      await desk.run(["preview"]);
      assert.deepEqual(given(desk), { "shop:a": 1, "shop:b": 2 });
    }));

  it("may be made by a program's command, too", () =>
    onDesk(project, async (desk) => {
      const copy = desk.at(".sandbox/project/Pulumi.dev.yaml");
      await desk.run(["up", "-c", "shop:d=4"], {
        env: writing(copy, "config:\n  shop:a: 1\n  shop:b: 2\n  shop:d: 4\n"),
      });
      await desk.run(["preview"]);
      assert.deepEqual(given(desk), { "shop:a": 1, "shop:b": 2, "shop:d": 4 });
    }));

  it("is kept when the CLI fails", () =>
    onDesk(project, async (desk) => {
      const { FAKE } = writing("Pulumi.dev.yaml", "config:\n  shop:a: 5\n  shop:b: 2\n");
      const { code } = await desk.run(["config", "set", "a", "5"], {
        env: { FAKE: `${FAKE}; process.exit(4)` },
      });
      await desk.run(["preview"]);
      assert.deepEqual([code, given(desk)], [4, { "shop:a": 5, "shop:b": 2 }]);
    }));

  it("gives a secret that could not be read a value", () =>
    onDesk({ "Pulumi.dev.yaml": "config:\n  shop:token: { secure: AAAB }\n" }, async (desk) => {
      await desk.run(["--no-policies", "preview"]);
      const env = writing("Pulumi.dev.yaml", "config:\n  shop:token:\n    secure: v1:mine\n");
      await desk.run(["config", "set", "--secret", "token", "x"], { env });
      const { stderr } = await desk.run(["--no-policies", "preview"]);
      assert.deepEqual([stderr, given(desk)], ["", { "shop:token": { secure: "v1:mine" } }]);
    }));

  it("is forgotten with the stack", () =>
    onDesk(project, async (desk) => {
      await desk.run(["config", "set", "a", "5"], {
        env: writing("Pulumi.dev.yaml", "config:\n  shop:a: 5\n"),
      });
      await desk.run(["stack", "rm", "dev"], { env: { FAKE: 'fs.unlinkSync("Pulumi.dev.yaml")' } });
      assert.equal(desk.read("Pulumi.dev.yaml"), project["Pulumi.dev.yaml"]);
      await desk.run(["preview"]);
      assert.deepEqual(given(desk), { "shop:a": 1, "shop:b": 2 });
    }));

  it("goes along when the stack is renamed, and the project's file stays", () =>
    onDesk(project, async (desk) => {
      await desk.run(["stack", "rename", "test"], {
        env: { FAKE: 'fs.renameSync("Pulumi.dev.yaml", "Pulumi.test.yaml")' },
      });
      await desk.run(["preview", "-s", "test"]);
      assert.deepEqual(given(desk), { "shop:a": 1, "shop:b": 2 });
      await desk.run(["preview", "-s", "dev"]);
      assert.deepEqual(given(desk), { "shop:a": 1, "shop:b": 2 });
      assert.deepEqual(readdirSync(desk.project).sort(), [".sandbox", "Pulumi.dev.yaml", "Pulumi.yaml"]);
    }));

  it("may be a stack of the sandbox's own, with the salt the CLI has made for it", () =>
    onDesk(project, async (desk) => {
      const own = "v1:L6sAwOLOUrE=:v1:yJF6m06aTJWQzavr:Ci8/bdOO6RK8EbtdgnkDcrKOlSF2Jg==";
      await desk.run(["stack", "new", "mine"], {
        env: writing("Pulumi.mine.yaml", `encryptionsalt: ${own}\n`),
      });
      await desk.run(["preview", "-s", "mine"]);
      assert.deepEqual(parse(desk.last().config ?? ""), { config: {}, encryptionsalt: own });
      // A file of the project for it later, with a secret: the placeholder is then one of that salt.
      desk.write({ "Pulumi.mine.yaml": "config:\n  shop:token: { secure: AAAB }\n" });
      await desk.run(["preview", "-s", "mine"]);
      const { config, encryptionsalt } = parse(desk.last().config ?? "");
      const { placeholder } = parse(desk.read(".sandbox/keys.json"));
      assert.equal(encryptionsalt, own);
      assert.match(config["shop:token"].secure, /^v1:\S+:\S+$/);
      assert.notEqual(config["shop:token"].secure, placeholder);
    }));

  it("does not outlive the project's file", () =>
    onDesk(project, async (desk) => {
      await desk.run(["preview"]);
      rmSync(desk.at("Pulumi.dev.yaml"));
      desk.write({ "Pulumi.other.yaml": "" });
      await desk.run(["stack", "ls"]);
      assert.deepEqual(readdirSync(desk.at(".sandbox/project")).sort(), ["Pulumi.other.yaml", "Pulumi.yaml"]);
    }));
});

describe("destroy --remove", () => {
  it("takes the stack out of the sandbox and leaves the project's file, which the CLI would delete", () =>
    onDesk({}, async (desk) => {
      for (const option of ["--remove", "--remove=true"]) {
        const { code, stderr } = await desk.run(["destroy", option, "--yes"]);
        const [destroy, remove] = desk.calls().slice(-2);
        const copy = desk.at(".sandbox/project/Pulumi.dev.yaml");
        assert.deepEqual(
          [destroy?.argv, remove?.argv, remove?.cwd],
          [
            ["destroy", "--config-file", copy, "--stack", "dev", "--yes"],
            ["stack", "rm", "dev", "--yes", "--non-interactive"],
            desk.at(".sandbox/project"),
          ],
        );
        assert.deepEqual([code, stderr], [0, "sandbox: removed the stack dev from .sandbox\n"]);
      }
    }));

  it("removes nothing when destroying failed or was only previewed", () =>
    onDesk({}, async (desk) => {
      await desk.run(["destroy", "--remove"], { env: { FAKE: "process.exit(1)" } });
      await desk.run(["destroy", "--remove", "--preview-only"]);
      assert.deepEqual(
        desk.calls().map(({ argv }) => argv[0]),
        ["destroy", "destroy"],
      );
    }));
});
