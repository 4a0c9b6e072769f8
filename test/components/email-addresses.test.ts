import assert from "node:assert/strict";
import { addressSlug, checkAddresses } from "../../components/lib/email-addresses";
import { Problems } from "../../components/lib/problems";

function problemsOf(...emails: string[]): string[] {
  const problems = new Problems();
  checkAddresses(emails, "emails", problems);
  return problems.found.map(({ path, reason }) => `${path}: ${reason}`);
}

describe("email addresses", () => {
  it("are taken as people write them", () => {
    assert.deepEqual(
      problemsOf("ops@example.com", "On.Call+web@mail.example.co.uk", "o'brien@example.org"),
      [],
    );
  });

  for (const email of [
    "",
    "ops",
    "ops@",
    "@example.com",
    "ops@example",
    "a b@example.com",
    "a@b@c.com",
    "a@b..c",
  ]) {
    it(`are refused when they are none: "${email}"`, () => {
      assert.deepEqual(problemsOf(email), [`emails[0]: must be an email address, got "${email}"`]);
    });
  }

  it("are refused when they come twice, in whatever case", () => {
    assert.deepEqual(problemsOf("ops@example.com", "Ops@Example.com"), [
      'emails[1]: must be named once, got "Ops@Example.com" again',
    ]);
  });

  it("become names that stay apart where the characters that names allow are the same", () => {
    assert.equal(addressSlug("ops@example.com"), "ops-example-com-3e95443");
    assert.equal(addressSlug("OPS@example.com"), "ops-example-com-3e95443");
    assert.equal(addressSlug("o.ps@example.com"), "o-ps-example-com-9e048c1");
    assert.equal(addressSlug("o+ps@example.com"), "o-ps-example-com-845ba78");
  });
});
