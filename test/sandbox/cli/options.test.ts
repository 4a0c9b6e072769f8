import assert from "node:assert/strict";
import { parseOptions } from "../../../sandbox/cli/options";

describe("the sandbox's own options", () => {
  it("stand before the command, which is left as it is", () => {
    assert.deepEqual(parseOptions(["--no-policies", "--realtime", "up", "-y", "--stack", "a"]), {
      realtime: true,
      policies: false,
      help: false,
      command: ["up", "-y", "--stack", "a"],
    });
  });

  it("are none when nothing is said", () => {
    assert.deepEqual(parseOptions(["up"]), { policies: true, help: false, command: ["up"] });
  });

  it("have time pass at any speed", () => {
    assert.equal(parseOptions(["--realtime=0.25", "up"]).realtime, 0.25);
  });

  it("are told from those of the command", () => {
    assert.equal(parseOptions(["up", "--help"]).help, false);
    assert.equal(parseOptions(["-h"]).help, true);
  });

  const refusals: readonly [argv: string[], message: string][] = [
    [
      ["--polices", "up"],
      "unknown option --polices: before the command stand --realtime, --no-policies, --help, Pulumi's own options after it",
    ],
    [["--no-policies=x", "up"], "unknown option --no-policies=x: "],
    [["--realtime=", "up"], 'option --realtime takes a number above 0, as in --realtime=0.1, got ""'],
    [["--realtime=0", "up"], 'option --realtime takes a number above 0, as in --realtime=0.1, got "0"'],
    [["--realtime=-1", "up"], 'option --realtime takes a number above 0, as in --realtime=0.1, got "-1"'],
    [["--realtime=fast", "up"], 'option --realtime takes a number above 0, as in --realtime=0.1, got "fast"'],
    [["up", "--no-policies"], "option --no-policies is the sandbox's own and stands before the command"],
    [["up", "--realtime=2"], "option --realtime=2 is the sandbox's own and stands before the command"],
  ];
  for (const [argv, message] of refusals) {
    it(`refuse ${argv.join(" ")}`, () => {
      assert.throws(
        () => parseOptions(argv),
        (error: Error) => error.message.startsWith(message),
      );
    });
  }
});
