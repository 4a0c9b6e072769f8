import { type Bag, bags, isUnknown, knownText } from "../../values";
import { all, type Check, oneOf } from "../checks";
import { cidrFault, overlap, parseAddressAndPrefix, within } from "../cidr";
import { fill } from "../fill";
import { dnsSuffixOf, ec2Id, hexOf } from "../ids";
import { type Failure, isSet, type Kind, type Kinds, type Made, type Subject } from "../kind";
import { arnOf, isKnownRegion, zoneIdOf, zonesOf } from "../places";
import { same } from "../sameness";
import { whereOf } from "../where";
import { addressInUse, internetGatewayInUse, subnetInUse, vpcInUse } from "./removal";

const vpcType = "aws:ec2/vpc:Vpc";
const subnetType = "aws:ec2/subnet:Subnet";

/** Largest and smallest block a VPC or subnet may have, as prefix lengths. */
const widest = 16;
const narrowest = 28;

/** The VPC a resource's `vpcId` points to, if the model made it. */
export function vpcOf(subject: Subject): Made | undefined {
  const found = subject.world.candidates(subject, vpcType, "vpcId", subject.inputs.vpcId);
  return found.length === 1 ? found[0] : undefined;
}

/** The zone a subnet says it is in, by name or by id. */
export function zoneOf({ inputs }: Subject): string | undefined {
  return knownText(inputs.availabilityZone) ?? knownText(inputs.availabilityZoneId);
}

/** An identifier and the attributes nearly everything in EC2 has. */
export function ec2(
  prefix: string,
  resource: string,
  extra: (subject: Subject, id: string) => Bag = () => ({}),
): Kind {
  return {
    id: ({ seed }) => ec2Id(prefix, seed),
    computed: (subject, id) => ({
      arn: arnOf("ec2", whereOf(subject), `${resource}/${id}`),
      ownerId: subject.world.options.accountId,
      ...extra(subject, id),
    }),
  };
}

function* sized(cidrBlock: string, code: string): Iterable<Failure> {
  const fault = cidrFault(cidrBlock);
  const prefix = parseAddressAndPrefix(cidrBlock)?.prefix ?? 0;
  if (fault !== undefined) yield { property: "cidrBlock", reason: fault };
  else if (prefix < widest || prefix > narrowest) {
    yield { property: "cidrBlock", reason: `${code}: The CIDR '${cidrBlock}' is invalid.` };
  }
}

const vpcBlock: Check = function* ({ inputs }) {
  const cidrBlock = knownText(inputs.cidrBlock);
  if (cidrBlock !== undefined) yield* sized(cidrBlock, "InvalidVpc.Range");
  if (!isSet(inputs.cidrBlock) && !isSet(inputs.ipv4IpamPoolId)) {
    yield { reason: "one of `cidr_block,ipv4_ipam_pool_id` must be specified" };
  }
};

const subnetBlock: Check = function* (subject) {
  const cidrBlock = knownText(subject.inputs.cidrBlock);
  if (cidrBlock === undefined) return;
  const faults = [...sized(cidrBlock, "InvalidSubnet.Range")];
  yield* faults;
  const own = parseAddressAndPrefix(cidrBlock);
  const vpc = vpcOf(subject);
  if (faults.length > 0 || !own || !vpc) return;
  const whole = parseAddressAndPrefix(String(vpc.inputs.cidrBlock));
  if (whole && !within(own, whole)) {
    yield { property: "cidrBlock", reason: `InvalidSubnet.Range: The CIDR '${cidrBlock}' is invalid.` };
  }
  for (const other of subject.world.all(subnetType)) {
    const block = parseAddressAndPrefix(String(other.inputs.cidrBlock));
    if (!block || other.seed === subject.seed || vpcOf(other) !== vpc || !overlap(own, block)) continue;
    const reason = `InvalidSubnet.Conflict: The CIDR '${cidrBlock}' conflicts with another subnet (${other.name})`;
    yield { property: "cidrBlock", reason };
  }
};

/** Local and wavelength zones, which an account asks for: `us-west-2-lax-1a`. */
const furtherZone = /-[a-z]+-\d+[a-z]$/;

const subnetZone: Check = function* ({ inputs, region }) {
  const zone = knownText(inputs.availabilityZone);
  const zones = zonesOf(region);
  if (zone === undefined || zones.includes(zone)) return;
  if (zone.startsWith(`${region}-`) && furtherZone.test(zone)) return;
  // Of other regions the model does not know how many zones they have.
  if (!isKnownRegion(region) && zone.startsWith(region)) return;
  const reason =
    `InvalidParameterValue: Value (${zone}) for parameter availabilityZone is invalid. Subnets can currently only be ` +
    `created in the following availability zones: ${zones.join(", ")}.`;
  yield { property: "availabilityZone", reason };
};

const natAddress: Check = function* ({ inputs }) {
  if (
    inputs.connectivityType === "private" ||
    isSet(inputs.allocationId) ||
    inputs.availabilityMode === "regional"
  )
    return;
  yield {
    property: "allocationId",
    reason: "MissingParameter: The request must include the AllocationId parameter",
  };
};

function address(seed: string): string {
  const bytes = [...Buffer.from(hexOf(seed, 8), "hex")];
  return `${[3, 18, 34, 52, 54][(bytes[0] ?? 0) % 5]}.${bytes.slice(1).join(".")}`;
}

function ipv6BlockOf({ inputs, seed }: Subject): string {
  if (inputs.assignGeneratedIpv6CidrBlock !== true) return "";
  return `2600:1f18:${hexOf(seed, 3)}:${hexOf(`${seed}6`, 2)}00::/56`;
}

/** The network itself: VPC, subnets, and the ways out of them. */
export const networkKinds: Kinds = {
  [vpcType]: {
    ...ec2("vpc", "vpc", (subject, id) => ({
      defaultNetworkAclId: ec2Id("acl", id),
      defaultRouteTableId: ec2Id("rtb", id),
      defaultSecurityGroupId: ec2Id("sg", id),
      mainRouteTableId: ec2Id("rtb", id),
      dhcpOptionsId: ec2Id("dopt", subject.region),
      ipv6CidrBlock: ipv6BlockOf(subject),
    })),
    fill: fill({ enableDnsSupport: true, instanceTenancy: "default" }),
    refuse: all(vpcBlock, oneOf("instanceTenancy", "default", "dedicated")),
    refuseDelete: vpcInUse,
    renewed: (before, { assignGeneratedIpv6CidrBlock }) =>
      same(before.inputs.assignGeneratedIpv6CidrBlock ?? false, assignGeneratedIpv6CidrBlock ?? false)
        ? []
        : ["ipv6AssociationId", "ipv6CidrBlock"],
  },
  [subnetType]: {
    ...ec2("subnet", "subnet", ({ inputs, region }) => {
      const byId = zonesOf(region).find((zone) => zoneIdOf(zone) === inputs.availabilityZoneId);
      const availabilityZone = knownText(inputs.availabilityZone) ?? byId ?? zonesOf(region)[0] ?? "";
      const availabilityZoneId = zoneIdOf(availabilityZone);
      return { availabilityZone, availabilityZoneId, privateDnsHostnameTypeOnLaunch: "ip-name" };
    }),
    fill: fill({
      assignIpv6AddressOnCreation: false,
      enableDns64: false,
      enableResourceNameDnsARecordOnLaunch: false,
      enableResourceNameDnsAaaaRecordOnLaunch: false,
      ipv6Native: false,
      mapPublicIpOnLaunch: false,
    }),
    refuse: all(subnetBlock, subnetZone),
    refuseDelete: subnetInUse,
  },
  "aws:ec2/internetGateway:InternetGateway": {
    ...ec2("igw", "internet-gateway"),
    refuseDelete: internetGatewayInUse,
  },
  "aws:ec2/eip:Eip": {
    ...ec2("eipalloc", "elastic-ip", ({ seed, region }, id) => {
      const publicIp = address(seed);
      const publicDns = `ec2-${publicIp.replaceAll(".", "-")}.${region === "us-east-1" ? "compute-1" : `${region}.compute`}.${dnsSuffixOf(region)}`;
      return {
        allocationId: id,
        publicIp,
        publicDns,
        domain: "vpc",
        networkBorderGroup: region,
        publicIpv4Pool: "amazon",
      };
    }),
    refuse: oneOf("domain", "vpc", "standard"),
    refuseDelete: addressInUse,
  },
  "aws:ec2/natGateway:NatGateway": {
    ...ec2("nat", "natgateway", (subject, id) => {
      const { inputs, world } = subject;
      const [eip] = world.candidates(subject, "aws:ec2/eip:Eip", "allocationId", inputs.allocationId);
      const publicIp = isUnknown(eip?.outputs.publicIp)
        ? ""
        : (eip?.outputs.publicIp ?? address(subject.seed));
      return {
        networkInterfaceId: ec2Id("eni", id),
        associationId: ec2Id("eipassoc", id),
        publicIp,
        privateIp: "10.0.0.10",
      };
    }),
    fill: fill({ connectivityType: "public" }),
    refuse: all(natAddress, oneOf("connectivityType", "public", "private")),
  },
  // Deleting one, the provider takes it away from its subnets first.
  "aws:ec2/routeTable:RouteTable": ec2("rtb", "route-table"),
};

/** The zones of subnets that may be meant, each named; `undefined` when one is not the model's own. */
export function subnetsMeant(subject: Subject, property: string): Made[][] {
  const value = subject.inputs[property];
  const ids = Array.isArray(value) ? value : bags(value).map(({ subnetId }) => subnetId ?? null);
  return ids.map((id) => subject.world.candidates(subject, subnetType, property, id));
}
