import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import path from "node:path";
import { type Files, type Folder, inFolder } from "./support/folder";
import { assertRefused, bucket, packFiles, plan, planIn, projectFiles } from "./support/project";

const modules = path.join(__dirname, "../../node_modules");

/** Notes what Node.js loads, from before anything of the pack is. */
const spy = `const Module = require("node:module");
const compile = Module.prototype._compile;
globalThis.loaded = [];
Module.prototype._compile = function (code, file, ...more) {
  globalThis.loaded.push(file);
  return compile.call(this, code, file, ...more);
};
`;

/** A policy that tells what was loaded when it ran. */
function telling(before = ""): string {
  return `{ name: "tells", description: "d", enforcementLevel: "advisory", validateStack: async (args, report) => {
    ${before}
    report(JSON.stringify((globalThis as { loaded?: string[] }).loaded));
  } }`;
}

function inJavaScript(policies: string): Files {
  return packFiles(policies.replaceAll(/ as \{[^}]*\}/g, ""));
}

/** A pack without `main`, which is what makes Node.js look for an index. */
function inTypeScript(policies: string): Files {
  return sources({
    "policies/index.ts": `import { PolicyPack } from "@pulumi/policy";
const version: string = "1.2.3";
new PolicyPack("stub", { policies: [${policies}] });
`,
  });
}

function sources(files: Files): Files {
  const { "policies/index.js": _, ...others } = packFiles();
  return { ...others, "policies/package.json": '{ "name": "stub", "version": "1.2.3" }', ...files };
}

/** A project whose pack is nothing but these files. */
function projectWith(pack: Files): Files {
  const { "policies/index.js": _, ...others } = projectFiles(bucket);
  return { ...others, ...pack };
}

/** What takes long to load and is rarely needed: the compiler, what has it compile, and the debugger. */
const slow = [
  "typescript/lib/typescript.js",
  "ts-node/dist/index.js",
  "@pulumi/pulumi/runtime/closure/v8Hooks.js",
];

/** The folders of packages from which a pack loaded files. */
async function loadedFor(
  pack: Files,
  prepare: (folder: Folder) => void = () => undefined,
): Promise<{ readonly slow: string[]; readonly sdks: string[] }> {
  return inFolder({ ...projectWith(pack), "spy.js": spy }, async (folder) => {
    prepare(folder);
    const env = { NODE_OPTIONS: `--require ${folder.at("spy.js")}` };
    const { code, stdout, stderr } = await planIn(folder, ["--json"], env);
    assert.deepEqual([code, stderr], [0, ""]);
    const files: string[] = JSON.parse(JSON.parse(stdout).violations[0].message);
    const shown = files.map((file) =>
      file.replace(`${folder.path}/policies/node_modules/`, "own ").replace(`${modules}/`, ""),
    );
    const isSlow = (file: string) => slow.some((one) => file === one || file === `own ${one}`);
    const sdks = shown.filter((file) => file.endsWith("@pulumi/pulumi/index.js"));
    return { slow: shown.filter(isSlow), sdks };
  });
}

/** Gives a pack an SDK and a compiler of its own. */
function copyPackages(folder: Folder): void {
  const isNeeded = (file: string) =>
    !/\/pulumi\/vendor\/|\/typescript\/lib\/(?!typescript\.js$|lib\..*\.d\.ts$)./.test(file);
  for (const name of ["@pulumi/pulumi", "@pulumi/policy", "typescript"]) {
    const copy = folder.at(`policies/node_modules/${name}`);
    cpSync(path.join(modules, name), copy, { recursive: true, filter: isNeeded });
  }
}

describe("a compiled policy pack", () => {
  it("starts without compiler and debugger", async () => {
    const loaded = await loadedFor(inJavaScript(telling()));
    assert.deepEqual(loaded, { slow: [], sdks: ["@pulumi/pulumi/index.js"] });
  });

  it("has them when it serializes a function", async () => {
    const serializing = `const { runtime } = require("@pulumi/pulumi");
      const { text } = await runtime.serializeFunction(() => "answer " + 42);
      if (!text.includes("answer")) report(text);`;
    const { slow } = await loadedFor(inJavaScript(telling(serializing)));
    assert.deepEqual(slow.sort(), [
      "@pulumi/pulumi/runtime/closure/v8Hooks.js",
      "typescript/lib/typescript.js",
    ]);
  });

  it("starts without them on an SDK of its own", async () => {
    const loaded = await loadedFor(inJavaScript(telling()), copyPackages);
    assert.deepEqual(loaded, { slow: [], sdks: ["own @pulumi/pulumi/index.js"] });
  });
});

describe("a policy pack in TypeScript", () => {
  it("is compiled, started and asked, without the debugger", async () => {
    const loaded = await loadedFor(inTypeScript(telling()));
    assert.deepEqual(loaded, {
      slow: ["ts-node/dist/index.js", "typescript/lib/typescript.js"],
      sdks: ["@pulumi/pulumi/index.js"],
    });
  });

  it("is compiled by a compiler of its own", async () => {
    const loaded = await loadedFor(inTypeScript(telling()), copyPackages);
    assert.deepEqual(loaded, {
      slow: ["ts-node/dist/index.js", "own typescript/lib/typescript.js"],
      sdks: ["own @pulumi/pulumi/index.js"],
    });
  });

  const wrong = 'const size: number = "large";\n';
  const packs: readonly [what: string, pack: Files, file: string, line?: number][] = [
    ["in its index", { "policies/index.ts": wrong }, "index.ts"],
    [
      "in another file",
      { "policies/index.ts": 'import "./rules/one";\n', "policies/rules/one.ts": `export {};\n${wrong}` },
      "rules/one.ts",
      2,
    ],
    [
      "in a file that JavaScript loads",
      { "policies/index.js": 'require("./rules/one");\n', "policies/rules/one.ts": wrong },
      "rules/one.ts",
    ],
    [
      "in a file with another ending",
      {
        "policies/package.json": '{ "name": "stub", "version": "1.2.3", "main": "index.cts" }',
        "policies/index.cts": wrong,
      },
      "index.cts",
    ],
  ];
  for (const [what, pack, file, line = 1] of packs) {
    it(`is refused with a type error ${what}`, async () => {
      const problem = `${file}(${line},7): error TS2322: Type 'string' is not assignable to type 'number'.`;
      assertRefused(
        await plan(projectWith(sources(pack))),
        `the policy pack in policies did not start: it ended with code 32\n  TSError: ⨯ Unable to compile TypeScript:\n  ${problem}`,
      );
    });
  }

  it("is refused with an error in its JavaScript, when the tsconfig gives that to the compiler", async () => {
    const pack = sources({
      "policies/tsconfig.json": '{ "compilerOptions": { "allowJs": true, "checkJs": true } }',
      "policies/index.js": '/** @type {number} */\nconst size = "large";\n',
    });
    assertRefused(
      await plan(projectWith(pack)),
      "the policy pack in policies did not start: it ended with code 32\n  TSError: ⨯ Unable to compile TypeScript:\n  index.js(2,7): error TS2322: Type 'string' is not assignable to type 'number'.",
    );
  });
});
