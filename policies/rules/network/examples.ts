import type { ScenarioResource } from "../../lib/rule";
import { SUBJECT } from "../../lib/scenario";
import { UNKNOWN } from "../../lib/unknown";
import { INTERNET_GATEWAY, ROUTE_TABLE_ASSOCIATION, SUBNET } from "../types";

/** A group with rules that let traffic in. */
export function inGroup(...ingress: readonly unknown[]): object {
  return { ingress };
}

/** A rule for one TCP port, as it stands in a group. */
export function onPort(port: number, ...blocks: readonly string[]): object {
  const isNewer = (block: string) => block.includes("::");
  const newer = blocks.filter(isNewer);
  return {
    protocol: "tcp",
    fromPort: port,
    toPort: port,
    cidrBlocks: blocks.filter((block) => !isNewer(block)),
    ...(newer.length === 0 ? {} : { ipv6CidrBlocks: newer }),
  };
}

/** A rule for SSH that is a resource, of a group not created yet. */
export function ingressRule(name: string, props: object, ...groups: readonly string[]): ScenarioResource {
  return {
    name,
    type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    props: { ipProtocol: "tcp", fromPort: 22, toPort: 22, securityGroupId: UNKNOWN, ...props },
    from: { securityGroupId: groups },
  };
}

/** A rule for SSH from some block, of the group under judgement unless others are named. */
export function half(name: string, cidrIpv4: string, ...groups: readonly string[]): ScenarioResource {
  return ingressRule(name, { cidrIpv4 }, ...(groups.length === 0 ? [SUBJECT] : groups));
}

/** Another security group. */
export function groupNamed(name: string): ScenarioResource {
  return { name, type: "aws:ec2/securityGroup:SecurityGroup", props: { id: UNKNOWN } };
}

/** A resource of the stack beside the one under judgement. */
export function resource(name: string, types: readonly string[], props: object): ScenarioResource {
  return { name, type: types[0] ?? "", props };
}

/** An internet gateway, not created yet. */
export function gateway(name: string): ScenarioResource {
  return resource(name, INTERNET_GATEWAY, { id: UNKNOWN });
}

/** A subnet, not created yet. */
export function subnet(name: string, zone: string, props: object = {}, network = "net"): ScenarioResource {
  const own = { id: UNKNOWN, vpcId: UNKNOWN, availabilityZone: `eu-west-1${zone}` };
  return { ...resource(name, SUBNET, { ...own, ...props }), from: { vpcId: [network] } };
}

/** A route table given to a subnet, neither created yet. */
export function association(table: string, of: string, props: object = {}): ScenarioResource {
  return {
    ...resource(`${of}-table`, ROUTE_TABLE_ASSOCIATION, {
      routeTableId: UNKNOWN,
      subnetId: UNKNOWN,
      ...props,
    }),
    from: { routeTableId: [table], subnetId: [of] },
  };
}
