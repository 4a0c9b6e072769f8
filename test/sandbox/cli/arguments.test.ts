import assert from "node:assert/strict";
import { Arguments } from "../../../sandbox/cli/arguments";

const line = (text: string) => new Arguments(text.split(" "));

describe("the command line of a Pulumi command", () => {
  const stacks: readonly [words: string, stack: string | undefined][] = [
    ["up --stack a", "a"],
    ["up --stack=a", "a"],
    ["up -s a", "a"],
    ["up -sa", "a"],
    ["up -s=a", "a"],
    ["up -ys a", "a"],
    ["up -yfsa", "a"],
    ["up --stack a -s b", "b"],
    ["up", undefined],
    ["up -y -ms", undefined],
    ["up --stack-of x", undefined],
    ["config set key -- -s", undefined],
    ["config set key --stack a -- --stack b", "a"],
  ];
  for (const [words, stack] of stacks) {
    it(`finds ${stack ?? "no stack"} in ${words}`, () => assert.equal(line(words).last("--stack"), stack));
  }

  it("tells operands from options, the values it knows and what stands behind two dashes", () => {
    assert.deepEqual(line("stack -s a rm --yes b -- c").operands, ["rm", "b"]);
  });

  it("takes an option out and leaves what shares its word", () => {
    assert.deepEqual(line("up -yC x --stack a --cwd=y -d").without("--cwd").words, [
      ...["up", "-y", "--stack", "a", "-d"],
    ]);
  });

  it("changes every value of an option", () => {
    const changed = line("stack export --file x --file=y").with("--file", (file) => `/${file}`);
    assert.deepEqual(changed.words, ["stack", "export", "--file=/x", "--file=/y"]);
  });

  it("puts more options where they are options, and drops only options", () => {
    assert.deepEqual(line("up -- -y").plus("--a").words, ["up", "--a", "--", "-y"]);
    assert.deepEqual(line("destroy --remove -y -- --remove").drop("--remove").words, [
      ...["destroy", "-y", "--", "--remove"],
    ]);
  });

  it("has only what stands before two dashes", () => {
    assert.equal(line("up -h").has("--help", "-h"), true);
    assert.equal(line("up -- -h").has("--help", "-h"), false);
  });
});
