const aws = require("@pulumi/aws");
const awsx = require("@pulumi/awsx");
const pulumi = require("@pulumi/pulumi");

const tiers = { Public: 0, Private: 10, Isolated: 20 };

/** Zones of the stack's region, and a block of every tier in each. */
function args(strategy, count, wanted = Object.keys(tiers)) {
  const zones = ["us-east-1a", "us-east-1b", "us-east-1c"].slice(0, count);
  const blocks = (tier) => zones.map((_, zone) => `10.0.${tiers[tier] + zone}.0/24`);
  return {
    cidrBlock: "10.0.0.0/16",
    availabilityZoneNames: zones,
    subnetStrategy: "Auto",
    natGateways: { strategy },
    subnetSpecs: wanted.map((type) => ({ type, cidrBlocks: blocks(type) })),
    tags: { team: "net" },
  };
}

class Part extends pulumi.ComponentResource {
  constructor(name, opts) {
    super("test:index:Part", name, {}, opts);
  }
}

/** What a stack reads of a VPC. */
function read(vpc) {
  return {
    vpcId: vpc.vpcId,
    publicSubnetIds: vpc.publicSubnetIds,
    privateSubnetIds: vpc.privateSubnetIds,
    isolatedSubnetIds: vpc.isolatedSubnetIds,
    layout: vpc.subnetLayout,
    gateway: vpc.internetGateway.apply(({ id }) => id),
    firstBlock: vpc.publicSubnets.apply(([first]) => first?.cidrBlock),
    gateways: vpc.natGateways.apply((all) => all.length),
    tables: vpc.routeTables.apply((all) => all.length),
  };
}

const elasticIps = (name) => ["a", "b"].map((key) => new aws.ec2.Eip(`${name}-${key}`).id);

/** VPCs the plugins make, by name; one stack holds them all. */
const made = {
  plain: (name) => new awsx.ec2.Vpc(name),
  network: (name) => {
    const inputs = {
      ...args("OnePerAz", 3),
      subnetNameTagStrategy: "AvailabilityZone",
      enableDnsHostnames: true,
      enableDnsSupport: true,
    };
    const vpc = new awsx.ec2.Vpc(name, inputs, { parent: new Part(`${name}-part`) });
    new aws.ec2.SecurityGroup(`${name}-by-id`, { name: "by-id", vpcId: vpc.vpcId });
    new aws.ec2.SecurityGroup(`${name}-after`, { name: "after" }, { dependsOn: [vpc] });
    return vpc;
  },
  none: (name) => new awsx.ec2.Vpc(name, args("None", 2, ["Private", "Isolated"])),
  addresses: (name) => {
    const natGateways = { strategy: "OnePerAz", elasticIpAllocationIds: elasticIps(name) };
    return new awsx.ec2.Vpc(name, { ...args("OnePerAz", 2), natGateways });
  },
  ipv6: (name) => new awsx.ec2.Vpc(name, { ...args("Single", 2), assignGeneratedIpv6CidrBlock: true }),
  tags: (name) => {
    const [first, ...rest] = args("Single", 2).subnetSpecs;
    const tags = { Name: "mine", address: elasticIps(name)[0], key: pulumi.secret("s3cr3t") };
    const subnetSpecs = [{ ...first, name: "edge", tags: { tier: "edge" } }, ...rest];
    return new awsx.ec2.Vpc(name, { ...args("Single", 2), tags, subnetSpecs });
  },
  secret: (name) => new awsx.ec2.Vpc(name, { ...args("Single", 2), tags: pulumi.secret({ team: "net" }) }),
  options: (name) =>
    new awsx.ec2.Vpc(name, args("Single", 2), {
      customTimeouts: { create: "5m" },
      dependsOn: [new aws.ec2.Eip(`${name}-a`)],
      ignoreChanges: ["tags"],
      protect: true,
      retainOnDelete: true,
    }),
  provider: (name) => {
    const elsewhere = new aws.Provider(`${name}-aws`, { region: "eu-west-1" });
    const parent = new Part(`${name}-part`, { providers: { aws: elsewhere } });
    return new awsx.ec2.Vpc(name, { natGateways: { strategy: "Single" } }, { parent });
  },
};

/** VPCs the plugins refuse; each has a stack to itself. */
const refused = {
  fewAddresses: () => {
    const natGateways = { strategy: "OnePerAz", elasticIpAllocationIds: ["eipalloc-0a"] };
    new awsx.ec2.Vpc("net", { ...args("OnePerAz", 2), natGateways });
  },
  fewBlocks: () => {
    const subnetSpecs = [{ type: "Public", cidrBlocks: ["10.0.0.0/24"] }, { type: "Private" }];
    new awsx.ec2.Vpc("net", { ...args("None", 2), subnetSpecs });
  },
  manyZones: () => {
    new awsx.ec2.Vpc("net", { numberOfAvailabilityZones: 9 });
  },
};

const refusal = refused[process.env.VPC_REFUSED];
if (refusal) refusal();
else for (const [name, make] of Object.entries(made)) module.exports[name] = read(make(name));
