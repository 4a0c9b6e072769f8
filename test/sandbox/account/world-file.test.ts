import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AccountError } from "../../../sandbox/account/account-error";
import { AccountView } from "../../../sandbox/account/account-view";
import { Locked } from "../../../sandbox/account/process-lock";
import { savedWorldFrom } from "../../../sandbox/account/saved-world";
import { matches } from "../../../sandbox/account/secrets";
import { removeWorld, WorldFile } from "../../../sandbox/account/world-file";
import { ownFolder } from "./support/folder";
import { make, makeShop, types } from "./support/made";

const folder = ownFolder();
const file = () => join(folder(), ".sandbox", "world.json");
const open = (purpose = "pulumi up") => WorldFile.open(file(), { purpose });
const onDisk = () => readFileSync(file(), "utf8");

/** What a file that cannot be read is answered with. */
function unreadable(why: string): AccountError {
  const advice = "Put back a copy of it, or start with an empty account: world reset --force";
  return new AccountError(`${file()} cannot be read as the sandbox's AWS account: ${why}. ${advice}`);
}

describe("an account on disk", () => {
  it("is empty where there is no file, and makes none until it is changed", async () => {
    const account = open();
    assert.deepEqual(account.world.everything(), []);
    const { salt, ...state } = account.state;
    assert.deepEqual(state, { accountId: "123456789012", made: 0, faults: [], quotas: {} });
    assert.match(salt, /^[0-9a-f]{32}$/);
    await account.close();
    assert.deepEqual(readdirSync(join(folder(), ".sandbox")), []);
  });

  it("is taken up again as it was: resources, counts, faults, quotas", async () => {
    const account = open();
    makeShop(account.world);
    Object.assign(account.state, { made: 7, quotas: { VPCs: 3 }, propagationSeconds: 5 });
    const [vpc] = account.world.all(types.vpc);
    if (vpc) account.world.replace(vpc, { ...vpc, defaultTags: { team: "shop" } });
    account.state.faults.push({ kind: "slow", number: 1, type: types.topic, seconds: 2 });
    await account.changed();
    await account.close();

    const again = open();
    assert.deepEqual(again.state, account.state);
    const plain = (of: WorldFile) => of.world.everything().map((made) => of.saved(made));
    assert.deepEqual(plain(again), plain(account));
    assert.equal(plain(again).length, 7);
    assert.deepEqual(again.world.all(types.vpc)[0]?.defaultTags, { team: "shop" });
    await again.close();
  });

  it("is a file of the user's own, a line a resource", async () => {
    const account = open();
    make(account.world, types.topic, "a", {});
    make(account.world, types.topic, "b", {});
    await account.changed();
    await account.close();
    assert.equal(statSync(file()).mode & 0o777, 0o600);
    const [, ...lines] = onDisk().trimEnd().split("\n");
    assert.deepEqual(
      lines.map((line) => /"name":"(\w)",/.exec(line)?.[1] ?? line),
      ["a", "b", "]}"],
    );
    assert.deepEqual(readdirSync(join(folder(), ".sandbox")), ["world.json"]);
  });

  it("holds what was there when it was asked to, changes made during a write included", async () => {
    const account = open();
    const writes = ["a", "b", "c"].map(async (name) => {
      make(account.world, types.topic, name, {});
      await account.changed();
      return savedWorldFrom(onDisk()).resources.map((resource) => resource.name);
    });
    await account.changed();
    make(account.world, types.topic, "d", {});
    await account.changed();
    for (const [index, names] of (await Promise.all(writes)).entries()) {
      assert.ok(names.includes(["a", "b", "c"][index] ?? ""));
    }
    assert.deepEqual(
      savedWorldFrom(onDisk()).resources.map(({ name }) => name),
      ["a", "b", "c", "d"],
    );
    await account.close();
  });

  it("loses what is removed and shows what is updated, keeping when it was made", async () => {
    const account = open();
    const topic = make(account.world, types.topic, "a", {});
    const gone = make(account.world, types.topic, "b", {});
    await account.changed();
    const { createdAt } = account.noteOf(topic);
    account.world.update(topic, { ...topic.inputs, displayName: "A" });
    account.world.remove(gone);
    await account.changed();
    await account.close();
    const [saved, ...others] = savedWorldFrom(onDisk()).resources;
    assert.deepEqual(others, []);
    assert.deepEqual([saved?.inputs.displayName, saved?.createdAt], ["A", createdAt]);
    assert.match(createdAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  it("gives seeds that were never given, also after it was closed", async () => {
    const account = open();
    const seeds = [account.newSeed("u"), account.newSeed("u")];
    await account.changed();
    await account.close();
    const again = open();
    seeds.push(again.newSeed("u"));
    await again.close();
    assert.deepEqual(seeds, ["u#1", "u#2", "u#3"]);
  });

  it("never holds a secret's text, and knows it again by its mask", async () => {
    const account = open();
    const parameter = make(account.world, types.parameter, "key", { type: "SecureString", value: "hunter2" });
    account.keepSecret(parameter, ["value"]);
    await account.changed();
    const updated = account.world.update(parameter, { ...parameter.inputs, value: "hunter3" });
    assert.equal(updated.inputs.value, "hunter3");
    await account.changed();
    await account.close();
    assert.doesNotMatch(onDisk(), /hunter/);

    const again = open();
    const [saved] = again.world.all(types.parameter);
    assert.equal(matches(String(saved?.inputs.value), "hunter3", again.state.salt), true);
    assert.deepEqual(saved && again.noteOf(saved).secrets, ["value"]);
    again.world.update(saved ?? assert.fail(), { ...saved?.inputs, description: "x" });
    await again.changed();
    await again.close();
    assert.equal(savedWorldFrom(onDisk()).resources[0]?.inputs.value, saved?.inputs.value);
  });

  it("masks a property that becomes secret later", async () => {
    const account = open();
    const parameter = make(account.world, types.parameter, "key", { type: "String", value: "hunter2" });
    await account.changed();
    assert.match(onDisk(), /hunter2/);
    account.keepSecret(parameter, ["value"]);
    await account.changed();
    await account.close();
    assert.doesNotMatch(onDisk(), /hunter2/);
  });

  it("is one process's at a time, and the next one's once it is closed", async () => {
    const account = open("pulumi up");
    assert.throws(
      () => open("drift set"),
      (error: Error) =>
        error instanceof Locked &&
        error.message.startsWith(
          `the sandbox's AWS account (${file()}) is in use: "pulumi up" (process ${process.pid})`,
        ),
    );
    await account.close();
    await open().close();
  });

  it("can be read while another process has it", async () => {
    const account = open();
    makeShop(account.world);
    await account.changed();
    assert.equal(AccountView.read(file()).world.everything().length, 7);
    await account.close();
  });

  it("is not written any more once it is closed", async () => {
    const account = open();
    await account.close();
    await account.close();
    await assert.rejects(account.changed(), new AccountError(`${file()} has been closed`));
  });

  it("has the writes that were asked for done before it is closed", async () => {
    const account = open();
    make(account.world, types.topic, "a", {});
    const written = account.changed();
    await account.close();
    assert.equal(savedWorldFrom(onDisk()).resources.length, 1);
    await written;
  });

  it("that cannot be written says so, and is written the next time", async () => {
    const account = open();
    make(account.world, types.topic, "a", {});
    mkdirSync(`${file()}.new`);
    await assert.rejects(account.changed(), new RegExp(`^AccountError: cannot write ${file()}: EISDIR`));
    await account.close();
    assert.equal(existsSync(file()), false);
    assert.deepEqual(readdirSync(join(folder(), ".sandbox")), ["world.json.new"]);
  });

  for (const [content, why] of [
    ["[]", "what it holds has to be an object"],
    ['{"format": 2}', "format has to be 1, got 2"],
    ['{"format":1,"accountId":"123456789012","made":0,"salt":"","resources":[]}', "salt has to be a text"],
  ] as const) {
    it(`is not read from ${content}, which stays, unlocked`, () => {
      mkdirSync(join(folder(), ".sandbox"));
      writeFileSync(file(), content);
      assert.throws(() => open(), unreadable(why));
      assert.throws(() => AccountView.read(file()), unreadable(why));
      assert.equal(onDisk(), content);
      assert.deepEqual(readdirSync(join(folder(), ".sandbox")), ["world.json"]);
    });
  }

  it("is not read from a folder", () => {
    mkdirSync(file(), { recursive: true });
    assert.throws(() => open(), /^AccountError: cannot read .*world\.json: EISDIR/);
  });

  it("is removed whatever it holds, but not while another has it", async () => {
    const account = open();
    await account.changed();
    assert.throws(() => removeWorld(file(), { purpose: "world reset" }), Locked);
    await account.close();
    writeFileSync(file(), "{");
    writeFileSync(`${file()}.new`, "{");
    removeWorld(file(), { purpose: "world reset" });
    assert.deepEqual(readdirSync(join(folder(), ".sandbox")), []);
  });
});

describe("a process that is killed while it writes", () => {
  it("leaves a whole account, with all it was told is on disk", async () => {
    const script = require.resolve("./support/write-worlds");
    for (let kill = 1; kill <= 3; kill++) {
      const before = existsSync(file()) ? savedWorldFrom(onDisk()).made : 0;
      const writer = fork(script, [file()], { execArgv: ["-r", "ts-node/register"] });
      let told = 0;
      writer.on("message", (number) => {
        told = Number(number);
        // Some way into the next write.
        if (told >= before + 20 * kill) setTimeout(() => writer.kill("SIGKILL"), kill);
      });
      await once(writer, "exit");
      const { made, resources } = savedWorldFrom(onDisk());
      assert.equal(resources.length, made);
      assert.ok(
        made >= told && told >= before + 20 * kill,
        `${made} on disk, ${told} told, ${before} before`,
      );
    }
    await open().close();
    const left = readdirSync(join(folder(), ".sandbox")).filter((name) => name !== "world.json.new");
    assert.deepEqual(left, ["world.json"]);
  });
});
