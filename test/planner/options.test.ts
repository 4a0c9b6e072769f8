import assert from "node:assert/strict";
import { parseOptions } from "../../planner/options";

describe("the options of plan", () => {
  const off = { json: false, verbose: false, help: false };

  it("are all optional", () => {
    assert.deepEqual(parseOptions([]), off);
  });

  it("can be written long or short", () => {
    const long = [
      "--stack",
      "dev",
      "--config",
      "a.yaml",
      "--policy-pack",
      "pack",
      "--policy-config=b.json",
      "--json",
      "--verbose",
      "--help",
    ];
    const all = {
      stack: "dev",
      config: "a.yaml",
      policyPack: "pack",
      policyConfig: "b.json",
      json: true,
      verbose: true,
      help: true,
    };
    assert.deepEqual(parseOptions(long), all);
    assert.deepEqual(parseOptions(["-s", "dev", "-vh"]), { ...off, stack: "dev", verbose: true, help: true });
  });

  const wrong: readonly [argv: string[], message: string][] = [
    [["--stak", "dev"], "unknown option --stak, did you mean --stack"],
    [["--frobnicate"], "unknown option --frobnicate, see --help"],
    [["-x"], "unknown option -x, see --help"],
    [["--stack"], "option --stack needs a value"],
    [["--stack="], "option --stack needs a value"],
    [["--stack", "--json"], "option --stack needs a value"],
    [["--json=yes"], 'option --json takes no value, got "yes"'],
    [
      ["production"],
      'unexpected argument "production": options come after two dashes, as in `npm run plan -- --stack production`',
    ],
  ];
  for (const [argv, message] of wrong) {
    it(`refuse ${argv.join(" ")}`, () => {
      assert.throws(() => parseOptions(argv), { name: "Failure", message });
    });
  }
});
