import assert from "node:assert/strict";
import { checkKeys, checkName, checkNamePrefix, roleNameLength } from "../../components/lib/child-names";
import { Problems } from "../../components/lib/problems";

function faults(check: (problems: Problems) => void): string[] {
  const problems = new Problems();
  check(problems);
  return problems.found.map(({ path, reason }) => `${path}: ${reason}`);
}

describe("the name of a component", () => {
  it("may be as long as its tightest child allows, with Pulumi's suffix", () => {
    const name = "n".repeat(51);
    assert.equal(`${name}-role-1234567`.length, roleNameLength);
    assert.deepEqual(
      faults((problems) => checkName(name, "-role", roleNameLength, problems)),
      [],
    );
  });

  it("may not be longer", () => {
    assert.deepEqual(
      faults((problems) => checkName("n".repeat(52), "-role", roleNameLength, problems)),
      [`name: must have 51 characters or fewer to leave room for "-role", got 52`],
    );
  });

  for (const name of ["", "1web", "-web", "web_app", "web app", "wéb"]) {
    it(`may not be ${JSON.stringify(name)}`, () => {
      assert.deepEqual(
        faults((problems) => checkName(name, "-role", roleNameLength, problems)),
        [`name: must be letters, digits and hyphens, beginning with a letter, got ${JSON.stringify(name)}`],
      );
    });
  }
});

describe("the keys of a map", () => {
  it("become parts of names, so each is held to the same rule", () => {
    assert.deepEqual(
      faults((problems) => checkKeys({ main: 1, "api-v2": 1, "a b": 1, "2nd": 1 }, "endpoints", problems)),
      [
        `endpoints.a b: key must be letters, digits and hyphens, beginning with a letter, got "a b"`,
        `endpoints.2nd: key must be letters, digits and hyphens, beginning with a letter, got "2nd"`,
      ],
    );
  });
});

describe("a name prefix", () => {
  it("may be left out", () => {
    assert.deepEqual(
      faults((problems) => checkNamePrefix(undefined, 32, problems)),
      [],
    );
  });

  it("is held to the rule of names and to its own length", () => {
    assert.deepEqual(
      faults((problems) => checkNamePrefix(`_${"p".repeat(32)}`, 32, problems)),
      [
        `namePrefix: must be letters, digits and hyphens, beginning with a letter, got "_${"p".repeat(32)}"`,
        "namePrefix: must have 32 characters or fewer, got 33",
      ],
    );
  });
});
