import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { policyFor, type TlsIntent } from "../components/lib/tls-intent";
import { WorldFile } from "../sandbox/account/world-file";
import { Arguments } from "../sandbox/cli/arguments";
import { isTooOld } from "../sandbox/cli/executable";
import { kindOf } from "../sandbox/cli/kinds";
import { main } from "../sandbox/cli/main";
import { ownCommands } from "../sandbox/cli/own-commands";
import { unknownType } from "../sandbox/model/check-shape";
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
    assertPrinted(block(text("README.md"), "text", "<!-- plan:"), stdout);
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

/** Fails unless every line of a capture was printed, in its order; `…` stands for what is left out. */
function assertPrinted(capture: string, output: string): void {
  const printed = output.split("\n");
  let at = 0;
  for (const line of capture.trimEnd().split("\n")) {
    if (line.trim() === "" || line.trim() === "…") continue;
    const form = new RegExp(`^${line.split("…").map(escaped).join(".*")}$`);
    const found = printed.findIndex((each, index) => index >= at && form.test(each));
    assert.ok(found >= 0, `it is not printed, or not here: ${line}`);
    at = found + 1;
  }
  assert.ok(at > 0);
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Words as a shell takes them. */
function words(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, ...forms]) => forms.find(Boolean) ?? "");
}

describe("the page of the sandbox", () => {
  const page = text("docs", "sandbox.md");
  let project: string;

  beforeEach(() => {
    project = realpathSync(mkdtempSync(path.join(tmpdir(), "evenkeel-docs-")));
    writeFileSync(path.join(project, "Pulumi.yaml"), "name: shop\nruntime: nodejs\n");
    writeFileSync(path.join(project, "Pulumi.staging.yaml"), "config:\n  aws:region: us-east-1\n");
  });

  afterEach(() => rmSync(project, { recursive: true }));

  async function sandbox(...argv: readonly string[]) {
    let [stdout, stderr] = ["", ""];
    const code = await main(argv, {
      cwd: project,
      env: { PATH: path.join(project, "bin") },
      stdout: { write: (more) => (stdout += more) },
      stderr: { write: (more) => (stderr += more) },
    });
    return { code, stdout, stderr };
  }

  /** A stand-in for the CLI, new enough. */
  function installCli(): void {
    mkdirSync(path.join(project, "bin"));
    writeFileSync(path.join(project, "bin", "pulumi"), "#!/bin/sh\necho v3.270.0\n", { mode: 0o755 });
  }

  const shown = [...page.matchAll(/^<!-- sandbox: (.*) -->$/gm)].map(([mark, line = ""]) => ({ mark, line }));
  for (const { mark, line } of shown.filter((each) => each.line !== "locked")) {
    it(`shows what is printed: ${line}`, async () => {
      const { code, stdout, stderr } = await sandbox(...words(line));
      assert.deepEqual([code, stderr], [0, ""]);
      assertPrinted(block(page, "text", mark), stdout);
    });
  }

  it("shows who has the account, with the exit codes it says", async () => {
    installCli();
    mkdirSync(path.join(project, ".sandbox"));
    const account = WorldFile.open(path.join(project, ".sandbox", "world.json"), { purpose: "pulumi up" });
    try {
      const capture = block(page, "text", "<!-- sandbox: locked -->").replace("4711", String(process.pid));
      const engine = await sandbox("--no-policies", "preview");
      const own = await sandbox("quota", "reset");
      assertPrinted(capture, engine.stderr);
      assertPrinted(capture, own.stderr);
      assert.deepEqual([engine.code, own.code], [2, 1]);
    } finally {
      await account.close();
    }
  });

  const own = Object.keys(ownCommands).join("|");
  const lines = [
    ...[...page.matchAll(new RegExp(`npm run sandbox -- ((?:${own})\\b[^\`\\n]*)`, "g"))],
    ...[...page.matchAll(new RegExp(`\`((?:${own}) [^\`\\n]*)\``, "g"))],
  ].map(([, line = ""]) => line);

  for (const line of new Set(lines)) {
    it(`names what there is: ${line}`, async () => {
      const [command = "", verb = "", ...rest] = words(line);
      const { stdout: help } = await sandbox(command, "--help");
      const named = verb.startsWith("--") ? [] : [`\n  ${command} ${verb}`];
      const options = [verb, ...rest].filter((word) => word.startsWith("--") && word !== "--help");
      assert.deepEqual(
        [...named, ...options].filter((word) => !help.includes(word)),
        [],
      );
    });
  }

  it("names every subcommand, and every option of the sandbox's own", async () => {
    for (const command of Object.keys(ownCommands)) {
      const { stdout: help } = await sandbox(command, "--help");
      const verbs = [...help.matchAll(new RegExp(`^ {2}(${command} [a-z][a-z-]*)`, "gm"))].map(
        ([, verb = ""]) => verb,
      );
      assert.deepEqual(
        verbs.filter((verb) => !page.includes(verb)),
        [],
      );
    }
    const { stdout: usage } = await sandbox("--help");
    const options = [...usage.matchAll(/^ {2}(?:-h, )?(--[a-z-]+)/gm)].map(([, option = ""]) => option);
    assert.deepEqual(options, ["--no-policies", "--realtime", "--help"]);
    for (const option of options) assert.match(page, new RegExp(`^\\| \`${option}\` `, "m"));
  });

  it("names the commands that are refused, and the oldest CLI", () => {
    const [, list = ""] = /^- (.*) are refused\.$/m.exec(page) ?? [];
    const refused = [...list.matchAll(/`([^`]+)`/g)].map(([, command = ""]) => command);
    assert.equal(refused.length, 5);
    for (const command of refused) {
      assert.throws(() => kindOf(new Arguments(command.split(" "))), /is not for the sandbox/);
    }
    const oldest = new Set([...page.matchAll(/\b3\.(\d+) or newer/g)].map(([, minor]) => Number(minor)));
    assert.equal(oldest.size, 1);
    const [minor = 0] = oldest;
    assert.deepEqual([isTooOld(`v3.${minor - 1}.9`), isTooOld(`v3.${minor}.0`)], [true, false]);
  });

  it("says what is said of a type nobody has modelled", () => {
    assert.ok(page.includes(unknownType("aws:sqs/queue:Queue")));
  });
});

describe("the page about TLS", () => {
  it("names the policy for each intent", () => {
    const cells = [...text("docs", "tls.md").matchAll(/^\| (1\.[23]) .*$/gm)].map(([row]) =>
      row.split("|").map((cell) => cell.trim()),
    );
    assert.equal(cells.length, 12);
    for (const [, minimumVersion, forwardSecrecy, postQuantum, fips, policy = ""] of cells) {
      const intent = { minimumVersion, forwardSecrecy, postQuantum, fips } as TlsIntent;
      assert.equal(policyFor(intent), `ELBSecurityPolicy-${/`(.*)`/.exec(policy)?.[1]}`);
    }
  });
});

describe("the examples", () => {
  // Without alarms and without a web ACL, as short as they can be.
  const advice = ["balancer-web-acl", "required-alarms-present", "scaling-notifications"];
  const withNetwork = [
    ...advice,
    "log-group-encrypted",
    "log-group-retention",
    "subnet-no-auto-address",
  ].sort();
  const advised: { readonly [example: string]: readonly string[] } = {
    "own-vpc": advice,
    routing: advice,
    "behind-a-cdn": [
      "log-group-encrypted",
      "log-group-retention",
      "required-alarms-present",
      "scaling-notifications",
    ],
    "whole-service": withNetwork,
    grpc: advice,
    "mutual-tls": ["balancer-web-acl", "scaling-notifications"],
    "internal-services": withNetwork.filter((policy) => policy !== "balancer-web-acl"),
    "log-queries": ["balancer-web-acl"],
    "sandbox-ci": ["balancer-deletion-protection", ...withNetwork],
    "joining-service": ["scaling-notifications"],
  };

  for (const example of readdirSync(path.join(root, "examples")).filter((name) => !name.includes("."))) {
    const stack = example === "sandbox-ci" ? "ci" : "example";
    it(`are stopped by no policy, and get the advice expected: ${example}`, async () => {
      const cwd = path.join(root, "examples", example);
      const args = ["--stack", stack, "--policy-pack", "../../policies", "--json"];
      const { code, stdout, stderr } = await plan(args, { cwd });
      assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
      const { violations } = JSON.parse(stdout) as PrintedPlan;
      assert.deepEqual(
        violations.filter(({ level }) => level !== "advisory"),
        [],
      );
      assert.deepEqual([...new Set(violations.map(({ policy }) => policy))].sort(), advised[example]);
    });
  }
});

describe("the example of a pipeline", () => {
  interface Manifest {
    readonly version: string;
    readonly dependencies?: { readonly [name: string]: string };
    readonly devDependencies?: { readonly [name: string]: string };
  }
  const manifest = (...steps: string[]) => JSON.parse(text(...steps, "package.json")) as Manifest;

  it("asks for the versions this repository is tested with, and for its packages", () => {
    const all = ({ dependencies, devDependencies }: Manifest) => ({ ...dependencies, ...devDependencies });
    const packages = {
      evenkeel: manifest("components").version,
      "evenkeel-policies": manifest("policies").version,
      "evenkeel-sandbox": manifest("sandbox").version,
    };
    const wanted = all(manifest("examples", "sandbox-ci"));
    const here: { readonly [name: string]: string } = { ...all(manifest()), ...packages };
    assert.deepEqual(wanted, Object.fromEntries(Object.keys(wanted).map((name) => [name, here[name]])));
  });

  it("takes the actions of this repository's own pipelines, and a CLI that is new enough", () => {
    const actions = (file: string) => [...file.matchAll(/uses: (\S+)/g)].map(([, action = ""]) => action);
    const folder = path.join(".github", "workflows");
    const own = readdirSync(path.join(root, folder)).flatMap((file) => actions(text(folder, file)));
    const workflow = text("examples", "sandbox-ci", folder, "sandbox.yml");
    assert.deepEqual(
      actions(workflow).filter((action) => !own.includes(action)),
      [],
    );
    assert.ok(actions(workflow).length > 0);
    const [, version = ""] = /pulumi-version: \^(\S+)/.exec(workflow) ?? [];
    assert.equal(isTooOld(version), false);
  });
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
