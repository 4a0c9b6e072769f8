import { type Bag, isUnknown, knownNumber, knownText } from "../../values";
import { all, type Check, longest, oneOf, pattern, range } from "../checks";
import { cidrFault } from "../cidr";
import { fill } from "../fill";
import { ec2Id } from "../ids";
import { isSet, type Kind, type Kinds, type Subject } from "../kind";
import { arnOf } from "../places";
import { whereOf } from "../where";
import { ec2, vpcOf } from "./network";
import { securityGroupInUse } from "./removal";

const groupType = "aws:ec2/securityGroup:SecurityGroup";

/** Characters AWS takes in names and descriptions of groups. */
const plainText = /^[A-Za-z0-9. _\-:/()#,@[\]+=&;{}!$*]*$/;

const sources = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"] as const;

const oneSource: Check = function* ({ inputs }) {
  const set = sources.filter((property) => isSet(inputs[property]));
  if (set.length === 1) return;
  const names = "[cidr_ipv4,cidr_ipv6,prefix_list_id,referenced_security_group_id]";
  const what = set.length === 0 ? "No attribute" : `${set.length} attributes`;
  yield { reason: `${what} specified when one (and only one) of ${names} is required` };
};

const sourceBlock: Check = function* ({ inputs }) {
  const block = knownText(inputs.cidrIpv4);
  const fault = block === undefined ? undefined : cidrFault(block);
  if (fault !== undefined) yield { property: "cidrIpv4", reason: fault };
};

const portRange: Check = function* ({ inputs }) {
  const protocol = knownText(inputs.ipProtocol);
  const from = inputs.fromPort;
  const to = inputs.toPort;
  if (protocol === "-1") {
    for (const property of ["fromPort", "toPort"].filter((name) => isSet(inputs[name]))) {
      const name = property === "fromPort" ? "from_port" : "to_port";
      yield { property, reason: `${name} must not be set when ip_protocol is "-1": all ports are meant` };
    }
    return;
  }
  if (protocol !== "tcp" && protocol !== "udp") return;
  if (!isSet(from) || !isSet(to)) {
    const property = isSet(from) ? "toPort" : "fromPort";
    yield {
      property,
      reason: `InvalidParameterValue: Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.`,
    };
    return;
  }
  const [first, last] = [knownNumber(from), knownNumber(to)];
  if (first === undefined || last === undefined || first <= last) return;
  yield { property: "fromPort", reason: `InvalidParameterValue: Invalid TCP port range (${first}-${last})` };
};

/** What a rule lets through, if that is certain; the group and a referenced one by the resources they are. */
function permission(subject: Subject): readonly string[] {
  const { inputs, world } = subject;
  const resolved = (property: string) => {
    const value = inputs[property];
    if (!isSet(value)) return "";
    const found = world.candidates(subject, groupType, property, value);
    if (found.length === 1) return found[0]?.seed;
    return knownText(value);
  };
  const parts = ["securityGroupId", ...sources].map(resolved);
  const traffic = [inputs.ipProtocol, inputs.fromPort, inputs.toPort];
  if (parts.includes(undefined) || traffic.some(isUnknown)) return [];
  return [JSON.stringify([...parts, ...traffic])];
}

const ruleIsNew: Check = function* (subject) {
  const [same] = subject.world.occupants(subject, permission);
  if (same) yield { reason: `InvalidPermission.Duplicate: the specified rule already exists (${same.name})` };
};

const sameVpc: Check = function* (subject) {
  const { inputs, world } = subject;
  const own = world.candidates(subject, groupType, "securityGroupId", inputs.securityGroupId);
  const other = world.candidates(
    subject,
    groupType,
    "referencedSecurityGroupId",
    inputs.referencedSecurityGroupId,
  );
  if (own.length !== 1 || other.length !== 1 || !own[0] || !other[0]) return;
  const [a, b] = [vpcOf(own[0]), vpcOf(other[0])];
  if (!a || !b || a === b) return;
  const reason = `InvalidGroup.NotFound: You have specified two resources that belong to different networks.`;
  yield { property: "referencedSecurityGroupId", reason };
};

const rule: Kind = {
  id: ({ seed }) => ec2Id("sgr", seed),
  computed: (subject, id) => ({
    securityGroupRuleId: id,
    arn: arnOf("ec2", whereOf(subject), `security-group-rule/${id}`),
  }),
  refuse: all(
    oneSource,
    sourceBlock,
    portRange,
    range("fromPort", -1, 65535),
    range("toPort", -1, 65535),
    longest("description", 255),
    pattern(
      "description",
      plainText,
      (text) => `invalid description "${text}": characters outside AWS's set`,
    ),
    ruleIsNew,
    sameVpc,
  ),
};

const inlinePorts: Check = function* (subject) {
  for (const property of ["ingress", "egress"]) {
    yield* range(`${property}.fromPort`, -1, 65535)(subject);
    yield* range(`${property}.toPort`, -1, 65535)(subject);
  }
};

/** A group's name in its VPC, if that is certain; a group that names none is in its region's default VPC. */
function nameInVpc(subject: Subject): readonly string[] {
  const { name, vpcId } = subject.inputs;
  const vpc = isSet(vpcId) ? (vpcOf(subject)?.seed ?? knownText(vpcId)) : subject.region;
  return knownText(name) === undefined || vpc === undefined ? [] : [`${vpc} ${name}`];
}

const groupName: Check = function* (subject) {
  const name = knownText(subject.inputs.name);
  if (name?.startsWith("sg-"))
    yield { property: "name", reason: `invalid value for name (cannot begin with sg-): ${name}` };
  if (subject.world.occupants(subject, nameInVpc).length === 0) return;
  const reason = `InvalidGroup.Duplicate: The security group '${name}' already exists for VPC`;
  yield { property: "name", reason };
};

const noRules: Bag = { ingress: [], egress: [] };

/** Security groups and their rules. */
export const firewallKinds: Kinds = {
  [groupType]: {
    ...ec2("sg", "security-group", () => noRules),
    autoName: { property: "name", max: 255, unless: "namePrefix" },
    fill: fill({ description: "Managed by Pulumi", revokeRulesOnDelete: false }),
    refuse: all(
      groupName,
      pattern("name", plainText, (text) => `invalid value for name "${text}": characters outside AWS's set`),
      longest("description", 255),
      pattern(
        "description",
        plainText,
        (text) => `invalid description "${text}": characters outside AWS's set`,
      ),
      inlinePorts,
    ),
    refuseDelete: securityGroupInUse,
  },
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": {
    ...ec2("sg", "security-group", () => ({
      ...noRules,
      name: "default",
      description: "default VPC security group",
    })),
    id: (subject) => knownText(vpcOf(subject)?.outputs.defaultSecurityGroupId) ?? ec2Id("sg", subject.seed),
    fill: fill({ revokeRulesOnDelete: false }),
    refuse: inlinePorts,
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": rule,
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": rule,
  "aws:ec2/securityGroupRule:SecurityGroupRule": {
    id: ({ seed }) => `sgrule-${Number.parseInt(ec2Id("", seed).slice(2, 10), 16)}`,
    computed: ({ seed }) => ({ securityGroupRuleId: ec2Id("sgr", seed) }),
    fill: fill({ self: false }),
    refuse: all(oneOf("type", "ingress", "egress"), range("fromPort", -1, 65535), range("toPort", -1, 65535)),
  },
};
