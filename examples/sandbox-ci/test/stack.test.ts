import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";

/** Runs a command in the sandbox, on the stack `ci`; the result is what it prints. */
function sandbox(...command: string[]): string {
  const { status, stdout, stderr } = spawnSync("npx", ["evenkeel-sandbox", ...command], {
    encoding: "utf8",
    env: { ...process.env, PULUMI_STACK: "ci" },
    maxBuffer: 64 * 1024 * 1024,
  });
  assert.equal(status, 0, `evenkeel-sandbox ${command.join(" ")}\n${stdout}${stderr}`);
  return stdout;
}

/** A preview as `--json` prints it, as far as it is looked at here. */
interface Preview {
  readonly steps: readonly { readonly op: string; readonly urn: string }[];
}

/** What the next `up` would do, as `update shop-group-asg`. */
function changes(): string[] {
  const { steps } = JSON.parse(sandbox("preview", "--json")) as Preview;
  return steps
    .filter(({ op, urn }) => op !== "same" && urn.includes("aws:"))
    .map(({ op, urn }) => `${op} ${urn.split("::").at(-1)}`)
    .sort();
}

/** What an edit of the config changes in AWS. A replacement that nobody expects fails here, not in production. */
const edits = [
  { key: "shop:maxSize", value: "16", changes: ["update shop-group-asg"] },
  {
    key: "shop:imageId",
    value: "ami-0fedcba9876543210",
    changes: ["update shop-group-asg", "update shop-group-template"],
  },
];

describe("the stack", () => {
  before(() => rmSync(".sandbox", { recursive: true, force: true }));

  it("is made, with every policy in force, and then is as the program says", () => {
    sandbox("up", "--yes", "--skip-preview");
    sandbox("up", "--yes", "--skip-preview", "--expect-no-changes");
  });

  for (const { key, value, changes: expected } of edits) {
    it(`takes ${key} ${value} without replacing anything else`, () => {
      sandbox("config", "set", key, value);
      assert.deepEqual(changes(), expected);
      sandbox("up", "--yes", "--skip-preview");
    });
  }

  it("puts right what somebody changed by hand", () => {
    sandbox("drift", "set", "edge-https", "sslPolicy=ELBSecurityPolicy-2016-08");
    sandbox("refresh", "--yes", "--skip-preview");
    assert.deepEqual(changes(), ["update edge-https"]);
    sandbox("up", "--yes", "--skip-preview");
  });

  it("goes on where a deployment broke off", () => {
    sandbox("drift", "delete", "shop-rule-100");
    sandbox("refresh", "--yes", "--skip-preview");
    sandbox("fault", "fail", "--type", "lb.ListenerRule");
    assert.throws(() => sandbox("up", "--yes", "--skip-preview"), /InternalFailure/);
    assert.deepEqual(changes(), ["create shop-rule-100"]);
    sandbox("up", "--yes", "--skip-preview");
  });

  it("leaves nothing behind", () => {
    sandbox("destroy", "--yes", "--skip-preview");
    assert.deepEqual(JSON.parse(sandbox("world", "--json")), []);
  });
});
