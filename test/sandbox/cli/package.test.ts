import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { Desk } from "./support/desk";

const root = path.resolve(__dirname, "../../..");

/** Puts into a project what npm would put into its node_modules: the packed package, and those it asks for. */
function install(desk: Desk): void {
  const text = execFileSync("npm", ["pack", "--json", "--silent", "--pack-destination", desk.root], {
    cwd: path.join(root, "sandbox"),
    encoding: "utf8",
  });
  const [{ filename }] = JSON.parse(text.slice(text.indexOf("[\n"))) as [{ filename: string }];
  execFileSync("tar", ["xzf", path.join(desk.root, filename), "-C", desk.root]);
  const modules = desk.at("node_modules");
  mkdirSync(modules);
  cpSync(path.join(desk.root, "package"), path.join(modules, "evenkeel-sandbox"), { recursive: true });
  for (const name of ["@pulumi", "@grpc", "google-protobuf", "fastest-levenshtein", "yaml"]) {
    symlinkSync(path.join(root, "node_modules", name), path.join(modules, name));
  }
}

describe("the published sandbox", () => {
  let desk: Desk;
  const start = (...argv: string[]) => {
    const env = { ...desk.env, PATH: `${desk.env.PATH}${path.delimiter}${path.dirname(process.execPath)}` };
    const file = desk.at("node_modules/evenkeel-sandbox/start.js");
    return spawnSync(file, argv, { cwd: desk.project, env, encoding: "utf8" });
  };

  before(() => {
    desk = new Desk();
    install(desk);
  });

  after(() => desk.remove());

  it("holds what runs, and no sources", () => {
    const found = readdirSync(desk.at("node_modules/evenkeel-sandbox")).sort();
    assert.deepEqual(found, ["README.md", "bin", "loading", "package.json", "start.js"]);
    assert.equal(existsSync(desk.at("node_modules/evenkeel-sandbox/bin/cli/main.js")), true);
  });

  it("starts with nothing else of Evenkeel, and without TypeScript", () => {
    const { status, stdout, stderr } = start("--help");
    assert.deepEqual([status, stderr, stdout.slice(0, 6)], [0, "", "Usage:"]);
  });

  it("serves AWS to the CLI", () => {
    const { status, stderr } = start("--no-policies", "preview");
    assert.deepEqual([status, stderr], [0, "sandbox: made the stack dev in .sandbox\n"]);
    assert.match(desk.last().env.PULUMI_DEBUG_PROVIDERS ?? "", /^aws:\d+,awsx:\d+$/);
  });
});
