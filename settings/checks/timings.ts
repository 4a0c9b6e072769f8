import { worstCaseDetectionSeconds } from "../../components/lib/detection";
import { probeTimings } from "../../components/lib/health-profile";
import { retryBudgetSeconds } from "../../components/lib/timing";
import type { Faults, Path } from "../faults";
import type { EndpointConfig } from "../schema/endpoint";
import type { ServiceConfig } from "../schema/service";
import type { StackConfig } from "../schema/stack";

/** What endpoints have to go together with, in seconds; `undefined` for what could not be read. */
export interface Limits {
  /** How long the load balancer keeps an idle connection. */
  readonly idle: number | undefined;
  /** How long a failed instance may stay in rotation. */
  readonly failover: number | undefined;
}

/** A figure, and where it stands. */
interface Limit {
  readonly seconds: number;
  readonly path: Path;
}

interface Services {
  readonly [name: string]: ServiceConfig;
}

/** Checks the times and numbers of every endpoint against those of its service and of the stack. */
export function checkTimings(
  services: Services,
  { idle, failover }: Limits,
  key: (name: keyof StackConfig) => string,
  faults: Faults,
): void {
  const at = key("services");
  if (idle !== undefined) {
    checkConnections(
      services,
      at,
      { seconds: idle, path: [key("loadBalancer"), "idleTimeoutSeconds"] },
      faults,
    );
  }
  if (failover !== undefined) {
    checkDetection(services, at, { seconds: failover, path: [key("failoverTargetSeconds")] }, faults);
  }
  checkCounts(services, at, faults);
}

/** Checks what endpoints say of their connections against the load balancer's idle timeout. */
function checkConnections(services: Services, key: string, idle: Limit, faults: Faults): void {
  for (const found of endpointsOf(services, key)) checkConnection(found, idle, faults);
}

interface Found {
  readonly at: Path;
  readonly endpoint: EndpointConfig;
  readonly of: Path;
  readonly service: ServiceConfig;
}

function* endpointsOf(services: Services, key: string): Iterable<Found> {
  for (const [name, service] of Object.entries(services)) {
    for (const [each, endpoint] of Object.entries(service.endpoints)) {
      yield { at: [key, name, "endpoints", each], endpoint, of: [key, name], service };
    }
  }
}

function checkConnection({ at, endpoint, of, service }: Found, idle: Limit, faults: Faults): void {
  const { webSocket, retries } = endpoint;
  const shown = `loadBalancer.idleTimeoutSeconds (${faults.show(idle.path, idle.seconds)})`;
  const heartbeat: Path = [...at, "webSocket", "heartbeatSeconds"];
  faults.check({
    about: [heartbeat, idle.path],
    holds: webSocket === undefined || webSocket.heartbeatSeconds < idle.seconds,
    path: heartbeat,
    found: webSocket?.heartbeatSeconds,
    must: `must be less than ${shown}, or quiet connections are closed`,
  });
  const own: Path = [...at, "keepAliveSeconds"];
  const common: Path = [...of, "keepAliveSeconds"];
  const kept = endpoint.keepAliveSeconds ?? service.keepAliveSeconds;
  faults.check({
    about: [own, common, idle.path],
    holds: kept === undefined || kept > idle.seconds,
    path: endpoint.keepAliveSeconds === undefined ? common : own,
    found: kept,
    must: `must be more than ${shown}, or clients see 502`,
  });
  if (retries === undefined || faults.touches([...at, "retries"]) || faults.touches(idle.path)) return;
  const seconds = retryBudgetSeconds({ ...retries, deadlineSeconds: retries.deadlineSeconds });
  if (seconds < idle.seconds) return;
  faults.add(
    [...at, "retries"],
    `${faults.show(at, seconds)} s in all, must end before ${shown}, or clients see 504: set deadlineSeconds`,
  );
}

/** Checks that every endpoint finds a failed instance within the time a failover may take. */
function checkDetection(services: Services, key: string, target: Limit, faults: Faults): void {
  for (const { at, endpoint, of, service } of endpointsOf(services, key)) {
    const own: Path = [...at, "health", "profile"];
    const common: Path = [...of, "health", "profile"];
    const profile = endpoint.health?.profile ?? service.health.profile;
    const seconds = worstCaseDetectionSeconds(probeTimings[profile]);
    faults.check({
      about: [own, common, target.path],
      holds: seconds <= target.seconds,
      path: endpoint.health?.profile === undefined ? common : own,
      found: profile,
      must: `must find a failure within failoverTargetSeconds (${faults.show(target.path, target.seconds)}), and takes up to ${faults.show(at, seconds)}`,
    });
  }
}

/** Checks that no endpoint wants more healthy instances than its service can have. */
function checkCounts(services: Services, key: string, faults: Faults): void {
  for (const { at, endpoint, of, service } of endpointsOf(services, key)) {
    const { minimumHealthy = {} } = endpoint;
    const { max } = service.sizing;
    for (const action of ["dnsFailover", "routing"] as const) {
      const count = minimumHealthy[action]?.count;
      const path: Path = [...at, "minimumHealthy", action, "count"];
      faults.check({
        about: [path, [...of, "sizing"]],
        holds: count === undefined || count <= max,
        path,
        found: count,
        must: `must be at most sizing.max (${faults.show(at, max)})`,
      });
    }
  }
}
