import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { DEFAULT_SECURITY_GROUP, INGRESS_RULE, SECURITY_GROUP, SECURITY_GROUP_RULE } from "../types";
import { adminPorts, objectionTo } from "./admin-ports";
import { groupNamed, half, inGroup, ingressRule, onPort } from "./examples";
import { judgeGroup, judgeWorld } from "./open-world";

const must = "must not be the whole world";

export const ingressNoOpenAdminPorts = rule({
  name: "ingress-no-open-admin-ports",
  title: "Nobody outside reaches a port of administration, a database or a cache",
  description:
    "Machines on the internet try every address on these ports all day. A weak password or a missing patch is then enough.",
  severity: "critical",
  level: "mandatory",
  types: [...SECURITY_GROUP, ...DEFAULT_SECURITY_GROUP, ...SECURITY_GROUP_RULE, ...INGRESS_RULE],
  parameters: { ports: adminPorts },
  frameworks: { fsbp: ["EC2.19"] },
  remediation:
    "Name the security group, prefix list or addresses that need the port. To administer instances, use Session Manager, which needs no open port.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-19",
  judge: (props, { type, config }) =>
    judgeWorld(props, type, "ingress", (traffic) => objectionTo(traffic, config.ports)),
  judgeInStack: (group, { stack, config }) =>
    judgeGroup(group, stack, "ingress", (traffic) => objectionTo(traffic, config.ports)),
  scenarios: [
    {
      name: "no rules in the group",
      given: {},
      types: SECURITY_GROUP,
      is: "pass",
    },
    {
      name: "SSH from an office, the web from everywhere",
      given: inGroup(onPort(22, "198.51.100.0/24"), onPort(443, "0.0.0.0/0", "::/0")),
      types: [...SECURITY_GROUP, ...DEFAULT_SECURITY_GROUP],
      is: "pass",
    },
    {
      name: "a database, from a security group",
      given: inGroup({ protocol: "tcp", fromPort: 5432, toPort: 5432, securityGroups: [UNKNOWN] }),
      types: SECURITY_GROUP,
      is: "pass",
    },
    {
      name: "SSH from a prefix list",
      given: { ipProtocol: "tcp", fromPort: 22, toPort: 22, prefixListId: "pl-12345678" },
      types: INGRESS_RULE,
      is: "pass",
    },
    {
      name: "ping from everywhere",
      given: inGroup({ protocol: "icmp", fromPort: -1, toPort: -1, cidrBlocks: ["0.0.0.0/0"] }),
      types: SECURITY_GROUP,
      is: "pass",
    },
    {
      name: "half of the world",
      given: inGroup(onPort(22, "0.0.0.0/1")),
      types: SECURITY_GROUP,
      is: "pass",
    },
    {
      name: "addresses not known yet, on a port for everybody",
      given: { ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: UNKNOWN },
      types: INGRESS_RULE,
      is: "pass",
    },
    {
      name: "a port that the stack allows",
      given: { ipProtocol: "tcp", fromPort: 8080, toPort: 8080, cidrIpv4: "0.0.0.0/0" },
      types: INGRESS_RULE,
      config: { ports: [22] },
      is: "pass",
    },
    {
      name: "SSH from everywhere, in a group",
      given: inGroup(onPort(443, "0.0.0.0/0"), onPort(22, "10.0.0.0/8", "0.0.0.0/0", "::/0")),
      types: [...SECURITY_GROUP, ...DEFAULT_SECURITY_GROUP],
      is: "fail",
      findings: [
        { path: "ingress[1].cidrBlocks[1]", says: `"0.0.0.0/0" on port 22, ${must}` },
        { path: "ingress[1].ipv6CidrBlocks[0]", says: `"::/0" on port 22, ${must}` },
      ],
    },
    {
      name: "SSH from everywhere, as a resource",
      given: { type: "ingress", protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"] },
      types: SECURITY_GROUP_RULE,
      is: "fail",
      findings: [{ path: "cidrBlocks[0]", says: `"0.0.0.0/0" on port 22, ${must}` }],
    },
    {
      name: "every protocol, in the newer form",
      given: { ipProtocol: "-1", cidrIpv4: "0.0.0.0/0" },
      types: INGRESS_RULE,
      is: "fail",
      findings: [
        {
          path: "cidrIpv4",
          says: `"0.0.0.0/0" on all protocols and ports, ${must}`,
        },
      ],
    },
    {
      name: "every protocol, in the older form",
      given: { type: "ingress", protocol: "all", fromPort: 0, toPort: 0, ipv6CidrBlocks: ["::0/0"] },
      types: SECURITY_GROUP_RULE,
      is: "fail",
      findings: [
        {
          path: "ipv6CidrBlocks[0]",
          says: `"::0/0" on all protocols and ports, ${must}`,
        },
      ],
    },
    {
      name: "a range that takes in one such port, as texts",
      given: { ipProtocol: "6", fromPort: "3380", toPort: "3399", cidrIpv4: "1.2.3.4/0" },
      types: INGRESS_RULE,
      is: "fail",
      findings: [
        { path: "cidrIpv4", says: `"1.2.3.4/0" on ports 3380 to 3399, which take in 3389, ${must}` },
      ],
    },
    {
      name: "a range that takes in several",
      given: inGroup({ protocol: "tcp", fromPort: 0, toPort: 1024, cidrBlocks: ["0.0.0.0/0"] }),
      types: SECURITY_GROUP,
      is: "fail",
      findings: [
        {
          path: "ingress[0].cidrBlocks[0]",
          says: `"0.0.0.0/0" on ports 0 to 1024, which take in 20, 21 and 7 more, ${must}`,
        },
      ],
    },
    {
      name: "a range without bounds",
      given: { ipProtocol: "udp", cidrIpv6: "0000:0000:0000:0000:0000:0000:0000:0000/0" },
      types: INGRESS_RULE,
      is: "fail",
      findings: [
        {
          path: "cidrIpv6",
          says: `"0000:0000:0000:0000:0000:0000:0000:0000/0" on all UDP ports, ${must}`,
        },
      ],
    },
    {
      name: "two halves of the world in a list",
      given: inGroup(onPort(22, "0.0.0.0/1", "128.0.0.0/1")),
      types: SECURITY_GROUP,
      is: "fail",
      findings: [
        {
          path: "ingress[0].cidrBlocks",
          says: `blocks that together are all of IPv4 on port 22, ${must}`,
        },
      ],
    },
    {
      name: "two halves of the world in two rules",
      given: inGroup(
        { protocol: "tcp", fromPort: 20, toPort: 22, cidrBlocks: ["0.0.0.0/1"] },
        { protocol: "tcp", fromPort: 22, toPort: 30, cidrBlocks: ["128.0.0.0/1"] },
      ),
      types: SECURITY_GROUP,
      is: "fail",
      findings: [{ path: "ingress", says: `blocks that together are all of IPv4 on port 22, ${must}` }],
    },
    {
      name: "two halves of the world, on different ports",
      given: inGroup(onPort(22, "0.0.0.0/1"), onPort(3389, "128.0.0.0/1")),
      types: SECURITY_GROUP,
      is: "pass",
    },
    {
      name: "two halves of the world in two resources, not created yet",
      given: {},
      types: SECURITY_GROUP,
      stack: [half("low", "0.0.0.0/1"), half("high", "128.0.0.0/1"), groupNamed("other")],
      is: "fail",
      findings: [
        {
          path: "ingress",
          says: `high and 1 more: blocks that together are all of IPv4 on port 22, ${must}`,
        },
      ],
    },
    {
      name: "one half in the group, the other in a resource, by id",
      given: inGroup(onPort(22, "0.0.0.0/1")),
      outputs: { ...inGroup(onPort(22, "0.0.0.0/1")), id: "sg-1" },
      types: SECURITY_GROUP,
      stack: [ingressRule("high", { securityGroupId: "sg-1", cidrIpv4: "128.0.0.0/1" })],
      is: "fail",
      findings: [{ path: "ingress", says: `high: blocks that together are all of IPv4 on port 22, ${must}` }],
    },
    {
      name: "two halves of the world in two groups",
      given: {},
      types: SECURITY_GROUP,
      stack: [half("low", "0.0.0.0/1"), half("high", "128.0.0.0/1", "other"), groupNamed("other")],
      is: "pass",
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
      given: inGroup(onPort(22, UNKNOWN, "0.0.0.0/0"), UNKNOWN),
      types: SECURITY_GROUP,
      is: "fail",
      findings: [{ path: "ingress[0].cidrBlocks[1]", says: `"0.0.0.0/0" on port 22, ${must}` }],
      deferrals: [
        { path: "ingress[0].cidrBlocks[0]", waits: "not known yet" },
        { path: "ingress[1]", waits: "not known yet" },
      ],
    },
    {
      name: "everybody, on a port not known yet",
      given: { ipProtocol: "tcp", fromPort: UNKNOWN, toPort: UNKNOWN, cidrIpv4: "0.0.0.0/0" },
      types: INGRESS_RULE,
      is: "deferred",
      deferrals: [{ path: "fromPort", waits: "not known yet" }],
    },
    {
      name: "rules not known yet",
      given: { ingress: UNKNOWN },
      types: SECURITY_GROUP,
      is: "deferred",
      deferrals: [{ path: "ingress", waits: "not known yet" }],
    },
    {
      name: "two halves of the world, one of them perhaps in another group",
      given: {},
      types: SECURITY_GROUP,
      stack: [half("low", "0.0.0.0/1"), half("high", "128.0.0.0/1", "subject", "other"), groupNamed("other")],
      is: "deferred",
      deferrals: [{ path: "ingress", waits: "not known whether high belongs to it" }],
    },
  ],
});
