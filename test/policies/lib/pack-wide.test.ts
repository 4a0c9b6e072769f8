import * as assert from "node:assert/strict";
import { createRequire } from "node:module";
import type { Policies } from "@pulumi/policy";
import * as proto from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { defaultSettings, type PackSettings } from "../../../policies/lib/pack-settings";
import { packOf, policiesOf } from "../../../policies/lib/policy";
import { type Rule, rule } from "../../../policies/lib/rule";
import { UNKNOWN } from "../../../policies/lib/unknown";

type Answer<T> = (error: unknown, response: T) => void;
type Call<Request, Response> = (call: { request: Request }, done: Answer<Response>) => void;

/** The SDK's own handlers of the engine's calls, which its types do not show. */
const server = createRequire(__filename)("@pulumi/policy/server") as {
  makeAnalyzeRpcFun(...pack: unknown[]): Call<proto.AnalyzeRequest, proto.AnalyzeResponse>;
  makeAnalyzeStackRpcFun(...pack: unknown[]): Call<proto.AnalyzeStackRequest, proto.AnalyzeResponse>;
  makeRemediateRpcFun(...pack: unknown[]): Call<proto.AnalyzeRequest, proto.RemediateResponse>;
};

const door: Rule = rule({
  name: "door-closed",
  title: "Doors are closed",
  description: "Open doors let anybody in.",
  severity: "high",
  level: "production",
  types: ["test:door", "test:gate"],
  parameters: {
    lock: { type: "string", description: "Kind of lock.", default: "bolt", enum: ["bolt", "bar"] },
  },
  frameworks: {},
  remediation: "Close it with a {lock}.",
  url: "https://docs.aws.amazon.com/",
  judge: (props, { config }) =>
    props.at("lock", "kind").text() === config.lock ? [] : [{ path: "lock.kind", says: "not closed" }],
  fix: (_, { config }) => [{ path: "lock.kind", value: config.lock }],
  scenarios: [],
});

const given = (name: string, props: object) => {
  const request = new proto.AnalyzeRequest();
  request.setType("test:door");
  request.setName(name);
  request.setUrn(`urn:${name}`);
  request.setProperties(Struct.fromJavaScript(props as never));
  request.setOptions(new proto.AnalyzerResourceOptions());
  return request;
};

/** The pack, as the engine sees it, for one stack. */
function pack(settings: Partial<PackSettings> = {}, level?: string) {
  const policies = policiesOf([door], packOf([door], { ...defaultSettings, ...settings })) as Policies;
  const [first, ...others] = policies;
  const leveled = level === undefined ? policies : [{ ...first, enforcementLevel: level }, ...others];
  const shape = ["sample", "1.0.0", "advisory", leveled] as const;
  const told = (response: proto.AnalyzeResponse) =>
    response
      .getDiagnosticsList()
      .map((one) => [
        one.getPolicyname(),
        one.getEnforcementlevel(),
        one.getMessage().split("\n").slice(1).join(" | "),
      ]);
  return {
    judge: (name: string, props: object) =>
      new Promise((resolve) => {
        server.makeAnalyzeRpcFun(...shape)({ request: given(name, props) }, (_, response) =>
          resolve(told(response)),
        );
      }),
    stack: (...names: readonly string[]) => {
      const request = new proto.AnalyzeStackRequest();
      request.setResourcesList(
        names.map((name) => {
          const resource = new proto.AnalyzerResource();
          resource.setType("test:door");
          resource.setName(name);
          resource.setUrn(`urn:${name}`);
          resource.setProperties(new Struct());
          resource.setOptions(new proto.AnalyzerResourceOptions());
          return resource;
        }),
      );
      return new Promise((resolve) => {
        server.makeAnalyzeStackRpcFun(...shape)({ request }, (_, response) => resolve(told(response)));
      });
    },
    remedy: (props: object) =>
      new Promise((resolve) => {
        server.makeRemediateRpcFun(...shape)({ request: given("front", props) }, (_, response) =>
          resolve(response.getRemediationsList().map((one) => one.getProperties()?.toJavaScript())),
        );
      }),
  };
}

const { ADVISORY, MANDATORY } = proto.EnforcementLevel;
const open = "lock.kind: not closed | Fix: Close it with a bolt. | See evenkeel-policies/docs/door-closed.md";
const exemption = {
  rule: "door-closed",
  resource: "barn-*",
  reason: "The cattle has to come and go",
  owner: "farm",
  expires: "2999-12-31",
};

describe("a rule that is mandatory in production", () => {
  it("is advisory where nothing is said, and elsewhere", async () => {
    for (const settings of [{}, { environment: "staging" as const }]) {
      assert.deepEqual(await pack(settings).judge("front", {}), [["door-closed", ADVISORY, open]]);
    }
  });

  it("is mandatory where the stack says so", async () => {
    assert.deepEqual(await pack({ environment: "production" }).judge("front", {}), [
      ["door-closed", MANDATORY, open],
    ]);
  });
});

describe("a strict pack", () => {
  it("takes what a rule cannot judge for a violation of that rule, at its level", async () => {
    const strict = pack({ strict: true, environment: "production" });
    const [first] = (await strict.judge("front", { lock: UNKNOWN })) as readonly unknown[][];
    assert.deepEqual(first?.slice(0, 2), ["door-closed", MANDATORY]);
    assert.match(String(first?.[2]), /^lock: not decided \(not known yet\), which strict does not allow \| /);
    assert.deepEqual(await strict.stack("front"), []);
  });
});

describe("an exempted violation", () => {
  it("is told once, with its reason, and stops nothing", async () => {
    const one = pack({ exemptions: [exemption], environment: "production" });
    assert.deepEqual(await one.judge("barn-east", {}), []);
    assert.deepEqual(await one.judge("front", {}), [["door-closed", MANDATORY, open]]);
    const [only, ...others] = (await one.stack("barn-east", "front")) as readonly unknown[][];
    assert.deepEqual([only?.slice(0, 2), others], [["exempted", ADVISORY], []]);
    assert.match(
      String(only?.[2]),
      /^door-closed on barn-east, until 2999-12-31 \(\d+ days left\), farm: The cattle has to come and go$/,
    );
  });

  it("is no excuse for an exemption that is not needed", async () => {
    const one = pack({ exemptions: [exemption] });
    await one.judge("barn-east", { lock: { kind: "bolt" } });
    assert.deepEqual(await one.stack("barn-east"), [
      [
        "exemption-valid",
        MANDATORY,
        "exemptions[0]: door-closed finds nothing on barn-*, the exemption is not needed",
      ],
    ]);
  });
});

describe("a fix", () => {
  it("is made at level remediate only, and keeps what stands beside it", async () => {
    assert.deepEqual(await pack().remedy({}), []);
    const remedying = pack({}, "remediate");
    assert.deepEqual(await remedying.remedy({ colour: "red", lock: { age: UNKNOWN, kind: "none" } }), [
      { colour: "red", lock: { age: UNKNOWN, kind: "bolt" } },
    ]);
    assert.deepEqual(await remedying.remedy({}), [{ lock: { kind: "bolt" } }]);
  });

  it("leaves a resource alone that is right, or not known yet", async () => {
    const remedying = pack({}, "remediate");
    assert.deepEqual(await remedying.remedy({ lock: { kind: "bolt" } }), []);
    assert.deepEqual(await remedying.remedy({ lock: UNKNOWN }), []);
  });

  it("keeps a secret secret", async () => {
    const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value: "none" };
    const [props] = (await pack({}, "remediate").remedy({ lock: { kind: secret } })) as readonly {
      lock: { kind: object };
    }[];
    assert.deepEqual(props?.lock.kind, { ...secret, value: "bolt" });
  });
});
