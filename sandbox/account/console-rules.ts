import type { Made } from "../model/kind";
import type { World } from "../model/world";
import type { Bag } from "../values";
import { consoleStack, stackOf } from "./resources";

/** Types of groups whose ports can be opened. */
export const groupTypes = [
  "aws:ec2/securityGroup:SecurityGroup",
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
] as const;

/** The type of a rule that lets traffic in. */
export const ingressType = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

/** Whether a group's own inputs say what it lets in, so that it takes every other rule away. */
export function ownsItsRules({ inputs }: Made): boolean {
  return Array.isArray(inputs.ingress);
}

/** A rule as a group's `ingress` shows it. */
export function shownRule(rule: Bag): Bag {
  const { cidrIpv4, cidrIpv6, prefixListId, referencedSecurityGroupId, ipProtocol, description } = rule;
  const only = (value: Bag[string] | undefined) => (typeof value === "string" ? [value] : []);
  return {
    cidrBlocks: only(cidrIpv4),
    description: typeof description === "string" ? description : "",
    fromPort: rule.fromPort ?? 0,
    ipv6CidrBlocks: only(cidrIpv6),
    prefixListIds: only(prefixListId),
    protocol: ipProtocol ?? "-1",
    securityGroups: only(referencedSecurityGroupId),
    self: false,
    toPort: rule.toPort ?? 0,
  };
}

/** Shows in a group's `ingress` the rules somebody made in the console, and no others but its own. */
export function showConsoleRules(world: World, group: Made): Made {
  if (ownsItsRules(group)) return group;
  const rules = world
    .all(ingressType)
    .filter(({ urn, inputs }) => stackOf(urn) === consoleStack && inputs.securityGroupId === group.id);
  const ingress = rules.map(({ inputs }) => shownRule(inputs));
  if (JSON.stringify(ingress) === JSON.stringify(group.outputs.ingress ?? [])) return group;
  return world.replace(group, { ...group, outputs: { ...group.outputs, ingress } });
}

/** The group a rule is of, if it is in the world. */
export function groupOf(world: World, rule: Made): Made | undefined {
  if (rule.type !== ingressType) return undefined;
  return groupTypes
    .map((type) => world.find(type, rule.inputs.securityGroupId))
    .find((made) => made !== undefined);
}
