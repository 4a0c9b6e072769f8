import assert from "node:assert/strict";
import path from "node:path";
import { ComponentProvider, getPulumiComponents } from "@pulumi/pulumi/provider/experimental/provider";
import * as evenkeel from "../../components";

const dirname = path.join(__dirname, "..", "..", "components");

interface PropertySchema {
  readonly type?: string;
  readonly additionalProperties?: { readonly type?: string };
  readonly description?: string;
}

interface PackageSchema {
  readonly resources: Record<string, { inputProperties: Record<string, PropertySchema> }>;
  readonly types: Record<string, { properties?: Record<string, PropertySchema> }>;
}

describe("the components, served to other languages", () => {
  let schema: PackageSchema;

  before(async function () {
    // The analyzer type-checks the components together with the SDK they use.
    this.timeout(180_000);
    const components = getPulumiComponents(evenkeel);
    const provider = new ComponentProvider({ name: "evenkeel", dirname, components });
    schema = JSON.parse(await provider.getSchema()) as PackageSchema;
  });

  it("are all there", () => {
    assert.deepEqual(Object.keys(schema.resources).sort(), [
      "evenkeel:index:AlarmTopics",
      "evenkeel:index:Alarms",
      "evenkeel:index:AppLoadBalancer",
      "evenkeel:index:Dashboard",
      "evenkeel:index:DiscoveryNamespace",
      "evenkeel:index:LogQueries",
      "evenkeel:index:Network",
      "evenkeel:index:ScalingGroup",
      "evenkeel:index:Service",
      "evenkeel:index:WebFirewall",
      "evenkeel:index:ZonalAutoshift",
    ]);
  });

  it("take tags as a map", () => {
    for (const [token, { inputProperties }] of Object.entries(schema.resources)) {
      // Neither makes anything that can carry tags.
      if (/:(Dashboard|ZonalAutoshift)$/.test(token)) continue;
      const { type, additionalProperties } = inputProperties.tags ?? {};
      assert.deepEqual(
        { type, additionalProperties },
        { type: "object", additionalProperties: { type: "string" } },
        token,
      );
    }
  });

  it("describe every argument", () => {
    const members = [
      ...Object.entries(schema.resources).map(
        ([token, { inputProperties }]) => [token, inputProperties] as const,
      ),
      ...Object.entries(schema.types).map(([token, { properties = {} }]) => [token, properties] as const),
    ];
    const silent = members.flatMap(([token, properties]) =>
      Object.entries(properties)
        .filter(([, { description }]) => !description)
        .map(([name]) => `${token} ${name}`),
    );
    assert.deepEqual(silent, []);
  });
});
