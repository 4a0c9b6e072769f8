import assert from "node:assert/strict";
import { groupsIn, highestGroup, regexFault } from "../../components/lib/regular-expressions";

const unsupported = (what: string) => `do without ${what}, which AWS does not support`;

describe("a regular expression for a load balancer", () => {
  for (const regex of [
    "^/v[0-9]+/",
    "^\\/api\\/(.*)$",
    "a[+*?]+b",
    "[(?=]",
    "\\\\p",
    "(?i)^/a$",
    "(?P<id>[0-9]+)",
    "a\\+\\+",
  ]) {
    it(`may be ${regex}`, () => {
      assert.equal(regexFault(regex, 128), undefined);
    });
  }

  for (const [regex, fault] of [
    ["a(?=b)", unsupported("look-around")],
    ["a(?!b)", unsupported("look-around")],
    ["(?<!a)b", unsupported("look-around")],
    ["(a)\\1", unsupported("back references")],
    ["(?>a)", unsupported("atomic groups")],
    ["a++", unsupported("possessive quantifiers")],
    ["(a(?R))", unsupported("recursion and subroutines")],
    ["\\p{L}", unsupported("Unicode classes")],
    ["[\\p{L}]", unsupported("Unicode classes")],
    ["(a", "be a regular expression"],
    ["", "be a regular expression of 1 to 128 ASCII characters"],
    ["é", "be a regular expression of 1 to 128 ASCII characters"],
    ["a".repeat(129), "be a regular expression of 1 to 128 ASCII characters"],
  ] as const) {
    it(`may not be ${regex.slice(0, 20) || "empty"}`, () => {
      assert.equal(regexFault(regex, 128), fault);
    });
  }

  it("has as many groups as it captures, and a replacement names the highest", () => {
    assert.equal(groupsIn("^/(a)(?:b)(c(d))$"), 3);
    assert.equal(groupsIn("^/a$"), 0);
    assert.equal(highestGroup("/$2/$1"), 2);
    assert.equal(highestGroup("/a"), 0);
  });
});
