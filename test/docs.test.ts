import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { type PrintedPlan, plan, root } from "./stacks/plan";

function text(...steps: string[]): string {
  return readFileSync(path.join(root, ...steps), "utf8");
}

/** What stands in the first fenced block of a kind after a mark. */
function block(page: string, kind: string, mark = ""): string {
  const start = page.indexOf(`\`\`\`${kind}\n`, page.indexOf(mark)) + kind.length + 4;
  return page.slice(start, page.indexOf("```", start));
}

/** Markdown pages of the project, by path from its root. */
function pages(folder = ""): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const at = path.join(folder, entry.name);
    if (entry.isDirectory()) return /^(node_modules|\.git|coverage|bin)$/.test(entry.name) ? [] : pages(at);
    return entry.name.endsWith(".md") ? [at] : [];
  });
}

describe("the README", () => {
  it("shows what plan prints, line by line, with … where it leaves some out", async () => {
    const { stdout } = await plan(["--stack", "production"], { env: { COLUMNS: "100" } });
    const printed = stdout.split("\n");
    let at = 0;
    for (const line of block(text("README.md"), "text", "<!-- plan:").trimEnd().split("\n")) {
      if (line.trim() === "" || line.trim() === "…") continue;
      const found = printed.indexOf(line, at);
      assert.ok(found >= at, `plan does not print this line, or not here: ${line}`);
      at = found + 1;
    }
    assert.ok(at > 0);
  });

  it("shows the program of examples/own-vpc", () => {
    assert.ok(text("examples", "own-vpc", "index.ts").includes(block(text("README.md"), "ts")));
  });
});

describe("the README of the components", () => {
  it("shows the program of examples/whole-service", () => {
    assert.equal(block(text("components", "README.md"), "ts"), text("examples", "whole-service", "index.ts"));
  });
});

describe("the examples", () => {
  // Without alarms and without a web ACL, as short as they can be.
  const advice = ["balancer-web-acl", "required-alarms-present", "scaling-notifications"];
  const advised: { readonly [example: string]: readonly string[] } = {
    "own-vpc": advice,
    "whole-service": [
      ...advice,
      "log-group-encrypted",
      "log-group-retention",
      "subnet-no-auto-address",
    ].sort(),
  };

  for (const example of ["own-vpc", "whole-service"]) {
    it(`are stopped by no policy, and get the advice expected: ${example}`, async () => {
      const cwd = path.join(root, "examples", example);
      const args = ["--stack", "example", "--policy-pack", "../../policies", "--json"];
      const { code, stdout, stderr } = await plan(args, { cwd });
      assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
      const { violations } = JSON.parse(stdout) as PrintedPlan;
      assert.deepEqual(new Set(violations.map(({ level }) => level)), new Set(["advisory"]));
      assert.deepEqual([...new Set(violations.map(({ policy }) => policy))], advised[example]);
    });
  }
});

describe("the links of every page", () => {
  for (const page of pages()) {
    it(`lead somewhere: ${page}`, () => {
      const targets = [...text(page).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(
        ([, target = ""]) => target,
      );
      const local = targets.filter((target) => !/^[a-z]+:/.test(target));
      assert.deepEqual(
        local.filter((target) => !existsSync(path.resolve(root, path.dirname(page), target))),
        [],
      );
    });
  }
});
