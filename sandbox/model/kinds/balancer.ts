import { type Bag, knownText } from "../../values";
import { all, type Check, notBoth, oneOf, pattern, range, uniqueName } from "../checks";
import { fill } from "../fill";
import { digitsOf, dnsSuffixOf, hexOf } from "../ids";
import { type Failure, isSet, type Kinds, type Made, type Subject } from "../kind";
import { arnOf, placeOf } from "../places";
import { whereOf } from "../where";
import { ipv6Subnets, publicWithoutIpv4 } from "./address-type";
import { logsCanBeWritten } from "./log-delivery";
import { subnetsMeant, vpcOf, zoneOf } from "./network";

/** Where ELB resources come from in ARNs. */
export const elb = "elasticloadbalancing";

/** The letter AWS puts into a balancer's ARN for its type. */
const arnKinds: { readonly [type: string]: string } = { application: "app", network: "net", gateway: "gwy" };

/** What follows `loadbalancer/` in a balancer's ARN. */
function arnSuffix({ inputs, seed }: Subject): string {
  const type = knownText(inputs.loadBalancerType) ?? "application";
  return `${arnKinds[type] ?? "app"}/${inputs.name}/${hexOf(seed, 16)}`;
}

/** Names of load balancers and target groups: letters, digits and hyphens, none of them at an end. */
export const plainName: Check = all(
  pattern(
    "name",
    /^[A-Za-z0-9-]*$/,
    (text) => `only alphanumeric characters and hyphens allowed in "name": "${text}"`,
  ),
  pattern("name", /^(?!-)/, (text) => `"name" cannot begin with a hyphen: "${text}"`),
  pattern("name", /[^-]$/, (text) => `"name" cannot end with a hyphen: "${text}"`),
);

const notInternal = pattern(
  "name",
  /^(?!internal-)/,
  (text) => `name cannot begin with "internal-": "${text}"`,
);

const hasSubnets: Check = function* ({ inputs }) {
  if (isSet(inputs.subnets) || isSet(inputs.subnetMappings)) return;
  yield { property: "subnets", reason: "ValidationError: At least one subnet must be specified" };
};

const zones: Check = function* (subject) {
  const { inputs } = subject;
  const property = isSet(inputs.subnets) ? "subnets" : "subnetMappings";
  const list = inputs[property];
  if (!Array.isArray(list) || inputs.loadBalancerType !== "application") return;
  const tooFew =
    "ValidationError: At least two subnets in two different Availability Zones must be specified";
  const meant = subnetsMeant(subject, property);
  const possible = meant.flat();
  const sure = meant.every((candidates) => candidates.length > 0);
  const zonesPossible = possible.map(zoneOf);
  const alike = !zonesPossible.includes(undefined) && new Set(zonesPossible).size < 2;
  if (list.length < 2 || (sure && alike)) {
    yield { property, reason: tooFew };
    return;
  }
  const certain = meant.filter((candidates) => candidates.length === 1).flat();
  const zonesUsed = certain.flatMap((subnet) => zoneOf(subnet) ?? []);
  if (new Set(zonesUsed).size < zonesUsed.length) {
    const reason =
      "InvalidConfigurationRequest: A load balancer cannot be attached to multiple subnets in the same Availability Zone";
    yield { property, reason };
  }
  if (new Set(certain.flatMap((subnet) => vpcOf(subnet) ?? [])).size > 1) {
    yield { property, reason: "InvalidConfigurationRequest: The subnets must all be in the same VPC" };
  }
};

const groupsInVpc: Check = function* (subject) {
  const { inputs, world } = subject;
  const [subnet] = subnetsMeant(subject, "subnets").find((candidates) => candidates.length === 1) ?? [];
  const vpc = subnet && vpcOf(subnet);
  if (!vpc || !Array.isArray(inputs.securityGroups)) return;
  for (const id of inputs.securityGroups) {
    const groups = world.candidates(subject, "aws:ec2/securityGroup:SecurityGroup", "securityGroups", id);
    const own = groups.length === 1 && groups[0] ? vpcOf(groups[0]) : undefined;
    if (!own || own === vpc) continue;
    yield {
      property: "securityGroups",
      reason: "InvalidConfigurationRequest: One or more security groups are invalid",
    };
  }
};

function addresses(subject: Subject): Bag {
  const { inputs, region, seed } = subject;
  const internal = inputs.internal === true;
  const name = `${internal ? "internal-" : ""}${inputs.name}-${digitsOf(seed, 10)}`;
  const [subnet] = subnetsMeant(subject, "subnets").flat();
  return {
    internal,
    dnsName: `${name}.${region}.elb.${dnsSuffixOf(region)}`,
    zoneId: placeOf(region).balancerZone,
    vpcId: knownText((subnet && vpcOf(subnet))?.id) ?? "",
    subnetMappings: Array.isArray(inputs.subnets) ? inputs.subnets.map((subnetId) => ({ subnetId })) : [],
  };
}

/** A balancer that is protected stays; its listeners keep it from nothing, they go with it. */
function* whileProtected({ id, inputs }: Made): Iterable<Failure> {
  if (inputs.enableDeletionProtection !== true) return;
  const reason = `OperationNotPermitted: Load balancer '${id}' cannot be deleted because deletion protection is enabled`;
  yield { property: "enableDeletionProtection", reason };
}

/** Load balancers. */
export const balancerKinds: Kinds = {
  "aws:lb/loadBalancer:LoadBalancer": {
    autoName: { property: "name", max: 32, unless: "namePrefix" },
    fill: fill({
      clientKeepAlive: 3600,
      desyncMitigationMode: "defensive",
      dropInvalidHeaderFields: false,
      enableCrossZoneLoadBalancing: false,
      enableDeletionProtection: false,
      enableHttp2: true,
      enableTlsVersionAndCipherSuiteHeaders: false,
      enableWafFailOpen: false,
      enableXffClientPort: false,
      enableZonalShift: false,
      idleTimeout: 60,
      loadBalancerType: "application",
      preserveHostHeader: false,
      xffHeaderProcessingMode: "append",
      "accessLogs.enabled": false,
      "connectionLogs.enabled": false,
      "healthCheckLogs.enabled": false,
    }),
    id: (subject) => arnOf(elb, whereOf(subject), `loadbalancer/${arnSuffix(subject)}`),
    computed: (subject, id) => ({
      arn: id,
      arnSuffix: arnSuffix(subject),
      ipAddressType: "ipv4",
      enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: "",
      ...addresses(subject),
    }),
    refuse: all(
      plainName,
      notInternal,
      notBoth("name", "namePrefix"),
      range("idleTimeout", 1, 4000),
      range("clientKeepAlive", 60, 604800),
      oneOf("loadBalancerType", "application", "network", "gateway"),
      oneOf("ipAddressType", "ipv4", "dualstack", "dualstack-without-public-ipv4"),
      oneOf("desyncMitigationMode", "monitor", "defensive", "strictest"),
      oneOf("xffHeaderProcessingMode", "append", "preserve", "remove"),
      hasSubnets,
      zones,
      groupsInVpc,
      ipv6Subnets,
      publicWithoutIpv4,
      logsCanBeWritten,
      uniqueName(
        "name",
        (name) =>
          `DuplicateLoadBalancerName: A load balancer with the same name '${name}' exists, but with different settings`,
      ),
    ),
    refuseDelete: whileProtected,
  },
};
