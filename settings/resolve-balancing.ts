import { probeDefaults } from "../components/lib/target-codes";
import { drainDefaults } from "../components/service/connections";
import type { EndpointConfig, HealthConfig } from "./schema/endpoint";
import type { ServiceConfig } from "./schema/service";
import type { EndpointSettings } from "./settings";

type Balancing = Omit<EndpointSettings, "port" | "routes" | "health" | "stickiness" | "requestsPerMinute">;
type Threshold = NonNullable<NonNullable<EndpointConfig["minimumHealthy"]>["routing"]>;

/** How the requests of an endpoint are spread and spoken, with what is left to the component left out. */
export function balancingOf(endpoint: EndpointConfig, service: ServiceConfig): Balancing {
  const { algorithm, webSocket, retries, minimumHealthy } = endpoint;
  const { anomalyMitigation, crossZone, slowStartSeconds } = endpoint;
  const { protocol, protocolVersion, keepAliveSeconds = service.keepAliveSeconds } = endpoint;
  const { drainSeconds = webSocket ? drainDefaults.webSocket : drainDefaults.requests } = endpoint;
  return {
    algorithm,
    ...(anomalyMitigation && { anomalyMitigation }),
    ...(crossZone && { crossZone }),
    ...(slowStartSeconds !== undefined && { slowStartSeconds }),
    ...(protocol && { protocol }),
    ...(protocolVersion && { protocolVersion }),
    ...(minimumHealthy && { minimumHealthy: minimumHealthyOf(minimumHealthy) }),
    ...(webSocket && { webSocket }),
    ...(keepAliveSeconds !== undefined && { keepAliveSeconds }),
    ...(retries && { retries: retriesOf(retries) }),
    drainSeconds,
  };
}

function minimumHealthyOf({
  dnsFailover,
  routing,
}: NonNullable<EndpointConfig["minimumHealthy"]>): NonNullable<EndpointSettings["minimumHealthy"]> {
  return {
    ...(dnsFailover && { dnsFailover: thresholdOf(dnsFailover) }),
    ...(routing && { routing: thresholdOf(routing) }),
  };
}

function thresholdOf({ count, percent }: Threshold): { count?: number; percent?: number } {
  return { ...(count !== undefined && { count }), ...(percent !== undefined && { percent }) };
}

function retriesOf({
  deadlineSeconds,
  ...tries
}: NonNullable<EndpointConfig["retries"]>): NonNullable<EndpointSettings["retries"]> {
  return { ...tries, ...(deadlineSeconds !== undefined && { deadlineSeconds }) };
}

/** What the probe of an endpoint asks for and takes for health: a gRPC server has no page that answers 200. */
export function probeOf(
  { protocolVersion, health = {} }: EndpointConfig,
  common: HealthConfig,
): { readonly path: string; readonly matcher: string } {
  const { path, matcher } = protocolVersion === "GRPC" ? probeDefaults(protocolVersion) : common;
  return { path: health.path ?? path, matcher: health.matcher ?? matcher };
}
