import assert from "node:assert/strict";
import { readPackConfig } from "../../../planner/analyzer/config-file";
import { inFolder } from "../support/folder";

function read(text: string) {
  return inFolder({ "dev.json": text }, (folder) => readPackConfig(folder.at("dev.json"), folder.path));
}

describe("a policy config file", () => {
  it("gives levels, settings, or both", async () => {
    const found = await read(`{
      "all": "advisory",
      "a": { "enforcementLevel": "mandatory" },
      "b": { "enforcementLevel": "disabled", "ports": [80] },
      "c": { "ports": [443] }
    }`);
    assert.deepEqual(
      [...found],
      [
        ["all", { level: "advisory", properties: {} }],
        ["a", { level: "mandatory", properties: {} }],
        ["b", { level: "disabled", properties: { ports: [80] } }],
        ["c", { properties: { ports: [443] } }],
      ],
    );
  });

  it("may be empty", async () => {
    assert.deepEqual(await read(" \n"), new Map());
  });

  const wrong: readonly [text: string, message: string][] = [
    ['{\n  "a": }', "dev.json:2:8: not valid JSON"],
    ['{ "a": 1', "dev.json:1:9: not valid JSON"],
    ["[]", "dev.json: has to be an object, policies by name"],
    ['{ "a": 1 }', "dev.json: a has to be a level or an object, got 1"],
    ['{ "a": null }', "dev.json: a has to be a level or an object, got null"],
    [
      '{ "a": "strict" }',
      'dev.json: a has to be one of advisory, mandatory, remediate, disabled, got "strict"',
    ],
    [
      '{ "a": { "enforcementLevel": 1 } }',
      "dev.json: a.enforcementLevel has to be one of advisory, mandatory, remediate, disabled, got 1",
    ],
    ['{ "environments": ["x"] }', "dev.json: `environments` needs a Pulumi account; plan works without one"],
  ];
  for (const [text, message] of wrong) {
    it(`is refused when it is ${JSON.stringify(text)}`, async () => {
      await assert.rejects(read(text), { name: "Failure", message });
    });
  }

  it("is refused when it does not exist", async () => {
    const message = "cannot read the policy config no.json: there is no such file";
    await inFolder({}, async (folder) => {
      await assert.rejects(readPackConfig(folder.at("no.json"), folder.path), { name: "Failure", message });
    });
  });
});
