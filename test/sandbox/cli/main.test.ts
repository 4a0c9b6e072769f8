import assert from "node:assert/strict";
import { existsSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { AccountError } from "../../../sandbox/account/account-error";
import type { Context } from "../../../sandbox/cli/context";
import { onDesk } from "./support/desk";

describe("the sandbox", () => {
  it("runs the program where the user is, with its own copy of the stack file, while the plugin serves", () =>
    onDesk({ "Pulumi.dev.yaml": "config:\n  a: b\n", "sub dir/x": "" }, async (desk) => {
      const { code, stdout, stderr } = await desk.run(
        ["--no-policies", "--realtime=2", "preview", "--diff"],
        {
          cwd: desk.at("sub dir"),
          env: { FAKE: "process.exit(7)" },
        },
      );
      assert.deepEqual([code, stdout, stderr], [7, "", "sandbox: made the stack dev in .sandbox\n"]);
      const [init, preview, ...more] = desk.calls();
      assert.deepEqual(
        [init?.argv, init?.cwd],
        [["stack", "init", "dev", "--no-select", "--non-interactive"], desk.at(".sandbox/project")],
      );
      const copy = desk.at(".sandbox/project/Pulumi.dev.yaml");
      assert.deepEqual(
        [preview?.argv, preview?.cwd, more],
        [["preview", "--config-file", copy, "--stack", "dev", "--diff"], desk.at("sub dir"), []],
      );
      assert.match(preview?.config ?? "", /^config:\n {2}a: b\nencryptionsalt: v1:\S+:v1:\S+:\S+\n$/);
      const [options, ...others] = desk.served as { onCrash: unknown }[];
      assert.deepEqual(
        [{ ...options, onCrash: undefined }, others],
        [
          {
            worldFile: desk.at(".sandbox/world.json"),
            purpose: "pulumi preview",
            realtime: 2,
            onCrash: undefined,
          },
          [],
        ],
      );
      assert.deepEqual(desk.closed, [4001]);
    }));

  it("gives the CLI a home, a state and a passphrase of its own", () =>
    onDesk({}, async (desk) => {
      await desk.run(["preview"], { env: { PULUMI_CONFIG_PASSPHRASE: "mine", AWS_PROFILE: "mine" } });
      const { env } = desk.last();
      assert.deepEqual(
        [env.PULUMI_HOME, env.PULUMI_CONFIG_PASSPHRASE_FILE, env.PULUMI_CONFIG_PASSPHRASE, env.AWS_PROFILE],
        [desk.at(".sandbox/home"), desk.at(".sandbox/passphrase"), undefined, undefined],
      );
      assert.equal(env.PULUMI_DEBUG_PROVIDERS, "aws:4001,awsx:4001");
    }));

  it("keeps its folder to the user, and out of git", () =>
    onDesk({}, async (desk) => {
      desk.beginAnew();
      await desk.run(["whoami"]);
      const mode = (file: string) => statSync(desk.at(file)).mode & 0o777;
      assert.deepEqual(
        [mode(".sandbox"), mode(".sandbox/passphrase"), mode(".sandbox/keys.json")],
        [0o700, 0o600, 0o600],
      );
      assert.equal(desk.read(".sandbox/.gitignore"), "*\n");
      assert.match(desk.read(".sandbox/passphrase"), /^[\w-]{32}\n$/);
    }));

  it("stays as it is from one start to the next", () =>
    onDesk({}, async (desk) => {
      desk.beginAnew();
      const files = [".sandbox/passphrase", ".sandbox/keys.json", ".sandbox/project/Pulumi.dev.yaml"];
      await desk.run(["preview"]);
      const before = files.map((file) => desk.read(file));
      await desk.run(["preview"]);
      assert.deepEqual(
        files.map((file) => desk.read(file)),
        before,
      );
      assert.deepEqual(
        desk.calls().map(({ argv }) => argv[0]),
        ["stack", "preview", "preview"],
      );
    }));

  it("runs in the folder the user names", () =>
    onDesk({ "other/Pulumi.yaml": "name: other\n", "other/Pulumi.x.yaml": "" }, async (desk) => {
      await desk.run(["preview", "-C", "other"]);
      const copy = desk.at("other/.sandbox/project/Pulumi.x.yaml");
      assert.deepEqual(
        [desk.last().cwd, desk.last().argv],
        [desk.at("other"), ["preview", "--config-file", copy, "--stack", "x"]],
      );
    }));

  it("runs what is about no stack where the user is, as she wrote it, with nothing served", () =>
    onDesk({}, async (desk) => {
      for (const argv of [
        ["plugin", "ls"],
        ["up", "--help"],
        ["policy", "ls", "--", "-s"],
      ]) {
        await desk.run(argv);
        assert.deepEqual([desk.last().argv, desk.last().cwd], [argv, desk.project]);
      }
      assert.deepEqual([desk.served, desk.calls().length], [[], 3]);
    }));

  it("ends the engine when the plugin crashes, and says how to go on", () =>
    onDesk({}, async (desk) => {
      const running = desk.run(["--no-policies", "preview"], {
        env: { FAKE: "setTimeout(() => {}, 30000)" },
      });
      while (desk.calls().length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
      (desk.served[0] as { onCrash: () => void }).onCrash();
      const { code, stderr } = await running;
      assert.deepEqual(
        [code, stderr.split("\n").at(-2), desk.closed],
        [
          137,
          "sandbox: crashed, as asked for; `cancel` sets the stack free again, then `world orphans` shows what it does not know of",
          [4001],
        ],
      );
    }));

  it("explains itself without a project", () =>
    onDesk({}, async (desk) => {
      desk.commands = { world: { summary: "what is there", load: async () => async () => 0 } };
      const { code, stdout } = await desk.run(["--help"], { cwd: desk.root });
      const lines = stdout.split("\n");
      assert.deepEqual(
        [code, lines[0], lines.includes("  world                 what is there")],
        [0, "Usage: npm run sandbox -- [options] <pulumi command and its arguments>", true],
      );
    }));
});

describe("a command of the sandbox's own", () => {
  it("gets its arguments and where everything is, and needs no CLI", () =>
    onDesk({}, async (desk) => {
      let got: [readonly string[], Context] | undefined;
      const run = async (args: readonly string[], context: Context) => {
        got = [args, context];
        context.stdout.write("done\n");
        return 5;
      };
      desk.commands = { drift: { summary: "", load: async () => run } };
      const outcome = await desk.run(["drift", "open", "--port", "22"], { env: { PATH: "" } });
      assert.deepEqual(outcome, { code: 5, stdout: "done\n", stderr: "" });
      const [args, context] = got ?? [];
      assert.deepEqual(
        [args, context?.project.root, context?.folder, context?.worldFile, context?.cwd],
        [
          ["open", "--port", "22"],
          desk.project,
          desk.at(".sandbox"),
          desk.at(".sandbox/world.json"),
          desk.project,
        ],
      );
      assert.equal(desk.read(".sandbox/.gitignore"), "*\n");
    }));

  it("needs a project", () =>
    onDesk({}, async (desk) => {
      desk.commands = { drift: { summary: "", load: async () => async () => 0 } };
      assert.match(await desk.refused(["drift"], { cwd: desk.root }), /^error: no Pulumi\.yaml in /);
    }));

  it("that finds the account in use says so, and no more", () =>
    onDesk({}, async (desk) => {
      const run = () => Promise.reject(new AccountError("world.json is in use"));
      desk.commands = { drift: { summary: "", load: async () => run } };
      assert.equal(await desk.refused(["drift"]), "error: world.json is in use\n");
    }));

  it("that fails by mistake asks to be reported, with the stack", () =>
    onDesk({}, async (desk) => {
      const run = () => Promise.reject(new TypeError("no such thing"));
      desk.commands = { drift: { summary: "", load: async () => run } };
      assert.match(
        await desk.refused(["drift"]),
        /^error: the sandbox itself failed, please report this\nTypeError: no such thing\n {4}at /,
      );
    }));
});

describe("the sandbox refuses", () => {
  const install = "https://www.pulumi.com/docs/install/";
  const refusals: readonly [what: string, argv: string[], message: string, more?: object][] = [
    ["no command", [], "which command? See --help"],
    [
      "a missing CLI",
      ["up"],
      "the sandbox runs the Pulumi CLI, and there is no `pulumi` on the PATH.\n" +
        `Install it: ${install} (no account is needed). Without it \`npm run plan\` shows what a stack would be.`,
      { PATH: "/nowhere" },
    ],
    [
      "login",
      ["login"],
      "`login` is not for the sandbox: the sandbox keeps its state in .sandbox/state and needs no login",
    ],
    [
      "logout",
      ["logout"],
      "`logout` is not for the sandbox: the sandbox keeps its state in .sandbox/state and needs no login",
    ],
    [
      "new",
      ["new", "aws"],
      "`new` is not for the sandbox: the sandbox runs a project that is there: make one with `pulumi new`",
    ],
    [
      "another passphrase",
      ["stack", "-s", "dev", "change-secrets-provider", "passphrase"],
      "`stack change-secrets-provider` is not for the sandbox: the sandbox has a passphrase of its own, in .sandbox/passphrase",
    ],
    [
      "to move out",
      ["stack", "migrate", "s3://x"],
      "`stack migrate` is not for the sandbox: what is in the sandbox exists nowhere else: deploy with `pulumi up`",
    ],
    [
      "a stack without its option",
      ["up", "dev"],
      'unexpected argument "dev": options come after two dashes, as in `npm run sandbox -- up --stack staging`',
    ],
    [
      "to change the config of a file",
      ["config", "set", "a", "b", "--config-file", "Pulumi.dev.yaml"],
      "`config` in the sandbox changes the sandbox's own config; it takes no --config-file",
    ],
    [
      "a config that is missing",
      ["up", "--config-file", "no.yaml"],
      "cannot read the config no.yaml: there is no such file",
    ],
    [
      "a stack nobody knows",
      ["up", "-s", "prod"],
      'unknown stack "prod". The stacks are dev. A new one is made by `stack init prod`, in the sandbox only.',
    ],
  ];
  for (const [what, argv, message, env] of refusals) {
    it(what, () =>
      onDesk({}, async (desk) => {
        assert.equal(await desk.refused(argv, { env: { ...env } }), `error: ${message}\n`);
        assert.deepEqual(desk.served, []);
      }),
    );
  }

  it("to start where there is no project, before anything is made", () =>
    onDesk({}, async (desk) => {
      assert.equal(
        await desk.refused(["up"], { cwd: desk.root }),
        `error: no Pulumi.yaml in ${desk.root} or a folder above it\n`,
      );
      assert.equal(existsSync(path.join(desk.root, ".sandbox")), false);
    }));

  const versions: readonly [version: string, accepted: boolean][] = [
    ["v3.229.0", true],
    ["3.229.0", true],
    ["v4.0.0", true],
    ["v3.260.0-dev", true],
    ["my own build", true],
    ["v3.228.9", false],
    ["v2.999.0", false],
  ];
  for (const [version, accepted] of versions) {
    it(`${accepted ? "no CLI" : "a CLI"} of version ${version}`, () =>
      onDesk({}, async (desk) => {
        const { code, stderr } = await desk.run(["whoami"], { env: { FAKE_VERSION: version } });
        const pulumi = path.join(desk.root, "path/pulumi");
        const message = `error: ${pulumi} is version ${version}, the sandbox needs 3.229.0 or newer: ${install}\n`;
        assert.deepEqual([code, stderr, desk.calls().length], accepted ? [0, "", 1] : [2, message, 0]);
      }));
  }

  it("a CLI that cannot be started", () =>
    onDesk({}, async (desk) => {
      writeFileSync(path.join(desk.root, "path/pulumi"), "#!/nowhere/at/all\n");
      assert.match(await desk.refused(["up"]), /^error: cannot start \S.*\/pulumi: spawn .* ENOENT\n$/);
    }));

  it("to go on without its passphrase", () =>
    onDesk({}, async (desk) => {
      await desk.run(["whoami"]);
      rmSync(desk.at(".sandbox/passphrase"));
      assert.equal(
        await desk.refused(["up"]),
        `error: ${desk.at(".sandbox/passphrase")} is gone, and the secrets in ${desk.at(".sandbox/state")} cannot be ` +
          "read without it: put it back, or delete the folder .sandbox to begin anew\n",
      );
    }));

  it("to go on with keys it has not written", () =>
    onDesk({}, async (desk) => {
      await desk.run(["whoami"]);
      const keys = desk.at(".sandbox/keys.json");
      for (const text of ["{", "{}", "null"]) {
        writeFileSync(keys, text);
        assert.equal(
          await desk.refused(["up"]),
          `error: ${keys} is not what the sandbox wrote: delete the folder .sandbox to begin anew\n`,
        );
      }
    }));

  it("a stack it cannot make, with what the CLI said", () =>
    onDesk({}, async (desk) => {
      writeFileSync(
        path.join(desk.root, "path/pulumi"),
        `#!/bin/sh\n[ "$1" = version ] && echo v3.260.0 && exit\necho "error: no room" >&2\nexit 255\n`,
      );
      assert.equal(
        await desk.refused(["--no-policies", "up"]),
        "error: the stack dev could not be made in the sandbox: error: no room\n",
      );
    }));
});
