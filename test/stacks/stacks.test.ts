import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { inFolder } from "../planner/support/folder";
import { type PrintedPlan, plan, type Run, root } from "./plan";

interface Sizing {
  readonly [service: string]: {
    readonly min: number;
    readonly max: number;
    readonly desired: number;
    readonly cpu: number;
    readonly memory: number;
  };
}

// The environment matrix; `search` in production has its own range.
const sizings: { readonly [stack: string]: Sizing } = {
  production: {
    web: { min: 3, max: 20, desired: 3, cpu: 70, memory: 80 },
    search: { min: 2, max: 15, desired: 3, cpu: 70, memory: 80 },
  },
  staging: { web: { min: 2, max: 10, desired: 2, cpu: 75, memory: 85 } },
  development: { web: { min: 1, max: 3, desired: 1, cpu: 80, memory: 90 } },
};

// Development has no web ACL, and is told so.
const advice: { readonly [stack: string]: readonly (readonly string[])[] } = {
  production: [],
  staging: [],
  development: [["balancer-web-acl", "advisory", "edge-lb"]],
};

// What a first preview leaves open. Which subnets a list holds is unknown before the first deployment, only which it may
// hold. Three of six subnets in three zones are in two zones or more; two of four in two zones need not be.
const undecided: { readonly [stack: string]: readonly string[] } = {
  production: [],
  staging: [],
  development: [
    "balancer-multi-zone: edge-lb subnets",
    "scaling-multi-zone: web-group-asg vpcZoneIdentifiers",
  ],
};

function sizingOf({ resources }: PrintedPlan): Sizing {
  const inputs = (name: string) => resources.find((resource) => resource.name === name)?.inputs ?? {};
  const target = (name: string) =>
    (inputs(name).targetTrackingConfiguration as { targetValue: number } | undefined)?.targetValue ??
    Number.NaN;
  const services = resources.filter(({ type }) => type === "evenkeel:index:Service").map(({ name }) => name);
  return Object.fromEntries(
    services.map((name) => {
      const { minSize, maxSize, desiredCapacity } = inputs(`${name}-group-asg`);
      const sizes = { min: minSize, max: maxSize, desired: desiredCapacity } as Sizing[string];
      return [name, { ...sizes, cpu: target(`${name}-group-cpu`), memory: target(`${name}-group-memory`) }];
    }),
  );
}

for (const [stack, sizing] of Object.entries(sizings)) {
  describe(`the ${stack} stack`, () => {
    let run: Run;
    let printed: PrintedPlan;

    before(async () => {
      run = await plan(["--stack", stack, "--json"]);
      printed = JSON.parse(run.stdout) as PrintedPlan;
    });

    it("is allowed: no mandatory policy is violated, and no advice given but for want of a web ACL in development", () => {
      const { violations, summary } = printed;
      assert.deepEqual(
        { code: run.code, stderr: run.stderr, allowed: summary.allowed },
        { code: 0, stderr: "", allowed: true },
      );
      assert.deepEqual(
        violations.map(({ policy, level, urn }) => [policy, level, urn.split("::").pop()]),
        advice[stack],
      );
    });

    it("says what could not be judged yet", () => {
      const [line, ...more] = printed.undecided;
      const items = line === undefined ? [] : line.replace(/^\d+ left open: /, "").split("; ");
      assert.deepEqual([items.map((item) => item.replace(/ \(.*\)$/, "")), more], [undecided[stack], []]);
    });

    it("has the sizes of the environment matrix", () => {
      assert.deepEqual(sizingOf(printed), sizing);
    });
  });
}

describe("a stack without a region", () => {
  it("is refused, as in a real run", async () => {
    const file = readFileSync(path.join(root, "Pulumi.production.yaml"), "utf8");
    const files = { "Pulumi.nowhere.yaml": file.replace(/^ +aws:region: .*\n/m, "") };
    const { code, stdout, stderr } = await inFolder(files, (folder) =>
      plan(["--stack", "production", "--config", folder.at("Pulumi.nowhere.yaml")]),
    );
    const message =
      'invalid configuration of stack production\n  aws:region: not set, must be an AWS region such as "us-east-1"';
    assert.deepEqual({ code, stdout, stderr }, { code: 2, stdout: "", stderr: `error: ${message}\n` });
  });
});

describe("the production stack, where nothing may be left undecided", () => {
  it("is allowed in its first preview", async () => {
    const own = "  evenkeel-policies:environment: production\n";
    const [before = "", after] = readFileSync(path.join(root, "Pulumi.production.yaml"), "utf8").split(own);
    assert.ok(after);
    const strict = `${before}${own}  evenkeel-policies:strict: true\n${after}`;
    await inFolder({ "Pulumi.production.yaml": strict }, async (folder) => {
      const config = folder.at("Pulumi.production.yaml");
      const { code, stdout } = await plan(["--stack", "production", "--config", config, "--json"]);
      const { violations } = JSON.parse(stdout) as PrintedPlan;
      assert.deepEqual([code, violations.map(({ policy }) => policy)], [0, []]);
    });
  });
});
