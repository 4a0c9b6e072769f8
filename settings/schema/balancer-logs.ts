import { logRetentionRange } from "../../components/lib/balancer-logs";
import { queryScanRange } from "../../components/lib/query-limits";
import type { EnvironmentDefaults } from "../environments";
import { oneOf, section, wholeNumber } from "../vocabulary";

/** What the load balancer writes down, and whether it can be asked. */
export function balancerLogsSchema({ balancerLogs }: EnvironmentDefaults) {
  return section({
    access: oneOf(["on", "off"]).default("on").describe("Whether every request is logged."),
    connections: oneOf(["on", "off"])
      .default(balancerLogs.connections)
      .describe("Whether every connection is logged, with its TLS handshake."),
    connectionRetentionDays: wholeNumber(...logRetentionRange)
      .describe("Days connection logs are kept. Left out: as long as access logs.")
      .optional(),
    healthChecks: oneOf(["on", "off"])
      .default(balancerLogs.healthChecks)
      .describe("Whether every health check is logged, with the time its answer took."),
    healthCheckRetentionDays: wholeNumber(...logRetentionRange)
      .describe("Days health-check logs are kept. Left out: as long as access logs.")
      .optional(),
    queries: oneOf(["on", "off"])
      .default(balancerLogs.queries)
      .describe("Whether there are tables and saved queries for these logs in Athena."),
    queryScanGiB: wholeNumber(...queryScanRange)
      .default(10)
      .describe("GiB a query may read before Athena ends it. Athena charges by what is read."),
  });
}
