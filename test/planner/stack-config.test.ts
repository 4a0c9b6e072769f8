import assert from "node:assert/strict";
import { findProject } from "../../planner/project";
import { readStackConfig, type StackChoice, type StackConfig } from "../../planner/stack-config";
import { type Files, inFolder } from "./support/folder";

const project = "name: tiny\nruntime: nodejs\n";

function read(files: Files, choice: StackChoice = { stack: "dev" }): Promise<StackConfig> {
  return inFolder({ "Pulumi.yaml": project, ...files }, async ({ path }) => {
    return await readStackConfig(await findProject(path), choice, path);
  });
}

async function refused(files: Files, message: string, choice?: StackChoice): Promise<void> {
  await assert.rejects(read(files, choice), { name: "Failure", message });
}

describe("the config of a stack", () => {
  it("reaches the program as texts, structured values as JSON in the order of their keys", async () => {
    const config = await read({
      "Pulumi.dev.yaml": `
config:
  aws:region: eu-west-1
  tiny:count: 3
  tiny:ratio: 0.50
  tiny:on: on
  tiny:yes: true
  tiny:big: 12345678901234567890
  tiny:day: 2026-01-02
  tiny:tree: { b: [1, two, null], a: { d: 9007199254740993, c: true } }
  short: of the project
  aws:config:profile: old way
`,
    });
    assert.deepEqual(config.values, {
      "aws:region": "eu-west-1",
      "tiny:count": "3",
      "tiny:ratio": "0.5",
      "tiny:on": "on",
      "tiny:yes": "true",
      "tiny:big": "12345678901234567890",
      "tiny:day": "2026-01-02",
      "tiny:tree": '{"a":{"c":true,"d":9007199254740993},"b":[1,"two",null]}',
      "tiny:short": "of the project",
      "aws:profile": "old way",
    });
    assert.deepEqual(config.secretKeys, []);
    assert.deepEqual(config.warnings, []);
  });

  it("shows a placeholder for each secret, wherever it stands, and knows which keys hold one", async () => {
    const config = await read({
      "Pulumi.dev.yaml": `
secretsprovider: passphrase
encryptionsalt: v1:abc
config:
  tiny:token: { secure: v1:one }
  tiny:tree: { users: [{ name: a, password: { secure: v1:two } }] }
  tiny:not: { secure: v1:three, more: 1 }
  tiny:plain: x
`,
    });
    assert.deepEqual(config.values, {
      "tiny:token": "[secret]",
      "tiny:tree": '{"users":[{"name":"a","password":"[secret]"}]}',
      "tiny:not": '{"more":1,"secure":"v1:three"}',
      "tiny:plain": "x",
    });
    assert.deepEqual(config.secretKeys, ["tiny:token", "tiny:tree"]);
  });

  it("resolves anchors and merge keys", async () => {
    const text = "config:\n  tiny:a: &a { x: 1 }\n  tiny:b: { <<: *a, y: 2 }\n  tiny:c: *a\n";
    const { values } = await read({ "Pulumi.dev.yaml": text });
    assert.deepEqual(values, { "tiny:a": '{"x":1}', "tiny:b": '{"x":1,"y":2}', "tiny:c": '{"x":1}' });
  });

  it("may be empty", async () => {
    for (const text of ["", "# nothing\n", "config:\n", "config: {}\n"]) {
      assert.deepEqual((await read({ "Pulumi.dev.yaml": text })).values, {});
    }
  });

  it("warns of what is legal and probably not meant", async () => {
    const text = "confg:\n  tiny:a: 1\nenvironment: [base]\nconfig:\n  tiny:b:\n";
    assert.deepEqual((await read({ "Pulumi.dev.yaml": text })).warnings, [
      "Pulumi.dev.yaml:1:1: `confg` means nothing here and is left out, did you mean `config`?",
      "Pulumi.dev.yaml:3:1: `environment` is left out, its values come from a Pulumi account",
      "Pulumi.dev.yaml:5:3: `tiny:b` has no value and is read as an empty text",
    ]);
  });

  const wrong: readonly [what: string, text: string, message: string][] = [
    [
      "malformed YAML",
      "config:\n  tiny:a: [1, 2\n",
      "Pulumi.dev.yaml:3:1: not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]",
    ],
    [
      "a key twice",
      "config:\n  tiny:a: 1\n  tiny:a: 2\n",
      "Pulumi.dev.yaml:3:3: not valid YAML: Map keys must be unique",
    ],
    [
      "a list for the file",
      "- a\n",
      "Pulumi.dev.yaml:1:1: the file has to be a mapping (`key: value`), found a list",
    ],
    [
      "a text for the config",
      "config: hello\n",
      "Pulumi.dev.yaml:1:9: `config` has to be a mapping (`key: value`), found `hello`",
    ],
    [
      "a key with too many parts",
      "config:\n  a:b:c: 1\n",
      "Pulumi.dev.yaml:2:3: a config key is written <namespace>:<name>, found `a:b:c`",
    ],
    [
      "a number that would lose its zero",
      "config:\n  tiny:accounts: [012345678901]\n",
      "Pulumi.dev.yaml:2:19: 012345678901 would lose its zero, quote it",
    ],
    [
      "aliases that grow without end",
      bomb(),
      "Pulumi.dev.yaml:5:14: not readable: Excessive alias count indicates a resource exhaustion attack",
    ],
  ];
  for (const [what, text, message] of wrong) {
    it(`refuses ${what} with its place`, () => refused({ "Pulumi.dev.yaml": text }, message));
  }
});

/** Nine lists, each of nine of the one before. */
function bomb(): string {
  const lists = [..."abcdefghi"].map((name, index, all) => {
    const inner = index === 0 ? "x" : `*${all[index - 1]}`;
    return `  tiny:${name}: &${name} [${Array(9).fill(inner).join(", ")}]`;
  });
  return `config:\n${lists.join("\n")}\n\n  tiny:z:\n    *i\n`;
}

describe("the choice of a stack", () => {
  const files = {
    "Pulumi.dev.yaml": "config: { tiny:a: dev }\n",
    "Pulumi.production.yaml": "config: { tiny:a: prod }\n",
  };

  it("falls on the only one there is", async () => {
    const { stack, organization } = await read({ "Pulumi.only.yaml": "" }, {});
    assert.deepEqual({ stack, organization }, { stack: "only", organization: "organization" });
  });

  it("takes a name with its organization", async () => {
    const { stack, organization, values } = await read(files, { stack: "acme/tiny/dev" });
    assert.deepEqual(
      { stack, organization, values },
      { stack: "dev", organization: "acme", values: { "tiny:a": "dev" } },
    );
  });

  it("reads another file when told to, and takes the name from the file if it has one", async () => {
    const other = { ...files, "etc/Pulumi.next.yaml": "config: { tiny:a: next }\n" };
    const named = await read(other, { config: "etc/Pulumi.next.yaml" });
    assert.deepEqual([named.stack, named.values], ["next", { "tiny:a": "next" }]);
    const told = await read(other, { stack: "brand-new", config: "etc/Pulumi.next.yaml" });
    assert.deepEqual([told.stack, told.values], ["brand-new", { "tiny:a": "next" }]);
  });

  it("finds stack files in the folder the project names", async () => {
    const moved = {
      "Pulumi.yaml": `${project}stackConfigDir: stacks\n`,
      "stacks/Pulumi.dev.yaml": "config: { tiny:a: 1 }\n",
    };
    assert.deepEqual((await read(moved)).values, { "tiny:a": "1" });
  });

  const wrong: readonly [what: string, choice: StackChoice, message: string][] = [
    ["none of several", {}, "which stack? Say --stack NAME. The stacks are dev, production."],
    ["an unknown one", { stack: "test" }, 'unknown stack "test". The stacks are dev, production.'],
    [
      "a mistyped one",
      { stack: "prodution" },
      'unknown stack "prodution", did you mean "production"? The stacks are dev, production.',
    ],
    [
      "an impossible one",
      { stack: "../x y" },
      '"../x y" cannot be a stack: letters, digits, hyphens, underscores and periods',
    ],
    [
      "a file that is missing",
      { stack: "dev", config: "no.yaml" },
      "cannot read the config no.yaml: there is no such file",
    ],
    [
      "a folder for a file",
      { stack: "dev", config: "node_modules" },
      "cannot read the config node_modules: it is a directory",
    ],
  ];
  for (const [what, choice, message] of wrong) {
    it(`refuses ${what}`, () => refused(files, message, choice));
  }
});

describe("the config a project declares", () => {
  const declared = (block: string) => `${project}config:\n${block}`;

  it("fills in what the stack leaves out", async () => {
    const { values } = await read({
      "Pulumi.yaml": declared(
        "  aws:region: eu-west-1\n  size: 3\n  tiny:tags: { default: { b: 1, a: 2 } }\n  aws:tags: { value: { x: y } }\n",
      ),
      "Pulumi.dev.yaml": "config: { tiny:size: 5 }\n",
    });
    assert.deepEqual(values, {
      "tiny:size": "5",
      "aws:region": "eu-west-1",
      "tiny:tags": '{"a":2,"b":1}',
      "aws:tags": '{"x":"y"}',
    });
  });

  it("has to be set when it has no default", async () => {
    const files = {
      "Pulumi.yaml": declared("  b: { type: string }\n  a: { type: string }\n"),
      "Pulumi.dev.yaml": "",
    };
    await refused(files, "Pulumi.dev.yaml: not set, but Pulumi.yaml asks for it: a, b");
  });

  const fits: readonly [type: string, value: string][] = [
    ["string", "x"],
    ["integer", "'12'"],
    ["integer", "-3"],
    ["boolean", "true"],
    ["object", "{ a: 1 }"],
    ["array, items: { type: array, items: { type: integer } }", "[[1], [2, 3]]"],
    ["integer, secret: true", "{ secure: v1:x }"],
  ];
  for (const [type, value] of fits) {
    it(`takes ${value} for ${type}`, async () => {
      const files = {
        "Pulumi.yaml": declared(`  a: { type: ${type} }\n`),
        "Pulumi.dev.yaml": `config: { tiny:a: ${value} }\n`,
      };
      assert.deepEqual(Object.keys((await read(files)).values), ["tiny:a"]);
    });
  }

  const wrong: readonly [type: string, value: string, message: string][] = [
    ["integer", "many", "Pulumi.dev.yaml: a has to be of type integer"],
    ["boolean", "1", "Pulumi.dev.yaml: a has to be of type boolean"],
    ["object", "plain", "Pulumi.dev.yaml: a has to be of type object"],
    ["object", "[1]", "Pulumi.dev.yaml: a has to be of type object"],
    ["array, items: { type: integer }", "[1, x]", "Pulumi.dev.yaml: a has to be of type array<integer>"],
    ["string, secret: true", "open", "Pulumi.dev.yaml: a has to be encrypted: pulumi config set --secret"],
    ["number", "1", "Pulumi.yaml:4:14: `type` has to be one of string, integer, boolean, object, array"],
  ];
  for (const [type, value, message] of wrong) {
    it(`refuses ${value} for ${type}`, () => {
      const files = {
        "Pulumi.yaml": declared(`  a: { type: ${type} }\n`),
        "Pulumi.dev.yaml": `config: { tiny:a: ${value} }\n`,
      };
      return refused(files, message);
    });
  }
});
