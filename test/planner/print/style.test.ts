import assert from "node:assert/strict";
import { harmless, harmlessLines, shortened, styleFor, wrapped } from "../../../planner/print/style";

describe("what is written to a terminal", () => {
  const write = () => true;

  it("has colours on a terminal only, and not where NO_COLOR or a dumb terminal objects", () => {
    const red = (isTTY: boolean, env: NodeJS.ProcessEnv) => styleFor({ write, isTTY }, env).paint("red", "x");
    assert.equal(red(true, {}), "\u001b[31mx\u001b[0m");
    assert.equal(red(false, {}), "x");
    assert.equal(red(true, { NO_COLOR: "1" }), "x");
    assert.equal(red(true, { TERM: "dumb" }), "x");
  });

  it("is as wide as the terminal, 100 columns without one, never under 40", () => {
    assert.equal(styleFor({ write, isTTY: true, columns: 72 }, {}).width, 72);
    assert.equal(styleFor({ write, isTTY: true, columns: 10 }, {}).width, 40);
    assert.equal(styleFor({ write }, {}).width, 100);
  });

  it("cannot move the cursor, ring, hide or turn the direction of writing", () => {
    const hostile = "a\u001b[2Jb\u0007c\u202ed\u009be\u2028f\ufeffg\rh";
    assert.equal(harmless(hostile), "a\\u001b[2Jb\\u0007c\\u202ed\\u009be\\u2028f\\ufeffg\\u000dh");
    assert.equal(harmless("grün, 日本, 🚀"), "grün, 日本, 🚀");
    assert.deepEqual(harmlessLines("a\tb\r\nc\u001b"), ["a  b", "c\\u001b"]);
  });

  it("is broken between words and never inside one", () => {
    assert.deepEqual(wrapped("one two three", 7), ["one two", "three"]);
    assert.deepEqual(wrapped("  keeps its indent when broken", 13), [
      "  keeps its",
      "  indent when",
      "  broken",
    ]);
    assert.deepEqual(wrapped("a https://example.com/very/long b", 10), [
      "a",
      "https://example.com/very/long",
      "b",
    ]);
    assert.deepEqual(wrapped("", 10), [""]);
  });

  it("shows where it was cut", () => {
    assert.equal(shortened("abcdef", 6), "abcdef");
    assert.equal(shortened("abcdef", 4), "abc…");
  });
});
