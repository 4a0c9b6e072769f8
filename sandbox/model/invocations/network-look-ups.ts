import { type Bag, knownText } from "../../values";
import { parseAddressAndPrefix, sizeOf } from "../cidr";
import type { Made } from "../kind";
import type { Answer, Invocation } from "./invocation";
import {
  agrees,
  type Filters,
  hasTags,
  listed,
  output,
  passes,
  present,
  regionOf,
  shaped,
  unknownFilter,
  unknownHere,
} from "./search";

/** How a function finds one resource of EC2. */
interface LookUp {
  readonly token: string;
  readonly type: string;
  /** What the provider calls it. */
  readonly noun: string;
  /** Arguments that are the resource's outputs too. */
  readonly by: readonly string[];
  readonly filters: Filters;
  /** Only these count. */
  readonly only?: (made: Made, args: Bag) => boolean;
  readonly answer: (made: Made) => Bag;
}

const available = () => "available";

function found(lookUp: Omit<LookUp, "answer" | "noun">, args: Bag, candidates: readonly Made[]): Made[] {
  const { by, filters, only = () => true } = lookUp;
  const id = knownText(args.id);
  return candidates.filter(
    (made) =>
      (id === undefined || made.id === id) &&
      agrees(made, args, by) &&
      hasTags(made, args.tags) &&
      passes(made, args, filters) &&
      only(made, args),
  );
}

function filterFault(args: Bag, filters: Filters): Answer | undefined {
  const filter = unknownFilter(args, filters);
  return filter === undefined
    ? undefined
    : { failure: `InvalidParameterValue: The filter '${filter}' is invalid` };
}

/** A function that answers with the one resource that is as its arguments say. */
function single(lookUp: LookUp): Invocation {
  const { token, type, noun, filters, answer } = lookUp;
  return (args, where, world) => {
    const region = regionOf(args, where);
    const fault = filterFault(args, filters);
    if (fault) return fault;
    const [made, ...more] = found(lookUp, args, present(world, type, region));
    if (more.length > 0) {
      return {
        failure: `multiple ${noun}s matched; use additional constraints to reduce matches to a single ${noun}`,
      };
    }
    if (!made) return world.options.preview ? unknownHere(token) : { failure: `no matching ${noun} found` };
    const tags = made.outputs.tagsAll ?? {};
    return { outputs: { ...args, ...answer(made), id: made.id, region, tags } };
  };
}

const vpcFilters: Filters = {
  cidr: output("cidrBlock"),
  "cidr-block": output("cidrBlock"),
  "cidr-block-association.cidr-block": output("cidrBlock"),
  "dhcp-options-id": output("dhcpOptionsId"),
  isDefault: () => "false",
  "is-default": () => "false",
  "owner-id": output("ownerId"),
  state: available,
  "vpc-id": ({ id }) => id,
};

const getVpc = single({
  token: "aws:ec2/getVpc:getVpc",
  type: "aws:ec2/vpc:Vpc",
  noun: "EC2 VPC",
  by: ["cidrBlock", "dhcpOptionsId"],
  filters: vpcFilters,
  only: (_made, { default: isDefault, state }) =>
    isDefault !== true && (state ?? "available") === "available",
  answer: ({ id, outputs }) => ({
    ...shaped(
      {
        arn: "",
        cidrBlock: "",
        dhcpOptionsId: "",
        enableDnsHostnames: false,
        enableDnsSupport: true,
        enableNetworkAddressUsageMetrics: false,
        instanceTenancy: "default",
        ipv6AssociationId: "",
        ipv6CidrBlock: "",
        mainRouteTableId: "",
        ownerId: "",
      },
      outputs,
    ),
    cidrBlockAssociations: [
      {
        associationId: `vpc-cidr-assoc-${id.slice(4)}`,
        cidrBlock: outputs.cidrBlock ?? "",
        state: "associated",
      },
    ],
    default: false,
    ipv6CidrBlockAssociations: [],
    state: "available",
  }),
});

const subnetFilters: Filters = {
  "availability-zone": output("availabilityZone"),
  availabilityZone: output("availabilityZone"),
  "availability-zone-id": output("availabilityZoneId"),
  availabilityZoneId: output("availabilityZoneId"),
  cidr: output("cidrBlock"),
  "cidr-block": output("cidrBlock"),
  cidrBlock: output("cidrBlock"),
  "default-for-az": () => "false",
  defaultForAz: () => "false",
  "map-public-ip-on-launch": output("mapPublicIpOnLaunch"),
  "owner-id": output("ownerId"),
  state: available,
  "subnet-id": ({ id }) => id,
  "vpc-id": output("vpcId"),
};

/** Addresses of every subnet that AWS keeps for itself. */
const reserved = 5;

function addressesIn({ outputs }: Made): number {
  const block = parseAddressAndPrefix(String(outputs.cidrBlock));
  return block ? sizeOf(block) - reserved : 0;
}

const subnet = {
  type: "aws:ec2/subnet:Subnet",
  by: ["availabilityZone", "availabilityZoneId", "cidrBlock", "vpcId"],
  filters: subnetFilters,
  only: (_made: Made, { defaultForAz, state }: Bag) =>
    defaultForAz !== true && (state ?? "available") === "available",
} as const;

const getSubnet = single({
  ...subnet,
  token: "aws:ec2/getSubnet:getSubnet",
  noun: "EC2 Subnet",
  answer: (made) => ({
    ...shaped(
      {
        arn: "",
        assignIpv6AddressOnCreation: false,
        availabilityZone: "",
        availabilityZoneId: "",
        cidrBlock: "",
        customerOwnedIpv4Pool: "",
        enableDns64: false,
        enableLniAtDeviceIndex: 0,
        enableResourceNameDnsARecordOnLaunch: false,
        enableResourceNameDnsAaaaRecordOnLaunch: false,
        ipv6CidrBlock: "",
        ipv6CidrBlockAssociationId: "",
        ipv6Native: false,
        mapCustomerOwnedIpOnLaunch: false,
        mapPublicIpOnLaunch: false,
        outpostArn: "",
        ownerId: "",
        privateDnsHostnameTypeOnLaunch: "ip-name",
        vpcId: "",
      },
      made.outputs,
    ),
    availableIpAddressCount: addressesIn(made),
    defaultForAz: false,
    state: "available",
  }),
});

/** Whatever fits, nothing as well. */
const getSubnets: Invocation = (args, where, world) => {
  const token = "aws:ec2/getSubnets:getSubnets";
  const region = regionOf(args, where);
  const fault = filterFault(args, subnetFilters);
  if (fault) return fault;
  const ids = found({ ...subnet, token }, args, present(world, subnet.type, region)).map(({ id }) => id);
  if (ids.length === 0 && world.options.preview) return unknownHere(token);
  return { outputs: { ...args, id: region, ids, region, tags: args.tags ?? {} } };
};

const getSecurityGroup = single({
  token: "aws:ec2/getSecurityGroup:getSecurityGroup",
  type: "aws:ec2/securityGroup:SecurityGroup",
  noun: "EC2 Security Group",
  by: ["name", "vpcId"],
  filters: {
    description: output("description"),
    "group-id": ({ id }) => id,
    "group-name": output("name"),
    "owner-id": output("ownerId"),
    "vpc-id": output("vpcId"),
  },
  answer: ({ outputs }) => shaped({ arn: "", description: "", name: "", vpcId: "" }, outputs),
});

/** Blocks of which a template has one and the function a list. */
const templateBlocks = {
  capacityReservationSpecifications: "capacityReservationSpecification",
  cpuOptions: "cpuOptions",
  creditSpecifications: "creditSpecification",
  enclaveOptions: "enclaveOptions",
  hibernationOptions: "hibernationOptions",
  iamInstanceProfiles: "iamInstanceProfile",
  instanceMarketOptions: "instanceMarketOptions",
  instanceRequirements: "instanceRequirements",
  maintenanceOptions: "maintenanceOptions",
  metadataOptions: "metadataOptions",
  monitorings: "monitoring",
  networkPerformanceOptions: "networkPerformanceOptions",
  placements: "placement",
  privateDnsNameOptions: "privateDnsNameOptions",
};

const getLaunchTemplate = single({
  token: "aws:ec2/getLaunchTemplate:getLaunchTemplate",
  type: "aws:ec2/launchTemplate:LaunchTemplate",
  noun: "EC2 Launch Template",
  by: ["name"],
  filters: { "launch-template-id": ({ id }) => id, "launch-template-name": output("name") },
  answer: ({ outputs }) => ({
    ...shaped(
      {
        arn: "",
        blockDeviceMappings: [],
        defaultVersion: 1,
        description: "",
        disableApiStop: false,
        disableApiTermination: false,
        ebsOptimized: "",
        imageId: "",
        instanceInitiatedShutdownBehavior: "",
        instanceType: "",
        kernelId: "",
        keyName: "",
        latestVersion: 1,
        licenseSpecifications: [],
        name: "",
        networkInterfaces: [],
        ramDiskId: "",
        secondaryInterfaces: [],
        securityGroupNames: [],
        tagSpecifications: [],
        userData: "",
        vpcSecurityGroupIds: [],
      },
      outputs,
    ),
    ...Object.fromEntries(
      Object.entries(templateBlocks).map(([name, block]) => [name, listed(outputs[block])]),
    ),
  }),
});

/** Functions that look for a network and what is in it. */
export const networkLookUps = {
  "aws:ec2/getLaunchTemplate:getLaunchTemplate": getLaunchTemplate,
  "aws:ec2/getSecurityGroup:getSecurityGroup": getSecurityGroup,
  "aws:ec2/getSubnet:getSubnet": getSubnet,
  "aws:ec2/getSubnets:getSubnets": getSubnets,
  "aws:ec2/getVpc:getVpc": getVpc,
} as const;
