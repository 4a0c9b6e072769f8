import * as ec2 from "@pulumi/aws/ec2";
import * as awsx from "@pulumi/awsx/ec2";
import * as pulumi from "@pulumi/pulumi";
import { planAddresses, settleVpcBlock, type ZoneBlocks } from "../lib/address-plan";
import { checkName, roleNameLength } from "../lib/child-names";
import { checkOneOf } from "../lib/closed-set";
import { Problems } from "../lib/problems";
import { type Tags, tagged } from "../lib/tags";
import { shaped, type Transform } from "../lib/transform";
import { mostZones, settleZones } from "../lib/zone-names";
import {
  addGatewayEndpoints,
  addInterfaceEndpoints,
  type EndpointTransforms,
  type EndpointUse,
  settleUses,
} from "./endpoints";
import {
  type FlowLogsArgs,
  type FlowLogTransforms,
  flowLogsRole,
  recordTraffic,
  settleFlowLogs,
} from "./flow-logs";
import { type Nat, type NatArgs, settleNat } from "./nat";
import type { Part } from "./part";
import { IsolatedSubnets, oneByOne, subnetSpecs, type Tier, tiersOf } from "./subnets";

/** A network's address range, zones, and ways out. */
export interface NetworkArgs {
  /**
   * Availability zones, 2 to 6 of one region, such as `us-east-1a`. Add to the end only: subnets are known by their
   * zone's position, so a zone that is removed, inserted or moved replaces the subnets from there on.
   */
  readonly zones: string[];
  /**
   * Addresses of the VPC, a /16 to a /24 in CIDR notation. A /22 or wider has room for every number of zones, a /23 for
   * 4 and a /24 for 2. It cannot be changed later. AWS advises against 172.17.0.0/16.
   * @default "10.0.0.0/16"
   * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
   */
  readonly cidrBlock?: string;
  /**
   * NAT gateways, through which private subnets reach the internet.
   * @default one per zone, each with a new address
   */
  readonly nat?: NatArgs;
  /**
   * Whether each zone gets a subnet without any route out of the VPC, for data stores. Can be added later without
   * touching the other subnets.
   * @default "none"
   */
  readonly isolatedSubnets?: IsolatedSubnets;
  /**
   * Services that instances reach through interface endpoints, which AWS bills by the hour and zone. S3 and DynamoDB
   * need no mention: their endpoints are free and always there.
   * @default none
   * @see https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
   */
  readonly uses?: EndpointUse[];
  /**
   * The record of who talked to whom.
   * @default kept for 30 days
   */
  readonly flowLogs?: FlowLogsArgs;
  /** Added to every child that can carry tags. */
  readonly tags?: Tags;
}

/** The last word on each child of a network. */
export interface NetworkTransforms extends FlowLogTransforms, EndpointTransforms {
  /** The VPC with its subnets, route tables and gateways. Zones and subnets must stay as many as they are. */
  readonly vpc?: Transform<awsx.VpcArgs>;
  /** The default security group. */
  readonly defaultSecurityGroup?: Transform<ec2.DefaultSecurityGroupArgs>;
}

/** Resource options, and the last word on each child. */
export interface NetworkOptions extends pulumi.ComponentResourceOptions {
  readonly transform?: NetworkTransforms;
}

/** A network's arguments, checked and with every default in place. */
interface NetworkPlan {
  readonly cidrBlock: string;
  readonly zones: string[];
  readonly region: string;
  readonly blocks: ZoneBlocks[];
  readonly tiers: Tier[];
  readonly nat: Nat;
  readonly endpointServices: string[];
  readonly retentionDays: number;
}

/**
 * A VPC with a public and a private subnet in each zone, and on request an isolated one.
 *
 * Creates `<name>-vpc`, an `awsx.ec2.Vpc` with its subnets, route tables, internet and NAT gateways; `<name>-default-sg`,
 * the VPC's default security group without rules; `<name>-flow-logs`, a log group, the role that writes to it with its
 * policy, and the flow log; `<name>-endpoint-s3` and `<name>-endpoint-dynamodb`; and for `uses`, `<name>-endpoints` with
 * its rule `<name>-endpoints-443` and one `<name>-endpoint-<service>` each.
 *
 * Where a subnet lies follows from the VPC's prefix, the zone's position and the subnet's kind alone, so neither a new
 * zone nor isolated subnets move one that exists.
 *
 * Public subnets hand out public addresses at launch; nothing in them needs that but an instance started there by hand.
 * awsx decides so and takes no argument for it: a `transforms` callback in the options reaches the subnets.
 * With `nat.mode` "none" a private subnet has no route out but those of its endpoints.
 *
 * Renamed with an alias, it keeps every child but the NAT gateways and their addresses, which awsx names apart from the
 * subnets they are in. Give `nat.elasticIpIds` where others rely on those addresses.
 *
 * @throws {ArgumentError} for fewer than 2 or more than 6 zones, zones that are not names of availability zones of one
 * region (Local Zones are not), an address block that is malformed, not a /16 to a /24 or too small for the zones,
 * Elastic IP addresses that are not as many as the gateways, a retention CloudWatch Logs does not offer, or a name of
 * more than 46 characters or of others than letters, digits and hyphens.
 */
export class Network extends pulumi.ComponentResource {
  /** Id of the VPC. */
  readonly vpcId: pulumi.Output<string>;
  /** Addresses of the VPC, in CIDR notation. */
  readonly cidrBlock: pulumi.Output<string>;
  /** Availability zones, in the order of every list of subnets. */
  readonly zoneNames: string[];
  /** Ids of the public subnets, one per zone: for internet-facing load balancers. */
  readonly publicSubnetIds: pulumi.Output<string>[];
  /** Ids of the private subnets, one per zone: for instances. */
  readonly privateSubnetIds: pulumi.Output<string>[];
  /** Ids of the isolated subnets, one per zone or none: for data stores. */
  readonly isolatedSubnetIds: pulumi.Output<string>[];
  /** Addresses under which private subnets are seen on the internet, one per NAT gateway. */
  readonly natPublicIps: pulumi.Output<string>[];

  constructor(name: string, args: NetworkArgs, opts: NetworkOptions = {}) {
    const { transform = {}, ...resourceOpts } = opts;
    super("evenkeel:index:Network", name, args, resourceOpts);

    const problems = new Problems();
    const plan = settle(name, args, problems);
    problems.throwFor(this);

    const child = { parent: this };
    const part = { name, tags: args.tags, transform, child };
    const { zones, tiers, nat } = plan;

    const vpc = new awsx.Vpc(
      `${name}-vpc`,
      ...shaped(transform.vpc, vpcArgs(`${name}-vpc`, plan, args.tags), child),
    );
    this.vpcId = vpc.vpcId;
    this.cidrBlock = pulumi.output(plan.cidrBlock);
    this.zoneNames = [...zones];
    const subnetsOf = (tier: Tier, all: pulumi.Output<ec2.Subnet[]>) => {
      const count = tiers.includes(tier) ? zones.length : 0;
      return oneByOne(this, { what: `${tier} subnets`, count, all }, (subnet) => subnet.id);
    };
    this.publicSubnetIds = subnetsOf("public", vpc.publicSubnets);
    this.privateSubnetIds = subnetsOf("private", vpc.privateSubnets);
    this.isolatedSubnetIds = subnetsOf("isolated", vpc.isolatedSubnets);
    const gateways = { what: "NAT gateways", count: nat.count, all: vpc.natGateways };
    this.natPublicIps = oneByOne(this, gateways, (gateway) => gateway.publicIp);

    emptyDefaultSecurityGroup(part, this.vpcId);
    recordTraffic(part, this.vpcId, plan.retentionDays);

    const tables = { what: "route tables", count: zones.length * tiers.length, all: vpc.routeTables };
    const tableIds = oneByOne(this, tables, (table) => table.id);
    const site = {
      vpcId: this.vpcId,
      cidrBlock: plan.cidrBlock,
      region: plan.region,
      subnetIds: this.privateSubnetIds,
      routeTableIds: tableIds.filter((_, index) => tiers[index % tiers.length] !== "public"),
    };
    addGatewayEndpoints(part, site);
    addInterfaceEndpoints(part, site, plan.endpointServices);

    this.registerOutputs({
      vpcId: this.vpcId,
      cidrBlock: this.cidrBlock,
      zoneNames: this.zoneNames,
      publicSubnetIds: this.publicSubnetIds,
      privateSubnetIds: this.privateSubnetIds,
      isolatedSubnetIds: this.isolatedSubnetIds,
      natPublicIps: this.natPublicIps,
    });
  }
}

function settle(name: string, args: NetworkArgs, problems: Problems): NetworkPlan {
  const { zones, cidrBlock = "10.0.0.0/16", isolatedSubnets = IsolatedSubnets.None } = args;
  // Of all children, the flow log's role has the least room.
  checkName(name, `-${flowLogsRole}`, roleNameLength, problems);
  const region = settleZones(zones, "zones", problems);
  const block = settleVpcBlock(cidrBlock, Math.min(zones.length, mostZones), "cidrBlock", problems);
  checkOneOf(IsolatedSubnets, isolatedSubnets, "isolatedSubnets", problems);
  return {
    cidrBlock,
    zones,
    region: region ?? "",
    blocks: block ? planAddresses(block, zones.length) : [],
    tiers: tiersOf(isolatedSubnets),
    nat: settleNat(args.nat ?? {}, zones.length, problems),
    endpointServices: settleUses(args.uses ?? [], problems),
    retentionDays: settleFlowLogs(args.flowLogs ?? {}, problems),
  };
}

function vpcArgs(own: string, plan: NetworkPlan, tags: Tags | undefined): awsx.VpcArgs {
  const { nat } = plan;
  const addresses = nat.elasticIpIds.length > 0 ? { elasticIpAllocationIds: nat.elasticIpIds } : {};
  return {
    availabilityZoneNames: plan.zones,
    cidrBlock: plan.cidrBlock,
    // With blocks given for every subnet, "Auto" takes them as they are; "Exact" would refuse the gaps between them.
    subnetStrategy: "Auto",
    subnetSpecs: subnetSpecs(plan.tiers, plan.blocks),
    // Name tags end in the zone (`edge-vpc-public-1a`), not in its position.
    subnetNameTagStrategy: "AvailabilityZone",
    natGateways: { strategy: nat.strategy, ...addresses },
    // Private DNS names of interface endpoints need both.
    enableDnsHostnames: true,
    enableDnsSupport: true,
    tags: tagged(own, tags),
  };
}

/** Takes over the security group every VPC begins with and leaves it without rules, so that nobody can rely on it. */
function emptyDefaultSecurityGroup(
  { name, tags, transform, child }: Part<NetworkTransforms>,
  vpcId: pulumi.Input<string>,
): void {
  const own = `${name}-default-sg`;
  new ec2.DefaultSecurityGroup(
    own,
    ...shaped(
      transform.defaultSecurityGroup,
      // Left out, rules that somebody adds later would stay. https://github.com/hashicorp/terraform-provider-aws/issues/17569
      { vpcId, ingress: [], egress: [], tags: tagged(own, tags) },
      child,
    ),
  );
}
