import assert from "node:assert/strict";
import { savedWorldFrom } from "../../../sandbox/account/saved-world";
import { quota } from "../../../sandbox/cli/quota";
import { quotas } from "../../../sandbox/model/quotas";
import { misunderstood, ownSandbox } from "./ran";

const sandbox = ownSandbox();
const run = (...args: readonly string[]) => sandbox().run(quota, ...args);
const set = () => savedWorldFrom(sandbox().content).quotas;

const coded = quotas.find(({ code }) => code !== undefined) ?? assert.fail("no quota has a code");
const { name, limit, code = "" } = coded;
const [other] = quotas.filter((each) => each !== coded);

describe("quota", () => {
  it("lists every quota with AWS's default and what was set", async () => {
    await run("set", name, "7");
    for (const args of [[], ["list"]]) {
      const { out } = await run(...args);
      const lines = out
        .trimEnd()
        .split("\n")
        .map((line) => line.split(/ {2,}/));
      assert.equal(lines.length, quotas.length + 1);
      assert.deepEqual(lines[0], ["QUOTA", "CODE", "AWS'S DEFAULT", "SET TO"]);
      assert.deepEqual(
        lines.find(([first]) => first === name),
        [name, code, String(limit), "7"],
      );
    }
  });

  it("is set by name or code, capitals or not, and says what it was", async () => {
    assert.deepEqual(await run("set", name.toUpperCase(), "7"), {
      code: 0,
      out: `${name}: from ${limit} to 7\n`,
      err: "",
    });
    assert.equal((await run("set", code, "0")).out, `${name}: from 7 to 0\n`);
    assert.deepEqual(set(), { [name]: 0 });
  });

  it("is reset one by one, or all of them", async () => {
    await run("set", name, "7");
    await run("set", other?.name ?? "", "8");
    assert.equal((await run("reset", name)).out, `back to AWS's default: ${name}\n`);
    assert.deepEqual(set(), { [other?.name ?? ""]: 8 });
    assert.equal((await run("reset", name)).out, "all as AWS has it already\n");
    assert.equal((await run("reset")).out, `back to AWS's default: ${other?.name}\n`);
    assert.deepEqual(set(), {});
  });

  for (const [args, message] of [
    [["set", `${name}x`, "5"], `the model of AWS knows no quota "${name}x"; did you mean "${name}"?`],
    [["set", "elephants", "5"], 'the model of AWS knows no quota "elephants"; quota list shows them'],
    [["reset", "elephants"], 'the model of AWS knows no quota "elephants"; quota list shows them'],
    [["set", name], `quota set takes a quota and a number, got ${name}`],
    [["set", name, "1.5"], 'a quota has to be a whole number from 0 to 1000000, got "1.5"'],
    [["set", name, "1000001"], 'a quota has to be a whole number from 0 to 1000000, got "1000001"'],
    [["set", name, ""], 'a quota has to be a whole number from 0 to 1000000, got ""'],
    [["sett"], 'quota sett is unknown; did you mean "set"?'],
    [["list", "all"], "quota list takes no further words, got all"],
  ] as const) {
    it(`ends with 2 and changes nothing: ${args.join(" ")}`, async () => {
      await sandbox().holds(() => {});
      const before = sandbox().content;
      assert.deepEqual(await run(...args), misunderstood("quota", message));
      assert.equal(sandbox().content, before);
    });
  }

  it("tells what it can do", async () => {
    assert.match((await run("--help")).out, /quota set "<name or code>" N\n/);
  });
});
