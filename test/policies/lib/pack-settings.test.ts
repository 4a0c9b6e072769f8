import * as assert from "node:assert/strict";
import { readPackSettings } from "../../../policies/lib/pack-settings";

const exemption = {
  rule: "ingress-open-ports-allowed",
  resource: "bastion-*",
  reason: "A vendor dials in from anywhere",
  owner: "network team",
  expires: "2027-03-31",
};

function read(values: { readonly [key: string]: unknown }) {
  const text = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
  const config = { get: (key: string) => (key in values ? text(values[key]) : undefined) };
  return readPackSettings(
    config,
    Object.keys(values).map((key) => `evenkeel-policies:${key}`),
  );
}

/** The lines of the one error, without its title. */
function faults(values: { readonly [key: string]: unknown }): readonly string[] {
  try {
    read(values);
  } catch (error) {
    const [title, ...lines] = (error as Error).message.split("\n");
    assert.equal(title, "invalid settings of the policy pack");
    return lines.map((line) => line.replace("  evenkeel-policies:", ""));
  }
  return [];
}

describe("what a stack says to the pack", () => {
  it("may be nothing", () => {
    assert.deepEqual(read({}), { strict: false, exemptions: [], pages: "evenkeel-policies/docs" });
  });

  it("is its environment, how strict to be, what it is allowed, and where the pages are", () => {
    const said = {
      environment: "production",
      strict: true,
      exemptions: [exemption],
      pages: "https://docs.example.com/rules/",
    };
    assert.deepEqual(read(said), {
      environment: "production",
      strict: true,
      exemptions: [exemption],
      pages: "https://docs.example.com/rules",
    });
  });

  it("leaves the keys of others alone", () => {
    assert.doesNotThrow(() =>
      readPackSettings({ get: () => undefined }, ["aws:region", "evenkeel:environment"]),
    );
  });

  it("is refused with every key, what is allowed, and what was found", () => {
    assert.deepEqual(faults({ enviroment: "x", environment: "prod", strict: "yes", exemptions: "none" }), [
      "enviroment: is not a setting; known: environment, strict, exemptions, pages",
      'environment: must be one of "production", "staging", "development", got "prod"',
      'strict: must be one of "true", "false", got "yes"',
      'exemptions: must be a list, got "none"',
    ]);
  });

  it("has exemptions with a rule, a resource, a reason, an owner and a last day", () => {
    assert.deepEqual(faults({ exemptions: ["all", { reason: "ok", expires: "2027-02-30", until: 1 }] }), [
      'exemptions[0]: must be an object with rule, resource, reason, owner, expires, got "all"',
      "exemptions[1].until: is not known; an exemption has rule, resource, reason, owner, expires",
      "exemptions[1].rule: must be the name of a rule, got nothing",
      'exemptions[1].resource: must be a resource\'s logical name or URN, with * for any characters, such as "bastion-*", got nothing',
      'exemptions[1].reason: must say why, in three words or more, got "ok"',
      "exemptions[1].owner: must be who answers for it, got nothing",
      'exemptions[1].expires: must be the last day it holds, such as "2027-03-31", got "2027-02-30"',
    ]);
  });

  it("takes a last day without quotes, which the CLI hands over as a point in time", () => {
    for (const expires of ["2027-03-31 00:00:00 +0000 UTC", "2027-03-31T00:00:00Z", "2027-03-31"]) {
      assert.equal(read({ exemptions: [{ ...exemption, expires }] }).exemptions[0]?.expires, "2027-03-31");
    }
  });

  it("takes no empty words for a reason", () => {
    const reasons = ["", "   ", "because", "needed for now", "xxxxxxxxxxxxxxxxxxxxxxx"];
    const refused = reasons.filter((reason) => faults({ exemptions: [{ ...exemption, reason }] }).length > 0);
    assert.deepEqual(refused, ["", "   ", "because", "needed for now", "xxxxxxxxxxxxxxxxxxxxxxx"]);
  });
});
