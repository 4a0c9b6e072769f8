import type * as pulumi from "@pulumi/pulumi";
import type { Environment } from "./environments";
import type { FixedResponseSettings, RedirectSettings, RouteSettings } from "./route-settings";

// Arrays are not `readonly` because those of the components' arguments are not, which have to be readable from other
// languages. They are frozen like everything else.

/** Text that is on its way to AWS: a secret where the configuration encrypts something under its key. */
export type Text = pulumi.Input<string>;

/** Arguments of the network, without tags. */
export interface NetworkSettings {
  readonly zones: string[];
  readonly cidrBlock: string;
  readonly nat: { readonly mode: "perZone" | "single" | "none"; readonly elasticIpIds?: Text[] };
  readonly isolatedSubnets: "none" | "perZone";
  readonly uses: ("ssm" | "ecr" | "logs" | "monitoring" | "secretsManager")[];
  readonly flowLogs: { readonly retentionDays: number };
}

/** A file in S3 that a trust store is made of. */
export interface TrustFileSettings {
  readonly bucket: Text;
  readonly key: string;
  readonly version?: string;
}

/** How clients prove who they are: only what belongs to the mode is there. */
export interface MutualTlsSettings {
  readonly mode: "verify" | "passthrough";
  readonly trustStoreArn?: Text;
  readonly caBundle?: TrustFileSettings;
  readonly revocations?: { [name: string]: TrustFileSettings };
  readonly expiredClientCertificates?: "refused" | "accepted";
  readonly advertiseCaNames?: "on" | "off";
}

/** How clients and the load balancer come to talk. */
export interface TransportSettings {
  readonly sslPolicy: string;
  readonly alternativeNames?: string[];
  readonly additionalCertificateArns?: { [name: string]: Text };
  readonly mutualTls?: MutualTlsSettings;
}

/** Arguments of the web firewall, without tags. */
export interface FirewallSettings {
  readonly mode: "block" | "count";
  readonly rateLimit: {
    readonly action: "block" | "count" | "off";
    readonly requests?: number;
    readonly windowSeconds?: number;
    readonly excludedPaths?: string[];
  };
  readonly managedGroups: {
    readonly [group: string]: {
      readonly action: "block" | "count" | "off";
      readonly version?: string;
      readonly countRules?: string[];
    };
  };
  readonly allowCidrBlocks: string[];
  readonly blockCidrBlocks: string[];
  readonly forwardedIp?: {
    readonly headerName: string;
    readonly fallback: "match" | "noMatch";
    readonly listPosition: "first" | "last" | "any";
  };
  readonly originHeader?: { readonly name: string; readonly value: Text; readonly formerValue?: Text };
  readonly logs: {
    readonly requests: "matched" | "all" | "none";
    readonly retentionDays: number;
    readonly redactedHeaders: string[];
  };
  readonly maxCapacityUnits: number;
}

/** Arguments of the load balancer, without ids and tags, and what stands before it. */
export interface LoadBalancerSettings extends TransportSettings {
  readonly certificateArn?: Text;
  readonly hostName?: string;
  readonly domainName?: string;
  readonly hostedZoneId?: Text;
  readonly privateZone?: { readonly hostedZoneId?: Text; readonly zoneName?: string };
  readonly exposure: "internet" | "internal";
  readonly ingressCidrBlocks?: string[];
  /** Whether it reaches identity providers: if a route authenticates users or validates tokens. */
  readonly outbound?: "https";
  readonly ingressSecurityGroups?: { [name: string]: Text };
  readonly ingressPrefixLists?: { [name: string]: { readonly id: Text; readonly maxEntries: number } };
  readonly ingressRuleQuota: number;
  readonly originLockdown?: { readonly prefixListId?: Text };
  /** A web ACL that is there already. */
  readonly webAclArn?: Text;
  /** The stack's own web ACL, if it has one. */
  readonly firewall?: FirewallSettings;
  readonly idleTimeoutSeconds: number;
  readonly deletionProtection: "on" | "off";
  readonly accessLogs: {
    readonly delivery: "on" | "off";
    readonly retentionDays: number;
    readonly bucketDeletion: "keep" | "empty";
  };
  readonly connectionLogs: BalancerLogSettings;
  readonly healthCheckLogs: BalancerLogSettings;
  readonly minimumCapacityUnits?: number;
  readonly ipAddressType: "ipv4" | "dualstack" | "dualstack-without-public-ipv4";
}

/** A kind of log besides access logs. */
export interface BalancerLogSettings {
  readonly delivery: "on" | "off";
  readonly retentionDays: number;
}

/** Arguments of the queries, without the bucket and tags: only the logs that are delivered. */
export interface LogQuerySettings {
  readonly accessLogs?: { readonly retentionDays: number };
  readonly connectionLogs?: { readonly retentionDays: number };
  readonly healthCheckLogs?: { readonly retentionDays: number };
  readonly maxScannedGiB: number;
}

/** When AWS rehearses taking the load balancer out of a zone. */
export interface ZonalAutoshiftSettings {
  readonly blockedDates: string[];
  readonly blockedWindows: string[];
  readonly allowedWindows: string[];
}

/** A target group and the routes that lead to it. */
export interface EndpointSettings {
  readonly port: number;
  readonly routes: { readonly [name: string]: RouteSettings };
  readonly health: {
    readonly profile: "fast" | "standard";
    readonly path: string;
    readonly port: number;
    readonly matcher: string;
  };
  readonly stickiness: {
    readonly mode: "off" | "balancerCookie" | "applicationCookie";
    readonly cookieName?: string;
    readonly durationSeconds?: number;
  };
  readonly algorithm: "round_robin" | "least_outstanding_requests" | "weighted_random";
  readonly anomalyMitigation?: "on" | "off";
  readonly crossZone?: "on" | "off";
  readonly slowStartSeconds?: number;
  readonly protocol?: "HTTP" | "HTTPS";
  readonly protocolVersion?: "HTTP1" | "HTTP2" | "GRPC";
  readonly minimumHealthy?: {
    readonly dnsFailover?: { readonly count?: number; readonly percent?: number };
    readonly routing?: { readonly count?: number; readonly percent?: number };
  };
  readonly webSocket?: { readonly heartbeatSeconds: number };
  readonly keepAliveSeconds?: number;
  readonly retries?: {
    readonly tryTimeoutSeconds: number;
    readonly maxRetries: number;
    readonly baseDelaySeconds: number;
    readonly deadlineSeconds?: number;
  };
  readonly drainSeconds: number;
  readonly requestsPerMinute?: number;
}

/** How CPU and memory use move the number of instances: only what belongs to the mode is there. */
export interface ScalingSettings {
  readonly cpu: {
    readonly mode: "targetTracking" | "step" | "none";
    readonly targetPercent?: number;
    readonly highPercent?: number;
    readonly lowPercent?: number;
    readonly addInstances?: number;
    readonly removeInstances?: number;
    readonly periodSeconds?: number;
    readonly evaluationPeriods?: number;
  };
  readonly memory?: { readonly targetPercent: number };
  readonly warmupSeconds: number;
}

/** How instances are bought: only what belongs to the mode is there. */
export interface PurchaseSettings {
  readonly mode: "onDemand" | "mixed";
  readonly onDemandBase?: number;
  readonly onDemandPercentAboveBase?: number;
  readonly spotAllocationStrategy?:
    | "capacity-optimized"
    | "capacity-optimized-prioritized"
    | "price-capacity-optimized"
    | "lowest-price";
}

/** Thresholds of a service's alarms. */
export interface ServiceAlarmSettings {
  readonly latencyHighSeconds: number;
  readonly errorHighPercent: number;
  readonly cpuHighPercent: number;
  readonly cpuLowPercent: number;
  readonly memoryHighPercent: number;
}

/** How a service is found by name, without ids. */
export interface ServiceDiscoverySettings {
  readonly serviceName?: string;
  readonly ttlSeconds: number;
  readonly attributes: { readonly [key: string]: string };
}

/** Arguments of one service, without ids, topics and tags. */
export interface ServiceSettings {
  readonly endpoints: { readonly [name: string]: EndpointSettings };
  readonly redirects?: { readonly [name: string]: RedirectSettings };
  readonly fixedResponses?: { readonly [name: string]: FixedResponseSettings };
  /** What routes without a priority are allotted theirs from. */
  readonly priorities?: { readonly from: number; readonly to: number };
  readonly minSize: number;
  readonly maxSize: number;
  readonly desiredCapacity: number;
  readonly singleInstance: "refused" | "accepted";
  readonly instanceTypes: string[];
  readonly purchase: PurchaseSettings;
  readonly image?: { readonly id?: Text; readonly parameter?: string };
  /** Text of the start script. */
  readonly userData?: string;
  readonly keyName?: Text;
  readonly volume: { readonly sizeGiB: number; readonly iops: number; readonly throughputMiBps: number };
  readonly managedPolicyArns: { readonly [name: string]: Text };
  readonly healthCheckGraceSeconds: number;
  readonly maxInstanceLifetimeDays: number;
  readonly instanceRefresh: {
    readonly minHealthyPercent: number;
    readonly maxHealthyPercent: number;
    readonly warmupSeconds: number;
  };
  readonly scaling: ScalingSettings;
  readonly alarms: ServiceAlarmSettings;
}

/** How a service is found, and who calls it. */
export interface ConnectionSettings {
  readonly discovery?: ServiceDiscoverySettings;
  /** Services that call it without the load balancer. */
  readonly calledBy: string[];
}

/** Who is told when something is wrong. */
export interface AlarmSettings {
  readonly emails: string[];
  readonly certificateExpiryDays: number;
  readonly runbookUrl?: string;
}

/** What a stack is to be: checked, with every default in place, and frozen. */
export interface Settings {
  readonly environment: Environment;
  readonly region: string;
  /** Start of physical names: product and stack. */
  readonly namePrefix: string;
  readonly network: NetworkSettings;
  readonly loadBalancer: LoadBalancerSettings;
  /** Left out where there are no logs to ask, or nobody is to ask them. */
  readonly logQueries?: LogQuerySettings;
  /** Left out where it is switched off. */
  readonly zonalAutoshift?: ZonalAutoshiftSettings;
  readonly services: { readonly [name: string]: ServiceSettings };
  /** How long a failed instance may stay in rotation. */
  readonly failoverTargetSeconds: number;
  /** How services find and call each other, for each of them. */
  readonly connections: { readonly [name: string]: ConnectionSettings };
  /** Where the names of services are kept, if they have any. */
  readonly discovery?: { readonly namespaceName: string };
  /** A path that answers 200 through the load balancer while the stack is well. */
  readonly healthPath: string;
  readonly alarms: AlarmSettings;
  /** For everything that can carry tags: project and environment, then what the stack says. */
  readonly tags: { readonly [key: string]: Text };
}
