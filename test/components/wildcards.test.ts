import assert from "node:assert/strict";
import fc from "fast-check";
import { patternCovers, patternsMeet, readPattern, wildcardsIn } from "../../components/lib/wildcards";

/** Whether a pattern matches a text, by the expression it stands for. */
function matches(pattern: string, text: string): boolean {
  const form = pattern.replaceAll("*", ".*").replaceAll("?", ".");
  return new RegExp(`^${form}$`).test(text);
}

/** Every text of up to six of three characters: two that patterns name and one that they do not. */
const texts = Array.from({ length: 6 }).reduce<string[]>(
  (all) => [...new Set([...all, ...all.flatMap((text) => ["a", "b", "c"].map((next) => text + next))])],
  [""],
);

const pattern = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 4 });
const read = (text: string) => readPattern(text);

describe("a pattern", () => {
  it("covers another one if it matches every text that the other does, and never else", () => {
    fc.assert(
      fc.property(pattern, pattern, (wide, narrow) => {
        const expected = texts.every((text) => !matches(narrow, text) || matches(wide, text));
        assert.equal(patternCovers(read(wide), read(narrow)), expected);
      }),
      { numRuns: 400 },
    );
  });

  it("meets another one if some text is matched by both, and never else", () => {
    fc.assert(
      fc.property(pattern, pattern, (one, other) => {
        const expected = texts.some((text) => matches(one, text) && matches(other, text));
        assert.equal(patternsMeet(read(one), read(other)), expected);
      }),
      { numRuns: 400 },
    );
  });

  for (const [wide, narrow, expected] of [
    ["/*", "/api/*", true],
    ["/api/*", "/*", false],
    ["/api/*", "/api", false],
    ["/api*", "/api/*", true],
    ["/a?c", "/abc", true],
    ["/abc", "/a?c", false],
    ["*?", "?*", true],
    ["*.example.com", "api.example.com", true],
    ["*.example.com", "example.com", false],
    ["/*/b", "/*/a/b", true],
  ] as const) {
    it(`${wide} ${expected ? "covers" : "does not cover"} ${narrow}`, () => {
      assert.equal(patternCovers(read(wide), read(narrow)), expected);
    });
  }

  it("is compared in a moment, at its longest", () => {
    const long = `/${"a".repeat(60)}?*?${"b".repeat(60)}*?`;
    assert.equal(patternCovers(read(long), read(long)), true);
    assert.equal(patternCovers(read(`/${"*a".repeat(6)}`), read(`/${"a".repeat(120)}*`)), false);
    assert.equal(patternsMeet(read(long), read(`*${"b".repeat(60)}c`)), true);
  });

  it("reads a character behind a backslash as itself where that is how it is written", () => {
    assert.deepEqual(readPattern("a\\*b\\\\?", true), ["=a", "=*", "=b", "=\\", "?"]);
    assert.deepEqual(readPattern("a\\**"), ["=a", "=\\", "*"]);
    assert.equal(wildcardsIn("a\\*b?", true), 1);
    assert.equal(wildcardsIn("a\\*b?"), 2);
  });
});
