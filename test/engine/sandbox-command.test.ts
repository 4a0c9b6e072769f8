import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { engineSuite } from "./support/engine-suite";

const root = path.resolve(__dirname, "../..");

/** Registers nothing of AWS; fails unless the config is read as the sandbox is meant to have it. */
const program = `
const pulumi = require("@pulumi/pulumi");
const config = new pulumi.Config();
exports.plain = config.require("plain");
exports.token = config.requireSecret("token");
exports.length = pulumi.unsecret(config.requireSecret("token").apply((token) => token.length));
`;

const stackFile =
  "# mine\nconfig:\n  shop:plain: { a:   0123 }\n  shop:token: { secure: AAABAMxyz }\nsecretsprovider: awskms://alias/mine\nencryptedkey: abc\n";

engineSuite("npm run sandbox with the real CLI", () => {
  let folder: string;
  let project: string;
  let home: string;

  before(() => {
    folder = realpathSync(mkdtempSync(path.join(tmpdir(), "evenkeel sandbox ")));
    [project, home] = [path.join(folder, "the project"), path.join(folder, "home")];
    mkdirSync(path.join(project, "deep"), { recursive: true });
    mkdirSync(path.join(home, ".pulumi"), { recursive: true });
    symlinkSync(path.join(root, "node_modules"), path.join(project, "node_modules"));
    for (const [name, text] of Object.entries({
      "Pulumi.yaml": "name: shop\nruntime: nodejs\n",
      "Pulumi.dev.yaml": stackFile,
      "package.json": '{ "name": "shop" }',
      "index.js": program,
    })) {
      writeFileSync(path.join(project, name), text);
    }
  });

  after(() => {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  /** Runs a command of the sandbox, which has to succeed and to leave everything of the user's as it was. */
  function sandbox(...argv: string[]): string {
    const { status, stdout, stderr } = attempt(...argv);
    assert.equal(status, 0, `${argv.join(" ")}: ${stdout}${stderr}`);
    return stdout;
  }

  function attempt(...argv: string[]) {
    const { PULUMI_HOME: _, ...env } = process.env;
    const start = ["-r", path.join(root, "tools/transpile.js"), path.join(root, "sandbox/start.js")];
    const outcome = spawnSync(process.execPath, ["--conditions=evenkeel:source", ...start, ...argv], {
      cwd: path.join(project, "deep"),
      encoding: "utf8",
      env: {
        ...env,
        HOME: home,
        PULUMI_CONFIG_PASSPHRASE: "not this one",
        PULUMI_BACKEND_URL: "file:///nowhere",
      },
    });
    assert.equal(readFileSync(path.join(project, "Pulumi.dev.yaml"), "utf8"), stackFile, argv.join(" "));
    assert.deepEqual(
      [readdirSync(home), readdirSync(path.join(home, ".pulumi")), readdirSync(project).sort()],
      [
        [".pulumi"],
        [],
        [".sandbox", "Pulumi.dev.yaml", "Pulumi.yaml", "deep", "index.js", "node_modules", "package.json"],
      ],
    );
    return outcome;
  }

  const shown = (key: string) => sandbox("config", "get", key, "--stack", "dev").trim();

  it("previews a program, with a placeholder for the secret that is the user's", () => {
    const output = sandbox("--no-policies", "preview", "--non-interactive");
    assert.match(output, /length: 19$/m);
    // As YAML has it for Pulumi: a number to the base of eight.
    assert.match(output, /^ +a: 83$/m);
    assert.match(output, /token *: \[secret\]/);
    assert.equal(shown("token"), "sandbox-placeholder");
  });

  it("keeps what is set, in plain and as a secret, and lets it go with the stack", () => {
    sandbox("config", "set", "plain", "other");
    sandbox("config", "set", "--secret", "token", "sesame");
    assert.deepEqual([shown("plain"), shown("token")], ["other", "sesame"]);
    assert.match(sandbox("--no-policies", "up", "--yes", "--skip-preview", "--non-interactive"), /length: 6/);
    assert.equal(sandbox("stack", "output", "token", "--show-secrets").trim(), "sesame");
    sandbox("destroy", "--yes", "--skip-preview", "--remove", "--non-interactive");
    assert.equal(shown("token"), "sandbox-placeholder");
  });

  it("makes, selects, renames and removes stacks of its own", () => {
    sandbox("stack", "init", "mine");
    sandbox("config", "set", "--secret", "token", "sesame", "--stack", "mine");
    sandbox("config", "set", "plain", "x", "--stack", "mine");
    assert.match(sandbox("--no-policies", "preview", "--non-interactive", "--stack", "mine"), /length: 6/);
    sandbox("stack", "rename", "yours", "--stack", "mine");
    assert.equal(sandbox("config", "get", "token", "--stack", "yours").trim(), "sesame");
    sandbox("stack", "select", "dev");
    assert.match(sandbox("stack", "ls"), /^dev\*/m);
    assert.equal(sandbox("config", "get", "token").trim(), "sandbox-placeholder");
    sandbox("stack", "rm", "yours", "--yes");
    sandbox("stack", "rm", "dev", "--yes");
  });

  it("hands on what the CLI returns", () => {
    const { status, stderr } = attempt("stack", "output", "--stack", "dev");
    assert.deepEqual(
      [status !== 0, status !== 2, /no stack named 'dev' found/.test(stderr)],
      [true, true, true],
    );
  });
});
