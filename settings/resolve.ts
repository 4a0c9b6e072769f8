import * as pulumi from "@pulumi/pulumi";
import { shortName } from "../components/lib/names";
import { natOf } from "./checks/network";
import { desiredOf, scalingOf } from "./checks/sizing";
import type { EnvironmentDefaults } from "./environments";
import { readProjectFile } from "./files";
import { type Conceal, concealed, given, mapped } from "./given";
import { healthPathOf } from "./health-path";
import { balancingOf, probeOf } from "./resolve-balancing";
import { firewallOf } from "./resolve-firewall";
import { balancerLogsOf, logQueriesOf, zonalAutoshiftOf } from "./resolve-logs";
import { fixedResponseOf, redirectOf, routeOf } from "./resolve-routes";
import type { EndpointConfig } from "./schema/endpoint";
import type { LoadBalancerConfig } from "./schema/load-balancer";
import type { NetworkConfig } from "./schema/network";
import { type ServiceConfig, typesFor } from "./schema/service";
import type { StackConfig } from "./schema/stack";
import type {
  ConnectionSettings,
  EndpointSettings,
  LoadBalancerSettings,
  NetworkSettings,
  PurchaseSettings,
  ScalingSettings,
  ServiceSettings,
  Settings,
} from "./settings";
import { transportOf } from "./transport";

// What components accept as a prefix.
const longestPrefix = 32;

/** What is known of a stack besides what it says. */
export interface Surroundings {
  readonly project: string;
  readonly stack: string;
  readonly region: string;
  readonly defaults: EnvironmentDefaults;
  /** Whether something under a key is encrypted. */
  readonly isSecret: (key: keyof StackConfig) => boolean;
}

/** Turns what a checked stack says into the arguments of its components. */
export function resolve(config: StackConfig, surroundings: Surroundings): Settings {
  const { project, stack, region, defaults, isSecret } = surroundings;
  const conceal = (key: keyof StackConfig): Conceal =>
    isSecret(key) ? (text) => pulumi.secret(text) : (text) => text;
  const { namePrefix = project, alarms, environment } = config;
  const services = mapped(config.services, (service) => serviceOf(service, defaults, conceal("services")));
  return {
    environment,
    region,
    namePrefix: physicalPrefix(namePrefix, stack),
    network: networkOf(config.network, conceal("network")),
    loadBalancer: {
      ...loadBalancerOf(config.loadBalancer, config.network.cidrBlock, conceal("loadBalancer")),
      ...firewallOf(config.loadBalancer, defaults, conceal("loadBalancer")),
      ...(asksIdentityProviders(config.services) ? { outbound: "https" } : {}),
    },
    ...given({
      logQueries: logQueriesOf(config.loadBalancer),
      zonalAutoshift: zonalAutoshiftOf(config.loadBalancer),
    }),
    services,
    failoverTargetSeconds: config.failoverTargetSeconds,
    connections: mapped(config.services, connectionOf),
    ...given({ discovery: namespaceOf(config.discovery) }),
    healthPath: healthPathOf(services, config.loadBalancer.domainName ?? config.loadBalancer.hostName),
    alarms: {
      emails: alarms.emails,
      certificateExpiryDays: alarms.certificateExpiryDays,
      ...given({ runbookUrl: alarms.runbookUrl }),
    },
    tags: { project: namePrefix, environment, ...mapped(config.tags, conceal("tags")) },
  };
}

/** Two stacks of one account never share it: what had to be replaced in a stack's name is told apart by a hash. */
function physicalPrefix(product: string, stack: string): string {
  const plain = stack.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "");
  return shortName(`${product}-${plain}`, longestPrefix, ...(plain === stack ? [] : [stack]));
}

function networkOf(network: NetworkConfig, conceal: Conceal): NetworkSettings {
  const { zones, cidrBlock, isolatedSubnets, uses, flowLogRetentionDays } = network;
  const { mode, elasticIpIds } = { elasticIpIds: undefined, ...natOf(network) };
  return {
    zones,
    cidrBlock,
    nat: { mode, ...given({ elasticIpIds: elasticIpIds?.map(conceal) }) },
    isolatedSubnets,
    uses,
    flowLogs: { retentionDays: flowLogRetentionDays },
  };
}

function loadBalancerOf(config: LoadBalancerConfig, vpc: string, conceal: Conceal): LoadBalancerSettings {
  const { exposure, originLockdown, ingressSecurityGroups, ingressPrefixLists } = config;
  const others = { ...ingressSecurityGroups, ...ingressPrefixLists };
  const named = originLockdown !== undefined || Object.keys(others).length > 0;
  const { ingressCidrBlocks = exposure === "internal" && !named ? [vpc] : undefined } = config;
  return {
    ...given({
      certificateArn: concealed(config.certificateArn, conceal),
      hostName: config.hostName,
      domainName: config.domainName,
      hostedZoneId: concealed(config.hostedZoneId, conceal),
      privateZone: privateZoneOf(config.privateZone, conceal),
      ingressCidrBlocks,
      minimumCapacityUnits: config.minimumCapacityUnits,
      originLockdown:
        originLockdown && given({ prefixListId: concealed(originLockdown.prefixListId, conceal) }),
    }),
    ...transportOf(config, conceal),
    ...(Object.keys(ingressSecurityGroups).length > 0 && {
      ingressSecurityGroups: mapped(ingressSecurityGroups, conceal),
    }),
    ...(Object.keys(ingressPrefixLists).length > 0 && {
      ingressPrefixLists: mapped(ingressPrefixLists, (each) => ({ ...each, id: conceal(each.id) })),
    }),
    ingressRuleQuota: config.ingressRuleQuota,
    exposure,
    idleTimeoutSeconds: config.idleTimeoutSeconds,
    deletionProtection: config.deletionProtection,
    ipAddressType: config.ipAddressType,
    ...balancerLogsOf(config),
  };
}

function serviceOf(service: ServiceConfig, defaults: EnvironmentDefaults, conceal: Conceal): ServiceSettings {
  const { sizing, scaling, purchase, image, userDataFile } = service;
  return {
    endpoints: mapped(service.endpoints, (endpoint) => endpointOf(endpoint, service, conceal)),
    ...given({
      redirects: service.redirects && mapped(service.redirects, redirectOf),
      fixedResponses: service.fixedResponses && mapped(service.fixedResponses, fixedResponseOf),
      priorities: service.priorities,
    }),
    minSize: sizing.min,
    maxSize: sizing.max,
    desiredCapacity: desiredOf(sizing, defaults),
    singleInstance: sizing.singleInstance,
    instanceTypes: service.instanceTypes ?? typesFor(defaults, purchase.mode),
    purchase: purchaseOf(service, defaults),
    ...given({
      image: image && given({ id: concealed(image.id, conceal), parameter: image.parameter }),
      userData: userDataFile === undefined ? undefined : readProjectFile(userDataFile),
      keyName: concealed(service.keyName, conceal),
    }),
    volume: service.volume,
    managedPolicyArns: mapped(service.managedPolicyArns, conceal),
    healthCheckGraceSeconds: service.healthCheckGraceSeconds,
    maxInstanceLifetimeDays: service.maxInstanceLifetimeDays,
    instanceRefresh: service.instanceRefresh,
    scaling: scalingSettingsOf(service, defaults),
    alarms: { ...service.alarms, cpuHighPercent: scaling.highPercent, cpuLowPercent: scaling.lowPercent },
  };
}

function privateZoneOf(zone: LoadBalancerConfig["privateZone"], conceal: Conceal) {
  return zone && given({ hostedZoneId: concealed(zone.hostedZoneId, conceal), zoneName: zone.zoneName });
}

function namespaceOf({ namespace }: StackConfig["discovery"]): Settings["discovery"] {
  return namespace === undefined ? undefined : { namespaceName: namespace };
}

function connectionOf({ discovery, calledBy }: ServiceConfig): ConnectionSettings {
  if (!discovery) return { calledBy };
  const { serviceName, ttlSeconds, attributes } = discovery;
  return { calledBy, discovery: { ttlSeconds, attributes, ...given({ serviceName }) } };
}

function purchaseOf({ purchase }: ServiceConfig, defaults: EnvironmentDefaults): PurchaseSettings {
  if (purchase.mode === "onDemand") return { mode: purchase.mode };
  return {
    mode: purchase.mode,
    onDemandBase: purchase.onDemandBase ?? 1,
    onDemandPercentAboveBase: purchase.onDemandPercentAboveBase ?? defaults.purchase.onDemandPercentAboveBase,
    spotAllocationStrategy: purchase.spotAllocationStrategy ?? "capacity-optimized",
  };
}

function scalingSettingsOf({ scaling }: ServiceConfig, defaults: EnvironmentDefaults): ScalingSettings {
  const { mode, memoryMode, highPercent, lowPercent, warmupSeconds } = scaling;
  const { targetCpuPercent, targetMemoryPercent, ...steps } = scalingOf(scaling, defaults);
  const cpu = {
    targetTracking: { mode, targetPercent: targetCpuPercent },
    step: { mode, highPercent, lowPercent, ...steps },
    none: { mode },
  }[mode];
  const memory = memoryMode === "targetTracking" ? { targetPercent: targetMemoryPercent } : undefined;
  return { cpu, ...given({ memory }), warmupSeconds };
}

/** Whether the load balancer itself has to reach somebody who knows users or keys. */
function asksIdentityProviders(services: StackConfig["services"]): boolean {
  const endpoints = Object.values(services).flatMap((service) => Object.values(service.endpoints));
  const routes = endpoints.flatMap((endpoint) => Object.values(endpoint.routes));
  return routes.some(({ authenticate, jwtValidation }) => (authenticate ?? jwtValidation) !== undefined);
}

const stickyFor = { balancerCookie: 86_400, applicationCookie: 3600 };

function endpointOf(endpoint: EndpointConfig, service: ServiceConfig, conceal: Conceal): EndpointSettings {
  const { port = service.port, health = {}, stickiness, routes } = endpoint;
  const { mode, cookieName } = stickiness;
  const sticky =
    mode === "off" ? {} : { durationSeconds: stickiness.durationSeconds ?? stickyFor[mode], cookieName };
  const requestsPerMinute = endpoint.requestsPerTargetPerMinute ?? service.scaling.requestsPerTargetPerMinute;
  return {
    port,
    routes: mapped(routes, (route) => routeOf(route, conceal)),
    health: {
      profile: health.profile ?? service.health.profile,
      port: health.port ?? service.health.port ?? port,
      ...probeOf(endpoint, service.health),
    },
    stickiness: { mode, ...given(sticky) },
    ...balancingOf(endpoint, service),
    ...given({ requestsPerMinute }),
  };
}
