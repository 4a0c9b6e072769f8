import { knownText } from "../../values";
import { capitalsOf, digitsOf, hexOf, partitionOf } from "../ids";
import { arnOf, placeOf } from "../places";
import type { Invocation } from "./invocation";

/** Parameters AWS publishes, by what they hold. */
const getParameter: Invocation = (args, where) => {
  const name = knownText(args.name) ?? "";
  const region = knownText(args.region) ?? where.region;
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

/** Blocks the gateway endpoints' services stand at, invented. */
function prefixList(name: string, region: string) {
  const id = `pl-${hexOf(`${region}${name}`, 8)}`;
  return { id, cidrBlocks: [`52.${(Number.parseInt(digitsOf(name, 3), 10) % 200) + 1}.0.0/16`] };
}

const getPrefixList: Invocation = (args, where) => {
  const region = knownText(args.region) ?? where.region;
  const name = knownText(args.name) ?? `com.amazonaws.${region}.s3`;
  return { outputs: { ...args, ...prefixList(name, region), name, region } };
};

const getManagedPrefixList: Invocation = (args, where) => {
  const region = knownText(args.region) ?? where.region;
  const name = knownText(args.name) ?? "com.amazonaws.global.cloudfront.origin-facing";
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

const getZone: Invocation = (args, where) => {
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

/** Functions that look something up. */
export const lookUpInvocations = {
  "aws:ssm/getParameter:getParameter": getParameter,
  "aws:ec2/getPrefixList:getPrefixList": getPrefixList,
  "aws:ec2/getManagedPrefixList:getManagedPrefixList": getManagedPrefixList,
  "aws:elb/getServiceAccount:getServiceAccount": getServiceAccount,
  "aws:route53/getZone:getZone": getZone,
  "aws:lb/getHostedZoneId:getHostedZoneId": getHostedZoneId,
} as const;
