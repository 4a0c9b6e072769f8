import assert from "node:assert/strict";
import { AnalyzeRequest, AnalyzerResource } from "@pulumi/pulumi/proto/analyzer_pb";
import * as messages from "../../../planner/analyzer/messages";
import type { Alias, Registration } from "../../../sandbox/monitor/registration";
import { secret } from "../../../sandbox/monitor/wire";
import { bucketNamed, registration, urn } from "../support/registrations";

const { seconds } = messages;
const noProvider: messages.ProviderOf = () => undefined;

/** The messages as a pack reads them. */
function analyzeRequest(...about: Parameters<typeof messages.analyzeRequest>): AnalyzeRequest {
  return AnalyzeRequest.deserializeBinary(messages.analyzeRequest(...about));
}

function stackResource(...about: Parameters<typeof messages.stackResource>): AnalyzerResource {
  return AnalyzerResource.deserializeBinary(messages.stackResource(...about));
}

function optionsOf(more: Partial<Registration>) {
  return analyzeRequest(bucketNamed("logs", more), {}, noProvider).getOptions();
}

describe("a duration as Go writes it", () => {
  const durations: readonly [duration: string, is: number][] = [
    ["", 0],
    ["0", 0],
    ["90s", 90],
    ["1h30m", 5400],
    ["1h0m0.5s", 3600.5],
    ["1.5h", 5400],
    [".5m", 30],
    ["250ms", 0.25],
    ["3us", 3e-6],
    ["3\u00b5s", 3e-6],
    ["3\u03bcs", 3e-6],
    ["2ns", 2e-9],
  ];
  for (const [duration, is] of durations) {
    it(`${JSON.stringify(duration)} is ${is} s`, () => {
      assert.ok(Math.abs(seconds(duration) - is) < 1e-12, `${seconds(duration)}`);
    });
  }
});

describe("a resource as a pack is shown it before it is created", () => {
  it("is its checked inputs, with the secrets wrapped", () => {
    const logs = bucketNamed("logs", {
      inputs: { wrong: true },
      secretPaths: ["tags.token", "rules[1]", "notThere"],
    });
    const inputs = { tags: { token: "t", open: "o" }, rules: ["a", "b"], size: 3 };
    const request = analyzeRequest(logs, inputs, noProvider);
    assert.deepEqual(
      [request.getUrn(), request.getType(), request.getName()],
      [logs.urn, "aws:s3/bucket:Bucket", "logs"],
    );
    assert.deepEqual(request.getProperties()?.toJavaScript(), {
      tags: { token: secret("t"), open: "o" },
      rules: ["a", secret("b")],
      size: 3,
    });
    assert.equal(request.hasProvider(), false);
  });

  it("has the options of its registration", () => {
    const options = optionsOf({
      protect: true,
      ignoreChanges: ["tags"],
      additionalSecretOutputs: ["arn"],
      parent: urn("tiny:index:Group", "group"),
      customTimeouts: { create: "1m", update: "2m", delete: "3m", read: "4m" },
    });
    assert.deepEqual(options?.toObject(), {
      protect: true,
      ignorechangesList: ["tags"],
      deletebeforereplace: false,
      deletebeforereplacedefined: false,
      additionalsecretoutputsList: ["arn"],
      aliasesList: [],
      customtimeouts: { create: 60, update: 120, pb_delete: 180, read: 240 },
      parent: urn("tiny:index:Group", "group"),
    });
  });

  it("tells deleteBeforeReplace that is off from one that is not set", () => {
    const told = [undefined, false, true].map((deleteBeforeReplace) => {
      const options = optionsOf(deleteBeforeReplace === undefined ? {} : { deleteBeforeReplace });
      return [options?.getDeletebeforereplace(), options?.getDeletebeforereplacedefined()];
    });
    assert.deepEqual(told, [
      [false, false],
      [false, true],
      [true, true],
    ]);
  });

  const type = "aws:s3/bucket:Bucket";
  const group = urn("tiny:index:Group", "group");
  const other = urn("tiny:index:Other", "other");
  const stack = urn("pulumi:pulumi:Stack", "tiny-dev");
  const aliases: readonly [what: string, alias: Alias, is: string][] = [
    ["a whole URN", { urn: "urn:pulumi:a::b::c::d", name: "passed over" }, "urn:pulumi:a::b::c::d"],
    ["another name", { name: "old" }, `urn:pulumi:dev::tiny::tiny:index:Group$${type}::old`],
    ["another type", { type: "aws:s3:Old" }, "urn:pulumi:dev::tiny::tiny:index:Group$aws:s3:Old::logs"],
    ["another stack", { stack: "prod", name: "" }, `urn:pulumi:prod::tiny::tiny:index:Group$${type}::logs`],
    ["another project", { project: "big", type: "" }, `urn:pulumi:dev::big::tiny:index:Group$${type}::logs`],
    ["another parent", { parent: other }, `urn:pulumi:dev::tiny::tiny:index:Other$${type}::logs`],
    ["the stack for a parent", { parent: stack }, `urn:pulumi:dev::tiny::${type}::logs`],
    ["no parent", { noParent: true, name: "old" }, `urn:pulumi:dev::tiny::${type}::old`],
  ];
  for (const [what, alias, is] of aliases) {
    it(`has for an alias with ${what} its URN`, () => {
      const nested = { urn: `urn:pulumi:dev::tiny::tiny:index:Group$${type}::logs`, parent: group };
      assert.deepEqual(optionsOf({ ...nested, aliases: [alias] })?.getAliasesList(), [is]);
    });
  }

  it("has each alias once, however often it is written", () => {
    const old = urn(type, "old");
    const options = optionsOf({ aliases: [{ name: "old" }, { urn: old }, { name: "older" }] });
    assert.deepEqual(options?.getAliasesList(), [old, urn(type, "older")]);
  });

  it("comes with its provider, with the secrets wrapped", () => {
    const provider = registration("pulumi:providers:aws", "far", {
      checkedInputs: { region: "us-west-2", token: "t" },
      secretPaths: ["token"],
    });
    const providers = [
      analyzeRequest(bucketNamed("one"), {}, () => provider).getProvider(),
      analyzeRequest(bucketNamed("two"), {}, () => provider).getProvider(),
      stackResource(bucketNamed("one"), {}, [], () => provider).getProvider(),
    ];
    for (const one of providers) {
      assert.deepEqual(
        [one?.getUrn(), one?.getType(), one?.getName(), one?.getProperties()?.toJavaScript()],
        [provider.urn, "pulumi:providers:aws", "far", { region: "us-west-2", token: secret("t") }],
      );
    }
  });
});

describe("a resource as a pack is shown it in the finished stack", () => {
  it("is its outputs, its place and what it waits for, properties that wait for nothing left out", () => {
    const [logs, key] = [bucketNamed("logs").urn, urn("aws:kms/key:Key", "key")];
    const on = registration("aws:s3/bucketVersioning:BucketVersioning", "on", {
      checkedInputs: { wrong: true },
      parent: urn("tiny:index:Group", "group"),
      dependencies: [logs, key],
      propertyDependencies: { bucket: [logs], mfa: [], both: [logs, key] },
      secretPaths: ["id"],
    });
    const message = stackResource(on, { id: "i", token: "t" }, ["token"], noProvider);
    assert.deepEqual(
      [message.getUrn(), message.getType(), message.getName(), message.getParent()],
      [on.urn, on.type, "on", on.parent],
    );
    assert.deepEqual(message.getProperties()?.toJavaScript(), { id: "i", token: secret("t") });
    assert.deepEqual(message.getDependenciesList(), [logs, key]);
    const byProperty = [...message.getPropertydependenciesMap().entries()];
    assert.deepEqual(
      Object.fromEntries(byProperty.map(([property, list]) => [property, list.getUrnsList()])),
      {
        bucket: [logs],
        both: [logs, key],
      },
    );
    assert.equal(message.hasProvider(), false);
  });

  it("has an empty parent when it is the stack", () => {
    const message = stackResource(registration("pulumi:pulumi:Stack", "tiny-dev"), {}, [], noProvider);
    assert.deepEqual([message.getParent(), message.getOptions()?.getParent()], ["", ""]);
  });
});
