import assert from "node:assert/strict";
import { engineSuite } from "./support/engine-suite";
import { RecoverySandbox } from "./support/recovery-sandbox";

const urn = (type: string, name: string) => `urn:pulumi:dev::shop::${type}::${name}`;
const targets = urn("aws:lb/targetGroup:TargetGroup", "web-targets");
const balancer = urn("aws:lb/loadBalancer:LoadBalancer", "edge");
const subnet = urn("aws:ec2/subnet:Subnet", "net-b");
const group = urn("aws:ec2/securityGroup:SecurityGroup", "edge-sg");
const rule = urn("aws:lb/listenerRule:ListenerRule", "http-all");
const template = urn("aws:ec2/launchTemplate:LaunchTemplate", "web-template");

const everything = [
  "edge",
  "edge-sg",
  "http",
  "http-all",
  "net",
  "net-a",
  "net-b",
  "token",
  "web",
  "web-in",
  "web-profile",
  "web-role",
  "web-sg",
  "web-targets",
  "web-template",
];

/** What a deployment or a refresh did, a line each, sorted. */
function deeds(said: string): string[] {
  const deed =
    /^ *(?:\S+ +)?aws:\w+:\w+ (\S+) ((?:created|updated|deleted|imported|replaced)[a-z ]*?) \([\d.]+s\)(?: \[diff: (.*?)\])?/gm;
  return [...said.matchAll(deed)]
    .map(([, name, what, diff]) => `${name} ${what}${diff === undefined ? "" : ` ${diff}`}`)
    .sort();
}

/** The errors a command ended with, a line each, sorted, but for those which only say that there are some. */
function errors(said: string): string[] {
  const diagnostics = said.slice(said.indexOf("\nDiagnostics:"));
  return [...diagnostics.matchAll(/^ {4}error: (.*)$/gm)]
    .map(([, error = ""]) => error)
    .filter((error) => !/^update (failed|canceled)$|failed to register$/.test(error))
    .sort();
}

engineSuite("recovery with the real CLI", () => {
  let shop: RecoverySandbox;

  before(() => {
    shop = RecoverySandbox.ofFixture();
    shop.done("config", "set", "--secret", "token", "sesame-open", "--stack", "dev");
    shop.keep("nothing");
    shop.deploy();
    shop.keep("everything");
  });

  after(() => shop?.remove());

  /** Everything is there, once, and known. */
  function assertAll(): void {
    shop.assertWhole();
    assert.deepEqual(shop.names, everything);
  }

  /** Nothing is left to do besides, neither for the program nor for a refresh. */
  function assertSettled(): void {
    assertAll();
    shop.done("--no-policies", "preview", "--refresh", "--expect-no-changes", "--non-interactive");
  }

  describe("of a crash", () => {
    /** Deploys into a crash, and sets the stack free again. */
    function crash(...fault: readonly string[]): void {
      shop.done("fault", "crash", ...fault);
      const { code, said } = shop.up();
      assert.equal(code, 137, said);
      assert.match(said, /^sandbox: crashed, as asked for; `cancel` sets the stack free again/m);
      shop.done("cancel", "--yes");
    }

    it("while something is made takes up what is there, and makes the rest", () => {
      shop.restore("nothing");
      shop.done("fault", "crash", "--type", "lb.LoadBalancer", "--after");
      assert.equal(shop.up().code, 137);
      assert.match(shop.up().said, /^error: the stack is currently locked by 1 lock\(s\)/m);
      shop.done("cancel", "--yes");
      assert.ok(shop.pending.includes("creating edge"), String(shop.pending));
      const { id } = shop.resource("edge");
      const said = shop.recover();
      assert.match(
        said,
        /^edge {2}lb\.LoadBalancer .* \(stack dev began to make it and was not told the end\)$/m,
      );
      shop.assertWhole();
      assert.doesNotMatch(shop.deploy(), /interrupted while|replac/);
      assert.equal(shop.resource("edge").id, id);
      assertSettled();
    });

    it("before something is made has nothing to take up", () => {
      shop.restore("nothing");
      crash("--type", "lb.LoadBalancer", "--before");
      assert.ok(shop.pending.includes("creating edge"), String(shop.pending));
      const line =
        /^edge {2}lb\.LoadBalancer {2}\(stack dev began to make it, and there is nothing to take up\)$/m;
      assert.match(shop.recover(), line);
      shop.assertWhole();
      shop.deploy();
      assertAll();
    });

    it("while something is made in the place of another removes it, since that is there still", () => {
      shop.restore("everything");
      shop.configure({ port: 9090 });
      crash("--type", "lb.TargetGroup");
      assert.deepEqual(shop.pending, ["creating web-targets"]);
      const line = /^web-targets {2}lb\.TargetGroup .* not told the end; there is another of it\)$/m;
      assert.match(shop.recover(), line);
      shop.assertWhole();
      const said = shop.deploy();
      assert.deepEqual(deeds(said), [
        "http-all updated ~actions",
        "web updated ~targetGroupArns",
        "web-targets created replacement ~port",
        "web-targets deleted original ~port",
        "web-targets replaced ~port",
      ]);
      shop.assertWhole();
    });

    for (const when of ["--before", "--after"]) {
      it(`while the former one is deleted, ${when.slice(2)} it went, goes on with that`, () => {
        shop.restore("everything");
        shop.configure({ port: 9090 });
        crash("--type", "lb.TargetGroup", "--operation", "delete", when);
        assert.deepEqual(shop.pending, ["deleting web-targets"]);
        assert.equal(shop.names.filter((name) => name === "web-targets").length, when === "--before" ? 2 : 1);
        assert.equal(shop.done("world", "orphans"), "every resource is known to a stack\n");
        assert.match(shop.deploy(), /web-targets, interrupted while deleting$/m);
        shop.assertWhole();
        assert.deepEqual(shop.names, everything);
      });
    }

    it("while something is changed changes it again", () => {
      shop.restore("everything");
      shop.configure({ idleTimeout: 120 });
      crash("--type", "lb.LoadBalancer", "--operation", "update");
      assert.deepEqual(shop.pending, ["updating edge"]);
      assert.equal(shop.resource("edge").outputs?.idleTimeout, 120);
      const said = shop.deploy();
      assert.match(said, /edge, interrupted while updating$/m);
      assert.deepEqual(deeds(said), ["edge updated ~idleTimeout"]);
      assertAll();
    });

    it("while everything is deleted deletes the rest", () => {
      shop.restore("everything");
      shop.done("fault", "crash", "--type", "lb.Listener", "--operation", "delete");
      assert.equal(shop.destroy().code, 137);
      shop.done("cancel", "--yes");
      assert.equal(shop.destroy().code, 0);
      assert.deepEqual(shop.names, []);
      shop.assertWhole();
    });
  });

  describe("of what fails", () => {
    it("makes what was not made, and nothing twice", () => {
      shop.restore("nothing");
      shop.done(
        "fault",
        "fail",
        "--type",
        "Subnet",
        "--nth",
        "2",
        "--message",
        "InsufficientAddresses: none left",
      );
      const { code, said } = shop.up();
      assert.equal(code, 1);
      const [first = "", ...others] = errors(said);
      assert.match(first, /^creating aws:ec2\/subnet:Subnet 'net-[ab]': InsufficientAddresses: none left$/);
      assert.deepEqual(others, []);
      shop.assertWhole();
      shop.deploy();
      assertAll();
    });

    it("tries again what AWS refuses for its rate, 25 times", () => {
      shop.restore("everything");
      shop.done("fault", "throttle", "--times", "25", "--type", "lb.LoadBalancer");
      shop.configure({ idleTimeout: 90 });
      assert.deepEqual(deeds(shop.deploy()), ["edge updated ~idleTimeout"]);
      assert.equal(shop.done("fault", "list"), "no faults\n");
      shop.done("fault", "throttle", "--times", "26", "--type", "lb.LoadBalancer");
      shop.configure({ idleTimeout: 91 });
      const { code, said } = shop.up();
      assert.equal(code, 1);
      assert.deepEqual(errors(said), [
        "updating aws:lb/loadBalancer:LoadBalancer 'edge': ThrottlingException: Rate exceeded",
      ]);
      assert.deepEqual(deeds(shop.deploy()), ["edge updated ~idleTimeout"]);
      shop.assertWhole();
    });

    it("ends what is under way when it is interrupted, and goes on from there", async () => {
      shop.restore("nothing");
      shop.done("fault", "slow", "--type", "lb.LoadBalancer", "--seconds", "3");
      const { code, said } = await shop.upUntil(/LoadBalancer edge creating/, (interrupt) => interrupt());
      assert.equal(code, 1);
      assert.match(said, /LoadBalancer edge created/);
      assert.match(said, /error: update canceled/);
      shop.assertWhole();
      assert.ok(!shop.names.includes("http"));
      shop.done("fault", "clear");
      shop.deploy();
      assertAll();
    });
  });

  describe("of drift", () => {
    it("shows what was changed elsewhere and no more, and changes it back", () => {
      shop.restore("everything");
      shop.done("drift", "set", "http", "port=81");
      shop.done("drift", "open-port", "edge-sg", "--port", "22");
      shop.done("drift", "scale", "web", "--max", "5");
      shop.done("drift", "delete", "http-all");
      const changed = ["edge-sg updated ~ingress", "http updated ~port", "web updated ~maxSize"];
      const refreshed = shop.done("refresh", "--yes", "--skip-preview", "--non-interactive");
      assert.deepEqual(deeds(refreshed), [
        "edge-sg updated ~ingress",
        "http updated ~port",
        "http-all deleted",
        changed[2],
      ]);
      assert.deepEqual(deeds(shop.deploy()), [changed[0], changed[1], "http-all created", changed[2]]);
      assertSettled();
    });
  });

  describe("with targets", () => {
    it("changes and replaces what it is told to, and nothing else", () => {
      shop.restore("everything");
      shop.configure({ idleTimeout: 90, port: 9090 });
      assert.deepEqual(deeds(shop.deploy("--target", balancer)), ["edge updated ~idleTimeout"]);
      assert.deepEqual(deeds(shop.deploy("--target-replace", template)), [
        "web-template created replacement ~name",
        "web-template deleted original ~name",
        "web-template replaced ~name",
      ]);
      shop.configure({ idleTimeout: 90 });
      assert.deepEqual(deeds(shop.deploy("--replace", targets)), [
        "http-all updated ~actions",
        "web updated ~launchTemplate,targetGroupArns",
        "web-targets created replacement ~name",
        "web-targets deleted original ~name",
        "web-targets replaced ~name",
      ]);
      assertSettled();
    });

    it("has AWS refuse to delete what others still use, and deletes it once they do not", () => {
      shop.restore("everything");
      shop.configure({ edition: 2, port: 9090 });
      const [first, second, third] = [
        shop.resource("net-b").id,
        shop.resource("web-targets").id,
        shop.resource("edge-sg").id,
      ];
      const { code, said } = shop.up("--target", targets, "--target", subnet, "--target", group);
      assert.equal(code, 1);
      assert.deepEqual(errors(said), [
        `deleting aws:ec2/securityGroup:SecurityGroup 'edge-sg': DependencyViolation: resource ${third} has a dependent object (web-in, edge)`,
        `deleting aws:ec2/subnet:Subnet 'net-b': DependencyViolation: The subnet '${first}' has dependencies and cannot be deleted. (edge, web)`,
        `deleting aws:lb/targetGroup:TargetGroup 'web-targets': ResourceInUse: Target group '${second}' is currently in use by a listener or a rule (http-all)`,
      ]);
      assert.deepEqual(
        deeds(shop.deploy()).filter((deed) => deed.includes("deleted")),
        ["edge-sg deleted original", "net-b deleted original", "web-targets deleted original"],
      );
      assertSettled();
    });
  });

  describe("of what is protected", () => {
    it("keeps it until that is lifted, in AWS and in the state", () => {
      shop.restore("everything");
      shop.configure({ deletionProtection: true });
      shop.deploy();
      const { id } = shop.resource("edge");
      const refused = shop.destroy();
      assert.equal(refused.code, 1);
      assert.deepEqual(errors(refused.said), [
        `deleting aws:lb/loadBalancer:LoadBalancer 'edge': enableDeletionProtection: OperationNotPermitted: Load balancer '${id}' cannot be deleted because deletion protection is enabled`,
      ]);
      shop.assertWhole();
      shop.configure({});
      shop.deploy();
      assertAll();
      shop.done("state", "protect", targets, "--yes", "--stack", "dev");
      const kept = shop.destroy();
      assert.notEqual(kept.code, 0);
      assert.match(
        kept.said,
        /state unprotect 'urn:pulumi:dev::shop::aws:lb\/targetGroup:TargetGroup::web-targets'/,
      );
      assert.ok(shop.names.includes("web-targets"));
      shop.done("state", "unprotect", targets, "--yes", "--stack", "dev");
      assert.equal(shop.destroy().code, 0);
      assert.deepEqual(shop.names, []);
    });
  });

  describe("of what is there already", () => {
    it("imports it by the program or by the command, after which there is nothing to change", () => {
      shop.restore("everything");
      const { id = "" } = shop.resource("http-all");
      shop.done("state", "delete", rule, "--yes", "--stack", "dev");
      shop.configure({ existing: `${id}x` });
      assert.deepEqual(errors(shop.up().said), [`resource '${id}x' does not exist`]);
      shop.configure({ existing: id });
      assert.deepEqual(deeds(shop.deploy()), ["http-all imported"]);
      shop.configure({});
      assertAll();
      shop.done("state", "delete", rule, "--yes", "--stack", "dev");
      const [, line = ""] = /^ {2}take it up: (.*)$/m.exec(shop.done("world", "orphans")) ?? [];
      assert.match(shop.typed(line, "--yes"), /new aws\.lb\.ListenerRule\("http-all"/);
      assertSettled();
    });
  });

  describe("of what AWS refuses", () => {
    it("names what is taken and what is too much, and goes on once there is room", () => {
      shop.restore("everything");
      const { id } = shop.resource("web-role");
      shop.done("quota", "set", "Target Groups per Region", "1");
      shop.configure({ twin: true, port: 9090 });
      const { code, said } = shop.up("--continue-on-error");
      assert.equal(code, 1);
      assert.deepEqual(errors(said), [
        `creating aws:iam/role:Role 'twin-role': name: EntityAlreadyExists: Role with name ${id} already exists.`,
        "creating aws:lb/targetGroup:TargetGroup 'web-targets': TooManyTargetGroups: The maximum number of target groups, 1, has been reached",
      ]);
      shop.assertWhole();
      shop.configure({ port: 9090 });
      shop.done("quota", "reset");
      shop.deploy();
      assertAll();
    });

    it("waits until IAM knows everywhere what was made in it", () => {
      shop.restore("nothing");
      shop.done("fault", "iam-delay", "--seconds", "2");
      shop.deploy();
      assertAll();
    });
  });

  describe("of two commands at once", () => {
    it("lets the second know who is first, in one line", async () => {
      shop.restore("everything");
      shop.done("fault", "slow", "--type", "lb.LoadBalancer", "--seconds", "8");
      shop.configure({ idleTimeout: 120 });
      const others: { code: number | null; said: string }[] = [];
      const first = await shop.upUntil(/LoadBalancer edge updating/, () => {
        others.push(shop.up(), shop.run("drift", "set", "http", "port=81"));
      });
      const message =
        /^error: the sandbox's AWS account \(\S+world\.json\) is in use: "pulumi up" \(process \d+\) has had it since [\d-]+ [\d:]+ UTC; wait for it to end\n$/;
      for (const { code, said } of others) {
        assert.notEqual(code, 0);
        assert.match(said, message);
      }
      assert.equal(others.length, 2);
      assert.equal(first.code, 0, first.said);
      assertAll();
    });
  });

  it("keeps secrets out of all it writes", () => {
    shop.restore("everything");
    assert.deepEqual(shop.filesWith("sesame-open"), []);
    assert.match(shop.done("world", "show", "token"), /"value": "\[secret sha256:[0-9a-f]{64}\]"/);
  });
});

engineSuite("recovery of the development stack", () => {
  let stack: RecoverySandbox;

  before(() => {
    stack = RecoverySandbox.ofProgram("development");
  });

  after(() => stack?.remove());

  it("takes up what a crash has left in components of components", () => {
    stack.done("fault", "crash", "--type", "ec2.RouteTable", "--nth", "3");
    assert.equal(stack.up().code, 137);
    stack.done("cancel", "--yes");
    const before = stack.names;
    assert.match(
      stack.recover(),
      /^ {2}take it up: .* --parent 'its-parent=urn:pulumi:development::evenkeel::\S+'$/m,
    );
    stack.assertWhole();
    assert.deepEqual(stack.names, before);
    assert.doesNotMatch(stack.deploy(), /replac|interrupted while/);
    stack.assertWhole();
  });
});
