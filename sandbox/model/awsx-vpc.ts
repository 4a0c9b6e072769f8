import { type Bag, knownText, UNKNOWN, type Value } from "../values";
import { type Settled, settle } from "./awsx-arguments";
import { Family } from "./awsx-family";
import { subnetIpv6Block } from "./awsx-ipv6";
import type { PlannedSubnet } from "./awsx-layout";
import type { Checked, Component, Plan } from "./components";
import { type Given, merged, sourceOf } from "./given";
import { idOf, outputOf, type PlannedChild, plain, type Source } from "./planned";

const types = {
  vpc: "aws:ec2/vpc:Vpc",
  gateway: "aws:ec2/internetGateway:InternetGateway",
  subnet: "aws:ec2/subnet:Subnet",
  routeTable: "aws:ec2/routeTable:RouteTable",
  association: "aws:ec2/routeTableAssociation:RouteTableAssociation",
  route: "aws:ec2/route:Route",
  eip: "aws:ec2/eip:Eip",
  nat: "aws:ec2/natGateway:NatGateway",
} as const;

const everywhere = plain("0.0.0.0/0");

/** Order of the subnets within a zone. */
const rank = (type: string) => ["public", "private", "isolated"].indexOf(type.toLowerCase());

const isPublic = ({ type }: PlannedSubnet) => type.toLowerCase() === "public";

/** What goes through to the inner VPC as it is. */
const passedOn = [
  "assignGeneratedIpv6CidrBlock",
  "enableNetworkAddressUsageMetrics",
  "instanceTenancy",
  "ipv4IpamPoolId",
  "ipv4NetmaskLength",
  "ipv6CidrBlock",
  "ipv6CidrBlockNetworkBorderGroup",
  "ipv6IpamPoolId",
  "ipv6NetmaskLength",
  "enableDnsHostnames",
  "enableDnsSupport",
  "region",
];

class Network {
  readonly #family = new Family();
  readonly #name: string;
  readonly #given: Given;
  readonly #tags: Value | undefined;
  readonly #region: Source;
  readonly #eips: PlannedChild[] = [];
  readonly #nats: PlannedChild[] = [];

  constructor(
    { name, given }: Checked,
    readonly settled: Settled,
  ) {
    this.#name = name;
    this.#given = given;
    this.#tags = given.at("tags");
    this.#region = given.source("region");
  }

  plan(): Plan {
    const { zones, subnets, report, cidrBlock } = this.settled;
    const shared = merged({ Name: this.#name }, this.#tags);
    const through = passedOn.map((property) => [property, this.#given.source(property)] as const);
    const vpcInputs = { cidrBlock, ...Object.fromEntries(through), tags: shared };
    const vpc = this.#family.add(types.vpc, this.#name, undefined, vpcInputs);
    const gatewayInputs = { region: this.#region, vpcId: idOf(vpc), tags: shared };
    const gateway = this.#family.add(types.gateway, this.#name, vpc, gatewayInputs, [vpc]);
    const made = new Map<PlannedSubnet, PlannedChild>();
    for (const [zoneIndex, zone] of zones.entries()) {
      const here = subnets
        .filter((subnet) => subnet.zone === zone && subnet.type !== "Unused")
        .sort((a, b) => rank(a.type) - rank(b.type));
      for (const [position, subnet] of here.entries()) {
        made.set(subnet, this.#subnet(subnet, vpc, gateway, position * zones.length + zoneIndex));
      }
    }
    return this.#result(made, report, vpc, gateway);
  }

  #subnet(planned: PlannedSubnet, vpc: PlannedChild, gateway: PlannedChild, ipv6Index: number) {
    const { name, nameTag, type, specIndex } = planned;
    const own = { Name: nameTag, SubnetType: type };
    const ofSpec = this.#given.at("subnetSpecs", specIndex, "assignIpv6AddressOnCreation");
    const assigns = sourceOf(ofSpec ?? this.#given.at("assignGeneratedIpv6CidrBlock") ?? false);
    const vpcBlock = outputOf(vpc, "ipv6CidrBlock");
    const subnet = this.#family.add(
      types.subnet,
      name,
      vpc,
      {
        region: this.#region,
        vpcId: idOf(vpc),
        availabilityZone: plain(planned.zone),
        mapPublicIpOnLaunch: plain(isPublic(planned)),
        cidrBlock: plain(planned.cidrBlock),
        assignIpv6AddressOnCreation: assigns,
        ipv6CidrBlock: {
          value: (find) => subnetIpv6Block(vpcBlock.value(find), assigns.value(find), ipv6Index),
          children: [vpc],
          urns: assigns.urns,
        },
        tags: merged({ Name: this.#name }, this.#tags, this.#given.at("subnetSpecs", specIndex, "tags"), own),
      },
      [vpc],
    );
    this.#routes(planned, subnet, vpc, gateway, merged({ Name: this.#name }, this.#tags, own));
    return subnet;
  }

  #routes(
    planned: PlannedSubnet,
    subnet: PlannedChild,
    vpc: PlannedChild,
    gateway: PlannedChild,
    tags: Source,
  ): void {
    const family = this.#family;
    const region = this.#region;
    const { name } = planned;
    const tableInputs = { region, vpcId: idOf(vpc), tags };
    const table = family.add(types.routeTable, name, subnet, tableInputs, [subnet]);
    const ids = { region, routeTableId: idOf(table) };
    family.add(types.association, name, table, { ...ids, subnetId: idOf(subnet) }, [table]);
    if (isPublic(planned)) this.#natGateway(planned, subnet);

    const { zoneIndex, type } = planned;
    const nat = this.settled.strategy.toLowerCase() === "single" ? this.#nats[0] : this.#nats[zoneIndex];
    const way = isPublic(planned)
      ? { gatewayId: idOf(gateway) }
      : type.toLowerCase() === "private" && nat
        ? { natGatewayId: idOf(nat) }
        : undefined;
    if (way === undefined) return;
    family.add(types.route, name, table, { ...ids, ...way, destinationCidrBlock: everywhere }, [table]);
  }

  #natGateway({ zoneIndex }: PlannedSubnet, subnet: PlannedChild): void {
    const { strategy, addresses } = this.settled;
    const wanted = { none: 0, single: 1, oneperaz: zoneIndex + 1 }[strategy.toLowerCase()] ?? 0;
    if (this.#nats.length >= wanted) return;
    const name = `${this.#name}-${zoneIndex + 1}`;
    const tags = merged(this.#tags, { Name: name });
    const region = this.#region;
    let allocationId = this.#given.source("natGateways", "elasticIpAllocationIds", zoneIndex);
    if (addresses === 0) {
      const eip = this.#family.add(types.eip, name, subnet, { region, tags }, [subnet]);
      this.#eips.push(eip);
      allocationId = outputOf(eip, "allocationId");
    }
    const inputs = { region, subnetId: idOf(subnet), allocationId, tags };
    this.#nats.push(this.#family.add(types.nat, name, subnet, inputs, [subnet]));
  }

  #result(
    made: ReadonlyMap<PlannedSubnet, PlannedChild>,
    report: Bag[],
    vpc: PlannedChild,
    gateway: PlannedChild,
  ): Plan {
    const family = this.#family;
    const where = (fits: (type: string) => boolean) =>
      [...made].filter(([{ type }]) => fits(type.toLowerCase())).map(([, subnet]) => subnet);
    const publicSubnets = where((type) => type === "public");
    const privateSubnets = where((type) => type === "private");
    const isolatedSubnets = where((type) => type !== "public" && type !== "private");
    return {
      children: family.children,
      awaited: [vpc, ...made.values()],
      // The report comes from the specs, and all outputs are read off one that holds the report.
      awaitedUrns: this.#given.source("subnetSpecs").urns,
      secret: this.#given.holdsSecret("subnetSpecs"),
      outputs: {
        vpcId: { id: vpc },
        publicSubnetIds: { ids: publicSubnets },
        privateSubnetIds: { ids: privateSubnets },
        isolatedSubnetIds: { ids: isolatedSubnets },
        subnetLayout: { value: this.settled.unsettled ? UNKNOWN : report },
        vpc: { resource: vpc },
        internetGateway: { resource: gateway },
        subnets: { resources: [...made.values()] },
        publicSubnets: { resources: publicSubnets },
        privateSubnets: { resources: privateSubnets },
        isolatedSubnets: { resources: isolatedSubnets },
        natGateways: { resources: this.#nats },
        eips: { resources: this.#eips },
        routeTables: { resources: family.of(types.routeTable) },
        routeTableAssociations: { resources: family.of(types.association) },
        routes: { resources: family.of(types.route) },
        vpcEndpoints: { resources: [] },
      },
    };
  }
}

/** `awsx:ec2:Vpc`, as the awsx provider 3.9 makes it. */
export const vpcComponent: Component = {
  asksFor: ({ availabilityZoneNames, region }) => {
    if (availabilityZoneNames !== undefined) return undefined;
    const name = knownText(region);
    return name === undefined ? {} : { region: name };
  },
  plan: (construction) => new Network(construction, settle(construction)).plan(),
};
