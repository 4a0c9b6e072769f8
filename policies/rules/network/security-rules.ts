import type { Skip } from "../../lib/judgement";
import { brief, type Value } from "../../lib/value";
import {
  DEFAULT_SECURITY_GROUP,
  EGRESS_RULE,
  INGRESS_RULE,
  SECURITY_GROUP,
  SECURITY_GROUP_RULE,
} from "../types";

/** Which way a rule lets traffic through. */
export type Direction = "ingress" | "egress";

/** A rule of a security group, in whichever of its forms it is written; nothing of it is read yet. */
export interface SecurityRule {
  readonly protocol: Value;
  readonly fromPort: Value;
  readonly toPort: Value;
  /** Where it names addresses: lists of blocks, or properties of one. Prefix lists and security groups are not among them. */
  readonly blocks: readonly Value[];
  readonly description: Value;
}

/** Security groups, with rules in them. */
export const groups = [...SECURITY_GROUP, ...DEFAULT_SECURITY_GROUP];

/** Rules that are resources of their own, by direction. */
export const ruleResources = {
  ingress: [...INGRESS_RULE, ...SECURITY_GROUP_RULE],
  egress: [...EGRESS_RULE, ...SECURITY_GROUP_RULE],
} as const;

/** The rules of one direction that a resource holds, or is. */
export function rulesIn(props: Value, type: string, direction: Direction): readonly SecurityRule[] {
  if (groups.includes(type)) return props.at(direction).items().map(olderForm);
  if (SECURITY_GROUP_RULE.includes(type)) {
    return directionOf(props) === direction ? [olderForm(props)] : [];
  }
  return ruleResources[direction].includes(type) ? [newerForm(props)] : [];
}

/** Why a resource holds no rule of a direction, if it is a rule of the other one. */
export function otherWay(props: Value, type: string, direction: Direction): Skip | undefined {
  if (!SECURITY_GROUP_RULE.includes(type) || directionOf(props) === direction) return undefined;
  return { skip: direction === "ingress" ? "lets traffic out" : "lets traffic in" };
}

/** A rule of the older kind says itself which way it goes; there are two. */
function directionOf(rule: Value): Direction {
  return rule.at("type").text()?.toLowerCase() === "egress" ? "egress" : "ingress";
}

function olderForm(rule: Value): SecurityRule {
  return {
    protocol: rule.at("protocol"),
    fromPort: rule.at("fromPort"),
    toPort: rule.at("toPort"),
    blocks: [rule.at("cidrBlocks"), rule.at("ipv6CidrBlocks")],
    description: rule.at("description"),
  };
}

function newerForm(rule: Value): SecurityRule {
  return {
    protocol: rule.at("ipProtocol"),
    fromPort: rule.at("fromPort"),
    toPort: rule.at("toPort"),
    blocks: [rule.at("cidrIpv4"), rule.at("cidrIpv6")],
    description: rule.at("description"),
  };
}

/** Ports, from the first to the last. */
export interface Ports {
  readonly from: number;
  readonly to: number;
}

/** What traffic a rule is about: all of it, ports of TCP or UDP, or a protocol that has none. */
export type Traffic =
  | { readonly kind: "all" }
  | ({ readonly kind: "tcp" | "udp" } & Ports)
  | { readonly kind: "other"; readonly protocol: string };

/** Protocols go by name or by number. https://www.iana.org/assignments/protocol-numbers */
const numbered: ReadonlyMap<string, string> = new Map([
  ["-1", "all"],
  ["1", "icmp"],
  ["6", "tcp"],
  ["17", "udp"],
  ["58", "icmpv6"],
]);

/** All ports of a protocol. */
export const everyPort: Ports = { from: 0, to: 65_535 };

/** Whether no port is left out. */
export function isEveryPort({ from, to }: Ports): boolean {
  return from <= everyPort.from && to >= everyPort.to;
}

/**
 * What traffic a rule is about. A bound of its ports that is unset, or -1, is no bound.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html
 */
export function trafficOf({
  protocol,
  fromPort,
  toPort,
}: Pick<SecurityRule, "protocol" | "fromPort" | "toPort">): Traffic {
  const name = protocol.text()?.toLowerCase() ?? "all";
  const kind = numbered.get(name) ?? name;
  if (kind === "all") return { kind };
  if (kind !== "tcp" && kind !== "udp") return { kind: "other", protocol: kind };
  const [from, to] = [boundOf(fromPort) ?? everyPort.from, boundOf(toPort) ?? everyPort.to];
  return { kind, from: Math.min(from, to), to: Math.max(from, to) };
}

function boundOf(port: Value): number | undefined {
  const number = port.number();
  return number === -1 ? undefined : number;
}

/** The ports a rule is about; nothing for a protocol without ports. */
export function portsOf(traffic: Traffic): Ports | undefined {
  if (traffic.kind === "other") return undefined;
  return traffic.kind === "all" ? everyPort : traffic;
}

/** Traffic as a message gives it. */
export function named(traffic: Traffic): string {
  if (traffic.kind === "all") return "all protocols and ports";
  if (traffic.kind === "other") return `protocol ${brief(traffic.protocol)}`;
  const { from, to } = traffic;
  if (isEveryPort(traffic)) return traffic.kind === "udp" ? "all UDP ports" : "all ports";
  const ports = from === to ? `port ${from}` : `ports ${from} to ${to}`;
  return traffic.kind === "udp" ? `UDP ${ports}` : ports;
}
