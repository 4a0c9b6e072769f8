import type { LoadBalancerConfig } from "./schema/load-balancer";
import type { LoadBalancerSettings, LogQuerySettings, ZonalAutoshiftSettings } from "./settings";

/** What the load balancer logs, and for how long. */
export function balancerLogsOf(
  config: LoadBalancerConfig,
): Pick<LoadBalancerSettings, "accessLogs" | "connectionLogs" | "healthCheckLogs"> {
  const { logs, accessLogRetentionDays: days, accessLogRemoval } = config;
  return {
    accessLogs: { delivery: logs.access, retentionDays: days, bucketDeletion: accessLogRemoval },
    connectionLogs: { delivery: logs.connections, retentionDays: logs.connectionRetentionDays ?? days },
    healthCheckLogs: { delivery: logs.healthChecks, retentionDays: logs.healthCheckRetentionDays ?? days },
  };
}

/** What there is to ask: a table for each kind of log that is delivered. */
export function logQueriesOf(config: LoadBalancerConfig): LogQuerySettings | undefined {
  const { logs } = config;
  const { accessLogs, connectionLogs, healthCheckLogs } = balancerLogsOf(config);
  const delivered = Object.fromEntries(
    Object.entries({ accessLogs, connectionLogs, healthCheckLogs })
      .filter(([, { delivery }]) => delivery === "on")
      .map(([kind, { retentionDays }]) => [kind, { retentionDays }]),
  );
  if (logs.queries === "off" || Object.keys(delivered).length === 0) return undefined;
  return { ...delivered, maxScannedGiB: logs.queryScanGiB };
}

/** When taking a zone out is rehearsed. */
export function zonalAutoshiftOf({ zonalAutoshift }: LoadBalancerConfig): ZonalAutoshiftSettings | undefined {
  const { mode, ...times } = zonalAutoshift;
  return mode === "on" ? times : undefined;
}
