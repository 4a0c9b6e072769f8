import assert from "node:assert/strict";
import { linesOf, readable, scalar } from "../../../planner/print/values";
import { UNKNOWN } from "../../../sandbox/values";

describe("values for a person", () => {
  const scalars: readonly [value: Parameters<typeof scalar>[0], text: string][] = [
    ["plain text", "plain text"],
    ["10.0.0.0/16", "10.0.0.0/16"],
    ["true", '"true"'],
    ["12", '"12"'],
    ["", '""'],
    [" x", '" x"'],
    ["a\u001b[31m", "a\\u001b[31m"],
    [true, "true"],
    [12.5, "12.5"],
    [null, "null"],
    [[], "[]"],
    [{}, "{}"],
    [UNKNOWN, "[unknown]"],
  ];
  for (const [value, text] of scalars) {
    it(`write ${JSON.stringify(value)} as ${text}`, () => assert.equal(scalar(value), text));
  }

  it("are indented by depth, with lines of a text kept apart", () => {
    const values = {
      cidr: "10.0.0.0/16",
      tags: { Name: "a", other: UNKNOWN },
      rules: [{ port: 80, from: ["x", "y"] }, "z"],
      script: "#!/bin/sh\necho \u001b[2J\n",
      none: [],
      "odd\nkey": 1,
    };
    assert.deepEqual(linesOf(values), [
      "cidr: 10.0.0.0/16",
      "tags:",
      "  Name: a",
      "  other: [unknown]",
      "rules:",
      "  - port: 80",
      "    from:",
      "      - x",
      "      - y",
      "  - z",
      "script:",
      "  #!/bin/sh",
      "  echo \\u001b[2J",
      "none: []",
      "odd\\u000akey: 1",
    ]);
  });

  it("are marked where they are unknown, at any depth", () => {
    assert.deepEqual(readable({ a: UNKNOWN, b: [UNKNOWN, { c: UNKNOWN, d: 1 }] }), {
      a: "[unknown]",
      b: ["[unknown]", { c: "[unknown]", d: 1 }],
    });
  });
});
