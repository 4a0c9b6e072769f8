import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const loading = path.resolve(__dirname, "../../sandbox/loading");

describe("what is loaded before a program", () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), "evenkeel-loading-"));
    // Where the SDK's launcher would lie, which is how a program's process is known.
    for (const name of ["run", "run-policy-pack", "run-plugin"]) {
      mkdirSync(path.join(folder, "@pulumi/pulumi/cmd", name), { recursive: true });
    }
    symlinkSync(path.resolve(__dirname, "../../node_modules"), path.join(folder, "node_modules"));
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs code as the SDK's launcher of that name. */
  function run(launcher: string, preload: string, code: string, env: NodeJS.ProcessEnv = {}) {
    const file = path.join(folder, "@pulumi/pulumi/cmd", launcher, "index.js");
    writeFileSync(file, code);
    const argv = ["--enable-source-maps", "-r", path.join(loading, preload), file];
    return spawnSync(process.execPath, argv, { encoding: "utf8", env: { ...process.env, ...env } });
  }

  describe("spare-aids", () => {
    const calls = `
      const { runtime, log } = require("@pulumi/pulumi");
      const said = [];
      const engine = { log: (request, done) => { said.push(request.getMessage()); done(); } };
      const { LocalStore } = require("@pulumi/pulumi/runtime/state");
      const store = new LocalStore();
      store.settings.engine = engine;
      globalThis.asyncLocalStorage.enterWith(store);
      Promise.all([log.debug("a step"), log.info("a message")]).then(() => console.log(JSON.stringify(said)));
    `;

    it("leaves out debug messages, and no others", () => {
      assert.equal(run("run", "spare-aids.js", calls).stdout, '["a message"]\n');
    });

    it("does so in programs only", () => {
      for (const launcher of ["run-policy-pack", "run-plugin"]) {
        assert.equal(run(launcher, "spare-aids.js", calls).stdout, '["a step","a message"]\n');
      }
    });

    it("does nothing when leaks are to be found", () => {
      const env = { PULUMI_DEBUG_PROMISE_LEAKS: "true" };
      assert.equal(run("run", "spare-aids.js", calls, env).stdout, '["a step","a message"]\n');
    });

    const watched = (promises: string) => `
      const { debuggablePromise } = require("@pulumi/pulumi/runtime/debuggable");
      for (const promise of [${promises}]) debuggablePromise(promise, "test").catch((error) => console.log(error.message));
    `;

    it("has a run fail that leaves promises open", () => {
      const { status, stderr } = run(
        "run",
        "spare-aids.js",
        watched("Promise.resolve(), new Promise(() => {})"),
      );
      assert.equal(status, 1);
      assert.match(stderr, /1 promise was still active/);
    });

    it("has one succeed whose promises settle, and hands on what they are rejected with", () => {
      const promises = 'Promise.resolve(), Promise.resolve(), Promise.reject(new Error("no"))';
      const { status, stdout, stderr } = run("run", "spare-aids.js", watched(promises));
      assert.deepEqual([status, stdout, stderr], [0, "no\n", ""]);
    });
  });

  describe("quick-start", () => {
    const loaded = `
      require("@pulumi/pulumi");
      const has = (name) => Object.values(require.cache).some(({ filename, exports }) =>
        filename.includes(name) && !require("node:util").types.isProxy(exports));
      console.log(JSON.stringify(["arborist/lib/index.js", "typescript/lib/typescript.js"].map(has)));
    `;

    it("keeps the SDK from loading what a program has no use for", () => {
      assert.equal(run("run", "quick-start.js", loaded).stdout, "[false,false]\n");
      assert.equal(run("run-policy-pack", "quick-start.js", loaded).stdout, "[false,false]\n");
    });

    it("does nothing elsewhere", () => {
      assert.equal(run("run-plugin", "quick-start.js", loaded).stdout, "[true,true]\n");
    });

    it("leaves the mapping of stack traces to Node.js where it does that", () => {
      const code = `
        require("source-map-support/register");
        console.log(require.resolve("source-map-support") in require.cache);
      `;
      assert.equal(run("run", "quick-start.js", code).stdout, "false\n");
      assert.equal(run("run-plugin", "quick-start.js", code).stdout, "true\n");
    });
  });
});
