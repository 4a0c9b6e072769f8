import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { referenceFiles, writeReference } from "../../settings/reference/write";

describe("the reference", () => {
  const files = referenceFiles();

  for (const [path, text] of Object.entries(files)) {
    it(`is in step with the schema: ${path} (\`npm run reference\` writes it)`, () => {
      assert.equal(readFileSync(path, "utf8"), text);
    });
  }

  it("is written only where it has changed", () => {
    const folder = mkdtempSync(join(tmpdir(), "reference-"));
    try {
      for (const each of ["settings", "docs"]) mkdirSync(join(folder, each));
      assert.deepEqual(writeReference(folder), Object.keys(files));
      assert.deepEqual(writeReference(folder), []);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("the schema for editors", () => {
  const schema = JSON.parse(readFileSync("settings/stack.schema.json", "utf8"));
  const accepts = (file: unknown) => z.fromJSONSchema(schema).safeParse(file).success;
  const staging = () => parse(readFileSync("Pulumi.staging.yaml", "utf8"));

  for (const stack of ["production", "staging", "development"]) {
    it(`accepts the file of stack ${stack}, which points to it`, () => {
      const text = readFileSync(`Pulumi.${stack}.yaml`, "utf8");
      assert.equal(text.split("\n")[0], "# yaml-language-server: $schema=./settings/stack.schema.json");
      assert(accepts(parse(text)));
    });
  }

  it("accepts encrypted values where they may be, keys of others, and what the CLI adds", () => {
    const file = staging();
    file.encryptionsalt = "v1:0";
    file.config["aws:profile"] = "x";
    file.config["evenkeel:tags"] = { secure: "v1:0" };
    file.config["evenkeel:loadBalancer"].hostedZoneId = { secure: "v1:0" };
    assert(accepts(file));
  });

  const wrong: readonly [what: string, change: (config: Record<string, never>) => unknown][] = [
    ["a missing region", (config) => Reflect.deleteProperty(config, "aws:region")],
    ["an unknown environment", (config) => Object.assign(config, { "evenkeel:environment": "test" })],
    ["a misspelt key", (config) => Object.assign(config, { "evenkeel:netwrok": {} })],
    ["a misspelt key inside", (config) => Object.assign(config["evenkeel:network"] ?? {}, { zone: [] })],
    ["one zone", (config) => Object.assign(config["evenkeel:network"] ?? {}, { zones: ["us-east-1a"] })],
    [
      "an encrypted environment",
      (config) => Object.assign(config, { "evenkeel:environment": { secure: "" } }),
    ],
  ];
  for (const [what, change] of wrong) {
    it(`marks ${what}`, () => {
      const file = staging();
      change(file.config);
      assert(!accepts(file));
    });
  }

  it("shows the default of each environment where they differ, and offers it where they agree", () => {
    const { sizing, port } =
      schema.properties.config.properties["evenkeel:services"].anyOf[0].additionalProperties.properties;
    assert.deepEqual(sizing.properties.min, {
      type: "integer",
      minimum: 1,
      maximum: 1000,
      description:
        "Fewest instances. At least 2 in production and staging. Default: production 3, staging 2, development 1.",
    });
    assert.equal(port.default, 8080);
  });
});
