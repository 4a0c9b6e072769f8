import { knownText, type Value } from "../../values";
import { isSet, type Subject } from "../kind";
import { originFacingList } from "../prefix-lists";
import { counting, inRegion, type Quota } from "./quota";

const vpcType = "aws:ec2/vpc:Vpc";
const subnetType = "aws:ec2/subnet:Subnet";
const endpointType = "aws:ec2/vpcEndpoint:VpcEndpoint";
const ingressType = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const egressType = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const ruleType = "aws:ec2/securityGroupRule:SecurityGroupRule";

const reached = (what: string) => `The maximum number of ${what} has been reached.`;

/** Counted in what a property names. */
const at = (property: string) => (subject: Subject) => [knownText(subject.inputs[property])];

const lengthOf = (value: Value | undefined) => (Array.isArray(value) ? value.length : 0);

/** The zone of a NAT gateway's subnet. */
function zoneOf({ inputs, world }: Subject): string | undefined {
  return knownText(world.find(subnetType, inputs.subnetId)?.outputs.availabilityZone);
}

/** The group a rule belongs to and which way it leads: each way is counted by itself. */
function wayOf({ type, inputs }: Subject): string | undefined {
  const group = knownText(inputs.securityGroupId);
  const way = type === ruleType ? knownText(inputs.type) : type === ingressType ? "ingress" : "egress";
  return group === undefined || way === undefined ? undefined : `${group} ${way}`;
}

/**
 * Rules that one rule counts for: each block is one, a prefix list as many as it may have entries.
 * https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html
 */
function weightOf({ inputs, region }: Subject): number {
  const lists = [inputs.prefixListId, inputs.prefixListIds].flat().filter((id) => isSet(id));
  const weights = lists.map((id) => {
    const { id: cloudFront, maxEntries } = originFacingList(region);
    return id === cloudFront ? maxEntries : 1;
  });
  const blocks = lengthOf(inputs.cidrBlocks) + lengthOf(inputs.ipv6CidrBlocks);
  return Math.max(
    1,
    weights.reduce((sum, weight) => sum + weight, blocks),
  );
}

// https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
// https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-limits-endpoints.html
// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/elastic-ip-addresses-eip.html#using-instance-addressing-limit
/** VPCs and what is in them. */
export const networkQuotas: readonly Quota[] = [
  counting({
    name: "VPCs per Region",
    code: "L-F678F1CE",
    limit: 5,
    types: [vpcType],
    per: "Region",
    places: inRegion,
    reason: () => `VpcLimitExceeded: ${reached("VPCs")}`,
  }),
  counting({
    name: "Internet gateways per Region",
    code: "L-A4707A72",
    limit: 5,
    types: ["aws:ec2/internetGateway:InternetGateway"],
    per: "Region",
    places: inRegion,
    reason: () => `InternetGatewayLimitExceeded: ${reached("internet gateways")}`,
  }),
  counting({
    name: "EC2-VPC Elastic IPs",
    code: "L-0263D0A3",
    limit: 5,
    types: ["aws:ec2/eip:Eip"],
    per: "Region",
    places: inRegion,
    reason: () => `AddressLimitExceeded: ${reached("addresses")}`,
  }),
  counting({
    name: "NAT gateways per Availability Zone",
    code: "L-FE5A380F",
    limit: 5,
    types: ["aws:ec2/natGateway:NatGateway"],
    per: "Availability Zone",
    places: (subject) => [zoneOf(subject)],
    reason: (limit) =>
      `NatGatewayLimitExceeded: Performing this operation would exceed the limit of ${limit} NAT gateways`,
  }),
  counting({
    name: "Subnets per VPC",
    code: "L-407747CB",
    limit: 200,
    types: [subnetType],
    per: "VPC",
    places: at("vpcId"),
    reason: () => `SubnetLimitExceeded: ${reached("subnets")}`,
  }),
  counting({
    name: "Route tables per VPC",
    code: "L-589F43AA",
    limit: 200,
    types: ["aws:ec2/routeTable:RouteTable"],
    per: "VPC",
    places: at("vpcId"),
    reason: () => `RouteTableLimitExceeded: ${reached("route tables")}`,
  }),
  counting({
    name: "Routes per route table",
    code: "L-93826ACB",
    limit: 500,
    types: ["aws:ec2/route:Route"],
    per: "route table",
    places: at("routeTableId"),
    reason: () => `RouteLimitExceeded: ${reached("routes")}`,
  }),
  counting({
    name: "Interface VPC endpoints per VPC",
    code: "L-29B6F2EB",
    limit: 50,
    types: [endpointType],
    per: "VPC",
    places: (subject) => (subject.inputs.vpcEndpointType === "Interface" ? at("vpcId")(subject) : []),
    reason: () => `VpcEndpointLimitExceeded: ${reached("VPC endpoints")}`,
  }),
  counting({
    name: "Gateway VPC endpoints per Region",
    code: "L-1B52E74A",
    limit: 20,
    types: [endpointType],
    per: "Region",
    places: (subject) => (subject.inputs.vpcEndpointType === "Gateway" ? inRegion(subject) : []),
    reason: () => `VpcEndpointLimitExceeded: ${reached("VPC endpoints")}`,
  }),
  counting({
    name: "VPC security groups per Region",
    code: "L-E79EC296",
    limit: 2500,
    types: ["aws:ec2/securityGroup:SecurityGroup"],
    per: "Region",
    places: inRegion,
    reason: () => `SecurityGroupLimitExceeded: ${reached("security groups")}`,
  }),
  counting({
    name: "Inbound or outbound rules per security group",
    code: "L-0EA8095F",
    limit: 60,
    types: [ingressType, egressType, ruleType],
    per: "security group, each way",
    places: (subject) => [wayOf(subject)],
    amount: weightOf,
    reason: () => `RulesPerSecurityGroupLimitExceeded: ${reached("rules per security group")}`,
  }),
  counting({
    name: "Security groups per network interface",
    code: "L-2AFB9258",
    limit: 5,
    types: ["aws:lb/loadBalancer:LoadBalancer", endpointType, "aws:ec2/instance:Instance"],
    per: "network interface",
    places: ({ seed }) => [seed],
    amount: ({ inputs }) =>
      lengthOf(inputs.securityGroups ?? inputs.securityGroupIds ?? inputs.vpcSecurityGroupIds),
    reason: () => `SecurityGroupsPerInterfaceLimitExceeded: ${reached("security groups per interface")}`,
  }),
];
