import { LogKind } from "../lib/balancer-logs";
import { logFormats } from "./log-formats";

/** A question asked of the logs. */
export interface Question {
  /** What follows the component's name: `request-spread`. */
  readonly key: string;
  /** What people read in the list of saved queries. */
  readonly title: string;
  readonly description: string;
  /** Logs it reads. */
  readonly kind: LogKind;
  readonly sql: string;
}

const [accessLogs, connectionLogs, healthCheckLogs] = [
  LogKind.Access,
  LogKind.Connection,
  LogKind.HealthCheck,
].map((kind) => logFormats[kind].table);

/** Whole days back to the first one read. Athena prunes by it: the right side is worked out once, before anything is read. */
function since(days: number): string {
  return `day >= date_format(current_date - INTERVAL '${days}' DAY, '%Y/%m/%d')`;
}

/** `targetgroup/web/73e2d6bc24d8a067` of an ARN, as CloudWatch calls it. */
const targetGroup = "regexp_extract(target_group_arn, 'targetgroup/.*')";

/** Requests a target has to have in an hour before chance alone moves its share by less than 5 %: 1/√400. */
const enoughRequests = 400;

/**
 * How evenly requests are spread between the targets of each group, hour by hour.
 *
 * The figure is the coefficient of variation, the standard deviation as a share of the mean. A sticky group keeps sending
 * a client to one target whatever its load: there the spread of clients is what the balancer decides.
 *
 * @param limitPercent Spread that is accepted.
 */
export function requestSpread(days: number, limitPercent: number): string {
  return `WITH per_target AS (
  SELECT
    ${targetGroup} AS target_group,
    substr(time, 1, 13) AS hour,
    concat(target_ip, ':', CAST(target_port AS varchar)) AS target,
    count(*) AS requests,
    approx_distinct(concat(client_ip, ' ', user_agent)) AS clients
  FROM ${accessLogs}
  WHERE ${since(days)}
    AND target_port IS NOT NULL
  GROUP BY 1, 2, 3
)
SELECT
  target_group,
  hour,
  count(*) AS targets,
  sum(requests) AS requests,
  min_by(target, requests) AS least_used,
  min(requests) AS least_requests,
  max_by(target, requests) AS most_used,
  max(requests) AS most_requests,
  round(100 * stddev_pop(requests) / avg(requests), 1) AS request_spread_percent,
  round(100 * stddev_pop(clients) / avg(clients), 1) AS client_spread_percent,
  100 * stddev_pop(requests) / avg(requests) <= ${limitPercent} AS within_limit
FROM per_target
GROUP BY target_group, hour
HAVING count(*) > 1 AND avg(requests) >= ${enoughRequests}
ORDER BY request_spread_percent DESC
LIMIT 200`;
}

/** Which routes take longest, by the time within which 95 of 100 requests were answered. Numbers and UUIDs in a path count as one. */
export function slowestRoutes(days: number): string {
  return `WITH answered AS (
  SELECT
    ${targetGroup} AS target_group,
    request_verb AS verb,
    regexp_replace(
      regexp_extract(request_url, '^[a-z]+://[^/]+(/[^?]*)', 1),
      '/([0-9]+|[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})(?=/|$)',
      '/*'
    ) AS path,
    target_processing_time AS seconds
  FROM ${accessLogs}
  WHERE ${since(days)}
    AND target_processing_time >= 0
    AND type NOT IN ('ws', 'wss')
)
SELECT
  target_group,
  verb,
  path,
  count(*) AS requests,
  round(approx_percentile(seconds, 0.5), 3) AS p50_seconds,
  round(approx_percentile(seconds, 0.95), 3) AS p95_seconds,
  round(approx_percentile(seconds, 0.99), 3) AS p99_seconds,
  round(max(seconds), 3) AS slowest_seconds
FROM answered
GROUP BY target_group, verb, path
HAVING count(*) >= 20
ORDER BY p95_seconds DESC
LIMIT 50`;
}

/** Who asks most, and how much of it fails. */
export function topClients(days: number): string {
  return `SELECT
  client_ip,
  count(*) AS requests,
  approx_distinct(user_agent) AS user_agents,
  sum(received_bytes) AS received_bytes,
  sum(sent_bytes) AS sent_bytes,
  count_if(elb_status_code BETWEEN 400 AND 499) AS client_errors,
  count_if(elb_status_code >= 500) AS server_errors,
  min(time) AS first_seen,
  max(time) AS last_seen
FROM ${accessLogs}
WHERE ${since(days)}
GROUP BY client_ip
ORDER BY requests DESC
LIMIT 100`;
}

/** Which targets answer with 5xx. Where the target's status is `-` it is the load balancer that gave up. */
export function errorsByTarget(days: number): string {
  return `SELECT
  ${targetGroup} AS target_group,
  target_ip,
  target_port,
  elb_status_code,
  target_status_code,
  count(*) AS errors,
  approx_distinct(client_ip) AS clients,
  round(avg(target_processing_time) FILTER (WHERE target_processing_time >= 0), 3) AS mean_seconds,
  min(time) AS first_seen,
  max(time) AS last_seen
FROM ${accessLogs}
WHERE ${since(days)}
  AND elb_status_code >= 500
GROUP BY 1, 2, 3, 4, 5
ORDER BY errors DESC
LIMIT 100`;
}

/** Which TLS versions and ciphers clients use: what a stricter policy would shut out. */
export function tlsInUse(days: number): string {
  return `SELECT
  ssl_protocol,
  ssl_cipher,
  count(*) AS requests,
  round(100.0 * count(*) / sum(count(*)) OVER (), 3) AS percent,
  approx_distinct(client_ip) AS clients,
  arbitrary(user_agent) AS a_user_agent
FROM ${accessLogs}
WHERE ${since(days)}
  AND ssl_protocol <> '-'
GROUP BY ssl_protocol, ssl_cipher
ORDER BY requests DESC`;
}

/** Which handshakes fail, and whose. Access logs know nothing of them: no request ever came. */
export function failedHandshakes(days: number): string {
  return `SELECT
  tls_verify_status,
  tls_protocol,
  leaf_client_cert_subject,
  count(*) AS connections,
  approx_distinct(client_ip) AS clients,
  arbitrary(client_ip) AS a_client,
  max(time) AS last_seen
FROM ${connectionLogs}
WHERE ${since(days)}
  AND (tls_verify_status LIKE 'Failed%' OR (listener_port = 443 AND tls_protocol = '-'))
GROUP BY tls_verify_status, tls_protocol, leaf_client_cert_subject
ORDER BY connections DESC
LIMIT 100`;
}

/**
 * How long targets take to answer probes, and why they fail.
 *
 * @param limitSeconds Time an answer may take.
 */
export function probeLatency(days: number, limitSeconds: number): string {
  return `SELECT
  target_group,
  target,
  count(*) AS probes,
  round(approx_percentile(latency, 0.95) * 1000) AS p95_milliseconds,
  round(max(latency) * 1000) AS slowest_milliseconds,
  round(100.0 * count_if(latency > ${limitSeconds}) / count(*), 2) AS too_slow_percent,
  count_if(status = 'FAIL') AS failed,
  array_join(array_agg(DISTINCT reason_code) FILTER (WHERE status = 'FAIL'), ', ') AS reasons
FROM ${healthCheckLogs}
WHERE ${since(days)}
GROUP BY target_group, target
ORDER BY p95_milliseconds DESC
LIMIT 200`;
}

/** What is to be asked, and of how much. */
export interface Scope {
  /** Days back that are read. */
  readonly days: number;
  readonly spreadLimitPercent: number;
  readonly probeLimitSeconds: number;
}

/** Every question there are logs for. */
export function questions(kinds: readonly LogKind[], scope: Scope): Question[] {
  const { days, spreadLimitPercent, probeLimitSeconds } = scope;
  const all: Question[] = [
    {
      key: "request-spread",
      title: "Spread of requests between targets",
      description: `Hours in which the requests of a target group were not spread within ${spreadLimitPercent} % between its targets come first. For a sticky group read client_spread_percent.`,
      kind: LogKind.Access,
      sql: requestSpread(days, spreadLimitPercent),
    },
    {
      key: "slowest-routes",
      title: "Slowest routes",
      description: "Paths by the time within which 95 of 100 requests were answered.",
      kind: LogKind.Access,
      sql: slowestRoutes(days),
    },
    {
      key: "top-clients",
      title: "Top clients",
      description: "Addresses by the number of their requests, with what failed.",
      kind: LogKind.Access,
      sql: topClients(days),
    },
    {
      key: "errors-by-target",
      title: "Errors by target",
      description: "Answers with 5xx by target. Without a target's status it was the load balancer's own.",
      kind: LogKind.Access,
      sql: errorsByTarget(days),
    },
    {
      key: "tls-in-use",
      title: "TLS versions and ciphers in use",
      description: "What clients negotiate, and so what a stricter security policy would shut out.",
      kind: LogKind.Access,
      sql: tlsInUse(days),
    },
    {
      key: "failed-handshakes",
      title: "Failed TLS handshakes",
      description: "Connections that ended before a request, by reason and client certificate.",
      kind: LogKind.Connection,
      sql: failedHandshakes(days),
    },
    {
      key: "probe-latency",
      title: "Latency of health checks",
      description: `How long targets take to answer probes; more than ${probeLimitSeconds * 1000} ms is too slow.`,
      kind: LogKind.HealthCheck,
      sql: probeLatency(days, probeLimitSeconds),
    },
  ];
  return all.filter(({ kind }) => kinds.includes(kind));
}
