import * as assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checkConfig, settleConfig } from "../../../policies/lib/config";
import { aboutThePack } from "../../../policies/lib/policy-name";
import { rules } from "../../../policies/rules";

describe("checkConfig", () => {
  it("accepts a level, parameters, both, and the settings of the CLI itself", () => {
    const config = {
      all: "advisory",
      environments: ["prod"],
      "not-decided-in-preview": "mandatory",
      "target-drain-time": "disabled",
      "scaling-min-instances": { enforcementLevel: "mandatory", minInstances: 3 },
      "listener-tls-minimum": { minimum: "1.3" },
    };
    assert.deepEqual(checkConfig(config, rules), []);
  });

  it("finds every fault with rule, key, what is allowed and what was found", () => {
    const config = {
      "scaling-min-instance": "advisory",
      "something-else-altogether": {},
      "target-drain-time": "warn",
      "scaling-multi-zone": 3,
      "listener-certificate-set": { minimum: "1.2" },
      "scaling-min-instances": { enforcementLevel: 1, minInstances: "two", minInstance: 1 },
    };
    const levels = '"advisory", "mandatory", "remediate", "disabled"';
    assert.deepEqual(checkConfig(config, rules), [
      { path: "scaling-min-instance", says: "is not a policy, did you mean scaling-min-instances?" },
      { path: "something-else-altogether", says: "is not a policy" },
      { path: "target-drain-time", says: `must be one of ${levels}, got "warn"` },
      { path: "scaling-multi-zone", says: "must be an object or a level, got 3" },
      { path: "listener-certificate-set.minimum", says: "is not a parameter; this policy takes none" },
      { path: "scaling-min-instances.enforcementLevel", says: `must be one of ${levels}, got 1` },
      { path: "scaling-min-instances.minInstance", says: "is not a parameter; known: minInstances" },
      {
        path: "scaling-min-instances.minInstances",
        says: 'must be a whole number from 1 to 1000, got "two"',
      },
    ]);
  });

  for (const config of [null, [], "advisory", 7]) {
    it(`refuses ${JSON.stringify(config)} as a whole`, () => {
      assert.deepEqual(checkConfig(config, rules), [
        { path: "policy configuration", says: `must be an object, got ${JSON.stringify(config)}` },
      ]);
    });
  }
});

describe("settleConfig", () => {
  it("gives every policy its level and parameters", () => {
    const settled = settleConfig({}, rules);
    assert.deepEqual(Object.keys(settled), [
      ...rules.map(({ name }) => name),
      ...aboutThePack.map(({ name }) => name),
    ]);
    assert.deepEqual(settled["target-drain-time"], {
      enforcementLevel: "advisory",
      properties: { minSeconds: 5, maxSeconds: 900 },
    });
  });

  it("makes some rules mandatory in production, and advisory elsewhere", () => {
    const levels = ["production", "staging", undefined].map(
      (environment) => settleConfig({}, rules, environment)["database-multi-zone"]?.enforcementLevel,
    );
    assert.deepEqual(levels, ["mandatory", "advisory", "advisory"]);
  });

  it("puts a policy's own level above the one for all", () => {
    const settled = settleConfig(
      { all: "disabled", "scaling-multi-zone": { enforcementLevel: "mandatory" } },
      rules,
    );
    assert.deepEqual(
      [settled["scaling-multi-zone"]?.enforcementLevel, settled["target-drain-time"]?.enforcementLevel],
      ["mandatory", "disabled"],
    );
  });
});

describe("the configurations that come with the pack", () => {
  const folder = join(__dirname, "../../../policies/config");
  const read = (file: string) => JSON.parse(readFileSync(join(folder, file), "utf8"));

  it("are one for each environment, without a fault", () => {
    const files = readdirSync(folder);
    assert.deepEqual(files.sort(), ["development.json", "production.json", "staging.json"]);
    assert.deepEqual(
      files.flatMap((file) => checkConfig(read(file), rules)),
      [],
    );
  });

  it("let development run one instance, and only that", () => {
    const least = ["development", "staging", "production"].map((name) => {
      const { enforcementLevel, properties } =
        settleConfig(read(`${name}.json`), rules)["scaling-min-instances"] ?? {};
      return [name, enforcementLevel, properties?.minInstances];
    });
    assert.deepEqual(least, [
      ["development", "advisory", 1],
      ["staging", "mandatory", 2],
      ["production", "mandatory", 2],
    ]);
  });
});
