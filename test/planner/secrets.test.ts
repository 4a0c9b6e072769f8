import assert from "node:assert/strict";
import { Secrets } from "../../planner/secrets";
import { UNKNOWN } from "../../sandbox/values";

describe("secrets", () => {
  it("are hidden where they are, with everything below", () => {
    const values = {
      a: "open",
      key: { one: "hunter22", two: ["swordfish"] },
      list: [{ pass: "opensesame" }, "x"],
    };
    assert.deepEqual(new Secrets().hide(values, ["key", "list[0].pass"]), {
      a: "open",
      key: "[secret]",
      list: [{ pass: "[secret]" }, "x"],
    });
  });

  it("are taken out of texts that quote them, unless they are too short to tell", () => {
    const secrets = new Secrets();
    secrets.hide({ a: { x: "hunter22" }, b: "no", c: UNKNOWN, d: 7 }, ["a", "b", "c", "d"]);
    assert.equal(secrets.scrub(`hunter22 is not ${UNKNOWN} hunter22`), `[secret] is not ${UNKNOWN} [secret]`);
  });
});
