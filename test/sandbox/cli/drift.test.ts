import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { savedWorldFrom } from "../../../sandbox/account/saved-world";
import { drift } from "../../../sandbox/cli/drift";
import { make, makeShop, types } from "../account/support/made";
import { misunderstood, ownSandbox } from "./ran";

const sandbox = ownSandbox();
const run = (...args: readonly string[]) => sandbox().run(drift, ...args);
const saved = (name: string) =>
  savedWorldFrom(sandbox().content).resources.find((each) => each.name === name);

describe("drift", () => {
  beforeEach(() => sandbox().holds(({ world }) => makeShop(world)));

  it("set says what was there and what is there, and keeps it", async () => {
    assert.deepEqual(await run("set", "edge-lb", "idleTimeout=120", "tags.Owner=me", "enableHttp2=true"), {
      code: 0,
      out:
        "edge-lb (lb.LoadBalancer): idleTimeout from 60 to 120; pulumi refresh shows it\n" +
        'edge-lb (lb.LoadBalancer): tags.Owner from nothing to "me"; pulumi refresh shows it\n' +
        "edge-lb (lb.LoadBalancer): enableHttp2 is true already\n",
      err: "",
    });
    assert.deepEqual(
      [saved("edge-lb")?.inputs.idleTimeout, saved("edge-lb")?.inputs.tags],
      [120, { Owner: "me" }],
    );
  });

  for (const [word, value] of [
    ["tags.v=1.10", "1.10"],
    ["tags.v=12345678901234567890", "12345678901234567890"],
    ["tags.v=7", "7"],
    ["tags.v=true", "true"],
    ['tags.v="quoted"', "quoted"],
    ["tags.v=a=b", "a=b"],
    ["tags.v={not json", "{not json"],
    ["tags.v=", ""],
    ['tags={"v":"x"}', "x"],
  ] as const) {
    it(`set takes ${word}`, async () => {
      assert.equal((await run("set", "edge-lb", word)).code, 0);
      assert.deepEqual(saved("edge-lb")?.inputs.tags, { v: value });
    });
  }

  it("set takes an equals sign in a key", async () => {
    await run("set", "edge-lb", 'tags["a=b"]=c');
    assert.deepEqual(saved("edge-lb")?.inputs.tags, { "a=b": "c" });
  });

  it("set takes an example of the help: another default action", async () => {
    const action =
      '{"type":"fixed-response","fixedResponse":{"contentType":"text/plain","statusCode":"503"}}';
    assert.equal((await run("set", "edge-http", `defaultActions[0]=${action}`)).code, 0);
    assert.equal(JSON.stringify(saved("edge-http")?.outputs.defaultActions).includes("503"), true);
  });

  it("unset says what AWS makes of it", async () => {
    await run("set", "edge-lb", "idleTimeout=120");
    const { out } = await run("unset", "edge-lb", "idleTimeout");
    assert.equal(out, "edge-lb (lb.LoadBalancer): idleTimeout from 120 to 60; pulumi refresh shows it\n");
  });

  it("never says a secret", async () => {
    await sandbox().holds((account) => {
      const parameter = make(account.world, types.parameter, "key", {
        type: "SecureString",
        value: "old one",
      });
      account.keepSecret(parameter, ["value"]);
    });
    const { out } = await run("set", "key", "value=new one");
    assert.equal(out, "key (ssm.Parameter): value from [secret] to [secret]; pulumi refresh shows it\n");
    assert.doesNotMatch(sandbox().content, /(old|new) one/);
  });

  it("delete says what went", async () => {
    const id = saved("edge-http")?.id;
    const { out } = await run("delete", "edge-http", "--type", "Listener", "--stack", "staging", "--force");
    assert.equal(out, `edge-http (lb.Listener) ${id}: deleted; pulumi refresh shows it\n`);
    assert.equal(saved("edge-http"), undefined);
  });

  it("open-port says which rule was made, and how the group shows it", async () => {
    const { out } = await run("open-port", "web-sg", "--port", "22");
    const rule = saved("console-1");
    assert.equal(rule?.createdAt, "2026-11-21T18:44:57.000Z");
    const shown =
      '[{"cidrBlocks":["0.0.0.0/0"],"description":"","fromPort":22,"ipv6CidrBlocks":[],"prefixListIds":[],' +
      '"protocol":"tcp","securityGroups":[],"self":false,"toPort":22}]';
    assert.equal(
      out,
      `console-1 (vpc.SecurityGroupIngressRule) ${rule?.id}: made, port 22, tcp, from 0.0.0.0/0; world orphans shows it\n` +
        `web-sg (ec2.SecurityGroup): ingress from [] to ${shown}; pulumi preview --refresh --diff shows it\n`,
    );
    assert.equal(
      (await run("delete", "console-1")).out,
      `console-1 (vpc.SecurityGroupIngressRule) ${rule?.id}: deleted\n`,
    );
  });

  for (const [args, expected] of [
    [["--port", "all"], { ipProtocol: "-1" }],
    [["--port", "all", "--protocol", "udp"], { ipProtocol: "udp", fromPort: 0, toPort: 65535 }],
    [["--port", "8000-8100", "--from", "10.0.0.0/8"], { ipProtocol: "tcp", fromPort: 8000, toPort: 8100 }],
    [["--port", "all", "--protocol", "all"], { ipProtocol: "-1" }],
  ] as const) {
    it(`open-port takes ${args.join(" ")}`, async () => {
      assert.equal((await run("open-port", "web-sg", ...args)).code, 0);
      const { ipProtocol, fromPort, toPort } = saved("console-1")?.inputs ?? {};
      assert.deepEqual(JSON.parse(JSON.stringify({ ipProtocol, fromPort, toPort })), expected);
    });
  }

  it("scale says each bound", async () => {
    const { out } = await run("scale", "web-asg", "--desired", "5", "--max", "8");
    assert.equal(
      out,
      "web-asg (autoscaling.Group): maxSize from 4 to 8; pulumi refresh shows it\n" +
        "web-asg (autoscaling.Group): desiredCapacity from 2 to 5; pulumi refresh shows it\n",
    );
  });

  it("ends with 1 for what AWS refuses, and changes nothing", async () => {
    const before = sandbox().content;
    const { code, out, err } = await run("set", "edge-lb", "tags.a=b", "idleTimeout=0");
    assert.deepEqual([code, out], [1, ""]);
    assert.match(
      err,
      /^error: AWS does not change edge-lb .*\n {2}idleTimeout: expected idle_timeout to be in the range/,
    );
    assert.equal(sandbox().content, before);
  });

  it("ends with 1 while another command has the account", async () => {
    await sandbox().holds(() => {});
    let ended = { code: 0, out: "", err: "" };
    const holding = sandbox().holds(() => {});
    ended = await run("set", "edge-lb", "idleTimeout=120");
    await holding;
    assert.equal(ended.code, 1);
    assert.match(ended.err, /^error: the sandbox's AWS account \(.*\) is in use: "test" \(process \d+\)/);
  });

  for (const [args, message] of [
    [[], "drift what? allowed: set, unset, delete, open-port, scale"],
    [["st"], 'drift st is unknown; did you mean "set"?'],
    [["listener"], "drift listener is unknown; allowed: set, unset, delete, open-port, scale"],
    [["set"], "drift set takes a resource and one <property>=<value> or more, got nothing"],
    [["set", "edge-lb"], "drift set takes a resource and one <property>=<value> or more, got edge-lb"],
    [["set", "edge-lb", "idleTimeout"], '"idleTimeout" is no <property>=<value>'],
    [["set", "edge-lb", "=1"], '"=1" is no <property>=<value>'],
    [["set", "edge-lb", "tags.a=null"], "tags.a=null sets nothing: drift unset <resource> tags.a does"],
    [["set", "edge-lbb", "tags.a=b"], 'no resource is called "edge-lbb"; did you mean "edge-lb"?'],
    [["set", "edge-lb", "tag.a=b"], 'lb.LoadBalancer has no property "tag"; did you mean "tags"?'],
    [["set", "edge-lb", "a=b", "--tpye", "x"], 'drift set has no option --tpye; did you mean "--type"?'],
    [["set", "edge-lb", "a=b", "--force"], "drift set has no option --force; allowed: --type, --stack"],
    [
      ["set", "edge-lb", "a=b", "--type", "Lstener"],
      'the model of AWS does not know the type "Lstener"; did you mean "Listener"?',
    ],
    [["set", "edge-lb", "a=b", "--type"], "Option '--type <value>' argument missing"],
    [["set", "edge-lb", "a=b", "--type", " "], "--type is empty"],
    [["set", "edge-lb", "a=b", "--stack", "a", "--stack", "b"], "--stack is given twice"],
    [
      ["set", "edge-lb", "a=b", "--stack", "dev"],
      'no resource in stack dev is called "edge-lb"; world list shows what there is',
    ],
    [["unset", "edge-lb", "a b"], '"a b" is no path of a property, as tags.Owner or defaultActions[0].type'],
    [["unset", "edge-lb", "tags"], "tags is not set"],
    [["delete", "edge-lb", "edge-http"], "drift delete takes one resource, got edge-lb edge-http"],
    [["delete", "edge-lb", "--force=yes"], "Option '--force' does not take an argument"],
    [["open-port", "web-sg"], "--port is missing: 22, 8000-8100 or all"],
    [
      ["open-port", "web-sg", "--port", "ssh"],
      '--port has to be a port from 0 to 65535, a range as 8000-8100, or all; got "ssh"',
    ],
    [
      ["open-port", "web-sg", "--port", "70000"],
      '--port has to be a port from 0 to 65535, a range as 8000-8100, or all; got "70000"',
    ],
    [
      ["open-port", "web-sg", "--port", "9-8"],
      '--port has to be a port from 0 to 65535, a range as 8000-8100, or all; got "9-8"',
    ],
    [
      ["open-port", "web-sg", "--port", "22", "--protocol", "tpc"],
      '--protocol has to be one of tcp, udp, all, got "tpc"; did you mean "tcp"?',
    ],
    [
      ["open-port", "web-sg", "--port", "22", "--protocol", "all"],
      "--protocol all is every port: use --port all",
    ],
    [
      ["open-port", "web-sg", "--port", "22", "--from", "home"],
      '--from: "home" is not a valid IPv4 CIDR block: invalid CIDR address: home',
    ],
    [
      ["open-port", "edge-lb", "--port", "22"],
      'no ec2.SecurityGroup or ec2.DefaultSecurityGroup is called "edge-lb"; world list shows what there is',
    ],
    [
      ["open-port", "web-sg", "--port", "22", "--type", "lb.Listener"],
      'the model of AWS does not know the type "lb.Listener"',
    ],
    [["scale", "web-asg"], "drift scale takes --desired, --min, --max or several of them"],
    [["scale", "web-asg", "--desired", "-1"], "Option '--desired' argument is ambiguous."],
    [
      ["scale", "web-asg", "--desired", "1.5"],
      '--desired has to be a whole number from 0 to 100000, got "1.5"',
    ],
    [
      ["scale", "web-asg", "--desired", "many"],
      '--desired has to be a whole number from 0 to 100000, got "many"',
    ],
    [
      ["scale", "web-sg", "--desired", "1"],
      'no autoscaling.Group is called "web-sg"; did you mean "web-asg"?',
    ],
  ] as const) {
    it(`ends with 2 and changes nothing: ${args.join(" ")}`, async () => {
      const before = sandbox().content;
      assert.deepEqual(await run(...args), misunderstood("drift", message));
      assert.equal(sandbox().content, before);
    });
  }

  it("tells what it can do", async () => {
    for (const args of [["--help"], ["-h"], ["set", "--help"]]) {
      const { code, out } = await run(...args);
      assert.equal(code, 0);
      assert.match(out, /drift set edge-https sslPolicy=ELBSecurityPolicy-2016-08\n/);
    }
  });
});

describe("drift in an empty account", () => {
  it("finds nothing, and makes no account", async () => {
    const message = 'no resource is called "a"; world list shows what there is';
    assert.deepEqual(await run("set", "a", "b=c"), misunderstood("drift", message));
    assert.equal(existsSync(sandbox().file), false);
  });
});
