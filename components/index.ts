export {
  AlarmTopics,
  type AlarmTopicsArgs,
  type AlarmTopicsOptions,
  type AlarmTopicsTransforms,
} from "./alarm-topics";
export {
  Alarms,
  type AlarmsArgs,
  type AlarmsOptions,
  type BalancerAlarmsArgs,
  type EndpointAlarmsArgs,
  type GroupAlarmsArgs,
} from "./alarms";
export {
  type AccessLogsArgs,
  BucketRemoval,
  LogDelivery,
  type MoreLogsArgs,
} from "./app-load-balancer/access-logs";
export { IpAddressType } from "./app-load-balancer/addressing";
export {
  AppLoadBalancer,
  type AppLoadBalancerArgs,
  type AppLoadBalancerOptions,
  type AppLoadBalancerTransforms,
} from "./app-load-balancer/app-load-balancer";
export { DeletionProtection, Exposure } from "./app-load-balancer/load-balancer";
export {
  AdvertiseCaNames,
  ExpiredClientCertificates,
  type MutualTlsArgs,
  MutualTlsMode,
  type TrustFileArgs,
} from "./app-load-balancer/mutual-tls";
export { Outbound } from "./app-load-balancer/outbound";
export type { PrivateZoneArgs } from "./app-load-balancer/private-zone";
export {
  type IngressPrefixListArgs,
  type IngressPrefixLists,
  type IngressSecurityGroups,
  type OriginLockdownArgs,
  OriginNetwork,
} from "./app-load-balancer/sources";
export { Dashboard, type DashboardArgs, type DashboardOptions, type DashboardServiceArgs } from "./dashboard";
export { ClaimFormat } from "./lib/authentication";
export { worstCaseDetectionSeconds } from "./lib/detection";
export { HealthProfile } from "./lib/health-profile";
export { ArgumentError, type Problem } from "./lib/problems";
export { RouteOrder } from "./lib/route-priorities";
export type { Tags } from "./lib/tags";
export { type RetryBudget, retryBudgetSeconds } from "./lib/timing";
export { Fips, ForwardSecrecy, PostQuantum, type TlsArgs, TlsVersion } from "./lib/tls-intent";
export type { Shape, Transform } from "./lib/transform";
export {
  LogQueries,
  type LogQueriesArgs,
  type LogQueriesOptions,
  type LogQueriesTransforms,
  type QueriedLogsArgs,
} from "./log-queries/log-queries";
export { EndpointUse } from "./network/endpoints";
export type { FlowLogsArgs } from "./network/flow-logs";
export { type NatArgs, NatMode } from "./network/nat";
export { Network, type NetworkArgs, type NetworkOptions, type NetworkTransforms } from "./network/network";
export { IsolatedSubnets } from "./network/subnets";
export { SingleInstance } from "./scaling-group/capacity";
export { type CpuScalingArgs, CpuScalingMode } from "./scaling-group/cpu-scaling";
export type { TrafficSourceArgs } from "./scaling-group/firewall";
export { type ImageArgs, MetadataAccess, type VolumeArgs } from "./scaling-group/launch-template";
export { type PurchaseArgs, PurchaseMode, SpotAllocationStrategy } from "./scaling-group/purchase";
export type { InstanceRefreshArgs } from "./scaling-group/replacement";
export type { RequestScalingArgs } from "./scaling-group/request-scaling";
export {
  ScalingGroup,
  type ScalingGroupArgs,
  type ScalingGroupOptions,
  type ScalingGroupTransforms,
} from "./scaling-group/scaling-group";
export type { GroupScalingArgs, MemoryScalingArgs, ScalingArgs } from "./scaling-group/scaling-policies";
export { AnomalyMitigation, BalancingAlgorithm, CrossZone } from "./service/balancing";
export type { RetriesArgs, WebSocketArgs } from "./service/connections";
export type { ServiceDiscoveryArgs, ServiceDiscoveryOutputs } from "./service/discovery";
export type { EndpointArgs } from "./service/endpoints";
export type { HealthCheckArgs } from "./service/health-check";
export type { HealthThresholdArgs, MinimumHealthyArgs } from "./service/minimum-healthy";
export { ProtocolVersion, TargetProtocol } from "./service/protocol";
export {
  type AuthenticateArgs,
  type CognitoArgs,
  type OidcArgs,
  UnauthenticatedRequest,
} from "./service/routes/authenticate";
export type { MatchArgs } from "./service/routes/conditions";
export { ContentType, type FixedResponseArgs } from "./service/routes/fixed-responses";
export type { RouteArgs } from "./service/routes/forwarding";
export type { JwtClaimArgs, JwtValidationArgs } from "./service/routes/jwt-validation";
export { type RedirectArgs, RedirectStatus, type RedirectTargetArgs } from "./service/routes/redirects";
export type { RewriteArgs, RewritingArgs } from "./service/routes/rewrite";
export type { PrioritiesArgs } from "./service/routes/settle-routes";
export {
  type LoadBalancerRef,
  Service,
  type ServiceArgs,
  type ServiceOptions,
  type ServiceTransforms,
} from "./service/service";
export type { ServiceAlarmsArgs } from "./service/service-alarms";
export { type StickinessArgs, StickinessMode } from "./service/stickiness";
export {
  DiscoveryNamespace,
  type DiscoveryNamespaceArgs,
  type DiscoveryNamespaceOptions,
} from "./service-discovery/discovery-namespace";
export {
  AddressFallback,
  AddressPosition,
  type ForwardedIpArgs,
} from "./web-firewall/forwarded-ip";
export { type FirewallLogsArgs, LoggedRequests } from "./web-firewall/logging";
export type { ManagedGroupArgs, ManagedGroupsArgs } from "./web-firewall/managed-groups";
export { FirewallMode, RuleAction } from "./web-firewall/mode";
export type { OriginHeaderArgs } from "./web-firewall/origin-header";
export type { RateLimitArgs } from "./web-firewall/rate-limit";
export {
  WebFirewall,
  type WebFirewallArgs,
  type WebFirewallOptions,
  type WebFirewallTransforms,
} from "./web-firewall/web-firewall";
export { ZonalAutoshift, type ZonalAutoshiftArgs, type ZonalAutoshiftOptions } from "./zonal-autoshift";
