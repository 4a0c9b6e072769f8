import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { savedWorldFrom } from "../../../sandbox/account/saved-world";
import { fault } from "../../../sandbox/cli/fault";
import { misunderstood, ownSandbox } from "./ran";

const sandbox = ownSandbox();
const run = (...args: readonly string[]) => sandbox().run(fault, ...args);
const state = () => savedWorldFrom(sandbox().content);
const targetGroup = "aws:lb/targetGroup:TargetGroup";

describe("fault", () => {
  for (const [words, expected, line] of [
    ["throttle", { kind: "throttle", times: 1 }, "throttle the next try of any call"],
    [
      "throttle --times 30 --type TargetGroup --operation update",
      { kind: "throttle", times: 30, type: targetGroup, operation: "update" },
      "throttle the next 30 tries of update of lb.TargetGroup",
    ],
    [
      "fail --type lb.TargetGroup",
      { kind: "fail", type: targetGroup, operation: "create", nth: 1, times: 1 },
      "fail the next create of lb.TargetGroup",
    ],
    [
      `fail --type ${targetGroup} --nth 3 --operation delete --message in-use --times 2 --name web`,
      {
        kind: "fail",
        type: targetGroup,
        operation: "delete",
        nth: 3,
        times: 2,
        message: "in-use",
        name: "web",
      },
      'fail number 3 from now, delete of lb.TargetGroup "web", 2 in a row: in-use',
    ],
    [
      "crash --type TargetGroup --nth 2",
      { kind: "crash", type: targetGroup, operation: "create", nth: 2, when: "after" },
      "crash at number 2 from now, create of lb.TargetGroup, after AWS did it",
    ],
    [
      "crash --name web --before --operation read",
      { kind: "crash", name: "web", operation: "read", nth: 1, when: "before" },
      'crash at the next read of "web", before AWS did it',
    ],
    [
      "slow --type TargetGroup --seconds 2.5",
      { kind: "slow", type: targetGroup, seconds: 2.5 },
      "any call of lb.TargetGroup takes 2.5 s longer, until cleared",
    ],
    [
      "slow --name web --seconds 1 --operation create",
      { kind: "slow", name: "web", operation: "create", seconds: 1 },
      'create of "web" takes 1 s longer, until cleared',
    ],
  ] as const) {
    it(`${words} is kept, told and listed`, async () => {
      const told = { code: 0, out: `1  ${line}\n`, err: "" };
      assert.deepEqual(await run(...words.split(" ")), told);
      assert.deepEqual(state().faults, [{ number: 1, ...expected }]);
      assert.deepEqual(await run("list"), told);
    });
  }

  it("iam-delay is kept, told, listed and cleared", async () => {
    const line = "iam-delay  what is made in IAM is known everywhere 30 s later\n";
    assert.equal((await run("iam-delay", "--seconds", "30")).out, line);
    assert.equal(state().propagationSeconds, 30);
    await run("throttle");
    assert.equal((await run()).out, `1  throttle the next try of any call\n${line}`);
    assert.equal((await run("clear", "iam-delay")).out, "fault iam-delay cleared\n");
    assert.equal(state().propagationSeconds, undefined);
    assert.equal(state().faults.length, 1);
    assert.deepEqual(await run("clear", "iam-delay"), misunderstood("fault", "there is no iam-delay"));
  });

  it("clear takes one by its number, which the others keep", async () => {
    for (const times of ["1", "2", "3"]) await run("throttle", "--times", times);
    assert.equal((await run("clear", "2")).out, "fault 2 cleared\n");
    assert.equal(
      (await run("list")).out,
      "1  throttle the next try of any call\n3  throttle the next 3 tries of any call\n",
    );
    assert.deepEqual(await run("clear", "2"), misunderstood("fault", "there is no fault 2; there are: 1, 3"));
  });

  it("clear takes all of them, with the delay of IAM", async () => {
    await run("throttle");
    await run("iam-delay", "--seconds", "1");
    assert.equal((await run("clear")).out, "2 faults cleared\n");
    assert.equal((await run("list")).out, "no faults\n");
    assert.deepEqual([state().faults, state().propagationSeconds], [[], undefined]);
    await run("throttle");
    assert.equal((await run("clear")).out, "1 fault cleared\n");
    assert.deepEqual(await run("clear", "1"), misunderstood("fault", "there is no fault 1; there are none"));
  });

  it("list makes no account", async () => {
    assert.equal((await run()).out, "no faults\n");
    assert.equal(existsSync(sandbox().file), false);
  });

  const needed = "--type is missing: of which type, as lb.TargetGroup, or with --name, which resource?";
  for (const [words, message] of [
    ["crsh", 'fault crsh is unknown; did you mean "crash"?'],
    ["throttle 5", "fault throttle takes no further words, got 5"],
    ["throttle --times 0", '--times has to be a whole number from 1 to 100000, got "0"'],
    ["throttle --times=-1", '--times has to be a whole number from 1 to 100000, got "-1"'],
    ["throttle --times 1e3", '--times has to be a whole number from 1 to 100000, got "1e3"'],
    ["throttle --nth 2", "fault throttle has no option --nth; allowed: --type, --operation, --name, --times"],
    ["fail", needed],
    [
      "fail --type TargtGroup",
      'the model of AWS does not know the type "TargtGroup"; did you mean "TargetGroup"?',
    ],
    ["fail --type Policy", '"Policy" may be autoscaling.Policy or iam.Policy: say which'],
    [
      "fail --type TargetGroup --operation destroy",
      '--operation has to be one of create, update, delete, read, got "destroy"',
    ],
    ["fail --type TargetGroup --nth two", '--nth has to be a whole number from 1 to 100000, got "two"'],
    ["crash --before", needed],
    ["crash --type TargetGroup --before --after", "--before and --after exclude each other"],
    ["slow --type TargetGroup", "--seconds is missing"],
    ["slow --seconds 1", needed],
    ["slow --type TargetGroup --seconds 0", '--seconds has to be a number from 0.001 to 86400, got "0"'],
    ["iam-delay", "--seconds is missing"],
    ["iam-delay --seconds long", '--seconds has to be a number from 0.001 to 86400, got "long"'],
    ["list --all", "fault list has no option --all; it takes no options"],
    ["clear all", 'fault clear takes the number of a fault, as fault list shows it, or iam-delay; got "all"'],
    [
      "clear 1 2",
      "fault clear takes the number of one fault, iam-delay, or nothing for all of them, got 1 2",
    ],
  ] as const) {
    it(`${words} ends with 2 and makes no account`, async () => {
      assert.deepEqual(await run(...words.split(" ")), misunderstood("fault", message));
      assert.equal(existsSync(sandbox().file), false);
    });
  }

  it("tells what it can do", async () => {
    const { code, out } = await run("--help");
    assert.equal(code, 0);
    assert.match(out, /^ {2}fault crash --type T /m);
  });
});
