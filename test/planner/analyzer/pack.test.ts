import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { utimesSync } from "node:fs";
import { findPack } from "../../../planner/analyzer/pack";
import { type Files, inFolder } from "../support/folder";

const compiled: Files = {
  "policies/PulumiPolicy.yaml": "runtime: nodejs\nversion: 1.2.3\n",
  "policies/package.json": '{ "main": "bin/index.js" }',
  "policies/index.ts": "export {};\n",
  "policies/rules/a.ts": "export const a = 1;\n",
  "policies/bin/index.js": "",
};

function find(files: Files, touched?: string) {
  return inFolder(files, async (folder) => {
    const built = new Date("2026-01-01");
    for (const file of Object.keys(files)) utimesSync(folder.at(file), built, built);
    if (touched) utimesSync(folder.at(touched), new Date("2026-01-02"), new Date("2026-01-02"));
    const { label, version } = await findPack(folder.at("policies"), folder.path);
    return { label, version };
  });
}

async function refused(files: Files, message: string, touched?: string): Promise<void> {
  await assert.rejects(find(files, touched), { name: "Failure", message });
}

describe("a policy pack on disk", () => {
  it("is found with the version its file states", async () => {
    assert.deepEqual(await find(compiled), { label: "policies", version: "1.2.3" });
  });

  it("need not be compiled when it is written in JavaScript", async () => {
    const { "policies/bin/index.js": _, ...source } = compiled;
    const files = { ...source, "policies/package.json": '{ "main": "index.js" }', "policies/index.js": "" };
    assert.deepEqual(await find(files, "policies/rules/a.ts"), { label: "policies", version: "1.2.3" });
  });

  it("is refused when it is not there", () => {
    return refused({ "other/x": "" }, "no policy pack in policies: PulumiPolicy.yaml is missing");
  });

  it("is refused when it is for another language", () => {
    const files = { ...compiled, "policies/PulumiPolicy.yaml": "runtime: { name: python }\n" };
    const message =
      'policies/PulumiPolicy.yaml: plan starts Node.js policy packs; the runtime here is "python"';
    return refused(files, message);
  });

  it("is refused when its package.json cannot be read", () => {
    const message = /^cannot read policies\/package\.json: .*JSON/;
    return assert.rejects(find({ ...compiled, "policies/package.json": "{ 1" }), {
      name: "Failure",
      message,
    });
  });

  it("is refused when it is not compiled", () => {
    const { "policies/bin/index.js": _, ...files } = compiled;
    return refused(files, "the policy pack is not compiled, policies/bin/index.js is missing: npm run build");
  });

  it("is refused when a source is newer than what was compiled", () => {
    const message =
      "the policy pack is out of date, policies/rules/a.ts is newer than policies/bin/index.js: npm run build";
    return refused(compiled, message, "policies/rules/a.ts");
  });

  it("is taken when a source was only touched since it was compiled", async () => {
    const version = createHash("sha256")
      .update(compiled["policies/rules/a.ts"] ?? "")
      .digest("hex");
    const notes = { fileNames: ["../index.ts", "../rules/a.ts"], fileInfos: ["other", { version }] };
    const files = { ...compiled, "policies/bin/.tsbuildinfo": JSON.stringify(notes) };
    assert.deepEqual(await find(files, "policies/rules/a.ts"), { label: "policies", version: "1.2.3" });
    await refused(
      files,
      "the policy pack is out of date, policies/index.ts is newer than policies/bin/index.js: npm run build",
      "policies/index.ts",
    );
  });
});
