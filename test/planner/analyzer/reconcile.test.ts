import assert from "node:assert/strict";
import type { GivenConfig } from "../../../planner/analyzer/config-file";
import { type PolicyInfo, reconcile } from "../../../planner/analyzer/reconcile";

const policies: readonly PolicyInfo[] = [
  {
    name: "bounds",
    level: "mandatory",
    schema: {
      properties: { least: { type: "integer", default: 2 }, most: { type: "integer" } },
      required: ["least"],
    },
  },
  { name: "plain", level: "advisory" },
];

function given(config: { [policy: string]: Partial<GivenConfig> }): Map<string, GivenConfig> {
  return new Map(Object.entries(config).map(([name, one]) => [name, { properties: {}, ...one }]));
}

describe("the settings of policies", () => {
  const cases: readonly [what: string, initial: object, file: object, settled: object][] = [
    [
      "are the pack's own levels and defaults",
      {},
      {},
      { bounds: ["mandatory", { least: 2 }], plain: ["advisory", {}] },
    ],
    [
      "follow the pack's initial config, then the file",
      { bounds: { level: "advisory", properties: { least: 3, most: 5 } } },
      { bounds: { properties: { most: 6 } } },
      { bounds: ["advisory", { least: 3, most: 6 }], plain: ["advisory", {}] },
    ],
    [
      "follow `all`, unless the policy itself is named",
      {},
      { plain: { level: "mandatory" }, all: { level: "disabled", properties: { least: 9 } } },
      { bounds: ["disabled", { least: 2 }], plain: ["mandatory", {}] },
    ],
  ];
  for (const [what, initial, file, settled] of cases) {
    it(what, () => {
      const found = reconcile(policies, given({ ...initial }), given({ ...file }), "dev.json");
      const shown = [...found].map(([name, { level, properties }]) => [name, [level, properties]]);
      assert.deepEqual(Object.fromEntries(shown), settled);
    });
  }

  it("are refused with every policy, key, value and what is allowed", () => {
    const file = given({
      bounds: { properties: { least: "two", moost: 3, else: 1 } },
      bonds: {},
      other: {},
      plain: { properties: { least: 1 } },
    });
    assert.throws(() => reconcile(policies, new Map(), file, "policies/config/dev.json"), {
      name: "Failure",
      message: `policies/config/dev.json: the policy config is not valid
  bounds.moost: no such setting, did you mean most?
  bounds.else: no such setting, it takes least, most
  bonds: the pack has no such policy, did you mean bounds?
  other: the pack has no such policy
  plain.least: no such setting, the policy takes none
  bounds.least: has to be integer, got "two"`,
    });
  });
});
