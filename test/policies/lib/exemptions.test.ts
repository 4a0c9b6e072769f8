import * as assert from "node:assert/strict";
import { type Exemption, Exemptions } from "../../../policies/lib/exemptions";
import type { Rule } from "../../../policies/lib/rule";

const rule = (name: string, severity: Rule["severity"] = "high"): Rule => ({
  name,
  title: "Things are good",
  description: "Bad things are bad.",
  severity,
  level: "mandatory",
  types: ["test:thing"],
  frameworks: {},
  remediation: "Do better.",
  url: "https://docs.aws.amazon.com/",
  scenarios: [],
});
const ports = rule("open-ports");
const admin = rule("open-admin", "critical");
const today = new Date("2026-11-21T23:59:00Z");

const bastion: Exemption = {
  rule: "open-ports",
  resource: "bastion-*",
  reason: "A vendor dials in from anywhere",
  owner: "network team",
  expires: "2026-11-30",
};
const named = (name: string) => ({
  urn: `urn:pulumi:prod::shop::aws:ec2/securityGroup:SecurityGroup::${name}`,
  name,
});

function exemptions(...given: readonly Partial<Exemption>[]): Exemptions {
  return new Exemptions(
    given.map((one) => ({ ...bastion, ...one })),
    [ports, admin],
    today,
  );
}

describe("an exemption", () => {
  it("covers the resources its pattern matches, and no others", () => {
    const one = exemptions({});
    const covered = ["bastion-sg", "bastion-", "the-bastion-sg", "web-sg"].filter(
      (name) => one.covering(ports, named(name)) !== undefined,
    );
    assert.deepEqual(covered, ["bastion-sg", "bastion-"]);
  });

  it("names one resource by its URN, whatever others are called", () => {
    const one = exemptions({ resource: named("bastion-sg").urn });
    assert.ok(one.covering(ports, named("bastion-sg")));
    assert.equal(
      one.covering(ports, { urn: "urn:pulumi:test::shop::x::bastion-sg", name: "bastion-sg" }),
      undefined,
    );
  });

  it("takes a name literally but for its wildcards", () => {
    const one = exemptions({ resource: "web.s?" });
    assert.ok(one.covering(ports, named("web.sg")));
    assert.equal(one.covering(ports, named("webxsg")), undefined);
  });

  it("says until when, who answers for it, and why", () => {
    assert.equal(
      exemptions({}).covering(ports, named("bastion-sg")),
      "exempted until 2026-11-30 (10 days left), network team: A vendor dials in from anywhere",
    );
  });

  it("covers one rule only", () => {
    assert.equal(exemptions({}).covering(rule("other"), named("bastion-sg")), undefined);
  });

  it("holds on its last day, and not on the day after", () => {
    assert.match(
      exemptions({ expires: "2026-11-21" }).covering(ports, named("bastion-sg")) ?? "",
      /\(1 day left\)/,
    );
    assert.equal(exemptions({ expires: "2026-11-20" }).covering(ports, named("bastion-sg")), undefined);
  });

  it("never covers a critical rule", () => {
    assert.equal(exemptions({ rule: "open-admin" }).covering(admin, named("bastion-sg")), undefined);
  });
});

describe("the exemptions of a stack", () => {
  const stack = [named("bastion-sg"), named("web-sg")];

  it("are told in one line each once they were needed", () => {
    const all = exemptions({}, { resource: "web-sg" });
    for (const name of ["bastion-b", "bastion-a"]) all.covering(ports, named(name));
    assert.deepEqual(all.honoured(), [
      "open-ports on bastion-a, bastion-b, until 2026-11-30 (10 days left), network team: A vendor dials in from anywhere",
    ]);
  });

  it("are faults where they do nothing, or must not", () => {
    const all = exemptions(
      { rule: "open-port" },
      { rule: "open-admin" },
      { expires: "2026-10-31" },
      { resource: "db-*" },
      { resource: "web-sg" },
    );
    assert.deepEqual(all.faults(stack), [
      "exemptions[0]: open-port is not a rule, did you mean open-ports?",
      "exemptions[1]: open-admin is critical and cannot be exempted",
      "exemptions[2]: the exemption from open-ports expired on 2026-10-31",
      "exemptions[3]: db-* matches no resource of the stack",
      "exemptions[4]: open-ports finds nothing on web-sg, the exemption is not needed",
    ]);
  });

  it("are no faults while they are used, or may be", () => {
    const all = exemptions({}, { resource: "web-sg" });
    all.covering(ports, named("bastion-sg"));
    all.waiting("open-ports", named("web-sg"));
    assert.deepEqual(all.faults(stack), []);
  });

  it("are used anew in every run", () => {
    const all = exemptions({});
    all.covering(ports, named("bastion-sg"));
    all.forget();
    assert.deepEqual([all.honoured(), all.faults(stack).length], [[], 1]);
  });

  it("keep messages to one plain line, whatever somebody wrote", () => {
    const all = exemptions({ reason: `line\nbreak \u001b[31m ${"x".repeat(500)}` });
    all.covering(ports, named("bastion-sg"));
    const [line = ""] = all.honoured();
    assert.match(line, /^[\x20-\x7e]{1,350}$/);
  });
});
