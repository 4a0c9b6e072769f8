import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { invocations } from "../../../sandbox/model/invocations/invocations";
import { type PropertySchemas, schema } from "../../../sandbox/model/type-schema";
import { functions } from "../../../sandbox/plugin/functions";
import { packageSchema } from "../../../sandbox/plugin/package-schema";
import { type Bag, isBag } from "../../../sandbox/values";

describe("the package schema", () => {
  const described = packageSchema();
  const resources = described.resources as { [type: string]: { [part: string]: Bag } };
  const types = described.types as Bag;
  const of = (type: string) => resources[type] ?? {};

  const references = (value: unknown): string[] => {
    if (Array.isArray(value)) return value.flatMap(references);
    if (!isBag(value)) return [];
    return [
      ...(typeof value.$ref === "string" ? [value.$ref] : []),
      ...Object.values(value).flatMap(references),
    ];
  };

  it("is of the package aws in the SDK's version, with modules that are named as there", () => {
    assert.deepEqual([described.name, described.version], ["aws", schema().version]);
    const { moduleFormat } = described.meta as { moduleFormat: string };
    assert.equal(new RegExp(`^${moduleFormat}$`).exec("ec2/vpc")?.[1], "ec2");
  });

  it("has every type of the model, and of no other package", () => {
    const known = Object.keys(schema().types).filter((type) => type.startsWith("aws:"));
    assert.deepEqual(Object.keys(resources), known);
  });

  it("tells what can be set and what has to be", () => {
    const { inputProperties, requiredInputs } = of("aws:lb/targetGroupAttachment:TargetGroupAttachment");
    assert.deepEqual(requiredInputs, ["targetGroupArn", "targetId"]);
    assert.deepEqual(
      [inputProperties?.port, inputProperties?.targetId],
      [{ type: "number" }, { type: "string" }],
    );
  });

  it("tells what can be read and what is always there", () => {
    const { properties, required } = of("aws:ec2/vpc:Vpc");
    assert.deepEqual(
      [properties?.enableDnsSupport, properties?.tagsAll, properties?.id],
      [{ type: "boolean" }, { type: "object", additionalProperties: { type: "string" } }, undefined],
    );
    assert.deepEqual(
      ["arn", "cidrBlock", "enableDnsSupport"].map((name) =>
        (required as unknown as string[]).includes(name),
      ),
      [true, true, false],
    );
  });

  it("tells objects, lists of them and alternatives", () => {
    const template = of("aws:ec2/launchTemplate:LaunchTemplate").inputProperties ?? {};
    const profile = "aws:ec2/LaunchTemplateIamInstanceProfile:LaunchTemplateIamInstanceProfile";
    const mapping = "aws:ec2/LaunchTemplateBlockDeviceMapping:LaunchTemplateBlockDeviceMapping";
    assert.deepEqual(template.iamInstanceProfile, { $ref: `#/types/${profile}` });
    assert.deepEqual(template.blockDeviceMappings, { type: "array", items: { $ref: `#/types/${mapping}` } });
    assert.deepEqual(types[profile], {
      type: "object",
      properties: { arn: { type: "string" }, name: { type: "string" } },
      required: [],
    });
    const { policy } = of("aws:sns/topicPolicy:TopicPolicy").inputProperties ?? {};
    assert.deepEqual(policy, {
      oneOf: [{ $ref: "#/types/aws:sns/PolicyDocument:PolicyDocument" }, { type: "string" }],
    });
  });

  it("says of an object that can be read what can be set of it", () => {
    const { properties, required } = of("aws:ec2/launchTemplate:LaunchTemplate");
    const profile = "aws:ec2/LaunchTemplateIamInstanceProfile:LaunchTemplateIamInstanceProfile";
    assert.deepEqual(properties?.iamInstanceProfile, { $ref: `#/types/${profile}` });
    assert.equal((required as unknown as string[]).includes("iamInstanceProfile"), false);
  });

  it("marks what is secret", () => {
    const { inputProperties, properties } = of("aws:ssm/parameter:Parameter");
    const value = { type: "string", secret: true };
    assert.deepEqual([inputProperties?.value, properties?.value], [value, value]);
    const { inputProperties: config } = described.provider as { inputProperties: Bag };
    assert.deepEqual(config.secretKey, value);
  });

  it("describes the provider, once as it is configured and once as a resource", () => {
    const { inputProperties, requiredInputs } = described.provider as {
      inputProperties: Bag;
      requiredInputs: unknown;
    };
    assert.deepEqual([inputProperties.region, requiredInputs], [{ type: "string" }, []]);
    assert.deepEqual((described.config as Bag).variables, inputProperties);
  });

  /** Names an interface of the SDK declares for a function: `name?` where one may be left out. */
  const namesIn = (token: string, end: "Args" | "Result"): string[] => {
    const [, place = "", name = ""] = token.split(":");
    const file = require.resolve(`@pulumi/aws/${place.replace(/^index\//, "")}`).replace(/\.js$/, ".d.ts");
    const text = readFileSync(file, "utf8").replace(/\/\*\*[\s\S]*?\*\//g, "");
    const title = `${name.charAt(0).toUpperCase()}${name.slice(1)}${end}`;
    const [, body = ""] = new RegExp(`export interface ${title} \\{([\\s\\S]*?)\\n\\}`).exec(text) ?? [];
    return [...body.matchAll(/^ {4}(?:readonly )?(\w+\??):/gm)].map(([, found = ""]) => found).sort();
  };

  const namesOf = (declared: PropertySchemas = {}): string[] =>
    Object.entries(declared)
      .map(([name, form]) => name + (form.endsWith("?") ? "?" : ""))
      .sort();

  it("has every function of the model, with the arguments and results of the SDK", () => {
    assert.deepEqual(Object.keys(functions).sort(), Object.keys(invocations).sort());
    assert.deepEqual(Object.keys(described.functions as Bag), Object.keys(functions));
    for (const [token, { inputs, outputs }] of Object.entries(functions)) {
      assert.deepEqual(namesOf(inputs), namesIn(token, "Args"), token);
      assert.deepEqual(namesOf(outputs), namesIn(token, "Result"), token);
    }
  });

  it("refers to nothing that it does not have, and has nothing that it does not refer to", () => {
    const found = new Set(references(described));
    found.delete("pulumi.json#/Any");
    assert.deepEqual(
      [...found].sort(),
      Object.keys(types)
        .map((token) => `#/types/${token}`)
        .sort(),
    );
  });

  it("is of a size that is read in no time", () => {
    const { length } = JSON.stringify(described);
    assert.ok(length > 100_000 && length < 800_000, String(length));
  });
});
