import { type Answer, some } from "../../lib/answers";
import type { Link } from "../../lib/links";
import type { Stack, StackResource } from "../../lib/stack";
import { DATA_SUBNETS, SUBNET } from "../types";

const stores: Link = {
  from: DATA_SUBNETS,
  names({ outputs }) {
    const ids = outputs.at("subnetIds");
    return ids.isKnown() ? ids.items() : [ids];
  },
  to: SUBNET,
};

/** Tags by which tools and people say what a subnet is: `SubnetType` is awsx's, `aws-cdk:subnet-type` the CDK's. */
const kinds = ["subnettype", "subnet-type", "aws-cdk:subnet-type", "type", "tier", "network"];

const inKind = /^(private|isolated|internal|intra|data|database|db|cache)(?![a-z])/i;

/** A whole word of a name, whichever way it is written: `edge-private-1a`, `PrivateSubnetA`, `app_isolated`. */
const inName = /(^|[^a-z])(private|isolated)(?![a-z])|(^|[^A-Z])(Private|Isolated)(?![a-z])/;
const publicName = /(^|[^a-z])(public|dmz)(?![a-z])|(^|[^A-Z])(Public|Dmz)(?![a-z])/;

/**
 * Whether a subnet is meant to be private, whatever its routes are: it hands out no public addresses, and its name or a
 * tag calls it private, or a database or cache stands in it.
 *
 * That it hands out none is not enough: a subnet for load balancers and NAT gateways need not, and is public.
 */
export function isPrivate(subnet: StackResource, stack: Stack): Answer {
  const { inputs, name } = subnet;
  const handsOut = inputs.at("mapPublicIpOnLaunch");
  if (handsOut.isKnown() && handsOut.flag() === true) return false;
  const meant = some(
    [() => isCalledPrivate(name), () => isTaggedPrivate(subnet), () => holdsData(subnet, stack)],
    (ask) => ask(),
  );
  return meant === true && !handsOut.isKnown() ? undefined : meant;
}

function isCalledPrivate(name: string): boolean {
  return inName.test(name) && !publicName.test(name);
}

function isTaggedPrivate({ inputs }: StackResource): Answer {
  const tags = inputs.at("tags");
  return some(tags.keys(), (key) => {
    if (key === "Name") return isCalledPrivate(tags.at(key).text() ?? "");
    if (key === "kubernetes.io/role/internal-elb") return tags.at(key).text() !== "0";
    return kinds.includes(key.toLowerCase()) && inKind.test(tags.at(key).text() ?? "");
  });
}

function holdsData(subnet: StackResource, stack: Stack): Answer {
  const { certain, possible } = stack.linked(subnet, stores);
  if (certain.length > 0) return true;
  return possible.length > 0 ? undefined : false;
}
