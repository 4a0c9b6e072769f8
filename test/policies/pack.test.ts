import * as assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { settleConfig } from "../../policies/lib/config";
import { aboutThePack } from "../../policies/lib/policy-name";
import { UNKNOWN } from "../../policies/lib/unknown";
import { rules } from "../../policies/rules";
import { Analyzer, type TestResource, urnOf, type Violation } from "./support/analyzer";
import { compilePack, startPack } from "./support/compiled-pack";

const group: TestResource = {
  type: "aws:autoscaling/group:Group",
  name: "web",
  props: {
    minSize: 1,
    maxSize: 3,
    vpcZoneIdentifiers: [UNKNOWN, UNKNOWN],
    launchTemplate: { id: UNKNOWN, version: "1" },
  },
  from: { vpcZoneIdentifiers: ["a", "b", "c"] },
};
const listener: TestResource = {
  type: "aws:alb/listener:Listener",
  name: "edge-http",
  props: { protocol: "HTTP", port: 80, defaultActions: [{ type: "forward", targetGroupArn: UNKNOWN }] },
};

function subnet(name: string, zone: string): TestResource {
  return { type: "aws:ec2/subnet:Subnet", name, props: { id: UNKNOWN, availabilityZone: zone } };
}

const told = (violations: readonly Violation[]) =>
  violations.map(({ policy, level, message }) => [policy, level, message.split("\n")[1]].join(" | "));

describe("the compiled pack, asked as the engine asks", () => {
  let pack: ChildProcess;
  let analyzer: Analyzer;

  before(async () => {
    compilePack();
    const started = await startPack();
    pack = started.process;
    analyzer = new Analyzer(started.port);
  });

  beforeEach(() => analyzer.configure(settleConfig({}, rules)));

  after(async () => {
    analyzer.close();
    pack.kill();
    await once(pack, "exit");
  });

  it("introduces itself with every rule, and what is not decided last", async () => {
    const info = await analyzer.info();
    const names = info.getPoliciesList().map((policy) => policy.getName());
    assert.equal(info.getName(), "evenkeel-policies");
    assert.deepEqual(names, [...rules.map(({ name }) => name), ...aboutThePack.map(({ name }) => name)]);
  });

  it("offers each parameter with its default, for the engine to check and fill in", async () => {
    const info = await analyzer.info();
    const policy = info.getPoliciesList().find((one) => one.getName() === "listener-tls-minimum");
    assert.deepEqual(policy?.getConfigschema()?.getProperties()?.toJavaScript(), {
      minimum: {
        type: "string",
        description: "Lowest TLS version a listener may accept.",
        default: "1.2",
        enum: ["1.2", "1.3"],
      },
      reason: { type: "string", description: "Why this stack is an exception. Changes nothing." },
    });
  });

  it("reports a violation with the finding, the remedy and the page", async () => {
    assert.deepEqual(await analyzer.resource(listener), [
      {
        policy: "listener-http-redirect",
        level: "mandatory",
        severity: "high",
        urn: "",
        message: [
          "HTTP listeners only redirect to HTTPS",
          'defaultActions[0].type: "forward", must be "redirect"',
          'Fix: Make every default action a redirect with protocol "HTTPS", port "443" and statusCode "HTTP_301".',
          "See evenkeel-policies/docs/listener-http-redirect.md",
        ].join("\n"),
      },
    ]);
  });

  it("gives the reason why a rule does not apply to a resource of its type", async () => {
    const reasons = await analyzer.notApplicable(listener);
    assert.deepEqual(
      reasons.filter((reason) => reason.includes("listener")),
      [
        "listener-tls-minimum: HTTP listener",
        "listener-tls-recommended: HTTP listener",
        "listener-certificate-set: HTTP listener",
        "listener-transport-security-header: HTTP listener",
      ],
    );
  });

  it("takes levels and parameters from the configuration", async () => {
    assert.deepEqual(told(await analyzer.resource(group)), [
      "scaling-min-instances | mandatory | minSize: 1, must be 2 or more",
    ]);
    await analyzer.configure(settleConfig({ "scaling-min-instances": "advisory" }, rules));
    assert.deepEqual(told(await analyzer.resource(group)), [
      "scaling-min-instances | advisory | minSize: 1, must be 2 or more",
    ]);
    await analyzer.configure(settleConfig({ "scaling-min-instances": { minInstances: 1 } }, rules));
    assert.deepEqual(told(await analyzer.resource(group)), []);
  });

  it("refuses a parameter that is none, which the engine lets pass", async () => {
    const properties = { minInstance: 1 };
    await analyzer.configure({
      ...settleConfig({}, rules),
      "scaling-min-instances": { enforcementLevel: "mandatory", properties },
    });
    assert.deepEqual(told(await analyzer.resource(group)), [
      "scaling-min-instances | mandatory | policy configuration, minInstance: is not a parameter; known: minInstances",
      "scaling-min-instances | mandatory | minSize: 1, must be 2 or more",
    ]);
  });

  it("judges a stack by what its unknown values come from", async () => {
    const all = await analyzer.stack([group, subnet("a", "eu-west-1a"), subnet("b", "eu-west-1a")]);
    const violations = all.filter(({ level }) => level === "mandatory");
    assert.deepEqual(
      violations.map(({ policy, urn }) => [policy, urn]),
      [["scaling-multi-zone", urnOf(group)]],
    );
    assert.deepEqual(told(violations), [
      "scaling-multi-zone | mandatory | vpcZoneIdentifiers: all in eu-west-1a, must be in 2 zones or more",
    ]);
  });

  it("says once, for the whole preview, what it could not judge", async () => {
    const waiting = { ...group, name: "api", props: { ...group.props, minSize: UNKNOWN } };
    await analyzer.resource(waiting);
    await analyzer.resource({ ...listener, props: { protocol: UNKNOWN, port: 443 } });
    const zones = [subnet("a", "eu-west-1a"), subnet("b", "eu-west-1a"), subnet("c", "eu-west-1b")];
    const first = await analyzer.stack([waiting, ...zones]);
    assert.deepEqual(told(first.filter(({ policy }) => policy === "not-decided-in-preview")), [
      `not-decided-in-preview | advisory | ${[
        "7 left open: listener-certificate-set: edge-http protocol (not known yet)",
        "listener-http-redirect: edge-http protocol (not known yet)",
        "listener-tls-minimum: edge-http protocol (not known yet)",
        "listener-tls-recommended: edge-http protocol (not known yet)",
        "listener-transport-security-header: edge-http protocol (not known yet)",
        "scaling-min-instances: api minSize (not known yet)",
        "scaling-multi-zone: api vpcZoneIdentifiers (2 of 3 subnets)",
      ].join("; ")}`,
    ]);
  });

  it("forgets what was left open in an earlier run", async () => {
    await analyzer.resource({ ...group, props: { ...group.props, minSize: UNKNOWN } });
    assert.equal((await analyzer.stack([])).length, 1);
    assert.deepEqual(await analyzer.stack([]), []);
  });
});
