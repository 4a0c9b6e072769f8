import { checkWhole } from "../lib/bounds";
import type { Problems } from "../lib/problems";
import { detectionClash, heartbeatClash, keepAliveClash, retryClash } from "../lib/timing";
import type { Capacity } from "../scaling-group/capacity";
import type { Endpoint, Endpoints } from "./endpoints";

/** What the endpoints of a service have to go together with. */
export interface Surroundings {
  /** How long the load balancer keeps an idle connection, in seconds. */
  readonly idleTimeoutSeconds: number;
  /** How long a failover may take, in seconds; `undefined` if nobody says, or says it wrongly. */
  readonly failoverTargetSeconds: number | undefined;
  /** Most instances of the service. */
  readonly maxSize: number;
}

/** Settles what the endpoints have to go together with, and notes what is wrong with it. */
export function settleSurroundings(
  args: {
    readonly loadBalancer: { readonly idleTimeoutSeconds?: number };
    readonly failoverTargetSeconds?: number;
  },
  { maxSize }: Capacity,
  problems: Problems,
): Surroundings {
  const { failoverTargetSeconds, loadBalancer } = args;
  const { idleTimeoutSeconds = 60 } = loadBalancer;
  checkWhole(idleTimeoutSeconds, [1, 4000], "loadBalancer.idleTimeoutSeconds", problems);
  const limited =
    failoverTargetSeconds !== undefined &&
    checkWhole(failoverTargetSeconds, [1, 3600], "failoverTargetSeconds", problems);
  return {
    idleTimeoutSeconds,
    failoverTargetSeconds: limited ? failoverTargetSeconds : undefined,
    maxSize,
  };
}

/** Notes each time of an endpoint that cannot go together with another one, of its own or of what it stands behind. */
export function checkTimings(endpoints: Endpoints, around: Surroundings, problems: Problems): void {
  for (const [key, endpoint] of Object.entries(endpoints)) {
    checkConnections(endpoint, around, `endpoints.${key}`, problems);
    checkDetection(endpoint, around, `endpoints.${key}`, problems);
    checkCounts(endpoint, around, `endpoints.${key}.minimumHealthy`, problems);
  }
}

function note(reason: string | undefined, path: string, problems: Problems): void {
  if (reason !== undefined) problems.add(path, reason);
}

function checkConnections(
  { heartbeatSeconds, keepAliveSeconds, retries }: Endpoint,
  { idleTimeoutSeconds: idle }: Surroundings,
  path: string,
  problems: Problems,
): void {
  if (heartbeatSeconds !== undefined) {
    note(heartbeatClash(heartbeatSeconds, idle), `${path}.webSocket.heartbeatSeconds`, problems);
  }
  if (keepAliveSeconds !== undefined) {
    note(keepAliveClash(keepAliveSeconds, idle), `${path}.keepAliveSeconds`, problems);
  }
  if (retries) note(retryClash(retries, idle), `${path}.retries`, problems);
}

function checkDetection(
  { health }: Endpoint,
  { failoverTargetSeconds }: Surroundings,
  path: string,
  problems: Problems,
): void {
  // An unknown profile has no figures.
  if (failoverTargetSeconds === undefined || health.timing === undefined) return;
  note(detectionClash(health.timing, failoverTargetSeconds), `${path}.health.profile`, problems);
}

function checkCounts(
  { minimumHealthy }: Endpoint,
  { maxSize }: Surroundings,
  path: string,
  problems: Problems,
): void {
  for (const [action, { count }] of Object.entries(minimumHealthy)) {
    problems.unless(
      count === undefined || count <= maxSize,
      `${path}.${action}.count`,
      `must be at most maxSize, ${maxSize}, got ${count}`,
    );
  }
}
