import assert from "node:assert/strict";
import path from "node:path";
import { environmentFor, providersAt } from "../../../sandbox/cli/environment";
import type { Folder } from "../../../sandbox/cli/folder";

const folder: Folder = {
  path: "/a b",
  worldFile: "/a b/world.json",
  home: "/a b/home",
  state: "/a b/state",
  passphraseFile: "/a b/passphrase",
  keysFile: "/a b/keys.json",
  project: "/a b/project",
  given: "/a b/given",
  changes: "/a b/changes",
};

const loading = path.resolve(__dirname, "../../../sandbox/loading");
/** Loaded by every process of Node.js the CLI starts. */
const quickStart = `--require ${JSON.stringify(path.join(loading, "quick-start.js"))}`;
const spareAids = `--require ${JSON.stringify(path.join(loading, "spare-aids.js"))}`;

const own = {
  PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  PULUMI_SKIP_UPDATE_CHECK: "true",
  NODE_OPTIONS: `${quickStart} ${spareAids}`,
  PULUMI_HOME: "/a b/home",
  PULUMI_BACKEND_URL: "file:///a%20b/state?metadata=skip",
  PULUMI_CONFIG_PASSPHRASE_FILE: "/a b/passphrase",
  AWS_ACCESS_KEY_ID: "sandbox",
  AWS_SECRET_ACCESS_KEY: "sandbox",
  AWS_SHARED_CREDENTIALS_FILE: "/a b/home/no-aws-credentials",
  AWS_CONFIG_FILE: "/a b/home/no-aws-credentials",
  AWS_EC2_METADATA_DISABLED: "true",
};

describe("the environment of the CLI in the sandbox", () => {
  it("is the sandbox's own where it matters", () => assert.deepEqual(environmentFor(folder, {}), own));

  it("holds nothing that leads to an account, a login, a state or a secret of the user's", () => {
    const names = [
      ...["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE", "AWS_ROLE_ARN"],
      ...["AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONFIG_FILE", "AWS_ENDPOINT_URL", "AWS_REGIONS"],
      ...[
        "PULUMI_HOME",
        "PULUMI_BACKEND_URL",
        "PULUMI_API",
        "PULUMI_ACCESS_TOKEN",
        "PULUMI_CREDENTIALS_PATH",
      ],
      ...["PULUMI_CONFIG_PASSPHRASE", "PULUMI_CONFIG_PASSPHRASE_FILE", "PULUMI_STACK", "PULUMI_OPTION_STACK"],
      ...["PULUMI_OPTION_CONFIG_FILE", "PULUMI_OPTION_CWD", "PULUMI_OPTION_REMOVE"],
      ...["PULUMI_DIY_BACKEND_GZIP", "PULUMI_SELF_MANAGED_STATE_LEGACY_LAYOUT"],
    ];
    assert.deepEqual(environmentFor(folder, Object.fromEntries(names.map((name) => [name, "mine"]))), own);
  });

  it("adds to the user's options of Node.js", () => {
    const { NODE_OPTIONS } = environmentFor(folder, { NODE_OPTIONS: "--stack-trace-limit=50" });
    assert.equal(NODE_OPTIONS, `--stack-trace-limit=50 ${quickStart} ${spareAids}`);
  });

  it("leaves the SDK its messages when they are asked for", () => {
    assert.equal(environmentFor(folder, {}, { debug: true }).NODE_OPTIONS, quickStart);
  });

  it("keeps everything else", () => {
    const kept = {
      PATH: "/bin",
      AWS_REGION: "eu-west-1",
      AWS_DEFAULT_REGION: "eu-west-1",
      PULUMI_PARALLEL: "4",
      PULUMI_OPTION_TARGET: "urn",
    };
    assert.deepEqual(environmentFor(folder, kept), { ...own, ...kept });
  });

  it("has plugins looked for in the network if the user says so", () => {
    const name = "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION";
    assert.equal(environmentFor(folder, { [name]: "false" })[name], "false");
  });
});

describe("the providers the engine is pointed at", () => {
  it("are the sandbox's", () => assert.equal(providersAt(1, ["aws", "awsx"], undefined), "aws:1,awsx:1"));

  it("are in place of the user's own of that name, beside others", () => {
    assert.equal(providersAt(1, ["aws"], "random:7,aws:8,awsx:9"), "aws:1,random:7");
  });
});
