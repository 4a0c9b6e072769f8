import { knownText, knownTexts } from "../../values";
import { all, type Check, exactlyOne, oneOf } from "../checks";
import { cidrFault } from "../cidr";
import { fill } from "../fill";
import { ec2Id, hexOf } from "../ids";
import { isSet, type Kinds, type Made, type Subject } from "../kind";
import { arnOf } from "../places";
import { whereOf } from "../where";
import { ec2, subnetsMeant, vpcOf, zoneOf } from "./network";

const tableType = "aws:ec2/routeTable:RouteTable";

/** What says which table a route or an association is in: the id, or the one table it depends on. */
function tableKey(subject: Subject): string | undefined {
  const found = subject.world.candidates(subject, tableType, "routeTableId", subject.inputs.routeTableId);
  return found.length === 1 ? found[0]?.seed : knownText(subject.inputs.routeTableId);
}

const destinations = ["destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId"] as const;

const oneTarget = exactlyOne(
  "carrierGatewayId",
  "coreNetworkArn",
  "egressOnlyGatewayId",
  "gatewayId",
  "localGatewayId",
  "natGatewayId",
  "networkInterfaceId",
  "transitGatewayId",
  "vpcEndpointId",
  "vpcPeeringConnectionId",
);

/** A route's destination in its table. */
function destinationInTable(route: Subject): readonly string[] {
  const table = tableKey(route);
  const property = destinations.find((name) => knownText(route.inputs[name]) !== undefined);
  return table === undefined || property === undefined
    ? []
    : [`${table} ${property} ${route.inputs[property]}`];
}

const routeIsNew: Check = function* (subject) {
  const property = destinations.find((name) => knownText(subject.inputs[name]) !== undefined);
  if (property === undefined) return;
  const destination = String(subject.inputs[property]);
  const fault = property === "destinationCidrBlock" ? cidrFault(destination) : undefined;
  if (fault !== undefined) yield { property, reason: fault };
  if (subject.world.occupants(subject, destinationInTable).length === 0) return;
  yield { property, reason: `RouteAlreadyExists: The route identified by ${destination} already exists.` };
};

const subnetType = "aws:ec2/subnet:Subnet";

/** The subnet of an association, if it is certain. */
function certainSubnet(subject: Subject): Made | undefined {
  const found = subject.world.candidates(subject, subnetType, "subnetId", subject.inputs.subnetId);
  return found.length === 1 ? found[0] : undefined;
}

function ownSubnet(subject: Subject): readonly string[] {
  const subnet = certainSubnet(subject);
  return subnet ? [subnet.seed] : [];
}

const oneTableASubnet: Check = function* (subject) {
  for (const { name } of subject.world.occupants(subject, ownSubnet)) {
    const subnet = certainSubnet(subject)?.name;
    const reason = `Resource.AlreadyAssociated: the specified association for subnet ${subnet} conflicts with ${name}`;
    yield { property: "subnetId", reason };
  }
};

const endpointOfItsType: Check = function* (subject) {
  const { inputs } = subject;
  const gateway = inputs.vpcEndpointType === "Gateway";
  const strange = gateway ? ["subnetIds", "securityGroupIds", "privateDnsEnabled"] : ["routeTableIds"];
  for (const property of strange.filter((name) => isSet(inputs[name]) && inputs[name] !== false)) {
    const list = inputs[property];
    if (Array.isArray(list) && list.length === 0) continue;
    const reason = `InvalidParameter: ${property} is not supported for endpoints of type ${inputs.vpcEndpointType}`;
    yield { property, reason };
  }
  const vpc = vpcOf(subject);
  const named =
    vpc === undefined || (vpc.inputs.enableDnsSupport !== false && vpc.inputs.enableDnsHostnames === true);
  if (inputs.privateDnsEnabled === true && !named) {
    const reason =
      "InvalidParameter: Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true";
    yield { property: "privateDnsEnabled", reason };
  }
};

const oneSubnetAZone: Check = function* (subject) {
  const zones = new Set<string>();
  for (const candidates of subnetsMeant(subject, "subnetIds")) {
    const [subnet] = candidates;
    if (!subnet || candidates.length > 1) continue;
    const zone = zoneOf(subnet);
    if (zone === undefined) continue;
    if (zones.has(zone)) {
      const reason = `DuplicateSubnetsInSameZone: Found another VPC endpoint subnet in the availability zone of ${zone}`;
      yield { property: "subnetIds", reason };
    }
    zones.add(zone);
  }
};

const logDelivery: Check = function* ({ inputs }) {
  const toLogs = inputs.logDestinationType === "cloud-watch-logs";
  if (toLogs && !isSet(inputs.iamRoleArn)) {
    yield {
      property: "iamRoleArn",
      reason:
        "InvalidParameter: DeliverLogsPermissionArn can't be empty if LogDestinationType is cloud-watch-logs.",
    };
  }
  if (!isSet(inputs.logDestination) && !isSet(inputs.logGroupName)) {
    yield { property: "logDestination", reason: "InvalidParameter: LogDestination can't be empty" };
  }
};

/** How packets find their way, and what records them. */
export const routingKinds: Kinds = {
  "aws:ec2/route:Route": {
    id: ({ inputs, seed }) => `r-${inputs.routeTableId}${hexOf(seed, 10)}`,
    computed: () => ({ origin: "CreateRoute", state: "active" }),
    refuse: all(exactlyOne(...destinations), oneTarget, routeIsNew),
  },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": {
    id: ({ seed }) => ec2Id("rtbassoc", seed),
    refuse: all(exactlyOne("subnetId", "gatewayId"), oneTableASubnet),
  },
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    ...ec2("vpce", "vpc-endpoint", ({ inputs, seed }, id) => ({
      state: "available",
      prefixListId: inputs.vpcEndpointType === "Gateway" ? `pl-${hexOf(String(inputs.serviceName), 8)}` : "",
      networkInterfaceIds: (knownTexts(inputs.subnetIds) ?? []).map((subnet) =>
        ec2Id("eni", `${seed}${subnet}`),
      ),
      dnsEntries:
        inputs.vpcEndpointType === "Gateway"
          ? []
          : [{ dnsName: `${id}-${hexOf(seed, 8)}.vpce.amazonaws.com`, hostedZoneId: "Z7HUB22UULQXV" }],
    })),
    fill: fill({ vpcEndpointType: "Gateway" }),
    json: ["policy"],
    refuse: all(
      oneOf("vpcEndpointType", "Gateway", "GatewayLoadBalancer", "Interface", "Resource", "ServiceNetwork"),
      endpointOfItsType,
      oneSubnetAZone,
    ),
  },
  "aws:ec2/flowLog:FlowLog": {
    id: ({ seed }) => ec2Id("fl", seed),
    computed: (subject, id) => ({ arn: arnOf("ec2", whereOf(subject), `vpc-flow-log/${id}`) }),
    fill: fill({ logDestinationType: "cloud-watch-logs", maxAggregationInterval: 600 }),
    refuse: all(
      exactlyOne(
        "eniId",
        "regionalNatGatewayId",
        "subnetId",
        "transitGatewayAttachmentId",
        "transitGatewayId",
        "vpcId",
      ),
      oneOf("trafficType", "ACCEPT", "ALL", "REJECT"),
      oneOf("logDestinationType", "cloud-watch-logs", "s3", "kinesis-data-firehose"),
      logDelivery,
      function* ({ inputs }) {
        const seconds = inputs.maxAggregationInterval;
        if (typeof seconds !== "number" || [60, 600].includes(seconds)) return;
        const reason = `expected max_aggregation_interval to be one of [60 600], got ${seconds}`;
        yield { property: "maxAggregationInterval", reason };
      },
    ),
  },
};
