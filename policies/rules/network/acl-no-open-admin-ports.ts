import { some } from "../../lib/answers";
import { apart, type Deferral, type Finding, type Judgement } from "../../lib/judgement";
import { rule, type ScenarioResource } from "../../lib/rule";
import type { Stack, StackResource } from "../../lib/stack";
import { UNKNOWN } from "../../lib/unknown";
import type { Value } from "../../lib/value";
import { DEFAULT_NETWORK_ACL, NETWORK_ACL, NETWORK_ACL_RULE } from "../types";
import { isOutward, isShieldedApart } from "./acl-denials";
import { entryApart, entryInList, isShield, judgeEntry } from "./acl-entries";
import { remotePorts } from "./admin-ports";
import { resource } from "./examples";

const outward = { skip: "lets traffic out" };
const byDefault = { skip: "the default access list, which AWS makes open" };

function* judgeList(
  list: Value,
  ports: readonly number[],
): Generator<Finding | Deferral, undefined, undefined> {
  const entries = list.items().map(entryInList);
  // Few entries deny, and only those can shield another.
  const denying = entries.filter(
    ({ action }) => !action.isKnown() || action.text()?.toLowerCase() === "deny",
  );
  for (const entry of entries) {
    yield* apart(() =>
      judgeEntry(entry, ports, (...what) => some(denying, (other) => isShield(other, ...what))),
    );
  }
}

/** An entry that is a resource is shielded by others, so that the stack has to tell. */
function judgeApart(one: StackResource, ports: readonly number[], stack: Stack): Judgement {
  if (isOutward(one.inputs)) return outward;
  return judgeEntry(entryApart(one.inputs), ports, (...what) => isShieldedApart(one, stack, ...what));
}

const must = "must not be the whole world";

function entry(ruleNo: unknown, action: string, port: number, props: object = {}): object {
  return { ruleNo, action, protocol: "tcp", fromPort: port, toPort: port, cidrBlock: "0.0.0.0/0", ...props };
}

const everything = { protocol: "-1", fromPort: 0, toPort: 0 };

const allowed = {
  ruleNumber: 200,
  ruleAction: "allow",
  protocol: "tcp",
  fromPort: 1024,
  toPort: 65_535,
  cidrBlock: "0.0.0.0/0",
  networkAclId: UNKNOWN,
};

function denial(props: object, ...from: readonly string[]): ScenarioResource {
  const own = { ...allowed, ruleNumber: "100", ruleAction: "deny", fromPort: 3389, toPort: 3389 };
  return { ...resource("deny", NETWORK_ACL_RULE, { ...own, ...props }), from: { networkAclId: from } };
}

const lists = ["list", "other"].map((name) => resource(name, NETWORK_ACL, { id: UNKNOWN }));
const ofList = { networkAclId: ["list"] };
const taken = { path: "cidrBlock", says: `"0.0.0.0/0" on ports 1024 to 65535, which take in 3389, ${must}` };
const own = NETWORK_ACL.filter((type) => !DEFAULT_NETWORK_ACL.includes(type));

export const aclNoOpenAdminPorts = rule({
  name: "acl-no-open-admin-ports",
  title: "Network access lists turn the world away from ports of administration",
  description:
    "An access list still holds where somebody opens a security group too far, unless it lets everybody in as well.",
  severity: "medium",
  level: "advisory",
  types: [...NETWORK_ACL, ...NETWORK_ACL_RULE],
  parameters: { ports: remotePorts },
  frameworks: { fsbp: ["EC2.21"] },
  remediation:
    "Name the addresses that administer, or deny the port to the world in an entry with a lower number.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-21",
  judge(props, { type, config }) {
    if (NETWORK_ACL_RULE.includes(type)) return isOutward(props) ? outward : [];
    return DEFAULT_NETWORK_ACL.includes(type) ? byDefault : judgeList(props.at("ingress"), config.ports);
  },
  judgeInStack(one, { config, stack }) {
    if (NETWORK_ACL_RULE.includes(one.type)) return judgeApart(one, config.ports, stack);
    return DEFAULT_NETWORK_ACL.includes(one.type) ? byDefault : [];
  },
  scenarios: [
    {
      name: "SSH from an office, the web from everywhere",
      given: {
        ingress: [entry(100, "allow", 22, { cidrBlock: "198.51.100.0/24" }), entry(110, "allow", 443)],
      },
      types: own,
      is: "pass",
    },
    {
      name: "denied before everything is allowed",
      given: {
        ingress: [
          entry(100, "allow", 0, everything),
          entry("90", "deny", 22),
          entry(91, "deny", 0, { fromPort: 3000, toPort: 4000 }),
        ],
      },
      types: own,
      is: "pass",
    },
    {
      name: "UDP, over which nobody administers",
      given: { ingress: [entry(100, "allow", 3389, { protocol: "udp" })] },
      types: own,
      is: "pass",
    },
    {
      name: "answers from everywhere, and RDP denied before them, not created yet",
      given: allowed,
      types: NETWORK_ACL_RULE,
      from: ofList,
      stack: [...lists, denial({}, "list")],
      is: "pass",
    },
    {
      name: "answers from everywhere, and RDP denied before them, by id",
      given: { ...allowed, networkAclId: "acl-1" },
      types: NETWORK_ACL_RULE,
      stack: [denial({ networkAclId: "acl-1" })],
      is: "pass",
    },
    {
      name: "another port that is none of administration",
      given: allowed,
      types: NETWORK_ACL_RULE,
      config: { ports: [22] },
      is: "pass",
    },
    {
      name: "everything from everywhere",
      given: {
        ingress: [
          entry(100, "allow", 0, { ...everything, protocol: "all" }),
          entry(101, "allow", 0, { ...everything, cidrBlock: undefined, ipv6CidrBlock: "::0/0" }),
        ],
      },
      types: own,
      is: "fail",
      findings: [
        { path: "ingress[0].cidrBlock", says: `"0.0.0.0/0" on all protocols and ports, ${must}` },
        { path: "ingress[1].ipv6CidrBlock", says: `"::0/0" on all protocols and ports, ${must}` },
      ],
    },
    {
      name: "denied too late, for others, or on another port",
      given: {
        ingress: [
          entry(100, "allow", 22),
          entry(110, "deny", 22),
          entry(90, "deny", 22, { cidrBlock: "198.51.100.0/24" }),
          entry(91, "deny", 22, { cidrBlock: undefined, ipv6CidrBlock: "::/0" }),
          entry(92, "deny", 23),
        ],
      },
      types: own,
      is: "fail",
      findings: [{ path: "ingress[0].cidrBlock", says: `"0.0.0.0/0" on port 22, ${must}` }],
    },
    {
      name: "answers from everywhere, on a range that takes in RDP",
      given: { ...allowed, fromPort: "1024", toPort: "65535" },
      types: NETWORK_ACL_RULE,
      from: ofList,
      stack: [...lists, denial({}, "other"), { ...denial({ egress: true }, "list"), name: "outward" }],
      is: "fail",
      findings: [taken],
    },
    {
      name: "a rule of a list outside the stack",
      given: { ...allowed, networkAclId: "acl-1" },
      types: NETWORK_ACL_RULE,
      stack: [denial({ networkAclId: "acl-2" })],
      is: "fail",
      findings: [taken],
    },
    {
      name: "a rule for traffic out",
      given: { ...allowed, egress: true },
      types: NETWORK_ACL_RULE,
      is: "skip",
      why: "lets traffic out",
    },
    {
      name: "the default access list",
      given: { ingress: [entry(100, "allow", 0, everything)] },
      types: DEFAULT_NETWORK_ACL,
      is: "skip",
      why: "the default access list, which AWS makes open",
    },
    {
      name: "entries not known yet, some of which are harmless in any case",
      given: {
        ingress: [
          entry(UNKNOWN, "allow", 22),
          entry(UNKNOWN, "allow", 443, { cidrBlock: UNKNOWN }),
          entry(80, "deny", 3389),
          UNKNOWN,
          entry(90, UNKNOWN, 22),
        ],
      },
      types: own,
      is: "deferred",
      deferrals: [
        { path: "ingress[0].cidrBlock", waits: "not known whether an entry before it denies" },
        { path: "ingress[3]", waits: "not known yet" },
        { path: "ingress[4].action", waits: "not known yet" },
      ],
    },
    {
      name: "a denial that may be of another list",
      given: allowed,
      types: NETWORK_ACL_RULE,
      from: ofList,
      stack: [...lists, denial({}, "list", "other")],
      is: "deferred",
      deferrals: [{ path: "cidrBlock", waits: "not known whether an entry before it denies" }],
    },
    {
      name: "a rule of nobody knows which list, and a denial",
      given: allowed,
      types: NETWORK_ACL_RULE,
      stack: [...lists, denial({}, "list")],
      is: "deferred",
      deferrals: [{ path: "cidrBlock", waits: "not known whether an entry before it denies" }],
    },
  ],
});
