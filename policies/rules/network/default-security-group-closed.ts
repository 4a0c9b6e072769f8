import { certainly } from "../../lib/candidates";
import { apart, type Judgement } from "../../lib/judgement";
import type { Link } from "../../lib/links";
import { rule, type ScenarioResource } from "../../lib/rule";
import type { Stack, StackResource } from "../../lib/stack";
import { UNKNOWN } from "../../lib/unknown";
import { brief, type Value } from "../../lib/value";
import {
  DEFAULT_SECURITY_GROUP,
  EGRESS_RULE,
  INGRESS_RULE,
  SECURITY_GROUP,
  SECURITY_GROUP_RULE,
  VPC,
} from "../types";

const taken: Link = {
  from: DEFAULT_SECURITY_GROUP,
  names: ({ outputs }) => [outputs.at("vpcId")],
  to: VPC,
};

/** A network gives out the id of one security group, its default one. */
const rules: Link = {
  from: [...SECURITY_GROUP_RULE, ...INGRESS_RULE, ...EGRESS_RULE],
  names: ({ outputs }) => [outputs.at("securityGroupId")],
  to: [...SECURITY_GROUP, ...DEFAULT_SECURITY_GROUP, ...VPC],
};

const open = {
  path: "defaultSecurityGroupId",
  says: "as AWS makes it, open to its members and to all traffic out, must be an aws.ec2.DefaultSecurityGroup without rules",
};

function judgeDirection(list: Value): Judgement {
  const { length } = list.list();
  if (length === 0) return [];
  return [{ path: list.path, says: `${length} ${length === 1 ? "rule" : "rules"}, must be none` }];
}

function judgeNetwork(network: StackResource, stack: Stack): Judgement {
  const { certain, possible } = stack.linked(network, taken);
  if (certain.length > 0) return [];
  if (possible.length === 0) return [open];
  return possible.map(({ name }) => ({ path: open.path, waits: `not known whether ${brief(name)} is it` }));
}

function judgeGroup(group: StackResource, stack: Stack): Judgement {
  const { certain, possible } = stack.linked(group, rules);
  const network = certainly(stack.refer(group, group.outputs.at("vpcId"), VPC));
  const adding = network === undefined ? certain : [...certain, ...stack.linked(network, rules).certain];
  return [
    ...adding.map(({ name }) => ({ path: "resource", says: `${brief(name)} adds a rule, must have none` })),
    ...possible.map(({ name }) => ({
      path: "resource",
      waits: `not known whether ${brief(name)} adds a rule`,
    })),
  ];
}

const token = DEFAULT_SECURITY_GROUP[0] ?? "";

function group(props: object, ...from: readonly string[]): ScenarioResource {
  return { name: "closed", type: token, props: { vpcId: UNKNOWN, ...props }, from: { vpcId: from } };
}

function ruleOf(securityGroupId: string, ...from: readonly string[]): ScenarioResource {
  return {
    name: "web",
    type: INGRESS_RULE[0] ?? "",
    props: { securityGroupId, ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "10.0.0.0/8" },
    from: { securityGroupId: from },
  };
}

const network: ScenarioResource = { name: "net", type: VPC[0] ?? "", props: { id: UNKNOWN } };
const elsewhere: ScenarioResource = { ...network, name: "elsewhere" };

export const defaultSecurityGroupClosed = rule({
  name: "default-security-group-closed",
  title: "The default security group of a network lets nothing through",
  description:
    "What names no security group gets the default one, in which everything reaches everything. Closed, it makes the omission show at once.",
  severity: "high",
  level: "mandatory",
  types: [...DEFAULT_SECURITY_GROUP, ...VPC],
  frameworks: { fsbp: ["EC2.2"] },
  remediation:
    "Write an aws.ec2.DefaultSecurityGroup with the network's vpcId and with ingress and egress left empty.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-2",
  judge: (props, { type }) =>
    VPC.includes(type)
      ? []
      : apart(
          () => judgeDirection(props.at("ingress")),
          () => judgeDirection(props.at("egress")),
        ),
  judgeInStack: (resource, { stack }) =>
    VPC.includes(resource.type) ? judgeNetwork(resource, stack) : judgeGroup(resource, stack),
  scenarios: [
    { name: "without rules", given: { ingress: [], egress: [] }, types: DEFAULT_SECURITY_GROUP, is: "pass" },
    {
      name: "left empty, which takes out the rules AWS makes",
      given: { vpcId: UNKNOWN },
      from: { vpcId: ["net"] },
      types: DEFAULT_SECURITY_GROUP,
      stack: [
        network,
        ruleOf(UNKNOWN, "other"),
        { ...network, name: "other", type: SECURITY_GROUP[0] ?? "" },
      ],
      is: "pass",
    },
    {
      name: "a network whose group is taken over, not created yet",
      given: {},
      types: VPC,
      stack: [group({}, "subject"), elsewhere],
      is: "pass",
    },
    {
      name: "a network whose group is taken over, by id",
      given: {},
      outputs: { id: "vpc-1" },
      types: VPC,
      stack: [group({ vpcId: "vpc-1" })],
      is: "pass",
    },
    {
      name: "the rules AWS makes, written down",
      given: {
        ingress: [{ protocol: "-1", fromPort: 0, toPort: 0, self: true }],
        egress: [
          { protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] },
          { protocol: "-1", fromPort: 0, toPort: 0, ipv6CidrBlocks: ["::/0"] },
        ],
      },
      types: DEFAULT_SECURITY_GROUP,
      is: "fail",
      findings: [
        { path: "ingress", says: "1 rule, must be none" },
        { path: "egress", says: "2 rules, must be none" },
      ],
    },
    {
      name: "a rule not known yet is a rule",
      given: { ingress: [UNKNOWN], egress: UNKNOWN },
      types: DEFAULT_SECURITY_GROUP,
      is: "fail",
      findings: [{ path: "ingress", says: "1 rule, must be none" }],
      deferrals: [{ path: "egress", waits: "not known yet" }],
    },
    {
      name: "a rule that is a resource",
      given: {},
      types: DEFAULT_SECURITY_GROUP,
      stack: [ruleOf(UNKNOWN, "subject")],
      is: "fail",
      findings: [{ path: "resource", says: "web adds a rule, must have none" }],
    },
    {
      name: "a rule that is a resource, and has the group's id from the network",
      given: { vpcId: UNKNOWN },
      from: { vpcId: ["net"] },
      types: DEFAULT_SECURITY_GROUP,
      stack: [network, ruleOf(UNKNOWN, "net")],
      is: "fail",
      findings: [{ path: "resource", says: "web adds a rule, must have none" }],
    },
    { name: "left to AWS", given: { cidrBlock: "10.0.0.0/16" }, types: VPC, is: "fail", findings: [open] },
    {
      name: "another network's group",
      given: {},
      outputs: { id: UNKNOWN },
      types: VPC,
      stack: [group({}, "elsewhere"), elsewhere],
      is: "fail",
      findings: [open],
    },
    {
      name: "the group of this network or of another",
      given: {},
      types: VPC,
      stack: [group({}, "subject", "elsewhere"), elsewhere],
      is: "deferred",
      deferrals: [{ path: open.path, waits: "not known whether closed is it" }],
    },
    {
      name: "a rule of nobody knows which group",
      given: {},
      types: DEFAULT_SECURITY_GROUP,
      stack: [ruleOf(UNKNOWN)],
      is: "deferred",
      deferrals: [{ path: "resource", waits: "not known whether web adds a rule" }],
    },
  ],
});
