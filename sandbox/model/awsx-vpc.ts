import { resourceReference } from "../monitor/wire";
import {
  type Bag,
  bags,
  isUnknown,
  knownNumber,
  knownText,
  knownTexts,
  UNKNOWN,
  type Value,
} from "../values";
import { Family, type Inputs, type Made, urns } from "./awsx-family";
import { natFault } from "./awsx-gateways";
import { layOut, type PlannedSubnet, resolvedLayout } from "./awsx-layout";
import type { Constructed, Construction, Constructor } from "./components";
import { zonesOf } from "./places";

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

const everywhere = "0.0.0.0/0";

/** Order of the subnets within a zone. */
const rank = (type: string) => ["public", "private", "isolated"].indexOf(type.toLowerCase());

const isPublic = ({ type }: PlannedSubnet) => type.toLowerCase() === "public";

/** Block of one subnet in the VPC's IPv6 range, by number. */
function ipv6Block(vpcBlock: Value | undefined, index: number): Value | undefined {
  if (isUnknown(vpcBlock)) return UNKNOWN;
  const parts = /^(.*:)([0-9a-f]{1,4})::\/56$/.exec(String(vpcBlock));
  if (!parts) return undefined;
  return `${parts[1]}${(Number.parseInt(parts[2] ?? "0", 16) + index).toString(16)}::/64`;
}

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
  readonly family: Family;
  readonly tags: Bag;
  readonly region: readonly [Value | undefined];
  readonly eips: Made[] = [];
  readonly nats: Made[] = [];

  constructor(
    readonly construction: Construction,
    readonly zones: readonly string[],
    readonly strategy: string,
    readonly eipIds: readonly Value[],
  ) {
    this.family = new Family(construction);
    this.tags = bags(construction.inputs.tags)[0] ?? {};
    this.region = [construction.inputs.region];
  }

  build(subnets: readonly PlannedSubnet[], cidrBlock: string): Constructed {
    const { name, urn, inputs } = this.construction;
    const shared = { Name: name, ...this.tags };
    const through = passedOn.map((property) => [property, [inputs[property]]] as const);
    const vpc = this.family.add(types.vpc, name, urn, {
      cidrBlock: [cidrBlock],
      ...Object.fromEntries(through),
      tags: [shared],
    });
    const gateway = this.family.add(
      types.gateway,
      name,
      vpc.urn,
      { region: this.region, vpcId: [vpc.id, vpc], tags: [shared] },
      [vpc],
    );
    const made = new Map<PlannedSubnet, Made>();
    for (const [zoneIndex, zone] of this.zones.entries()) {
      const here = subnets
        .filter((subnet) => subnet.zone === zone && subnet.type !== "Unused")
        .sort((a, b) => rank(a.type) - rank(b.type));
      for (const [position, subnet] of here.entries()) {
        made.set(subnet, this.subnet(subnet, vpc, gateway, position * this.zones.length + zoneIndex));
      }
    }
    return this.result(made, resolvedLayout(inputs, subnets), vpc, gateway);
  }

  private subnet(planned: PlannedSubnet, vpc: Made, gateway: Made, ipv6Index: number): Made {
    const { name, nameTag, type } = planned;
    const own = { Name: nameTag, SubnetType: type };
    const shared = this.tags;
    const ipv6 = planned.assignIpv6 ?? this.construction.inputs.assignGeneratedIpv6CidrBlock ?? false;
    // In a preview the VPC's own block is unknown, so that even "none" is.
    const block =
      ipv6 === false && !isUnknown(vpc.id) ? undefined : ipv6Block(vpc.outputs.ipv6CidrBlock, ipv6Index);
    const subnet = this.family.add(
      types.subnet,
      name,
      vpc.urn,
      {
        region: this.region,
        vpcId: [vpc.id, vpc],
        availabilityZone: [planned.zone],
        mapPublicIpOnLaunch: [isPublic(planned)],
        cidrBlock: [planned.cidrBlock],
        assignIpv6AddressOnCreation: [ipv6],
        ipv6CidrBlock: [block, vpc],
        tags: [{ ...shared, ...planned.tags, ...own }],
      },
      [vpc],
    );
    this.routes(planned, subnet, vpc, gateway, { ...shared, ...own });
    return subnet;
  }

  private routes(planned: PlannedSubnet, subnet: Made, vpc: Made, gateway: Made, tags: Bag): void {
    const { family, region } = this;
    const { name } = planned;
    const table = family.add(
      types.routeTable,
      name,
      subnet.urn,
      { region, vpcId: [vpc.id, vpc], tags: [tags] },
      [subnet],
    );
    const ids: Inputs = { region, routeTableId: [table.id, table] };
    family.add(types.association, name, table.urn, { ...ids, subnetId: [subnet.id, subnet] }, [table]);
    if (isPublic(planned)) this.natGateway(planned, subnet);

    const { zoneIndex, type } = planned;
    const nat = this.strategy.toLowerCase() === "single" ? this.nats[0] : this.nats[zoneIndex];
    const way: Inputs | undefined = isPublic(planned)
      ? { gatewayId: [gateway.id, gateway] }
      : type.toLowerCase() === "private" && nat
        ? { natGatewayId: [nat.id, nat] }
        : undefined;
    if (way)
      family.add(types.route, name, table.urn, { ...ids, ...way, destinationCidrBlock: [everywhere] }, [
        table,
      ]);
  }

  private natGateway({ zoneIndex }: PlannedSubnet, subnet: Made): void {
    const wanted = { none: 0, single: 1, oneperaz: zoneIndex + 1 }[this.strategy.toLowerCase()] ?? 0;
    if (this.nats.length >= wanted) return;
    const name = `${this.construction.name}-${zoneIndex + 1}`;
    const tags = [{ ...this.tags, Name: name }] as const;
    const { region } = this;
    let allocation: readonly [Value | undefined, ...Made[]] = [this.eipIds[zoneIndex]];
    if (this.eipIds.length === 0) {
      const eip = this.family.add(types.eip, name, subnet.urn, { region, tags }, [subnet]);
      this.eips.push(eip);
      allocation = [eip.outputs.allocationId, eip];
    }
    const inputs: Inputs = { region, subnetId: [subnet.id, subnet], allocationId: allocation, tags };
    this.nats.push(this.family.add(types.nat, name, subnet.urn, inputs, [subnet]));
  }

  private result(made: Map<PlannedSubnet, Made>, layout: Bag[], vpc: Made, gateway: Made): Constructed {
    const ofType = (type: string) =>
      [...made].filter(([planned]) => planned.type.toLowerCase() === type).map(([, subnet]) => subnet);
    // One unknown id makes the whole list unknown, on its way through an output.
    const ids = (list: readonly Made[]): Value => {
      const all = list.map(({ id }) => id);
      return all.some(isUnknown) ? UNKNOWN : all;
    };
    const lists: { [output: string]: readonly Made[] } = {
      subnets: [...made.values()],
      publicSubnets: ofType("public"),
      privateSubnets: ofType("private"),
      isolatedSubnets: ofType("isolated"),
      natGateways: this.nats,
      eips: this.eips,
      routeTables: this.family.of(types.routeTable),
      routeTableAssociations: this.family.of(types.association),
      routes: this.family.of(types.route),
      vpcEndpoints: [],
    };
    const outputs: Bag = {
      vpcId: vpc.id,
      publicSubnetIds: ids(ofType("public")),
      privateSubnetIds: ids(ofType("private")),
      isolatedSubnetIds: ids(ofType("isolated")),
      subnetLayout: layout,
    };
    const reference = (child: Made) => resourceReference(child);
    const references: Bag = { vpc: reference(vpc), internetGateway: reference(gateway) };
    for (const [output, list] of Object.entries(lists)) references[output] = list.map(reference);

    // Each output waits for the VPC and every subnet, and for the resources it lists.
    const dependencies = new Map<string, readonly string[]>();
    const always = [vpc, ...made.values()];
    for (const output of Object.keys({ ...outputs, ...references })) {
      const listed = output === "internetGateway" ? [gateway] : (lists[output] ?? []);
      dependencies.set(output, urns([...always, ...listed]));
    }
    return { outputs, references, dependencies };
  }
}

/** What the provider says where a region has too few zones. */
function tooFewZones(count: number): string {
  return (
    `The configured region for this provider does not have at least ${count} Availability Zones. Either specify an ` +
    `explicit list of zones in availabilityZoneNames or choose a region with at least ${count} AZs.`
  );
}

/** The children of `awsx:ec2:Vpc`, as the awsx provider 3.9 makes them. */
export const constructVpc: Constructor = (construction) => {
  const { inputs, name, region } = construction;
  const wanted = knownNumber(inputs.numberOfAvailabilityZones) ?? 3;
  const named = knownTexts(inputs.availabilityZoneNames);
  const zones = named ?? zonesOf(knownText(inputs.region) ?? region).slice(0, wanted);
  if (named === undefined && zones.length < wanted) return { failures: [{ reason: tooFewZones(wanted) }] };
  if (bags(inputs.vpcEndpointSpecs).length > 0) {
    return {
      failures: [
        {
          property: "vpcEndpointSpecs",
          reason: "the model of AWS does not know it: use aws.ec2.VpcEndpoint",
        },
      ],
    };
  }
  const cidrBlock = knownText(inputs.cidrBlock) ?? "10.0.0.0/16";
  const layout = layOut(name, inputs, zones, cidrBlock);
  if ("failures" in layout) return layout;
  const nat = bags(inputs.natGateways)[0] ?? {};
  const strategy = knownText(nat.strategy) ?? "OnePerAz";
  const eipIds = Array.isArray(nat.elasticIpAllocationIds) ? nat.elasticIpAllocationIds : [];
  const fault = natFault(strategy, eipIds, zones.length, layout.subnets);
  if (fault !== undefined) return { failures: [{ reason: fault }] };
  return new Network(construction, zones, strategy, eipIds).build(layout.subnets, cidrBlock);
};
