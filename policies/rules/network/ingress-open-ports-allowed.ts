import type { WholeNumbers } from "../../lib/parameters";
import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { DEFAULT_SECURITY_GROUP, INGRESS_RULE, SECURITY_GROUP, SECURITY_GROUP_RULE } from "../types";
import { half, inGroup, onPort } from "./examples";
import { judgeGroup, judgeWorld } from "./open-world";
import { everyPort, named, portsOf, type Traffic } from "./security-rules";

const allowedPorts: WholeNumbers = {
  type: "array",
  description: "Ports, of TCP or UDP, on which the whole world may come in.",
  items: { type: "integer", minimum: 0, maximum: everyPort.to },
  default: [80, 443],
};

/** Messages about the path of packets, which every host that speaks to others has to hear. They have no ports. */
const control = ["icmp", "icmpv6"];

function objectionTo(traffic: Traffic, allowed: readonly number[]): string | undefined {
  if (traffic.kind === "other" && control.includes(traffic.protocol)) return undefined;
  const ports = portsOf(traffic);
  // More ports than are allowed cannot all be allowed, and need not be counted out.
  if (ports !== undefined && ports.to - ports.from < allowed.length) {
    const some = Array.from({ length: ports.to - ports.from + 1 }, (_, index) => ports.from + index);
    if (some.every((port) => allowed.includes(port))) return undefined;
  }
  return `${named(traffic)}, ${mustBeOn(allowed)}`;
}

function mustBeOn(allowed: readonly number[]): string {
  if (allowed.length === 0) return "must not be the whole world";
  const few = allowed.slice(0, 5).join(", ");
  return `must be on ${few}${allowed.length > 5 ? " or others that are allowed" : ""} only`;
}

const must = "must be on 80, 443 only";

export const ingressOpenPortsAllowed = rule({
  name: "ingress-open-ports-allowed",
  title: "The world comes in only on the ports of the service",
  description:
    "Every port open to everybody is a door that somebody has to guard. A public service needs one or two of them.",
  severity: "high",
  level: "mandatory",
  types: [...SECURITY_GROUP, ...DEFAULT_SECURITY_GROUP, ...SECURITY_GROUP_RULE, ...INGRESS_RULE],
  parameters: { allowedPorts },
  frameworks: { fsbp: ["EC2.18"] },
  remediation:
    "Name the security group, prefix list or addresses that may come in; add to allowedPorts what serves the public on a port of its own.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-18",
  judge: (props, { type, config }) =>
    judgeWorld(props, type, "ingress", (traffic) => objectionTo(traffic, config.allowedPorts)),
  judgeInStack: (group, { stack, config }) =>
    judgeGroup(group, stack, "ingress", (traffic) => objectionTo(traffic, config.allowedPorts)),
  scenarios: [
    {
      name: "the web from everywhere, another port from inside",
      given: inGroup(onPort(80, "0.0.0.0/0"), onPort(443, "0.0.0.0/0", "::/0"), onPort(8080, "10.0.0.0/8")),
      types: SECURITY_GROUP,
      is: "pass",
    },
    {
      name: "another port, from a security group",
      given: { ipProtocol: "tcp", fromPort: 8080, toPort: 8080, referencedSecurityGroupId: UNKNOWN },
      types: INGRESS_RULE,
      is: "pass",
    },
    {
      name: "HTTP/3, with a protocol and ports as texts",
      given: { ipProtocol: "17", fromPort: "443", toPort: "443", cidrIpv4: "0.0.0.0/0" },
      types: INGRESS_RULE,
      is: "pass",
    },
    {
      name: "ping from everywhere",
      given: { ipProtocol: "icmp", fromPort: -1, toPort: -1, cidrIpv4: "0.0.0.0/0" },
      types: INGRESS_RULE,
      is: "pass",
    },
    {
      name: "another port that the stack allows",
      given: { ipProtocol: "tcp", fromPort: 8443, toPort: 8444, cidrIpv4: "0.0.0.0/0" },
      types: INGRESS_RULE,
      config: { allowedPorts: [443, 8443, 8444] },
      is: "pass",
    },
    {
      name: "another port",
      given: inGroup(onPort(443, "0.0.0.0/0"), onPort(8080, "0.0.0.0/0", "::/0")),
      types: [...SECURITY_GROUP, ...DEFAULT_SECURITY_GROUP],
      is: "fail",
      findings: [
        { path: "ingress[1].cidrBlocks[0]", says: `"0.0.0.0/0" on port 8080, ${must}` },
        { path: "ingress[1].ipv6CidrBlocks[0]", says: `"::/0" on port 8080, ${must}` },
      ],
    },
    {
      name: "the ports of the web and all between them",
      given: { type: "ingress", protocol: "tcp", fromPort: 80, toPort: 443, cidrBlocks: ["0.0.0.0/0"] },
      types: SECURITY_GROUP_RULE,
      is: "fail",
      findings: [{ path: "cidrBlocks[0]", says: `"0.0.0.0/0" on ports 80 to 443, ${must}` }],
    },
    {
      name: "two ports of which one is allowed",
      given: { ipProtocol: "tcp", fromPort: 443, toPort: 444, cidrIpv4: "0.0.0.0/0" },
      types: INGRESS_RULE,
      is: "fail",
      findings: [{ path: "cidrIpv4", says: `"0.0.0.0/0" on ports 443 to 444, ${must}` }],
    },
    {
      name: "every protocol",
      given: { ipProtocol: "-1", cidrIpv6: "::/0" },
      types: INGRESS_RULE,
      is: "fail",
      findings: [{ path: "cidrIpv6", says: `"::/0" on all protocols and ports, ${must}` }],
    },
    {
      name: "a protocol of its own",
      given: { ipProtocol: "47", cidrIpv4: "0.0.0.0/0" },
      types: INGRESS_RULE,
      is: "fail",
      findings: [{ path: "cidrIpv4", says: `"0.0.0.0/0" on protocol 47, ${must}` }],
    },
    {
      name: "no port allowed",
      given: { ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "0.0.0.0/0" },
      types: INGRESS_RULE,
      config: { allowedPorts: [] },
      is: "fail",
      findings: [{ path: "cidrIpv4", says: '"0.0.0.0/0" on port 443, must not be the whole world' }],
    },
    {
      name: "two blocks that are all of IPv6 together, in two rules",
      given: inGroup(onPort(8080, "2000::/4"), onPort(8080, "3000::/4")),
      types: SECURITY_GROUP,
      is: "fail",
      findings: [{ path: "ingress", says: `blocks that together are all of IPv6 on port 8080, ${must}` }],
    },
    {
      name: "two halves of the world in two resources, not created yet",
      given: {},
      types: SECURITY_GROUP,
      stack: [half("low", "0.0.0.0/1"), half("high", "128.0.0.0/1")],
      is: "fail",
      findings: [
        {
          path: "ingress",
          says: `high and 1 more: blocks that together are all of IPv4 on port 22, ${must}`,
        },
      ],
    },
    {
      name: "a rule for traffic out",
      given: { type: "egress", protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] },
      types: SECURITY_GROUP_RULE,
      is: "skip",
      why: "lets traffic out",
    },
    {
      name: "one certain, one not known yet",
      given: inGroup(onPort(8080, "0.0.0.0/0", UNKNOWN), onPort(443, UNKNOWN)),
      types: SECURITY_GROUP,
      is: "fail",
      findings: [{ path: "ingress[0].cidrBlocks[0]", says: `"0.0.0.0/0" on port 8080, ${must}` }],
      deferrals: [{ path: "ingress[0].cidrBlocks[1]", waits: "not known yet" }],
    },
    {
      name: "which way it goes not known yet",
      given: { type: UNKNOWN, protocol: "tcp", fromPort: 8080, toPort: 8080, cidrBlocks: ["0.0.0.0/0"] },
      types: SECURITY_GROUP_RULE,
      is: "deferred",
      deferrals: [{ path: "type", waits: "not known yet" }],
    },
  ],
});
