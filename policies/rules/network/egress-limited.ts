import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { DEFAULT_SECURITY_GROUP, EGRESS_RULE, SECURITY_GROUP, SECURITY_GROUP_RULE } from "../types";
import { judgeGroup, judgeWorld, type Objection } from "./open-world";
import { named } from "./security-rules";

const must = "must be on the protocols and ports in use";

const objection: Objection = (traffic) => (traffic.kind === "all" ? `${named(traffic)}, ${must}` : undefined);

const anything = { protocol: "-1", fromPort: 0, toPort: 0 };

export const egressLimited = rule({
  name: "egress-limited",
  title: "Traffic to the world is limited to what is in use",
  description:
    "Whoever breaks into an instance sends out what it finds, and fetches tools, over whatever protocol is open.",
  severity: "low",
  level: "disabled",
  types: [...SECURITY_GROUP, ...DEFAULT_SECURITY_GROUP, ...SECURITY_GROUP_RULE, ...EGRESS_RULE],
  frameworks: {},
  remediation: "Let traffic out on the protocols and ports in use, such as TCP on 443, one rule each.",
  url: "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
  judge: (props, { type }) => judgeWorld(props, type, "egress", objection),
  judgeInStack: (group, { stack }) => judgeGroup(group, stack, "egress", objection),
  scenarios: [
    { name: "no rules in the group", given: { ingress: [UNKNOWN] }, types: SECURITY_GROUP, is: "pass" },
    {
      name: "one port to the world",
      given: { ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "0.0.0.0/0" },
      types: EGRESS_RULE,
      is: "pass",
    },
    {
      name: "everything, to the own network",
      given: { egress: [{ ...anything, cidrBlocks: ["10.0.0.0/16"] }] },
      types: [...SECURITY_GROUP, ...DEFAULT_SECURITY_GROUP],
      is: "pass",
    },
    {
      name: "everything to everybody, in a group",
      given: { egress: [{ ...anything, cidrBlocks: ["0.0.0.0/0"], ipv6CidrBlocks: ["::/0"] }] },
      types: [...SECURITY_GROUP, ...DEFAULT_SECURITY_GROUP],
      is: "fail",
      findings: [
        { path: "egress[0].cidrBlocks[0]", says: `"0.0.0.0/0" on all protocols and ports, ${must}` },
        { path: "egress[0].ipv6CidrBlocks[0]", says: `"::/0" on all protocols and ports, ${must}` },
      ],
    },
    {
      name: "everything to everybody, as a resource",
      given: { ipProtocol: "-1", cidrIpv4: "0.0.0.0/0" },
      types: EGRESS_RULE,
      is: "fail",
      findings: [{ path: "cidrIpv4", says: `"0.0.0.0/0" on all protocols and ports, ${must}` }],
    },
    {
      name: "everything to everybody, as a resource of the older kind",
      given: { type: "egress", ...anything, protocol: "all", cidrBlocks: ["0.0.0.0/1", "128.0.0.0/1"] },
      types: SECURITY_GROUP_RULE,
      is: "fail",
      findings: [
        {
          path: "cidrBlocks",
          says: `blocks that together are all of IPv4 on all protocols and ports, ${must}`,
        },
      ],
    },
    {
      name: "a rule for traffic in",
      given: { type: "ingress", ...anything, cidrBlocks: ["0.0.0.0/0"] },
      types: SECURITY_GROUP_RULE,
      is: "skip",
      why: "lets traffic in",
    },
    {
      name: "addresses not known yet",
      given: { ipProtocol: "-1", cidrIpv4: UNKNOWN },
      types: EGRESS_RULE,
      is: "deferred",
      deferrals: [{ path: "cidrIpv4", waits: "not known yet" }],
    },
  ],
});
