import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { isMasked, masked, maskedAt, matches } from "../../../sandbox/account/secrets";

const maskOf = (text: string) => `[secret sha256:${createHash("sha256").update(text).digest("hex")}]`;

describe("a secret", () => {
  it("is masked by the digest of the salt and it", () => {
    assert.equal(masked("hunter2", "salt"), maskOf("salthunter2"));
  });

  it("is masked in every text of a list and an object; numbers and truth stay", () => {
    assert.deepEqual(masked({ a: ["x", 1, null], b: { c: true, d: "" } }, "s"), {
      a: [maskOf("sx"), 1, null],
      b: { c: true, d: maskOf("s") },
    });
  });

  it("stays the same when masked again", () => {
    assert.equal(masked(masked("x", "s"), "s"), maskOf("sx"));
  });

  it("is told by its mask with the salt, and only so", () => {
    const mask = maskOf("sx");
    assert.deepEqual(
      [matches(mask, "x", "s"), matches(mask, "y", "s"), matches(mask, "x", "t"), matches("x", "x", "s")],
      [true, false, false, false],
    );
  });

  it("is known for a mask by its whole form", () => {
    const texts = [maskOf("a"), `${maskOf("a")} `, "[secret sha256:abc]", "[secret]", 1];
    assert.deepEqual(texts.map(isMasked), [true, false, false, false, false]);
  });

  it("is masked at the paths named, where there is something", () => {
    const bag = { password: "x", other: "x", list: [{ key: "y" }] };
    assert.deepEqual(maskedAt(bag, ["password", "list[0].key", "missing.key", "list[7]", "no path!"], "s"), {
      password: maskOf("sx"),
      other: "x",
      list: [{ key: maskOf("sy") }],
    });
  });
});
