import assert from "node:assert/strict";
import { AccountError, Mistake } from "../../../sandbox/account/account-error";
import { type Change, Drift, type Opening } from "../../../sandbox/account/drift";
import { stepsOf } from "../../../sandbox/account/property-path";
import { resourceMeant } from "../../../sandbox/account/resources";
import type { Failure, Made } from "../../../sandbox/model/kind";
import { World } from "../../../sandbox/model/world";
import type { Bag, Value } from "../../../sandbox/values";
import { make, makeShop, types } from "./support/made";

/** An account with the shop in it, and what somebody does in its console. */
class Console {
  readonly world = new World({ preview: false, region: "us-east-1", accountId: "123456789012" });
  readonly state = { made: 7, quotas: {} as { [name: string]: number } };
  readonly secrets = new Map<string, readonly string[]>();
  readonly drift = new Drift(this);

  constructor() {
    makeShop(this.world);
  }

  noteOf({ name }: Made) {
    return { secrets: this.secrets.get(name) ?? [] };
  }

  the(name: string): Made {
    return resourceMeant(this.world, name, {});
  }

  set(name: string, values: Bag): Change[] {
    const settings = Object.entries(values).map(([path, value]) => ({ steps: stepsOf(path) ?? [], value }));
    return this.drift.set(this.the(name), settings);
  }

  unset(name: string, ...paths: readonly string[]): Change[] {
    return this.drift.unset(
      this.the(name),
      paths.map((path) => stepsOf(path) ?? []),
    );
  }

  open(opening: Partial<Opening>, group = "web-sg"): Change[] {
    return this.drift.openPort(this.the(group), {
      ports: [22, 22],
      protocol: "tcp",
      from: "0.0.0.0/0",
      ...opening,
    });
  }

  /** What must not have changed. */
  get everything(): string {
    return JSON.stringify(
      this.world.everything().map(({ urn, inputs, outputs }) => ({ urn, inputs, outputs })),
    );
  }

  /** Sees that what somebody does ends with an error, and changes nothing. */
  refuses(act: () => unknown, error: Error): void {
    const before = this.everything;
    assert.throws(act, error);
    assert.equal(this.everything, before);
    assert.equal(this.state.made, 7);
  }
}

/** What changed, without the resources. */
function told(changes: readonly Change[]): [string | undefined, Value | undefined, Value | undefined][] {
  return changes.map(({ property, from, to }) => [property, from, to]);
}

const shown = (fromPort: number, toPort: number, changes: Bag = {}) => ({
  cidrBlocks: ["0.0.0.0/0"],
  description: "",
  fromPort,
  ipv6CidrBlocks: [],
  prefixListIds: [],
  protocol: "tcp",
  securityGroups: [],
  self: false,
  toPort,
  ...changes,
});

describe("somebody in the console", () => {
  it("sets properties, which the resource then has and shows", () => {
    const console = new Console();
    const changes = console.set("edge-lb", { idleTimeout: 120, "tags.Owner": "me" });
    assert.deepEqual(told(changes), [
      ["idleTimeout", 60, 120],
      ["tags.Owner", undefined, "me"],
    ]);
    const { inputs, outputs } = console.the("edge-lb");
    assert.deepEqual([inputs.idleTimeout, inputs.tags, outputs.idleTimeout], [120, { Owner: "me" }, 120]);
  });

  it("sets one member of a list and leaves the others", () => {
    const console = new Console();
    const path = "defaultActions[0].fixedResponse.statusCode";
    assert.deepEqual(told(console.set("edge-http", { [path]: "503" })), [[path, "404", "503"]]);
    const [action] = console.the("edge-http").outputs.defaultActions as Bag[];
    assert.deepEqual(action?.fixedResponse, { contentType: "text/plain", statusCode: "503" });
  });

  it("has values taken as the provider takes them", () => {
    const console = new Console();
    assert.deepEqual(told(console.set("edge-lb", { idleTimeout: "90", "tags.Count": 3 })), [
      ["idleTimeout", 60, 90],
      ["tags.Count", undefined, "3"],
    ]);
  });

  for (const [title, property, error] of [
    [
      "does not exist",
      "idleTimeoutt",
      'lb.LoadBalancer has no property "idleTimeoutt"; did you mean "idleTimeout"?',
    ],
    ["is nothing like any", "colour", 'lb.LoadBalancer has no property "colour"'],
    ["AWS alone decides", "dnsName", "dnsName of lb.LoadBalancer is AWS's to say, nobody can set it"],
  ] as const) {
    it(`sets no property that ${title}, and none of those beside it`, () => {
      const console = new Console();
      console.refuses(
        () => console.set("edge-lb", { idleTimeout: 120, [property]: "x" }),
        new Mistake(error),
      );
    });
  }

  it("sets nothing that AWS refuses", () => {
    const console = new Console();
    const { id } = console.the("edge-http");
    console.refuses(
      () => console.set("edge-http", { port: 81, sslPolicy: "ELBSecurityPolicy-2016-08" }),
      new AccountError(
        `AWS does not change edge-http  lb.Listener  ${id}  (stack staging)\n` +
          "  sslPolicy: ValidationError: An SSL policy cannot be specified for HTTP listeners",
      ),
    );
  });

  it("changes nothing that only a new resource could have, or AWS never hears of", () => {
    const console = new Console();
    const { id } = console.the("net");
    console.refuses(
      () => console.set("net", { cidrBlock: "10.1.0.0/16" }),
      new AccountError(
        `AWS does not change net  ec2.Vpc  ${id}  (stack staging)\n` +
          "  cidrBlock: cannot be changed once the resource is there",
      ),
    );
    const local = /forceDelete: tells the provider how to work, AWS knows nothing of it$/;
    assert.throws(() => console.set("web-asg", { forceDelete: true }), local);
  });

  it("changes nothing of a type AWS cannot change", () => {
    const console = new Console();
    const [group, role] = ["a", "b"];
    const attachment = { role: group, policyArn: `arn:aws:iam::aws:policy/${role}` };
    make(console.world, "aws:iam/rolePolicyAttachment:RolePolicyAttachment", "attached", attachment);
    assert.throws(
      () => console.set("attached", { role: "c" }),
      /role: cannot be changed once the resource is there$/,
    );
  });

  it("sets no nested property that does not exist", () => {
    const console = new Console();
    assert.throws(
      () => console.set("edge-http", { "defaultActions[0].typo": 1 }),
      /defaultActions\[0\]\.typo: /,
    );
  });

  it("is not kept from a change by a secret that is there as a mask only", () => {
    const console = new Console();
    const balancer = console.the("edge-lb");
    // Stands for a mask that is longer than what AWS takes.
    console.world.update(balancer, { ...balancer.inputs, idleTimeout: 9999 });
    assert.throws(() => console.set("edge-lb", { "tags.a": "b" }), /idleTimeout: /);
    console.secrets.set("edge-lb", ["idleTimeout"]);
    assert.deepEqual(told(console.set("edge-lb", { "tags.a": "b" })), [["tags.a", undefined, "b"]]);
    assert.throws(() => console.set("edge-lb", { idleTimeout: 9998 }), /idleTimeout: /);
  });

  it("unsets properties, which are again as AWS has them when nothing is said", () => {
    const console = new Console();
    console.set("edge-lb", { idleTimeout: 120, tags: { Owner: "me" } });
    assert.deepEqual(told(console.unset("edge-lb", "idleTimeout", "tags.Owner")), [
      ["idleTimeout", 120, 60],
      ["tags.Owner", "me", undefined],
    ]);
  });

  it("unsets nothing that is not set, or that AWS cannot do without", () => {
    const console = new Console();
    console.refuses(() => console.unset("edge-lb", "tags.Owner"), new Mistake("tags.Owner is not set"));
    assert.throws(
      () => console.unset("edge-http", "loadBalancerArn"),
      /loadBalancerArn: Missing required argument/,
    );
  });

  it("deletes a resource", () => {
    const console = new Console();
    const listener = console.the("edge-http");
    assert.deepEqual(console.drift.remove(listener, false), [{ resource: listener }]);
    assert.deepEqual(console.world.all(types.listener), []);
  });

  it("deletes nothing that AWS keeps, unless forced", () => {
    class Keeping extends World {
      override refusalsOfDelete(made: Made): readonly Failure[] {
        return made.name === "web-sg" ? [{ reason: "DependencyViolation: in use" }] : [];
      }
    }
    const world = new Keeping({ preview: false, region: "us-east-1", accountId: "123456789012" });
    makeShop(world);
    const drift = new Drift({ world, state: { made: 0, quotas: {} }, noteOf: () => ({ secrets: [] }) });
    const group = resourceMeant(world, "web-sg", {});
    const message = `AWS does not delete web-sg  ec2.SecurityGroup  ${group.id}  (stack staging)\n  DependencyViolation: in use`;
    assert.throws(() => drift.remove(group, false), new AccountError(message));
    assert.equal(world.all(types.securityGroup).length, 1);
    drift.remove(group, true);
    assert.equal(world.all(types.securityGroup).length, 0);
  });
});

describe("a port opened in the console", () => {
  it("is a rule that no program knows, and shows in the group", () => {
    const console = new Console();
    const { id } = console.the("web-sg");
    const [rule, group] = console.open({});
    assert.deepEqual(rule?.resource.inputs, {
      securityGroupId: id,
      ipProtocol: "tcp",
      fromPort: 22,
      toPort: 22,
      cidrIpv4: "0.0.0.0/0",
    });
    assert.equal(rule?.resource.urn, `urn:pulumi:(console)::shop::${types.ingressRule}::console-8`);
    assert.match(rule?.resource.id ?? "", /^sgr-0[0-9a-f]{16}$/);
    assert.deepEqual([group?.property, group?.from, group?.to], ["ingress", [], [shown(22, 22)]]);
    assert.deepEqual(console.the("web-sg").outputs.ingress, [shown(22, 22)]);
    assert.equal(console.state.made, 8);
  });

  for (const [opening, text, rule] of [
    [
      { ports: [8000, 8100], protocol: "udp" },
      "ports 8000-8100, udp, from 0.0.0.0/0",
      shown(8000, 8100, { protocol: "udp" }),
    ],
    [
      { from: "::/0" },
      "port 22, tcp, from ::/0",
      shown(22, 22, { cidrBlocks: [], ipv6CidrBlocks: ["::/0"] }),
    ],
    [
      { from: "pl-12ab" },
      "port 22, tcp, from pl-12ab",
      shown(22, 22, { cidrBlocks: [], prefixListIds: ["pl-12ab"] }),
    ],
    [
      { from: "sg-12ab" },
      "port 22, tcp, from sg-12ab",
      shown(22, 22, { cidrBlocks: [], securityGroups: ["sg-12ab"] }),
    ],
  ] as const) {
    it(`lets in ${text}`, () => {
      const console = new Console();
      const changes = console.open(opening);
      assert.deepEqual(
        changes.map(({ to }) => to),
        [text, [rule]],
      );
    });
  }

  it("lets in all ports of a protocol, or everything", () => {
    const console = new Console();
    const everyPort = (protocol: "tcp" | "-1") =>
      console.drift.openPort(console.the("web-sg"), { protocol, from: "10.0.0.0/8" })[0];
    assert.equal(everyPort("tcp")?.to, "all ports, tcp, from 10.0.0.0/8");
    assert.equal(everyPort("-1")?.to, "all traffic from 10.0.0.0/8");
    const cidrBlocks = ["10.0.0.0/8"];
    assert.deepEqual(console.the("web-sg").outputs.ingress, [
      shown(0, 65535, { cidrBlocks }),
      shown(0, 0, { cidrBlocks, protocol: "-1" }),
    ]);
  });

  it("is refused as AWS refuses it", () => {
    const console = new Console();
    const { id } = console.the("web-sg");
    console.refuses(
      () => console.open({ from: "10.0.0.1/8" }),
      new AccountError(
        `AWS does not open a port of web-sg  ec2.SecurityGroup  ${id}  (stack staging)\n` +
          '  cidrIpv4: "10.0.0.1/8" is not a valid IPv4 CIDR block; did you mean "10.0.0.0/8"?',
      ),
    );
    console.open({});
    assert.throws(() => console.open({}), /InvalidPermission.Duplicate: the specified rule already exists/);
    assert.equal(console.world.all(types.ingressRule).length, 1);
  });

  it("is refused where the group has as many rules as the account may", () => {
    const console = new Console();
    console.state.quotas["Inbound or outbound rules per security group"] = 1;
    console.open({});
    assert.throws(() => console.open({ ports: [23, 23] }), /RulesPerSecurityGroupLimitExceeded/);
  });

  it("still shows after the group is changed, and no longer once the rule is deleted", () => {
    const console = new Console();
    console.open({});
    console.open({ ports: [23, 23] });
    console.set("web-sg", { "tags.a": "b" });
    assert.deepEqual(console.the("web-sg").outputs.ingress, [shown(22, 22), shown(23, 23)]);
    console.drift.remove(console.the("console-8"), false);
    assert.deepEqual(console.the("web-sg").outputs.ingress, [shown(23, 23)]);
    console.drift.remove(console.the("console-9"), false);
    assert.deepEqual(console.the("web-sg").outputs.ingress, []);
  });

  it("is one more of the group's own rules where its program lists them", () => {
    const console = new Console();
    const own = shown(443, 443);
    make(console.world, types.securityGroup, "listed-sg", { vpcId: console.the("net").id, ingress: [own] });
    const changes = console.open({}, "listed-sg");
    assert.deepEqual(told(changes), [["ingress", [own], [own, shown(22, 22)]]]);
    assert.deepEqual(console.the("listed-sg").inputs.ingress, [own, shown(22, 22)]);
    assert.deepEqual(console.world.all(types.ingressRule), []);
  });
});

describe("a scaling group in the console", () => {
  const sizes = (console: Console) => {
    const { minSize, maxSize, desiredCapacity } = console.the("web-asg").outputs;
    return [minSize, maxSize, desiredCapacity];
  };

  for (const [size, told_, after] of [
    [{ desired: 3 }, [["desiredCapacity", 2, 3]], [2, 4, 3]],
    [
      { min: 1, max: 8 },
      [
        ["minSize", 2, 1],
        ["maxSize", 4, 8],
      ],
      [1, 8, 2],
    ],
    [
      { min: 3 },
      [
        ["minSize", 2, 3],
        ["desiredCapacity", 2, 3],
      ],
      [3, 4, 3],
    ],
    [
      { min: 0, max: 1 },
      [
        ["minSize", 2, 0],
        ["maxSize", 4, 1],
        ["desiredCapacity", 2, 1],
      ],
      [0, 1, 1],
    ],
    [{ desired: 2 }, [["desiredCapacity", 2, 2]], [2, 4, 2]],
  ] as const) {
    it(`goes to ${JSON.stringify(size)}`, () => {
      const console = new Console();
      assert.deepEqual(told(console.drift.scale(console.the("web-asg"), size)), told_);
      assert.deepEqual(sizes(console), after);
    });
  }

  it("goes to no size beyond its bounds", () => {
    const console = new Console();
    console.refuses(
      () => console.drift.scale(console.the("web-asg"), { desired: 9 }),
      new AccountError(
        "AWS does not change web-asg  autoscaling.Group  " +
          `${console.the("web-asg").id}  (stack staging)\n` +
          "  desiredCapacity: ValidationError: Desired capacity:9 must be between the specified min size:2 and max size:4",
      ),
    );
  });
});
