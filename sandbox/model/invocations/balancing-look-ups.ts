import type { Bag } from "../../values";
import type { Made } from "../kind";
import { targetsOf } from "../kinds/actions";
import { balancerOf } from "../kinds/listener";
import type { Invocation } from "./invocation";
import { agrees, hasTags, listed, present, regionOf, shaped, unknownHere } from "./search";

interface LookUp {
  readonly token: string;
  readonly type: string;
  /** Arguments that are the resource's outputs too. */
  readonly by: readonly string[];
  readonly answer: (made: Made) => Bag;
}

/** A function that answers with the one resource that is as its arguments say. */
function single({ token, type, by, answer }: LookUp): Invocation {
  return (args, where, world) => {
    const region = regionOf(args, where);
    const found = present(world, type, region).filter(
      (made) => agrees(made, args, by) && hasTags(made, args.tags),
    );
    const [made] = found;
    if (!made && world.options.preview) return unknownHere(token);
    if (!made || found.length > 1) {
      return { failure: `Search returned ${found.length} results, please revise so only one is returned` };
    }
    const tags = made.outputs.tagsAll ?? {};
    return { outputs: { ...args, ...answer(made), id: made.id, region, tags } };
  };
}

const noLogs = { bucket: "", enabled: false, prefix: "" };

const getLoadBalancer = single({
  token: "aws:lb/getLoadBalancer:getLoadBalancer",
  type: "aws:lb/loadBalancer:LoadBalancer",
  by: ["arn", "name"],
  answer: ({ outputs }) => ({
    ...shaped(
      {
        accessLogs: noLogs,
        arn: "",
        arnSuffix: "",
        clientKeepAlive: 3600,
        customerOwnedIpv4Pool: "",
        desyncMitigationMode: "defensive",
        dnsName: "",
        dnsRecordClientRoutingPolicy: "",
        dropInvalidHeaderFields: false,
        enableCrossZoneLoadBalancing: false,
        enableDeletionProtection: false,
        enableHttp2: true,
        enablePrefixForIpv6SourceNat: "",
        enableTlsVersionAndCipherSuiteHeaders: false,
        enableWafFailOpen: false,
        enableXffClientPort: false,
        enableZonalShift: false,
        enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: "",
        idleTimeout: 60,
        internal: false,
        ipAddressType: "ipv4",
        loadBalancerType: "application",
        name: "",
        preserveHostHeader: false,
        secondaryIpsAutoAssignedPerSubnet: 0,
        securityGroups: [],
        subnetMappings: [],
        subnets: [],
        vpcId: "",
        xffHeaderProcessingMode: "append",
        zoneId: "",
      },
      outputs,
    ),
    connectionLogs: listed(outputs.connectionLogs),
    healthCheckLogs: listed(outputs.healthCheckLogs),
    ipamPools: listed(outputs.ipamPools),
  }),
});

const getListener = single({
  token: "aws:lb/getListener:getListener",
  type: "aws:lb/listener:Listener",
  by: ["arn", "loadBalancerArn", "port"],
  answer: ({ outputs }) => ({
    ...shaped(
      {
        alpnPolicy: "",
        arn: "",
        certificateArn: "",
        defaultActions: [],
        loadBalancerArn: "",
        port: 0,
        protocol: "",
        sslPolicy: "",
      },
      outputs,
    ),
    mutualAuthentications: listed(outputs.mutualAuthentication),
  }),
});

/** ARNs of the balancers whose listeners or rules lead to a target group. */
function balancersOf(group: Made): string[] {
  const { world } = group;
  const isMeant = (property: string) => (user: Made) =>
    targetsOf(user, property).some(({ seed }) => seed === group.seed);
  const listenerType = "aws:lb/listener:Listener";
  const listeners = world.all(listenerType).filter(isMeant("defaultActions"));
  const byRule = world
    .all("aws:lb/listenerRule:ListenerRule")
    .filter(isMeant("actions"))
    .flatMap(({ inputs }) => world.find(listenerType, inputs.listenerArn) ?? []);
  return [...new Set([...listeners, ...byRule].flatMap((listener) => balancerOf(listener)?.id ?? []))];
}

const getTargetGroup = single({
  token: "aws:lb/getTargetGroup:getTargetGroup",
  type: "aws:lb/targetGroup:TargetGroup",
  by: ["arn", "loadBalancingAnomalyMitigation", "name"],
  answer: (made) => ({
    ...shaped(
      {
        arn: "",
        arnSuffix: "",
        connectionTermination: false,
        healthCheck: {},
        lambdaMultiValueHeadersEnabled: false,
        loadBalancingAlgorithmType: "",
        loadBalancingAnomalyMitigation: "",
        loadBalancingCrossZoneEnabled: "",
        name: "",
        port: 0,
        preserveClientIp: "",
        protocol: "",
        protocolVersion: "",
        proxyProtocolV2: false,
        slowStart: 0,
        stickiness: {},
        targetControlPort: 0,
        targetType: "",
        vpcId: "",
      },
      made.outputs,
    ),
    deregistrationDelay: String(made.outputs.deregistrationDelay ?? 300),
    loadBalancerArns: balancersOf(made),
  }),
});

/** Functions that look for a load balancer and what belongs to it; they have two names each. */
export const balancingLookUps = {
  "aws:alb/getListener:getListener": getListener,
  "aws:alb/getLoadBalancer:getLoadBalancer": getLoadBalancer,
  "aws:alb/getTargetGroup:getTargetGroup": getTargetGroup,
  "aws:lb/getListener:getListener": getListener,
  "aws:lb/getLoadBalancer:getLoadBalancer": getLoadBalancer,
  "aws:lb/getTargetGroup:getTargetGroup": getTargetGroup,
} as const;
