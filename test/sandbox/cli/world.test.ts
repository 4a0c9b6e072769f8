import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { savedWorldFrom } from "../../../sandbox/account/saved-world";
import { drift } from "../../../sandbox/cli/drift";
import { world } from "../../../sandbox/cli/world";
import { make, makeShop, types } from "../account/support/made";
import { misunderstood, ownSandbox } from "./ran";

const sandbox = ownSandbox();
const run = (...args: readonly string[]) => sandbox().run(world, ...args);
const resources = () => savedWorldFrom(sandbox().content).resources;
const the = (name: string) => resources().find((each) => each.name === name) ?? assert.fail(`no ${name}`);

/** Writes down what a stack holds, as Pulumi's file backend does. */
function holds(stack: string, latest: object): void {
  const folder = join(sandbox().folder, "state", ".pulumi", "stacks", "shop");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${stack}.json`), JSON.stringify({ version: 3, checkpoint: { latest } }));
}

describe("world", () => {
  it("lists what there is by type, name, id and stack", async () => {
    await sandbox().holds((account) => {
      make(account.world, types.topic, "b", { name: "b-1" });
      make(account.world, types.topic, "a", { name: "a-1" }, "production");
      make(account.world, types.logGroup, "logs", { name: "/shop" });
    });
    const arn = "arn:aws:sns:us-east-1:123456789012:";
    const all = [
      "TYPE                 NAME  ID                                      STACK",
      "cloudwatch.LogGroup  logs  /shop                                   staging",
      `sns.Topic            a     ${arn}a-1  production`,
      `sns.Topic            b     ${arn}b-1  staging`,
      "3 resources",
      "",
    ].join("\n");
    assert.deepEqual(await run(), { code: 0, out: all, err: "" });
    assert.equal((await run("list")).out, all);
    const one = `TYPE       NAME  ID                                      STACK\nsns.Topic  b     ${arn}b-1  staging\n1 resource\n`;
    assert.equal((await run("--type", "Topic", "--stack", "staging")).out, one);
    assert.equal((await run("--stack", "dev")).out, "no such resources\n");
    assert.deepEqual(JSON.parse((await run("list", "--json", "--stack", "production")).out), [
      {
        type: types.topic,
        name: "a",
        id: `${arn}a-1`,
        stack: "production",
        region: "us-east-1",
        createdAt: the("a").createdAt,
        urn: `urn:pulumi:production::shop::${types.topic}::a`,
      },
    ]);
  });

  it("that is empty says so, and stays no file", async () => {
    assert.equal((await run()).out, "the account is empty\n");
    assert.equal((await run("--json")).out, "[]\n");
    assert.equal((await run("orphans")).out, "every resource is known to a stack\n");
    assert.equal(existsSync(sandbox().file), false);
  });

  it("shows all of a resource but its secrets", async () => {
    await sandbox().holds((account) => {
      const parameter = make(account.world, types.parameter, "key", {
        type: "SecureString",
        value: "hunter2",
      });
      account.keepSecret(parameter, ["value"]);
    });
    const { out } = await run("show", "key");
    assert.deepEqual(JSON.parse(out), the("key"));
    assert.doesNotMatch(out, /hunter2/);
  });

  it("is read while another command has it", async () => {
    await sandbox().holds(({ world: there }) => makeShop(there));
    const holding = sandbox().holds(() => {});
    assert.match((await run()).out, /\n7 resources\n$/);
    await holding;
  });

  it("that cannot be read ends with 1, and says what to do", async () => {
    sandbox().content = "{";
    const { code, err } = await run();
    assert.equal(code, 1);
    assert.match(err, /^error: .*world\.json cannot be read .*: it is no JSON: .*: world reset --force\n$/);
  });

  for (const [args, message] of [
    [["sho"], 'world sho is unknown; did you mean "show"?'],
    [["list", "a"], "world list takes no further words, got a"],
    [["--type", "Topik"], 'the model of AWS does not know the type "Topik"; did you mean "Topic"?'],
    [["--type", "Topic", "--tack", "a"], 'world list has no option --tack; did you mean "--stack"?'],
    [["show"], "world show takes one resource, got nothing"],
    [["show", "a"], 'no resource is called "a"; world list shows what there is'],
    [["orphans", "--json"], "world orphans has no option --json; it takes no options"],
    [["reset", "--forc"], 'world reset has no option --forc; did you mean "--force"?'],
  ] as const) {
    it(`ends with 2: ${args.join(" ")}`, async () => {
      assert.deepEqual(await run(...args), misunderstood("world", message));
    });
  }

  it("tells what it can do", async () => {
    assert.match((await run("--help")).out, /^ {2}world orphans$/m);
  });
});

describe("world orphans", () => {
  it("says how to take up or remove what no stack knows", async () => {
    await sandbox().holds((account) => makeShop(account.world));
    await sandbox().run(drift, "open-port", "web-sg", "--port", "22");
    const held = resources().filter(({ name }) => !["edge-http", "web-asg", "console-1"].includes(name));
    const pending = the("edge-http");
    const parent = "urn:pulumi:staging::shop::evenkeel:index:AppLoadBalancer::edge";
    const provider = "urn:pulumi:staging::shop::pulumi:providers:aws::usw::0a1b";
    holds("staging", {
      resources: held.map(({ type, urn, id }) => ({ type, urn, id })),
      pending_operations: [
        { type: "creating", resource: { urn: pending.urn, type: pending.type, parent, provider } },
      ],
    });
    const [group, rule] = [the("web-asg"), the("console-1")];
    const urns = `--parent its-parent=${parent} --provider its-provider=urn:pulumi:staging::shop::pulumi:providers:aws::usw`;
    assert.deepEqual(await run("orphans"), {
      code: 0,
      out: [
        `edge-http  lb.Listener  ${pending.id}  (stack staging began to make it and was not told the end)`,
        `  take it up: npm run sandbox -- import --stack staging ${pending.type} edge-http ${pending.id} --protect=false --generate-code=false ${urns}`,
        `  or remove:  npm run sandbox -- drift delete ${pending.id} --type lb.Listener`,
        `web-asg  autoscaling.Group  ${group.id}`,
        `  take it up: npm run sandbox -- import --stack staging ${group.type} web-asg ${group.id} --protect=false`,
        `  or remove:  npm run sandbox -- drift delete ${group.id} --type autoscaling.Group`,
        `console-1  vpc.SecurityGroupIngressRule  ${rule.id}`,
        `  take it up: npm run sandbox -- import --stack staging ${rule.type} console-1 ${rule.id} --protect=false`,
        `  or remove:  npm run sandbox -- drift delete ${rule.id} --type vpc.SecurityGroupIngressRule`,
        "at the end: npm run sandbox -- refresh --stack staging --clear-pending-creates",
        "",
      ].join("\n"),
      err: "",
    });
    assert.equal(
      (await sandbox().run(drift, "delete", rule.id, "--type", "vpc.SecurityGroupIngressRule")).code,
      0,
    );
  });

  it("quotes for the shell what it would take apart", async () => {
    await sandbox().holds(({ world: there }) => {
      const urn = `urn:pulumi:staging::shop::web:Site$${types.topic}::it's`;
      const wanted = { urn, type: types.topic, name: "it's", propertyDependencies: {}, region: "us-east-1" };
      there.create({ ...wanted, inputs: { name: "a" } });
    });
    holds("staging", {});
    assert.match((await run("orphans")).out, /sns\/topic:Topic 'it'\\''s' arn:/);
    const resource = { urn: the("it's").urn, parent: "urn:pulumi:staging::shop::a:b:C$web:Site::site" };
    holds("staging", { pending_operations: [{ type: "creating", resource }] });
    const { out } = await run("orphans");
    assert.match(out, / --parent 'its-parent=urn:pulumi:staging::shop::a:b:C\$web:Site::site'\n/);
  });

  it("needs no parent that is the stack itself, and no provider that the engine finds by itself", async () => {
    await sandbox().holds((account) => make(account.world, types.topic, "alarms", {}));
    const resource = {
      urn: the("alarms").urn,
      parent: "urn:pulumi:staging::shop::pulumi:pulumi:Stack::shop-staging",
      provider: "urn:pulumi:staging::shop::pulumi:providers:aws::default_7_48_0::0a1b",
    };
    holds("staging", { pending_operations: [{ type: "creating", resource }] });
    assert.match((await run("orphans")).out, / --protect=false --generate-code=false\n/);
  });

  it("can only be removed where the stack has another, and are forgotten where there is nothing", async () => {
    await sandbox().holds((account) => make(account.world, types.topic, "alarms", { name: "a-2" }));
    const { urn, id } = the("alarms");
    const begun = [urn, `urn:pulumi:staging::shop::web:Site$${types.topic}::notes`];
    holds("staging", {
      resources: [{ type: types.topic, urn, id: "a-1" }],
      pending_operations: begun.map((each) => ({ type: "creating", resource: { urn: each } })),
    });
    const lines = [
      `alarms  sns.Topic  ${id}  (stack staging began to make it and was not told the end; there is another of it)`,
      `  remove it:  npm run sandbox -- drift delete ${id} --type sns.Topic`,
      "notes  sns.Topic  (stack staging began to make it, and there is nothing to take up)",
      "at the end: npm run sandbox -- refresh --stack staging --clear-pending-creates",
      "",
    ];
    assert.equal((await run("orphans")).out, lines.join("\n"));
    const { out } = await sandbox().run(drift, "delete", id, "--type", "sns.Topic");
    assert.equal(out, `alarms (sns.Topic) ${id}: deleted\n`);
  });

  it("leaves the stack to the user where it cannot be told", async () => {
    await sandbox().holds(({ world: there }) => {
      const rule = { securityGroupId: "sg-12ab", ipProtocol: "-1", cidrIpv4: "10.0.0.0/8" };
      make(there, types.ingressRule, "console-1", rule, "(console)");
    });
    assert.match((await run("orphans")).out, / import --stack <stack> aws:vpc/);
    holds("staging", {});
    assert.match((await run("orphans")).out, / import --stack staging aws:vpc/);
    holds("production", {});
    assert.match((await run("orphans")).out, / import --stack <stack> aws:vpc/);
  });
});

describe("world reset", () => {
  it("is refused while stacks have resources, and says which", async () => {
    await sandbox().holds((account) => makeShop(account.world));
    const before = sandbox().content;
    const resource = { urn: "urn:a", type: types.topic, id: "a" };
    const stack = { urn: "urn:s", type: "pulumi:pulumi:Stack" };
    const provider = { urn: "urn:p", type: "pulumi:providers:aws", id: "p" };
    holds("staging", { resources: [stack, provider, resource] });
    holds("production", {
      resources: [stack, provider],
      pending_operations: [{ type: "creating", resource }],
    });
    holds("empty", { resources: [stack, provider] });
    assert.deepEqual(await run("reset"), {
      code: 1,
      out: "",
      err:
        "error: stacks still have resources: destroy them, or use --force to have them lose what they have\n" +
        "  production: 1 resource\n  staging: 1 resource\n",
    });
    assert.equal(sandbox().content, before);
    assert.deepEqual(await run("reset", "--force"), { code: 0, out: "the account is empty\n", err: "" });
    assert.deepEqual(readdirSync(sandbox().folder), ["state"]);
  });

  it("starts again once every stack is destroyed, whatever is left or broken", async () => {
    holds("staging", { resources: [] });
    sandbox().content = "{";
    assert.equal((await run("reset")).code, 0);
    assert.equal((await run()).out, "the account is empty\n");
  });

  it("is refused while another command has the account", async () => {
    const holding = sandbox().holds(({ world: there }) => makeShop(there));
    assert.equal((await run("reset", "--force")).code, 1);
    await holding;
    assert.equal(resources().length, 7);
  });
});
