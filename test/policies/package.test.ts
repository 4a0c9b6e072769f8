import * as assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { main } from "../../planner/main";
import { compilePack, packFolder } from "./support/compiled-pack";

const root = resolve(__dirname, "../..");

const program = `
const aws = require("@pulumi/aws/autoscaling");
new aws.Group("web", { minSize: 1, maxSize: 2, vpcZoneIdentifiers: ["subnet-1", "subnet-2"], launchTemplate: { name: "web" } });
`;

/** What came of planning a program with its installed pack. */
async function planned(folder: string): Promise<{ code: number; stderr: string; mandatory: unknown[] }> {
  let stdout = "";
  let stderr = "";
  const code = await main(["--json", "--policy-pack", "node_modules/evenkeel-policies"], {
    cwd: folder,
    env: process.env,
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text) },
  });
  const { violations } = JSON.parse(stdout) as {
    violations: readonly { policy: string; level: string; message: string }[];
  };
  const mandatory = violations.filter(({ level }) => level === "mandatory");
  return { code, stderr, mandatory: mandatory.map(({ policy, message }) => [policy, message]) };
}

/** Gives the pack copies of its own of the policy SDK and of what that reads messages with, beside the program's. */
function doubleSdk(folder: string): void {
  const modules = join(root, "node_modules");
  const own = join(folder, "node_modules/evenkeel-policies/node_modules");
  for (const name of ["@pulumi/policy", "google-protobuf"]) {
    cpSync(join(modules, name), join(own, name), { recursive: true });
  }
  for (const name of ["@grpc", "protobufjs"])
    symlinkSync(join(modules, name), join(folder, "node_modules", name));
}

const expected = {
  code: 1,
  stderr: "",
  mandatory: [["scaling-min-instances", "minSize: 1, must be 2 or more"]],
};

/** An empty program with what npm would put into its node_modules: the packed pack, and the packages it asks for. */
function install(folder: string): void {
  const [packed = ""] = JSON.parse(
    execFileSync("npm", ["pack", "--json", "--pack-destination", folder], {
      cwd: packFolder,
      encoding: "utf8",
    }),
  ).map(({ filename }: { filename: string }) => filename);
  execFileSync("tar", ["xzf", join(folder, packed), "-C", folder]);
  const modules = join(folder, "node_modules");
  mkdirSync(modules);
  cpSync(join(folder, "package"), join(modules, "evenkeel-policies"), { recursive: true });
  symlinkSync(join(root, "node_modules/@pulumi"), join(modules, "@pulumi"));
  for (const [name, text] of Object.entries({
    "Pulumi.yaml": "name: shop\nruntime: nodejs\n",
    "Pulumi.dev.yaml": "config:\n  aws:region: eu-west-1\n",
    "index.js": program,
  })) {
    writeFileSync(join(folder, name), text);
  }
}

describe("the published pack", () => {
  let folder: string;

  before(() => {
    compilePack();
    folder = mkdtempSync(join(tmpdir(), "evenkeel-package-"));
    install(folder);
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  it("holds what runs, its pages and its configs, and no sources", () => {
    const found = readdirSync(join(folder, "node_modules/evenkeel-policies")).sort();
    assert.deepEqual(found, ["PulumiPolicy.yaml", "README.md", "bin", "config", "docs", "package.json"]);
  });

  it("judges a program that has nothing else of Evenkeel", async () => {
    assert.deepEqual(await planned(folder), expected);
  });

  it("judges alike with a copy of the policy SDK of its own beside the program's", async () => {
    doubleSdk(folder);
    const { createRequire } = await import("node:module");
    const [one, other] = [folder, join(folder, "node_modules/evenkeel-policies")].map((from) =>
      createRequire(join(from, "index.js")).resolve("@pulumi/policy"),
    );
    assert.notEqual(one, other);
    assert.deepEqual(await planned(folder), expected);
  });
});
