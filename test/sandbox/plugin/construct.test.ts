import assert from "node:assert/strict";
import * as grpc from "@grpc/grpc-js";
import * as awsx from "@pulumi/awsx";
import * as aliases from "@pulumi/pulumi/proto/alias_pb";
import * as provider from "@pulumi/pulumi/proto/provider_pb";
import * as protocol from "@pulumi/pulumi/proto/resource_pb";
import { type Bag, compose, type Registration, UNKNOWN } from "../../../sandbox";
import { outputValue } from "../../../sandbox/monitor/marks";
import { secret } from "../../../sandbox/monitor/wire";
import { construct } from "../../../sandbox/plugin/construct";
import { structOf } from "../../../sandbox/plugin/registrations";
import { FakeMonitor, type FakeOptions } from "./support/fake-monitor";

const stackUrn = "urn:pulumi:stack::project::pulumi:pulumi:Stack::project-stack";
const bucketUrn = (name: string) => `urn:pulumi:stack::project::aws:s3/bucket:Bucket::${name}`;
const vpcUrn = "urn:pulumi:stack::project::awsx:ec2:Vpc$aws:ec2/vpc:Vpc::net";

/** `Vpc net`, `Subnet net-public-1`: short for a resource. */
function short(urn: string): string {
  const [, , type = "", name = ""] = urn.split("::");
  return `${type.split(":").pop()} ${name}`;
}

type Tier = "Public" | "Private" | "Isolated";

function blocks(tier: Tier, zones: number): string[] {
  const first = { Public: 0, Private: 10, Isolated: 20 }[tier];
  return Array.from({ length: zones }, (_, zone) => `10.0.${first + zone}.0/24`);
}

/** Arguments in plain values, which is what both a program and the protocol take. */
function vpcArgs(strategy: string, tiers: readonly Tier[] = ["Public", "Private", "Isolated"], zones = 2) {
  return {
    cidrBlock: "10.0.0.0/16",
    availabilityZoneNames: ["us-east-1a", "us-east-1b", "us-east-1c"].slice(0, zones),
    subnetStrategy: "Auto",
    natGateways: { strategy },
    subnetSpecs: tiers.map((type) => ({ type, cidrBlocks: blocks(type, zones) })),
    tags: { team: "net" },
  };
}

const args = vpcArgs("Single");

function asked(endpoint: string, inputs: object): provider.ConstructRequest {
  const request = new provider.ConstructRequest();
  request.setProject("project");
  request.setStack("stack");
  request.setMonitorendpoint(endpoint);
  request.setType("awsx:ec2:Vpc");
  request.setName("net");
  request.setParent(stackUrn);
  request.setInputs(structOf(inputs as Bag));
  return request;
}

interface Built {
  readonly monitor: FakeMonitor;
  readonly response: provider.ConstructResponse;
  /** The registration of a child, as `Vpc net`. */
  readonly of: (name: string) => Registration;
  /** The inputs of a child as they came over the wire. */
  readonly inputs: (name: string) => Bag;
}

type Change = (request: provider.ConstructRequest) => void;

/** Makes a VPC against a fake monitor. */
function built(inputs: object, change: Change = () => {}, options: FakeOptions = {}): Promise<Built> {
  return FakeMonitor.during(options, async (monitor, endpoint) => {
    const request = asked(endpoint, inputs);
    request.setDryrun(options.preview ?? false);
    change(request);
    const response = await construct(request);
    const of = (name: string) =>
      found(monitor.registrations, ({ urn, custom }) => custom && short(urn) === name, name);
    const inputsOf = (name: string) => {
      const { type, name: own } = of(name);
      const came = found(monitor.requests, (one) => one.getType() === type && one.getName() === own, name);
      return came.getObject()?.toJavaScript() as Bag;
    };
    return { monitor, response, of, inputs: inputsOf };
  });
}

function found<T>(all: readonly T[], fits: (one: T) => boolean, name: string): T {
  const one = all.find(fits);
  assert.ok(one !== undefined, `no ${name}`);
  return one;
}

/** What went wrong, and how far it got. */
function refused(inputs: object, change: Change = () => {}, options: FakeOptions = {}) {
  return FakeMonitor.during(options, async (monitor, endpoint) => {
    const request = asked(endpoint, inputs);
    change(request);
    let underWay = 0;
    const ended = construct(request).finally(() => {
      underWay = monitor.underWay;
    });
    const error = await ended.then(
      () => assert.fail("was made"),
      ({ code, details }: grpc.ServiceError) => ({ code, details }),
    );
    return {
      ...error,
      monitor,
      underWay,
      registered: monitor.requests.map((one) => `${one.getType()} ${one.getName()}`),
    };
  });
}

const wanted = ["Vpc net", "InternetGateway net", "Eip net-1", "NatGateway net-1"];
const ofSubnet = ["Subnet", "RouteTable", "RouteTableAssociation"];

describe("construct", () => {
  it("registers the component, its children, and that it is complete", async () => {
    const { monitor } = await built(args);
    const [component, ...children] = monitor.registrations;
    assert.deepEqual(
      [component?.urn, component?.parent, component?.custom, component?.inputs],
      ["urn:pulumi:stack::project::awsx:ec2:Vpc::net", stackUrn, false, {}],
    );
    const names = ["public-1", "private-1", "isolated-1", "public-2", "private-2", "isolated-2"];
    const expected = [
      ...wanted,
      ...names.flatMap((name) => ofSubnet.map((type) => `${type} net-${name}`)),
      ...["public-1", "private-1", "public-2", "private-2"].map((name) => `Route net-${name}`),
    ];
    assert.deepEqual(children.map(({ urn }) => short(urn)).sort(), expected.sort());
    assert.deepEqual(monitor.completed, [[component?.urn, {}]]);
  });

  const alike: readonly (readonly [string, object])[] = [
    ["no arguments", {}],
    ["a gateway a zone, three zones", vpcArgs("OnePerAz", ["Public", "Private", "Isolated"], 3)],
    ["one gateway", args],
    ["no gateway", vpcArgs("None", ["Private", "Isolated"])],
    [
      "addresses of its own",
      {
        ...args,
        natGateways: { strategy: "OnePerAz", elasticIpAllocationIds: ["eipalloc-0a", "eipalloc-0b"] },
      },
    ],
    ["IPv6", { ...args, assignGeneratedIpv6CidrBlock: true }],
    ["zones in its name tags", { ...args, subnetNameTagStrategy: "AvailabilityZone" }],
    [
      "names and tags of its own",
      {
        ...args,
        tags: { Name: "mine", team: "net" },
        subnetSpecs: [
          {
            type: "Public",
            name: "edge",
            cidrBlocks: blocks("Public", 2),
            tags: { tier: "edge", Name: "lost" },
          },
          { type: "Private", cidrBlocks: blocks("Private", 2) },
        ],
      },
    ],
  ];
  for (const preview of [false, true]) {
    for (const [title, inputs] of alike) {
      it(`registers what the in-memory model makes, ${preview ? "preview" : "deployed"}: ${title}`, async () => {
        const { monitor, response } = await built(inputs, () => {}, { preview });
        const inMemory = await compose(
          () => {
            const vpc = new awsx.ec2.Vpc("net", inputs as awsx.ec2.VpcArgs);
            return {
              ids: vpc.publicSubnetIds,
              layout: vpc.subnetLayout,
              eips: vpc.eips.apply((all) => all.length),
            };
          },
          { preview },
        );
        const children = (registrations: readonly Registration[]) =>
          registrations
            .filter(({ type }) => type.startsWith("aws:"))
            .sort((a, b) => (a.urn < b.urn ? -1 : 1));
        assert.deepEqual(children(monitor.registrations), children(inMemory.registrations));
        const state = response.getState()?.toJavaScript() as Bag;
        assert.deepEqual(
          [state.publicSubnetIds, state.subnetLayout, (state.eips as unknown[]).length],
          [inMemory.outputs.ids, inMemory.outputs.layout, inMemory.outputs.eips],
        );
      });
    }
  }

  it("registers side by side what does not need each other", async () => {
    const arrived: string[] = [];
    let release = () => {};
    const all = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { monitor } = await built(args, () => {}, {
      before: async (request) => {
        if (!["Subnet", "InternetGateway"].includes(request.getType().split(":").pop() ?? "")) return;
        // Six subnets and the internet gateway need only the VPC: none is answered before all have come.
        if (arrived.push(request.getName()) === 7) release();
        await all;
      },
    });
    assert.equal(monitor.mostAtOnce, 7);
  });

  it("registers a child with all that a provider of components takes and says", async () => {
    const { monitor } = await built(args);
    for (const request of monitor.requests) {
      assert.deepEqual(
        [
          request.getAcceptsecrets(),
          request.getAcceptresources(),
          request.getAliasspecs(),
          request.getSupportspartialvalues(),
          request.getSupportsresultreporting(),
          request.getRemote(),
          request.getAliasesList(),
          request.getVersion(),
        ],
        [true, true, true, true, true, false, [], request.getCustom() ? "7.43.0" : ""],
      );
    }
  });

  it("hands the options on to the component, and protection to the children too", async () => {
    const { monitor } = await built(args, (request) => {
      const alias = new aliases.Alias();
      alias.setUrn("urn:pulumi:stack::project::awsx:ec2:Vpc::old");
      request.setAliasesList([alias]);
      request.setProtect(true);
      request.setRetainondelete(true);
      request.setDependenciesList([bucketUrn("a")]);
      request.setIgnorechangesList(["tags"]);
      request.setReplaceonchangesList(["cidrBlock"]);
      request.setReplaceWithList([bucketUrn("b")]);
      request.setDeletedwith(bucketUrn("c"));
      const timeouts = new provider.ConstructRequest.CustomTimeouts();
      timeouts.setCreate("5m");
      request.setCustomtimeouts(timeouts);
      const hooks = new provider.ConstructRequest.ResourceHooksBinding();
      hooks.setAfterCreateList(["greet"]);
      request.setResourceHooks(hooks);
    });
    const options = (one: protocol.RegisterResourceRequest) => ({
      protect: one.getProtect(),
      retain: one.getRetainondelete(),
      ignoreChanges: one.getIgnorechangesList(),
      replaceOnChanges: one.getReplaceonchangesList(),
      replaceWith: one.getReplaceWithList(),
      deletedWith: one.getDeletedwith(),
      aliases: one.getAliasesList().map((alias) => alias.getUrn()),
      create: one.getCustomtimeouts()?.getCreate() ?? "",
      hooks: one.getHooks()?.getAfterCreateList() ?? [],
    });
    const [component, vpc] = monitor.requests;
    assert.ok(component && vpc);
    assert.deepEqual(component.getDependenciesList(), [bucketUrn("a")]);
    assert.deepEqual(options(component), {
      protect: true,
      retain: true,
      ignoreChanges: ["tags"],
      replaceOnChanges: ["cidrBlock"],
      replaceWith: [bucketUrn("b")],
      deletedWith: bucketUrn("c"),
      aliases: ["urn:pulumi:stack::project::awsx:ec2:Vpc::old"],
      create: "5m",
      hooks: ["greet"],
    });
    const plain = {
      retain: undefined,
      ignoreChanges: [],
      replaceOnChanges: [],
      replaceWith: [],
      aliases: [],
    };
    const expected = { ...plain, protect: true, deletedWith: "", create: "", hooks: [] };
    assert.deepEqual({ ...options(vpc), retain: undefined }, expected);
    assert.equal(vpc.hasRetainondelete(), false);
  });

  it("makes the children with the provider it was given", async () => {
    const reference = "urn:pulumi:stack::project::pulumi:providers:aws::mine::0123";
    const { monitor } = await built(args, (request) => void request.getProvidersMap().set("aws", reference));
    const [component, ...children] = monitor.requests;
    assert.deepEqual(component?.getProvidersMap().getEntryList(), [["aws", reference]]);
    assert.equal(component?.getProvider(), "");
    assert.deepEqual(new Set(children.map((child) => child.getProvider())), new Set([reference]));
  });
});

describe("construct, of arguments that are outputs,", () => {
  it("hands secrets on as secrets, and says what each property comes from", async () => {
    const tags = {
      owner: outputValue("net", [bucketUrn("a")], false),
      key: outputValue("s3cr3t", [bucketUrn("b")], true),
    };
    const { inputs, of } = await built({ ...args, tags });
    assert.deepEqual(inputs("Vpc net").tags, { Name: "net", owner: "net", key: secret("s3cr3t") });
    assert.deepEqual(inputs("Subnet net-public-1").tags, {
      Name: "net-public-1",
      SubnetType: "Public",
      owner: "net",
      key: secret("s3cr3t"),
    });
    const { propertyDependencies, dependencies } = of("Eip net-1");
    assert.deepEqual(propertyDependencies, { tags: [bucketUrn("a"), bucketUrn("b")] });
    const subnet = of("Subnet net-public-1").urn;
    assert.deepEqual(dependencies, [subnet, bucketUrn("a"), bucketUrn("b")].sort());
  });

  it("lets tags that are one output take the place of its own, as awsx does", async () => {
    const whole = await built({ ...args, tags: outputValue({ team: "net" }, [bucketUrn("a")], true) });
    assert.deepEqual(whole.inputs("Vpc net").tags, secret({ team: "net" }));
    assert.deepEqual(whole.inputs("Subnet net-public-1").tags, secret({ team: "net" }));
    assert.deepEqual(whole.of("Vpc net").propertyDependencies.tags, [bucketUrn("a")]);
  });

  it("takes a secret that is no output for its whole property, as the SDK does", async () => {
    const { inputs } = await built({
      ...args,
      tags: { team: secret("net") },
      enableDnsHostnames: secret(true),
    });
    assert.deepEqual(inputs("Vpc net").tags, secret({ team: "net" }));
    assert.deepEqual(inputs("Vpc net").enableDnsHostnames, secret(true));
  });

  it("goes by the dependencies listed for a property that holds no output", async () => {
    const listed = new provider.ConstructRequest.PropertyDependencies();
    listed.setUrnsList([bucketUrn("a")]);
    const { of } = await built({ ...args, instanceTenancy: "default" }, (request) => {
      request.getInputdependenciesMap().set("instanceTenancy", listed);
    });
    const { propertyDependencies } = of("Vpc net");
    assert.deepEqual(
      [propertyDependencies.instanceTenancy, propertyDependencies.tags],
      [[bucketUrn("a")], []],
    );
  });

  it("gives each gateway the address meant for it, though neither is known", async () => {
    const address = (name: string) => outputValue(UNKNOWN, [bucketUrn(name)], false);
    const natGateways = { strategy: "OnePerAz", elasticIpAllocationIds: [address("a"), address("b")] };
    const { inputs, of } = await built({ ...args, natGateways }, () => {}, { preview: true });
    for (const [gateway, name] of [
      ["NatGateway net-1", "a"],
      ["NatGateway net-2", "b"],
    ] as const) {
      assert.equal(inputs(gateway).allocationId, UNKNOWN);
      assert.deepEqual(of(gateway).propertyDependencies.allocationId, [bucketUrn(name)]);
    }
  });

  it("knows no IPv6 block while it is not known whether there is one", async () => {
    const assigns = outputValue(UNKNOWN, [bucketUrn("a")], false);
    const inputs = { ...args, assignGeneratedIpv6CidrBlock: assigns };
    const { of } = await built(inputs, () => {}, { preview: true });
    const subnet = of("Subnet net-public-1");
    assert.deepEqual(
      [subnet.inputs.assignIpv6AddressOnCreation, subnet.inputs.ipv6CidrBlock],
      [UNKNOWN, UNKNOWN],
    );
    assert.deepEqual(subnet.propertyDependencies.ipv6CidrBlock, [of("Vpc net").urn, bucketUrn("a")].sort());
  });

  it("takes what a provider leaves out of a preview for unknown", async () => {
    const { inputs } = await built(args, () => {}, { preview: true, outputs: () => ({}) });
    assert.equal(inputs("NatGateway net-1").allocationId, UNKNOWN);
    assert.equal(inputs("Subnet net-public-1").ipv6CidrBlock, UNKNOWN);
  });

  it("makes all its outputs secret where the subnets asked for hold a secret, as awsx does", async () => {
    const [first, ...rest] = args.subnetSpecs;
    const tags = { key: outputValue("s3cr3t", [bucketUrn("a")], true) };
    const { response } = await built({ ...args, subnetSpecs: [{ ...first, tags }, ...rest] });
    const state = response.getState()?.toJavaScript() as Bag;
    assert.deepEqual(state.vpcEndpoints, secret([]));
    assert.ok(response.getStatedependenciesMap().get("vpcEndpoints")?.getUrnsList().includes(bucketUrn("a")));
  });
});

describe("construct answers", () => {
  const signature = "4dabf18193072939515e22adb298388d";
  const resource = (urn: string, id: string) => ({
    [signature]: "5cf8f73096256a8f31e491e813e4eb8e",
    urn,
    id,
  });

  it("with ids, and with its children as references", async () => {
    const { response, of } = await built(args);
    const state = response.getState()?.toJavaScript() as Bag;
    const ids = (...names: string[]) => names.map((name) => of(name).id);
    assert.equal(response.getUrn(), "urn:pulumi:stack::project::awsx:ec2:Vpc::net");
    assert.equal(state.vpcId, of("Vpc net").id);
    assert.deepEqual(state.privateSubnetIds, ids("Subnet net-private-1", "Subnet net-private-2"));
    assert.deepEqual(state.vpc, resource(vpcUrn, String(of("Vpc net").id)));
    assert.deepEqual(
      state.natGateways,
      ["NatGateway net-1"].map((name) => resource(of(name).urn, String(of(name).id))),
    );
    assert.deepEqual(state.subnetLayout, args.subnetSpecs);
  });

  it("with unknown ids in a preview, where lists of resources keep their length", async () => {
    const { response, of } = await built(args, () => {}, { preview: true });
    const state = response.getState()?.toJavaScript() as Bag;
    assert.deepEqual([state.vpcId, state.publicSubnetIds], [UNKNOWN, UNKNOWN]);
    const names = ["Subnet net-public-1", "Subnet net-public-2"];
    assert.deepEqual(
      state.publicSubnets,
      names.map((name) => resource(of(name).urn, UNKNOWN)),
    );
  });

  it("what each output waits for: the VPC, every subnet, and the resources it is", async () => {
    const { response } = await built(vpcArgs("None", ["Public"]));
    const waitsFor = (output: string) =>
      response.getStatedependenciesMap().get(output)?.getUrnsList().map(short).sort();
    const always = ["Subnet net-public-1", "Subnet net-public-2", "Vpc net"];
    assert.deepEqual(waitsFor("vpcId"), always);
    assert.deepEqual(waitsFor("subnetLayout"), always);
    assert.deepEqual(waitsFor("internetGateway"), ["InternetGateway net", ...always]);
    assert.deepEqual(waitsFor("routes"), ["Route net-public-1", "Route net-public-2", ...always]);
  });
});

describe("construct without zones", () => {
  const zonesOf = ({ monitor }: Built) =>
    [...new Set(monitor.registrations.flatMap(({ inputs }) => inputs.availabilityZone ?? []))].sort();

  it("asks for those of the provider's region", async () => {
    const reference = "urn:pulumi:stack::project::pulumi:providers:aws::mine::0123";
    const made = await built({}, (request) => void request.getProvidersMap().set("aws", reference));
    const [invoke, ...more] = made.monitor.invokes;
    assert.deepEqual(more, []);
    assert.deepEqual(
      [invoke?.getTok(), invoke?.getArgs()?.toJavaScript(), invoke?.getProvider(), invoke?.getVersion()],
      ["aws:index/getAvailabilityZones:getAvailabilityZones", {}, reference, "7.43.0"],
    );
    assert.deepEqual(zonesOf(made), ["us-east-1a", "us-east-1b", "us-east-1c"]);
  });

  it("asks for those of the region it is in", async () => {
    const made = await built({ region: "eu-west-1", numberOfAvailabilityZones: 2 });
    assert.deepEqual(
      made.monitor.invokes.map((one) => one.getArgs()?.toJavaScript()),
      [{ region: "eu-west-1" }],
    );
    assert.deepEqual(zonesOf(made), ["eu-west-1a", "eu-west-1b"]);
  });

  it("asks nobody when it has them", async () => {
    assert.deepEqual((await built(args)).monitor.invokes, []);
  });

  it("says what the provider said when it could not tell", async () => {
    const failure = new provider.CheckFailure();
    failure.setReason("no credentials");
    const response = new protocol.ResourceInvokeResponse();
    response.setFailuresList([failure]);
    const { details } = await refused({}, () => {}, { invoke: () => response });
    assert.equal(details, "getAvailabilityZones failed: no credentials");
  });
});

describe("construct refuses", () => {
  const cases: readonly (readonly [string, object])[] = [
    [
      "fewer addresses than zones",
      { ...args, natGateways: { strategy: "OnePerAz", elasticIpAllocationIds: ["a"] } },
    ],
    [
      "blocks for some zones only",
      { ...args, subnetSpecs: [{ type: "Public", cidrBlocks: ["10.0.0.0/24"] }, { type: "Private" }] },
    ],
    ["more zones than there are", { numberOfAvailabilityZones: 9 }],
    [
      "what the model does not know",
      { ...args, vpcEndpointSpecs: [{ serviceName: "com.amazonaws.us-east-1.s3" }] },
    ],
  ];
  for (const [title, inputs] of cases) {
    it(`${title}, in the words of the in-memory model`, async () => {
      const { code, details, registered, monitor } = await refused(inputs);
      const { error } = await compose(() => new awsx.ec2.Vpc("net", inputs as awsx.ec2.VpcArgs));
      // The engine puts the name of the component in front.
      assert.equal((error as Error).message, `awsx:ec2:Vpc resource 'net' has a problem: ${details}`);
      assert.equal(code, grpc.status.INVALID_ARGUMENT);
      assert.deepEqual(registered, ["awsx:ec2:Vpc net"]);
      assert.deepEqual(monitor.completed, []);
    });
  }

  it("a property there is not, and a value of the wrong kind", async () => {
    const { details } = await refused({ ...args, colour: "red", tags: "red" });
    assert.match(
      details,
      /^awsx:ec2:Vpc of AWS SDK .* has no such property.* Examine values at 'net\.colour'\.\n/,
    );
    assert.match(details, /\nexpected object type, got string type\. Examine values at 'net\.tags'\.$/);
  });

  it("addresses for subnets of a VPC without any, once that shows", async () => {
    const subnetSpecs = args.subnetSpecs.map((spec) => ({ ...spec, assignIpv6AddressOnCreation: true }));
    const { details, registered } = await refused({ ...args, subnetSpecs });
    assert.match(
      details,
      /^Subnets with assignIpv6AddressOnCreation=true require the VPC to have an IPv6 CIDR block/,
    );
    assert.deepEqual(registered.sort(), [
      "aws:ec2/internetGateway:InternetGateway net",
      "aws:ec2/vpc:Vpc net",
      "awsx:ec2:Vpc net",
    ]);
  });

  it("a component it does not know, before anything is registered", async () => {
    const { code, details, registered } = await refused({}, (request) =>
      request.setType("awsx:ecs:FargateService"),
    );
    assert.deepEqual(
      [code, details, registered],
      [
        grpc.status.INVALID_ARGUMENT,
        "the model of AWS does not know the component awsx:ecs:FargateService",
        [],
      ],
    );
  });
});

describe("construct, when a registration fails,", () => {
  /** Lets everybody else have so many turns. */
  const turns = async (count: number) => {
    for (let turn = 0; turn < count; turn++) await new Promise(setImmediate);
  };
  const failing = (type: string) => (request: protocol.RegisterResourceRequest) => {
    if (request.getType().endsWith(`:${type}`)) throw new Error("quota exceeded");
  };

  it("names the child and begins no other, but waits for those under way", async () => {
    const { details, registered, monitor, underWay } = await refused(args, () => {}, {
      before: async (request) => {
        if (request.getName() === "net-private-2") await turns(50);
        failing("InternetGateway")(request);
      },
    });
    assert.equal(
      details,
      "failed to register new resource net [aws:ec2/internetGateway:InternetGateway]: 2 UNKNOWN: quota exceeded",
    );
    assert.equal(underWay, 0);
    assert.deepEqual(
      registered.filter((name) => name.startsWith("aws:ec2/natGateway:")),
      [],
    );
    assert.deepEqual(monitor.completed, []);
  });

  it("registers no child when it is the component that fails", async () => {
    const { details, registered } = await refused(args, () => {}, { before: failing("Vpc") });
    assert.equal(details, "failed to register new resource net [awsx:ec2:Vpc]: 2 UNKNOWN: quota exceeded");
    assert.deepEqual(registered, ["awsx:ec2:Vpc net"]);
  });

  it("says that the engine stops when the engine stops", async () => {
    const error = await FakeMonitor.during({}, async (monitor, endpoint) => {
      monitor.stop();
      return construct(asked(endpoint, args)).catch((reason: grpc.ServiceError) => reason);
    });
    assert.deepEqual(
      [(error as grpc.ServiceError).code, (error as grpc.ServiceError).details],
      [
        grpc.status.UNAVAILABLE,
        "failed to register new resource net [awsx:ec2:Vpc]: Resource monitor is terminating",
      ],
    );
  });
});
