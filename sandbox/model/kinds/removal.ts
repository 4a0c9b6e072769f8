import { bags, knownNumber, knownText } from "../../values";
import type { Failure, Made } from "../kind";
import { callsOf, type Reference, reference, refusedFor, usersOf } from "../users";
import { templateUses } from "./templates";

const subnetType = "aws:ec2/subnet:Subnet";
const groupType = "aws:autoscaling/group:Group";
const natType = "aws:ec2/natGateway:NatGateway";
const balancerType = "aws:lb/loadBalancer:LoadBalancer";
const instanceType = "aws:ec2/instance:Instance";
const endpointType = "aws:ec2/vpcEndpoint:VpcEndpoint";

/**
 * How long the provider waits for others to go, in seconds: the deadlines for deletion that its documentation names for
 * subnets and security groups, and those in its sources for VPCs, gateways, target groups, certificates, trust stores and IAM.
 */
export const patience = {
  vpc: 300,
  subnet: 1200,
  internetGateway: 1200,
  securityGroup: 900,
  targetGroup: 120,
  certificate: 1200,
  trustStore: 120,
  iam: 120,
} as const;

const inSubnet: readonly Reference[] = [
  reference(natType, "subnetId"),
  reference(balancerType, "subnets", "subnetMappings.subnetId"),
  reference(endpointType, "subnetIds", "subnetConfigurations.subnetId"),
  reference(instanceType, "subnetId"),
  reference(groupType, "vpcZoneIdentifiers"),
];

/** Whether something has interfaces: a group only as long as it has instances. */
function hasInterfaces({ type, outputs }: Made): boolean {
  return type !== groupType || (knownNumber(outputs.desiredCapacity) ?? 0) > 0;
}

/** A subnet stays as long as there are network interfaces in it. */
export function subnetInUse(subnet: Made): Iterable<Failure> {
  const reason = `DependencyViolation: The subnet '${subnet.id}' has dependencies and cannot be deleted.`;
  return refusedFor(usersOf(subnet, inSubnet, hasInterfaces), reason, patience.subnet);
}

const inVpc: readonly Reference[] = [
  subnetType,
  "aws:ec2/internetGateway:InternetGateway",
  "aws:ec2/routeTable:RouteTable",
  "aws:ec2/securityGroup:SecurityGroup",
  endpointType,
].map((type) => reference(type, "vpcId"));

/** A VPC takes only its default table, list and group with it. */
export function vpcInUse(vpc: Made): Iterable<Failure> {
  const reason = `DependencyViolation: The vpc '${vpc.id}' has dependencies and cannot be deleted.`;
  return refusedFor(usersOf(vpc, inVpc), reason, patience.vpc);
}

function isPublic({ world }: Made, subnetId: unknown): boolean {
  return world.find(subnetType, knownText(subnetId))?.inputs.mapPublicIpOnLaunch === true;
}

/** Whether instances of a group get public addresses: as their template says, or else their subnets. */
function groupIsPublic(group: Made): boolean {
  const said = templateUses(group)
    .flatMap(({ template }) => bags(template.inputs.networkInterfaces))
    .map(({ associatePublicIpAddress }) => String(associatePublicIpAddress));
  if (said.includes("true")) return true;
  const subnets = group.inputs.vpcZoneIdentifiers;
  return !said.includes("false") && Array.isArray(subnets) && subnets.some((id) => isPublic(group, id));
}

/** Whether something in a subnet is reached from the internet by an address of its own. */
function hasPublicAddress(user: Made): boolean {
  const { type, inputs } = user;
  switch (type) {
    case natType:
      return inputs.connectivityType !== "private";
    case balancerType:
      return inputs.internal !== true;
    case instanceType:
      return (inputs.associatePublicIpAddress ?? isPublic(user, inputs.subnetId)) === true;
    case groupType:
      return hasInterfaces(user) && groupIsPublic(user);
    default:
      return false;
  }
}

/** An internet gateway stays attached as long as addresses of its VPC lead through it. */
export function internetGatewayInUse({ inputs, world }: Made): Iterable<Failure> {
  const vpcId = knownText(inputs.vpcId);
  const subnets = world.all(subnetType).filter((subnet) => subnet.inputs.vpcId === vpcId);
  const users = new Set(subnets.flatMap((subnet) => usersOf(subnet, inSubnet, hasPublicAddress)));
  const reason =
    `DependencyViolation: Network ${vpcId} has some mapped public address(es). Please unmap those public ` +
    "address(es) before detaching the gateway.";
  return refusedFor([...users], reason, patience.internetGateway);
}

const ofAddress: readonly Reference[] = [
  reference(natType, "allocationId", "secondaryAllocationIds", "availabilityZoneAddresses.allocationIds"),
  reference(balancerType, "subnetMappings.allocationId"),
];

/** An address stays as long as a gateway or balancer answers to it; from instances the provider takes it away itself. */
export function addressInUse(address: Made): Iterable<Failure> {
  const reason = `InvalidIPAddress.InUse: Address ${address.outputs.publicIp} is in use.`;
  return refusedFor(usersOf(address, ofAddress), reason);
}

const ofSecurityGroup: readonly Reference[] = [
  reference("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "referencedSecurityGroupId"),
  reference("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "referencedSecurityGroupId"),
  reference("aws:ec2/securityGroupRule:SecurityGroupRule", "sourceSecurityGroupId"),
  reference("aws:ec2/securityGroup:SecurityGroup", "ingress.securityGroups", "egress.securityGroups"),
  reference(
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
    "ingress.securityGroups",
    "egress.securityGroups",
  ),
  reference(balancerType, "securityGroups"),
  reference(endpointType, "securityGroupIds"),
  reference(instanceType, "vpcSecurityGroupIds"),
];

const inTemplate: readonly Reference[] = [
  reference(
    "aws:ec2/launchTemplate:LaunchTemplate",
    "vpcSecurityGroupIds",
    "networkInterfaces.securityGroups",
  ),
];

/** Groups with instances whose template puts them into a security group; the template alone keeps nothing. */
function launchedInto(group: Made): Made[] {
  const templates = new Set(usersOf(group, inTemplate));
  if (templates.size === 0) return [];
  return group.world
    .all(groupType)
    .filter(
      (each) => hasInterfaces(each) && templateUses(each).some(({ template }) => templates.has(template)),
    );
}

/** A security group stays as long as an interface is in it or a rule of another group names it. */
export function securityGroupInUse(group: Made): Iterable<Failure> {
  const own = callsOf(group);
  const users = usersOf(group, ofSecurityGroup, ({ inputs }) => !own.has(String(inputs.securityGroupId)));
  const reason = `DependencyViolation: resource ${group.id} has a dependent object`;
  return refusedFor([...users, ...launchedInto(group)], reason, patience.securityGroup);
}
