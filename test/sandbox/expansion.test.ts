import assert from "node:assert/strict";
import * as ec2 from "@pulumi/aws/ec2";
import { Provider } from "@pulumi/aws/provider";
import * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";
import { type Bag, type Composition, compose, type Registration, UNKNOWN } from "../../sandbox";

type Tier = "Public" | "Private" | "Isolated";

const block = (tier: Tier, zone: number) =>
  `10.0.${{ Public: 0, Private: 10, Isolated: 20 }[tier] + zone}.0/24`;
const zoneName = (zone: number) => `us-east-1${"abc"[zone]}`;
const range = (count: number) => Array.from({ length: count }, (_, index) => index);

function vpcArgs(
  zones: number,
  strategy: awsx.types.enums.ec2.NatGatewayStrategy,
  tiers: readonly Tier[],
): awsx.ec2.VpcArgs {
  return {
    cidrBlock: "10.0.0.0/16",
    availabilityZoneNames: range(zones).map(zoneName),
    subnetStrategy: "Auto",
    enableDnsHostnames: true,
    natGateways: { strategy },
    subnetSpecs: tiers.map((type) => ({ type, cidrBlocks: range(zones).map((zone) => block(type, zone)) })),
    tags: { team: "net" },
  };
}

/** `Vpc net`, `Subnet net-public-1`: short for a resource of EC2. */
function short(urn: string): string {
  const [, , type = "", name = ""] = urn.split("::");
  return `${type.split(":").pop()} ${name}`;
}

interface Line {
  readonly parent: string;
  readonly inputs: Bag;
  readonly waitsFor: readonly string[];
}

/** What the awsx provider makes, written down from runs of the real one. */
function expected(zones: number, strategy: string, tiers: readonly Tier[]): Map<string, Line> {
  const lines = new Map<string, Line>();
  const tags = { Name: "net", team: "net" };
  const vpc = "Vpc net";
  const block16 = { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true };
  lines.set(vpc, { parent: vpc, inputs: { ...block16, tags }, waitsFor: [] });
  lines.set("InternetGateway net", { parent: vpc, inputs: { vpcId: vpc, tags }, waitsFor: [vpc] });
  for (const zone of range(zones)) {
    for (const tier of tiers) subnet(lines, tier, zone, strategy);
  }
  return lines;
}

function subnet(lines: Map<string, Line>, tier: Tier, zone: number, strategy: string): void {
  const vpc = "Vpc net";
  const name = `net-${tier.toLowerCase()}-${zone + 1}`;
  const own = `Subnet ${name}`;
  const table = `RouteTable ${name}`;
  const tags = { Name: name, SubnetType: tier, team: "net" };
  const inputs = {
    vpcId: vpc,
    availabilityZone: zoneName(zone),
    cidrBlock: block(tier, zone),
    mapPublicIpOnLaunch: tier === "Public",
    assignIpv6AddressOnCreation: false,
    tags,
  };
  lines.set(own, { parent: vpc, inputs, waitsFor: [vpc] });
  lines.set(table, { parent: own, inputs: { vpcId: vpc, tags }, waitsFor: [own, vpc] });
  const ids = { routeTableId: table };
  lines.set(`RouteTableAssociation ${name}`, {
    parent: table,
    inputs: { ...ids, subnetId: own },
    waitsFor: [table, own],
  });

  const gateways = { None: 0, Single: 1, OnePerAz: zone + 1 }[strategy] ?? 0;
  const nat = `NatGateway net-${strategy === "Single" ? 1 : zone + 1}`;
  if (tier === "Public" && gateways > zone) {
    const eip = `Eip net-${zone + 1}`;
    const named = { Name: `net-${zone + 1}`, team: "net" };
    lines.set(eip, { parent: own, inputs: { tags: named }, waitsFor: [own] });
    lines.set(nat, {
      parent: own,
      inputs: { subnetId: own, allocationId: eip, tags: named },
      waitsFor: [eip, own],
    });
  }
  const way = {
    Public: ["gatewayId", "InternetGateway net"],
    Private: ["natGatewayId", nat],
    Isolated: undefined,
  }[tier];
  if (!way || (tier === "Private" && strategy === "None")) return;
  const [property = "", target = ""] = way;
  lines.set(`Route ${name}`, {
    parent: table,
    inputs: { ...ids, [property]: target, destinationCidrBlock: "0.0.0.0/0" },
    waitsFor: [table, target],
  });
}

/** What the model made, in the same terms: an id is the resource it belongs to. */
function found({ registrations }: Composition): Map<string, Line> {
  const children = registrations.filter(({ type }) => type.startsWith("aws:ec2/"));
  const byId = new Map(children.map(({ id, urn }) => [id, short(urn)]));
  const named = (inputs: Bag) =>
    Object.fromEntries(
      Object.entries(inputs).map(([key, value]) => [key, byId.get(value as string) ?? value]),
    );
  return new Map(
    children.map(({ urn, parent = "", inputs, dependencies }) => [
      short(urn),
      { parent: short(parent), inputs: named(inputs), waitsFor: dependencies.map(short) },
    ]),
  );
}

const sorted = (lines: Map<string, Line>) =>
  [...lines].map(([name, line]) => [name, { ...line, waitsFor: [...line.waitsFor].sort() }]).sort();

class Part extends pulumi.ComponentResource {
  constructor(name: string, opts: pulumi.ComponentResourceOptions) {
    super("test:index:Part", name, {}, opts);
  }
}

const everyTier: readonly Tier[] = ["Public", "Private", "Isolated"];

async function composed(args: awsx.ec2.VpcArgs, preview = false): Promise<Composition> {
  const composition = await compose(() => new awsx.ec2.Vpc("net", args), { preview, stackTraceLimit: 2 });
  if (composition.error !== undefined) throw composition.error;
  return composition;
}

describe("awsx.ec2.Vpc", () => {
  for (const zones of [2, 3]) {
    for (const strategy of ["OnePerAz", "Single", "None"] as const) {
      for (const tiers of [everyTier, everyTier.slice(0, 2)]) {
        it(`makes what the provider makes: ${zones} zones, NAT ${strategy}, ${tiers.join(", ")}`, async () => {
          const composition = await composed(vpcArgs(zones, strategy, tiers));
          assert.deepEqual(sorted(found(composition)), sorted(expected(zones, strategy, tiers)));
        });
      }
    }
  }

  it("names the parents in the URNs, the component itself has no properties", async () => {
    const { registrations } = await composed(vpcArgs(2, "Single", everyTier));
    const route = registrations.find(
      ({ type, name }) => type === "aws:ec2/route:Route" && name === "net-private-1",
    );
    assert.equal(
      route?.urn,
      "urn:pulumi:stack::project::awsx:ec2:Vpc$aws:ec2/vpc:Vpc$aws:ec2/subnet:Subnet$aws:ec2/routeTable:RouteTable$aws:ec2/route:Route::net-private-1",
    );
    assert.match(route?.provider ?? "", /::pulumi:providers:aws::default_7_43_0::/);
    const component = registrations.find(({ remote }) => remote);
    assert.deepEqual(
      [component?.checkedInputs, component?.outputs, component?.parent && short(component.parent)],
      [{}, {}, "Stack project-stack"],
    );
  });

  it("leaves ids unknown in a preview, and even the IPv6 block of a subnet without one", async () => {
    const composition = await composed(vpcArgs(2, "Single", everyTier), true);
    const subnet = composition.registrations.find(({ type }) => type === "aws:ec2/subnet:Subnet");
    assert.deepEqual([subnet?.inputs.vpcId, subnet?.inputs.ipv6CidrBlock], [UNKNOWN, UNKNOWN]);
    assert.deepEqual(subnet?.propertyDependencies.ipv6CidrBlock?.map(short), ["Vpc net"]);
  });

  it("gives each subnet a block of the VPC's IPv6 range, tier by tier", async () => {
    const args = { ...vpcArgs(2, "Single", everyTier), assignGeneratedIpv6CidrBlock: true };
    const { registrations } = await composed(args);
    const vpc = registrations.find(({ type }) => type === "aws:ec2/vpc:Vpc");
    const start = String(vpc?.outputs.ipv6CidrBlock).replace(/00::\/56$/, "");
    const blocks = registrations
      .filter(({ type }) => type === "aws:ec2/subnet:Subnet")
      .map(({ name, inputs }) => [name, String(inputs.ipv6CidrBlock).replace(start, "")]);
    assert.deepEqual(Object.fromEntries(blocks), {
      "net-public-1": "00::/64",
      "net-public-2": "01::/64",
      "net-private-1": "02::/64",
      "net-private-2": "03::/64",
      "net-isolated-1": "04::/64",
      "net-isolated-2": "05::/64",
    });
  });

  it("lays subnets out by itself when given no blocks", async () => {
    const { cidrBlock: _, subnetSpecs: __, ...args } = vpcArgs(3, "None", everyTier);
    const blocks = ({ registrations }: Composition) =>
      registrations
        .filter(({ type }) => type === "aws:ec2/subnet:Subnet")
        .map(({ name, inputs }) => `${name} ${inputs.cidrBlock}`);
    assert.deepEqual(blocks(await composed(args)), [
      "net-public-1 10.0.32.0/20",
      "net-private-1 10.0.0.0/19",
      "net-public-2 10.0.96.0/20",
      "net-private-2 10.0.64.0/19",
      "net-public-3 10.0.160.0/20",
      "net-private-3 10.0.128.0/19",
    ]);
  });

  it("uses the addresses it is given", async () => {
    const args = vpcArgs(2, "OnePerAz", everyTier);
    const ids = ["eipalloc-0a", "eipalloc-0b"];
    const { registrations } = await composed({
      ...args,
      natGateways: { strategy: "OnePerAz", elasticIpAllocationIds: ids },
    });
    assert.deepEqual(
      registrations.filter(({ type }) => type === "aws:ec2/eip:Eip"),
      [],
    );
    const gateways = registrations.filter(({ type }) => type === "aws:ec2/natGateway:NatGateway");
    assert.deepEqual(
      gateways.map(({ inputs }) => inputs.allocationId),
      ids,
    );
  });

  const users = (vpc: awsx.ec2.Vpc) => {
    new ec2.SecurityGroup("by-id", { vpcId: vpc.vpcId });
    new ec2.Instance("by-list", { subnetId: vpc.privateSubnetIds.apply(([first]) => first ?? "") });
    new ec2.SecurityGroup("by-route", { tags: { route: vpc.internetGateway.apply(({ id }) => id) } });
    new ec2.SecurityGroup("after", {}, { dependsOn: [vpc] });
  };

  it("makes whoever uses an output wait for the VPC, every subnet, and what the output lists", async () => {
    const { registrations } = await compose(() =>
      users(new awsx.ec2.Vpc("net", vpcArgs(2, "None", ["Public"]))),
    );
    const waitsFor = (wanted: string) =>
      (registrations.find(({ name }) => name === wanted) as Registration).dependencies.map(short).sort();
    const always = ["Subnet net-public-1", "Subnet net-public-2", "Vpc net", "Vpc net"];
    assert.deepEqual(waitsFor("by-id"), always);
    assert.deepEqual(waitsFor("by-list"), always);
    assert.deepEqual(waitsFor("by-route"), ["InternetGateway net", ...always]);
    assert.deepEqual(waitsFor("after"), ["Vpc net"]);
  });

  it("hands secrets and dependencies of its arguments on to the children that get them", async () => {
    const { registrations } = await compose(() => {
      const addresses = ["a", "b"].map((name) => new ec2.Eip(name).id);
      new awsx.ec2.Vpc("net", {
        ...vpcArgs(2, "OnePerAz", everyTier),
        natGateways: { strategy: "OnePerAz", elasticIpAllocationIds: addresses },
        tags: { key: pulumi.secret("s3cr3t") },
      });
    });
    const gateways = registrations.filter(({ type }) => type === "aws:ec2/natGateway:NatGateway");
    assert.deepEqual(
      gateways.map(({ propertyDependencies }) => propertyDependencies.allocationId?.map(short)),
      [["Eip a"], ["Eip b"]],
    );
    const tagged = registrations.filter(({ type, inputs }) => type.startsWith("aws:ec2/") && inputs.tags);
    assert.deepEqual(new Set(tagged.map(({ secretPaths }) => secretPaths.join())), new Set(["tags.key"]));
  });

  it("reports a layout read off the private subnets of two zones when it lays out by strategy Legacy", async () => {
    const { outputs } = await compose(() =>
      new awsx.ec2.Vpc("net").subnetLayout.apply((layout) => ({ layout })),
    );
    assert.deepEqual(outputs, {
      layout: [
        { type: "Private", cidrMask: 19 },
        { type: "Unused", cidrMask: 19 },
        { type: "Private", cidrMask: 19 },
      ],
    });
  });

  it("knows in a preview how many resources there are, but no list of ids", async () => {
    const { outputs } = await compose(
      () => {
        const vpc = new awsx.ec2.Vpc("net", vpcArgs(3, "Single", ["Public", "Private"]));
        return {
          publicSubnetIds: vpc.publicSubnetIds,
          isolatedSubnetIds: vpc.isolatedSubnetIds,
          tables: vpc.routeTables.apply((tables) => tables.length),
          firstSubnet: vpc.publicSubnets.apply(([first]) => first?.cidrBlock ?? pulumi.output("none")),
          layout: vpc.subnetLayout.apply((specs) => specs.map(({ type }) => type)),
        };
      },
      { preview: true },
    );
    assert.deepEqual(outputs, {
      publicSubnetIds: UNKNOWN,
      isolatedSubnetIds: [],
      tables: 6,
      firstSubnet: "10.0.0.0/24",
      layout: ["Public", "Private"],
    });
  });
});

describe("awsx.ec2.Vpc without zones of its own", () => {
  const zonesIn = async (region: string) => {
    const { registrations, error } = await compose(
      () => new awsx.ec2.Vpc("net", { subnetStrategy: "Auto", natGateways: { strategy: "None" } }),
      { region },
    );
    const subnets = registrations.filter(({ type }) => type === "aws:ec2/subnet:Subnet");
    const zones = new Set(subnets.map(({ inputs }) => inputs.availabilityZone));
    return { zones: [...zones], message: (error as Error | undefined)?.message };
  };

  it("takes the first three that the region has", async () => {
    const expected = ["ap-northeast-1a", "ap-northeast-1c", "ap-northeast-1d"];
    assert.deepEqual(await zonesIn("ap-northeast-1"), { zones: expected, message: undefined });
  });

  it("takes those of the provider its parent was given", async () => {
    const { registrations } = await compose(() => {
      const aws = new Provider("elsewhere", { region: "eu-west-1" });
      const parent = new Part("edge", { providers: { aws } });
      new awsx.ec2.Vpc("net", { subnetStrategy: "Auto", natGateways: { strategy: "None" } }, { parent });
    });
    const subnet = registrations.find(({ type }) => type === "aws:ec2/subnet:Subnet");
    assert.equal(subnet?.inputs.availabilityZone, "eu-west-1a");
    assert.match(subnet?.provider ?? "", /::pulumi:providers:aws::elsewhere::/);
  });

  it("says so when the region has fewer", async () => {
    const { zones, message } = await zonesIn("us-west-1");
    assert.deepEqual(zones, []);
    assert.match(message ?? "", /does not have at least 3 Availability Zones/);
  });
});

describe("awsx.ec2.Vpc refuses", () => {
  const args = vpcArgs(3, "OnePerAz", everyTier);
  const cases: readonly (readonly [string, awsx.ec2.VpcArgs, string])[] = [
    [
      "fewer addresses than zones",
      { ...args, natGateways: { strategy: "OnePerAz", elasticIpAllocationIds: ["a", "b"] } },
      "The number of Elastic IPs, if specified, must match the number of availability zones for the VPC (3) when NAT Gateway strategy is 'OnePerAz'",
    ],
    [
      "addresses without gateways",
      { ...args, natGateways: { strategy: "None", elasticIpAllocationIds: ["a"] } },
      "Elastic IP allocation IDs cannot be specified when NAT Gateway strategy is 'None'.",
    ],
    [
      "two blocks for three zones",
      { ...args, subnetSpecs: [{ type: "Public", cidrBlocks: ["10.0.0.0/24", "10.0.1.0/24"] }] },
      "Invalid subnet specifications:\n - The number of CIDR blocks in subnetSpecs[0] must match the number of availability zones (3).",
    ],
    [
      "blocks for some subnets only",
      { ...args, subnetSpecs: [...(args.subnetSpecs ?? []).slice(0, 1), { type: "Private" }] },
      "Invalid subnet specifications:\n - If any subnet spec has explicit cidrBlocks, all subnets must have explicit cidrBlocks.",
    ],
    [
      "gateways with nobody to use them",
      { ...args, subnetSpecs: (args.subnetSpecs ?? []).slice(0, 1) },
      "If NAT Gateway strategy is 'OnePerAz' or 'Single', public subnets must be declared to host the NAT Gateway resource, along with private or isolated subnets to route through it.",
    ],
  ];
  for (const [title, wrong, reason] of cases) {
    it(title, async () => {
      const { error } = await compose(() => new awsx.ec2.Vpc("net", wrong));
      assert.equal((error as Error).message, `awsx:ec2:Vpc resource 'net' has a problem: ${reason}`);
    });
  }
});
