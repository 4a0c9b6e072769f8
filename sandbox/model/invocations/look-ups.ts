import { type Bag, bags, knownText, knownTexts, type Value } from "../../values";
import { capitalsOf, hexOf, partitionOf } from "../ids";
import { isSet, type Made } from "../kind";
import { isIssued } from "../kinds/listener";
import { arnOf, placeOf } from "../places";
import { originFacing, prefixList } from "../prefix-lists";
import type { World } from "../world";
import { balancingLookUps } from "./balancing-look-ups";
import { getAmi } from "./image-look-up";
import type { Invocation } from "./invocation";
import { networkLookUps } from "./network-look-ups";
import { hasTags, present, regionOf, shaped, unknownHere } from "./search";

/** A parameter that is there, as `getParameter` tells of it. */
function parameterOf({ id, outputs }: Made, args: Bag): Bag {
  const { arn = "", name = id, type = "String", version = 1 } = outputs;
  const secret = type === "SecureString";
  const given = [outputs.value, outputs.insecureValue].find((value) => value !== "" && isSet(value)) ?? "";
  const value = secret && args.withDecryption === false ? hexOf(String(given), 64) : given;
  return { arn, name, type, value, insecureValue: secret ? "" : given, version };
}

/** The account's own parameters, and those AWS publishes, by what they hold. */
const getParameter: Invocation = (args, where, world) => {
  const name = knownText(args.name) ?? "";
  const region = regionOf(args, where);
  const own = present(world, "aws:ssm/parameter:Parameter", region).find(
    ({ id, outputs }) => id === name || outputs.arn === name,
  );
  if (own) return { outputs: { ...args, ...parameterOf(own, args), id: name, region } };
  if (!name.startsWith("/aws/service/"))
    return { failure: `reading SSM Parameter (${name}): couldn't find resource` };
  const value = `ami-0${hexOf(`${region}${name}`, 16)}`;
  const arn = `arn:${partitionOf(region)}:ssm:${region}::parameter${name}`;
  const outputs = {
    ...args,
    id: name,
    name,
    region,
    arn,
    type: "String",
    value,
    insecureValue: value,
    version: 1,
  };
  return { outputs };
};

const getPrefixList: Invocation = (args, where) => {
  const region = knownText(args.region) ?? where.region;
  const name = knownText(args.name) ?? `com.amazonaws.${region}.s3`;
  return { outputs: { ...args, ...prefixList(name, region), name, region } };
};

const getManagedPrefixList: Invocation = (args, where) => {
  const region = knownText(args.region) ?? where.region;
  const name = knownText(args.name) ?? originFacing;
  const { id, cidrBlocks } = prefixList(name, region);
  return {
    outputs: {
      ...args,
      id,
      name,
      region,
      arn: arnOf("ec2", { region, accountId: "aws" }, `prefix-list/${id}`),
      addressFamily: "IPv4",
      entries: cidrBlocks.map((cidr) => ({ cidr, description: "" })),
      maxEntries: 55,
      ownerId: "AWS",
      tags: {},
      version: 1,
    },
  };
};

const getServiceAccount: Invocation = (args, where) => {
  const region = knownText(args.region) ?? where.region;
  const id = placeOf(region).logAccount;
  return { outputs: { id, region, arn: `arn:${partitionOf(region)}:iam::${id}:root` } };
};

const withoutDot = (value: Value | undefined) => knownText(value)?.replace(/\.$/, "");

/** The zone of the account that is meant, if there is one. */
function ownZones(args: Bag, world: World): Made[] {
  const [id, name, vpcId] = [knownText(args.zoneId), withoutDot(args.name), knownText(args.vpcId)];
  if (id === undefined && name === undefined) return [];
  const isPrivate = args.privateZone === true || vpcId !== undefined;
  return present(world, "aws:route53/zone:Zone").filter((zone) => {
    const vpcs = bags(zone.inputs.vpcs).map((vpc) => vpc.vpcId);
    if (id !== undefined) return zone.id === id;
    if (withoutDot(zone.outputs.name) !== name || !hasTags(zone, args.tags)) return false;
    return isPrivate === vpcs.length > 0 && (vpcId === undefined || vpcs.includes(vpcId));
  });
}

/** Records a zone starts with, for its name servers and its authority. */
const firstRecords = 2;

function zoneAnswer(zone: Made): Bag {
  const { id, outputs, inputs, world } = zone;
  const records = world.all("aws:route53/record:Record").filter((record) => record.inputs.zoneId === id);
  return {
    id,
    zoneId: id,
    name: outputs.name ?? "",
    arn: outputs.arn ?? "",
    callerReference: "sandbox",
    comment: outputs.comment ?? "",
    linkedServiceDescription: "",
    linkedServicePrincipal: "",
    nameServers: outputs.nameServers ?? [],
    primaryNameServer: outputs.primaryNameServer ?? "",
    privateZone: bags(inputs.vpcs).length > 0,
    resourceRecordSetCount: firstRecords + records.length,
    tags: outputs.tagsAll ?? {},
  };
}

/** A zone of the account or, as names are usually registered long before, one that is invented. */
const getZone: Invocation = (args, where, world) => {
  const [own, ...more] = ownZones(args, world);
  if (more.length > 0) {
    return {
      failure:
        "multiple Route 53 Hosted Zones matched; use additional constraints to reduce matches to a single Route 53 Hosted Zone",
    };
  }
  if (own) return { outputs: { ...args, ...zoneAnswer(own) } };
  const name = knownText(args.name) ?? "example.com";
  const zoneId = knownText(args.zoneId) ?? `Z${capitalsOf(name, 20)}`;
  return {
    outputs: {
      ...args,
      id: zoneId,
      zoneId,
      name,
      arn: `arn:${partitionOf(where.region)}:route53:::hostedzone/${zoneId}`,
      callerReference: "sandbox",
      comment: "",
      linkedServiceDescription: "",
      linkedServicePrincipal: "",
      nameServers: [1, 2, 3, 4].map((server) => `ns-${server}.awsdns-0${server}.com`),
      primaryNameServer: "ns-1.awsdns-01.com",
      resourceRecordSetCount: 2,
      tags: {},
    },
  };
};

const getHostedZoneId: Invocation = (args, where) => {
  const region = knownText(args.region) ?? where.region;
  return { outputs: { ...args, region, id: placeOf(region).balancerZone } };
};

/** Certificates that are issued, unless others are asked for. */
const getCertificate: Invocation = (args, where, world) => {
  const region = regionOf(args, where);
  const statuses = knownTexts(args.statuses) ?? ["ISSUED"];
  const statusOf = (made: Made) => (isIssued(made) ? "ISSUED" : String(made.outputs.status));
  const [types, keyTypes] = [knownTexts(args.types), knownTexts(args.keyTypes)];
  const found = present(world, "aws:acm/certificate:Certificate", region).filter(
    (made) =>
      (!isSet(args.domain) || made.outputs.domainName === args.domain) &&
      statuses.includes(statusOf(made)) &&
      (types === undefined || types.includes(String(made.outputs.type))) &&
      (keyTypes === undefined || keyTypes.includes(String(made.outputs.keyAlgorithm))) &&
      hasTags(made, args.tags),
  );
  if (found.length === 0) {
    if (world.options.preview) return unknownHere("aws:acm/getCertificate:getCertificate");
    return { failure: `no ACM Certificate matching domain (${args.domain ?? ""})` };
  }
  if (found.length > 1 && args.mostRecent !== true) {
    return { failure: `multiple ACM Certificates matching domain (${args.domain ?? ""})` };
  }
  const made = found[found.length - 1] as Made;
  const { domainName = "", tagsAll: tags = {} } = made.outputs;
  return {
    outputs: {
      ...args,
      id: made.id,
      arn: made.id,
      certificate: "",
      certificateChain: "",
      domain: domainName,
      region,
      status: statusOf(made),
      tags,
    },
  };
};

const getRole: Invocation = (args, _where, world) => {
  const name = knownText(args.name) ?? "";
  const made = present(world, "aws:iam/role:Role").find(({ id }) => id === name);
  if (!made) {
    if (world.options.preview) return unknownHere("aws:iam/getRole:getRole");
    return { failure: `reading IAM Role (${name}): couldn't find resource` };
  }
  const defaults = {
    arn: "",
    assumeRolePolicy: "",
    createDate: "",
    description: "",
    maxSessionDuration: 3600,
    name,
    path: "/",
    permissionsBoundary: "",
    uniqueId: "",
  };
  const { tagsAll: tags = {} } = made.outputs;
  return { outputs: { ...args, ...shaped(defaults, made.outputs), id: name, roleLastUseds: [], tags } };
};

/** Functions that look something up. */
export const lookUpInvocations = {
  ...balancingLookUps,
  ...networkLookUps,
  "aws:acm/getCertificate:getCertificate": getCertificate,
  "aws:ec2/getAmi:getAmi": getAmi,
  "aws:iam/getRole:getRole": getRole,
  "aws:ssm/getParameter:getParameter": getParameter,
  "aws:ec2/getPrefixList:getPrefixList": getPrefixList,
  "aws:ec2/getManagedPrefixList:getManagedPrefixList": getManagedPrefixList,
  "aws:elb/getServiceAccount:getServiceAccount": getServiceAccount,
  "aws:route53/getZone:getZone": getZone,
  "aws:lb/getHostedZoneId:getHostedZoneId": getHostedZoneId,
} as const;
