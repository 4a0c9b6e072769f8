import assert from "node:assert/strict";
import { checkConfig, settingsOf } from "../../../sandbox/plugin/config";
import { type Bag, UNKNOWN } from "../../../sandbox/values";

const provider = "pulumi:providers:aws";
const check = (given: Bag, env: { [variable: string]: string } = {}) => checkConfig(provider, given, env);
const paths = (given: Bag) =>
  check(given, { AWS_REGION: "us-east-1" }).failures.map(({ property }) => property);

describe("the region of a configuration", () => {
  const env = { AWS_REGION: "us-west-2", AWS_DEFAULT_REGION: "us-west-1" };

  it("comes from the configuration, then from AWS_REGION, then from AWS_DEFAULT_REGION", () => {
    assert.equal(check({ region: "eu-west-1" }, env).inputs.region, "eu-west-1");
    assert.equal(check({}, env).inputs.region, "us-west-2");
    assert.equal(check({}, { AWS_DEFAULT_REGION: "us-west-1" }).inputs.region, "us-west-1");
  });

  it("counts as unset when it is empty or null", () => {
    assert.equal(check({ region: "" }, env).inputs.region, "us-west-2");
    assert.equal(check({ region: null }, env).inputs.region, "us-west-2");
    assert.equal(check({}, { ...env, AWS_REGION: "" }).inputs.region, "us-west-1");
    assert.deepEqual(
      check({ region: "" }, { AWS_REGION: "", AWS_DEFAULT_REGION: "" }).failures.map(
        ({ property }) => property,
      ),
      ["region"],
    );
  });

  it("may be unknown yet", () => {
    assert.deepEqual(check({ region: UNKNOWN }), { inputs: { region: UNKNOWN }, failures: [] });
  });
});

describe("a configuration", () => {
  it("takes what the engine adds, and texts that hold what is no text", () => {
    const given = {
      region: "us-east-1",
      version: "7.48.0",
      pluginDownloadURL: "x",
      __internal: {},
      maxRetries: "5",
      skipCredentialsValidation: "true",
      allowedAccountIds: '["123456789012"]',
      defaultTags: '{"tags":{"a":"b"}}',
      endpoints: UNKNOWN,
    };
    assert.deepEqual(check(given), { inputs: given, failures: [] });
  });

  it("is refused where a text holds nothing, without showing the text", () => {
    const { failures } = check({ region: "us-east-1", defaultTags: "team=hush", maxRetries: "many" });
    assert.deepEqual(failures, [
      { property: "defaultTags", reason: "expected JSON such as `{}`, got a text that is none" },
      { property: "maxRetries", reason: "expected JSON such as `5`, got a text that is none" },
    ]);
  });

  it("is refused where a text holds something else, however deep", () => {
    assert.deepEqual(paths({ defaultTags: '["a"]' }), ["defaultTags"]);
    assert.deepEqual(paths({ defaultTags: '{"tag":{"a":"b"}}' }), ["defaultTags.tag"]);
    assert.deepEqual(paths({ allowedAccountIds: "{}" }), ["allowedAccountIds"]);
  });

  it("is refused with properties the provider does not have, whatever they hold", () => {
    assert.deepEqual(paths({ regoin: "us-east-1", constructor: "x", toString: "{}" } as unknown as Bag), [
      "regoin",
      "constructor",
      "toString",
    ]);
  });

  it("has all its faults named at once", () => {
    assert.deepEqual(
      check({ regoin: "x" }).failures.map(({ property }) => property),
      ["regoin", "region"],
    );
  });

  it("of another provider is left alone", () => {
    assert.deepEqual(checkConfig("pulumi:providers:awsx", { a: 1 }, {}), { inputs: { a: 1 }, failures: [] });
  });
});

describe("what resources go by", () => {
  it("is the region and the tags of everything", () => {
    const defaultTags = { tags: { a: "b" } };
    for (const written of [defaultTags, JSON.stringify(defaultTags)]) {
      assert.deepEqual(settingsOf({ region: "us-east-1", defaultTags: written as Bag[string] }), {
        region: "us-east-1",
        defaultTags: { a: "b" },
      });
    }
  });

  it("is no tags where there are none", () => {
    for (const defaultTags of [null, "{}", {}, { tags: null }, "[]", UNKNOWN, { tags: UNKNOWN }]) {
      assert.deepEqual(settingsOf({ region: "us-east-1", defaultTags }), {
        region: "us-east-1",
        defaultTags: {},
      });
    }
    assert.deepEqual(settingsOf({}), { region: "", defaultTags: {} });
  });
});
