import * as assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { UNKNOWN } from "../../policies/lib/unknown";
import { type Control, outside, standard } from "../../policies/pages/controls";
import { answers, coverage } from "../../policies/pages/coverage";
import { example } from "../../policies/pages/example";
import { literal } from "../../policies/pages/literal";
import { typeNames } from "../../policies/pages/type-names";
import { pages, writePages } from "../../policies/pages/write";
import { groups, rules } from "../../policies/rules";

const made = pages();
const index = made.get("README.md") ?? "";
const controls = standard.flatMap((service) => service.controls);

const folder = resolve(__dirname, "../../policies/docs");

describe("the pages of the rules", () => {
  it("say what the rules say: npm run reference writes them anew", () => {
    const written = new Map(
      readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]),
    );
    assert.deepEqual([...written.keys()].sort(), [...made.keys()].sort());
    const stale = [...made].filter(([name, text]) => written.get(name) !== text).map(([name]) => name);
    assert.deepEqual(stale, []);
  });

  it("show every example of a rule, with what it comes to", () => {
    for (const rule of rules) {
      const text = made.get(`${rule.name}.md`) ?? "";
      const missing = rule.scenarios.filter(
        ({ name }) => !text.toLowerCase().includes(`**${name.toLowerCase()}**`),
      );
      assert.deepEqual(missing, [], rule.name);
    }
  });

  it("list every rule in the index, under its subject", () => {
    for (const { title, rules: members } of groups) {
      const section = index.split(/^## /m).find((text) => text.startsWith(`${title}\n`)) ?? "";
      const listed = [...section.matchAll(/^\| \[([\w-]+)\]\(\1\.md\)/gm)].map(([, name]) => name);
      assert.deepEqual(
        listed,
        members.map(({ name }) => name),
        title,
      );
    }
  });

  it("replace what is stale, and leave no page of a rule that is gone", () => {
    const place = mkdtempSync(join(tmpdir(), "evenkeel-pages-"));
    try {
      writeFileSync(join(place, "gone.md"), "gone");
      writeFileSync(join(place, "one.md"), "old");
      assert.deepEqual(writePages(place, new Map([["one.md", "new"]])), ["gone.md", "one.md"]);
      assert.deepEqual(writePages(place, new Map([["one.md", "new"]])), []);
      assert.equal(readFileSync(join(place, "one.md"), "utf8"), "new");
    } finally {
      rmSync(place, { recursive: true });
    }
  });
});

describe("the coverage of AWS's standard", () => {
  const frameworks: { readonly [name: string]: readonly Control[] } = {
    fsbp: controls,
    securityHub: outside,
  };

  it("knows every control that a rule names, inside the standard or outside it", () => {
    const strays = rules.flatMap((rule) =>
      Object.entries(rule.frameworks).flatMap(([framework, ids]) =>
        ids
          .filter((id) => !frameworks[framework]?.some((control) => control.id === id))
          .map((id) => `${rule.name}: ${framework} ${id}`),
      ),
    );
    assert.deepEqual(strays, []);
  });

  it("explains away no control that a rule answers", () => {
    const both = answers("fsbp", controls, rules)
      .filter((answered) => answered.rules.length > 0 && answered.control.why !== undefined)
      .map(({ control }) => control.id);
    assert.deepEqual(both, []);
  });

  it("lists a control once, under its service, in the order of the numbers", () => {
    const ids = [...controls, ...outside].map(({ id }) => id);
    assert.deepEqual(ids, [...new Set(ids)]);
    for (const service of standard) {
      const parts = service.controls.map(({ id }) => id.split("."));
      assert.ok(new Set(parts.map(([prefix]) => prefix)).size <= 1, service.name);
      const numbers = parts.map(([, number]) => Number(number));
      assert.deepEqual(
        numbers,
        [...numbers].sort((one, other) => one - other),
        service.name,
      );
    }
  });

  it("counts a control once, however many rules answer it", () => {
    const [rule] = rules;
    assert.ok(rule);
    const asking = (...ids: string[]) => ({ ...rule, frameworks: { fsbp: ids } });
    const asked = ["ELB.1", "ELB.2", "ELB.3"].map((id) => ({ id, title: id }));
    const services = [
      { name: "some", controls: asked },
      { name: "none", controls: [] },
    ];
    const counted = coverage([asking("ELB.1"), asking("ELB.1", "ELB.3"), asking("S3.1")], services);
    assert.deepEqual(
      counted.map(({ name, answered }) => [name, answered]),
      [
        ["some", 2],
        ["none", 0],
      ],
    );
    assert.deepEqual(
      counted[0]?.controls.map((answered) => answered.rules.length),
      [2, 0, 1],
    );
  });

  it("gives in the index the counts of the tables there", () => {
    const sections = index.split(/^### /m).slice(1);
    const counts = sections.flatMap((section) => {
      const [, name, answered, asked] = /^(.+): (\d+) of (\d+)\n/.exec(section) ?? [];
      if (name === undefined) return [];
      const rows = section.match(/^\| \[.*$/gm) ?? [];
      assert.equal(rows.length, Number(asked), name);
      assert.equal(rows.filter((row) => !row.includes("| none: ")).length, Number(answered), name);
      assert.ok(index.includes(`| ${name} | ${answered} | ${asked} |`), name);
      return [{ answered: Number(answered), asked: Number(asked) }];
    });
    const total = (key: "answered" | "asked") => counts.reduce((sum, count) => sum + count[key], 0);
    assert.equal(total("asked"), controls.length);
    assert.ok(index.includes(`answer ${total("answered")} of the ${total("asked")} controls`));
    assert.ok(index.includes(`| **together** | **${total("answered")}** | **${total("asked")}** |`));
    const [, reasons = ""] = /Why not the others: (.*)\.$/m.exec(index) ?? [];
    const explained = [...reasons.matchAll(/\((\d+)\)/g)].reduce((sum, [, count]) => sum + Number(count), 0);
    assert.equal(explained, total("asked") - total("answered"));
  });
});

describe("the comparison with other packs", () => {
  it("counts the rules here", () => {
    assert.ok(index.includes(`\n| this one |  | ${rules.length} |  |\n`));
  });
});

describe("an example on a rule's page", () => {
  it("tells what stands beside the resource in a list", () => {
    const text = example({
      name: "two subnets",
      given: { subnets: ["{{one}}"], name: "web" },
      outputs: { subnets: ["{{one}}"], name: "web", arn: UNKNOWN },
      types: ["aws:lb/loadBalancer:LoadBalancer"],
      config: { minZones: 3 },
      from: { subnets: ["one", "two"], name: [] },
      stack: [
        { name: "one", type: "aws:ec2/subnet:Subnet", props: { id: UNKNOWN }, parent: "net" },
        {
          name: "log",
          type: "aws:ec2/flowLog:FlowLog",
          props: { vpcId: UNKNOWN },
          from: { vpcId: ["subject"] },
        },
      ],
      is: "fail",
      findings: [{ path: "subnets", says: "all in *a*" }],
      deferrals: [{ path: "name", waits: "not known yet" }],
    });
    assert.equal(
      text,
      [
        "**Two subnets** (`aws.lb.LoadBalancer`), with `minZones: 3`",
        '```ts\n{ subnets: ["{{one}}"], name: "web" }\n```',
        [
          "- in the stack it also has `{ arn: unknown }`",
          "- its `subnets` comes from `one` and `two`",
          "- beside it `one` (`aws.ec2.Subnet`), a child of `net`: `{ id: unknown }`",
          "- beside it `log` (`aws.ec2.FlowLog`), its `vpcId` from the resource above: `{ vpcId: unknown }`",
        ].join("\n"),
        "Found:",
        "- `subnets`: all in \\*a\\*",
        "Left open:",
        "- `name`: not known yet",
      ].join("\n\n"),
    );
  });

  it("puts below its line what is too long for it", () => {
    const long = "x".repeat(120);
    const stack = [{ name: "one", type: "aws:ec2/subnet:Subnet", props: { a: long } }];
    const text = example({ name: "long", given: {}, stack, is: "skip", why: "too long" });
    const item = `- beside it \`one\` (\`aws.ec2.Subnet\`):\n\n  \`\`\`ts\n  {\n    a: "${long}",\n  }\n  \`\`\``;
    assert.equal(text, ["**Long**", "```ts\n{}\n```", item, "Because: too long."].join("\n\n"));
  });
});

describe("types on a rule's page", () => {
  it("are told as programs write them, once for all modules", () => {
    const tokens = ["aws:lb/listener:Listener", "aws:alb/listener:Listener", "aws:s3/bucket:Bucket", "odd"];
    assert.deepEqual(typeNames(tokens), ["`aws.lb.Listener` (also in `alb`)", "`aws.s3.Bucket`", "`odd`"]);
  });
});

describe("a value in an example", () => {
  it("is written as a program would write it", () => {
    assert.equal(
      literal({ port: 443, "a-b": [true, null, "x"], id: UNKNOWN }),
      '{ port: 443, "a-b": [true, null, "x"], id: unknown }',
    );
  });

  it("takes several lines when one is too narrow", () => {
    const long = "x".repeat(60);
    assert.equal(literal({ a: long, b: [long] }), `{\n  a: "${long}",\n  b: ["${long}"],\n}`);
  });

  it("leaves out what is not set", () => {
    assert.equal(literal({ a: undefined, b: null }), "{ b: null }");
  });

  it("takes a text that holds a document for the document", () => {
    const long = "x".repeat(100);
    assert.equal(literal({ policy: '{"Version":1}' }), "{ policy: JSON.stringify({ Version: 1 }) }");
    assert.equal(literal(JSON.stringify({ a: long })), `JSON.stringify({\n  a: "${long}",\n})`);
    assert.equal(literal('{"a": 1}'), '"{\\"a\\": 1}"');
    assert.equal(literal("{a"), '"{a"');
  });
});
