import assert from "node:assert/strict";
import path from "node:path";
import { refusedStacks, refusing } from "./broken-stacks";
import { type PrintedPlan, plan, root } from "./plan";

const cwd = path.join(__dirname, "broken");

function planBroken(broken: string, args: readonly string[] = []) {
  const from = (...steps: string[]) => path.join(root, ...steps);
  const files = ["--config", from("Pulumi.production.yaml"), "--policy-pack", from("policies")];
  return plan(["--stack", "production", ...files, ...args], { cwd, env: { BREAK: broken } });
}

async function violations(broken: string, policyConfig: string) {
  const { code, stdout, stderr } = await planBroken(broken, ["--json", "--policy-config", policyConfig]);
  assert.equal(stderr, "");
  const found = (JSON.parse(stdout) as PrintedPlan).violations;
  return {
    code,
    // Advice that the shipped stack gets anyway is no matter here; what was broken is told whatever its level.
    found: found
      .filter(({ policy, level }) => level === "mandatory" || policy === broken)
      .map(({ policy, level, urn }) => ({ policy, level, name: urn.split("::").pop() })),
  };
}

const production = path.join(root, "policies", "config", "production.json");

describe("a stack with one thing broken", () => {
  for (const [policy, name] of Object.entries(refusedStacks)) {
    it(`is refused by ${refusing(policy).join(" and ")}, and by no other policy`, async () => {
      assert.deepEqual(await violations(policy, production), {
        code: 1,
        found: refusing(policy).map((each) => ({ policy: each, level: "mandatory", name })),
      });
    });
  }

  it("is told of target-drain-time, which is advice, and allowed", async () => {
    const found = [{ policy: "target-drain-time", level: "advisory", name: "web-targets-api" }];
    assert.deepEqual(await violations("target-drain-time", production), { code: 0, found });
  });

  it("is refused by target-drain-time where the policy config makes it mandatory", async () => {
    const strict = path.join(__dirname, "broken", "strict.json");
    const found = [{ policy: "target-drain-time", level: "mandatory", name: "web-targets-api" }];
    assert.deepEqual(await violations("target-drain-time", strict), { code: 1, found });
  });

  // AWS refuses such a listener itself, and so does the model, before a policy is asked.
  it("is refused without a certificate", async () => {
    assert.deepEqual(await planBroken("listener-certificate-set"), {
      code: 2,
      stdout: "",
      stderr:
        "error: aws:lb/listener:Listener resource 'edge-https' has a problem: ValidationError: A certificate must be " +
        "specified for HTTPS listeners. Examine values at 'edge-https.certificateArn'.\n",
    });
  });
});
