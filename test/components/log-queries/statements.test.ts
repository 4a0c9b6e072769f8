import assert from "node:assert/strict";
import { LogKind } from "../../../components/lib/balancer-logs";
import { questions, type Scope } from "../../../components/log-queries/statements";

const scope: Scope = { days: 7, spreadLimitPercent: 10, probeLimitSeconds: 0.1 };
const kinds = Object.values(LogKind);

function sql(key: string, changed: Partial<Scope> = {}): string {
  const found = questions(kinds, { ...scope, ...changed }).find((question) => question.key === key);
  assert.ok(found);
  return found.sql;
}

const expected: readonly [key: string, text: string][] = [
  [
    "request-spread",
    `WITH per_target AS (
  SELECT
    regexp_extract(target_group_arn, 'targetgroup/.*') AS target_group,
    substr(time, 1, 13) AS hour,
    concat(target_ip, ':', CAST(target_port AS varchar)) AS target,
    count(*) AS requests,
    approx_distinct(concat(client_ip, ' ', user_agent)) AS clients
  FROM access_logs
  WHERE day >= date_format(current_date - INTERVAL '7' DAY, '%Y/%m/%d')
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
  100 * stddev_pop(requests) / avg(requests) <= 10 AS within_limit
FROM per_target
GROUP BY target_group, hour
HAVING count(*) > 1 AND avg(requests) >= 400
ORDER BY request_spread_percent DESC
LIMIT 200`,
  ],
  [
    "slowest-routes",
    `WITH answered AS (
  SELECT
    regexp_extract(target_group_arn, 'targetgroup/.*') AS target_group,
    request_verb AS verb,
    regexp_replace(
      regexp_extract(request_url, '^[a-z]+://[^/]+(/[^?]*)', 1),
      '/([0-9]+|[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})(?=/|$)',
      '/*'
    ) AS path,
    target_processing_time AS seconds
  FROM access_logs
  WHERE day >= date_format(current_date - INTERVAL '7' DAY, '%Y/%m/%d')
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
LIMIT 50`,
  ],
  [
    "top-clients",
    `SELECT
  client_ip,
  count(*) AS requests,
  approx_distinct(user_agent) AS user_agents,
  sum(received_bytes) AS received_bytes,
  sum(sent_bytes) AS sent_bytes,
  count_if(elb_status_code BETWEEN 400 AND 499) AS client_errors,
  count_if(elb_status_code >= 500) AS server_errors,
  min(time) AS first_seen,
  max(time) AS last_seen
FROM access_logs
WHERE day >= date_format(current_date - INTERVAL '7' DAY, '%Y/%m/%d')
GROUP BY client_ip
ORDER BY requests DESC
LIMIT 100`,
  ],
  [
    "errors-by-target",
    `SELECT
  regexp_extract(target_group_arn, 'targetgroup/.*') AS target_group,
  target_ip,
  target_port,
  elb_status_code,
  target_status_code,
  count(*) AS errors,
  approx_distinct(client_ip) AS clients,
  round(avg(target_processing_time) FILTER (WHERE target_processing_time >= 0), 3) AS mean_seconds,
  min(time) AS first_seen,
  max(time) AS last_seen
FROM access_logs
WHERE day >= date_format(current_date - INTERVAL '7' DAY, '%Y/%m/%d')
  AND elb_status_code >= 500
GROUP BY 1, 2, 3, 4, 5
ORDER BY errors DESC
LIMIT 100`,
  ],
  [
    "tls-in-use",
    `SELECT
  ssl_protocol,
  ssl_cipher,
  count(*) AS requests,
  round(100.0 * count(*) / sum(count(*)) OVER (), 3) AS percent,
  approx_distinct(client_ip) AS clients,
  arbitrary(user_agent) AS a_user_agent
FROM access_logs
WHERE day >= date_format(current_date - INTERVAL '7' DAY, '%Y/%m/%d')
  AND ssl_protocol <> '-'
GROUP BY ssl_protocol, ssl_cipher
ORDER BY requests DESC`,
  ],
  [
    "failed-handshakes",
    `SELECT
  tls_verify_status,
  tls_protocol,
  leaf_client_cert_subject,
  count(*) AS connections,
  approx_distinct(client_ip) AS clients,
  arbitrary(client_ip) AS a_client,
  max(time) AS last_seen
FROM connection_logs
WHERE day >= date_format(current_date - INTERVAL '7' DAY, '%Y/%m/%d')
  AND (tls_verify_status LIKE 'Failed%' OR (listener_port = 443 AND tls_protocol = '-'))
GROUP BY tls_verify_status, tls_protocol, leaf_client_cert_subject
ORDER BY connections DESC
LIMIT 100`,
  ],
  [
    "probe-latency",
    `SELECT
  target_group,
  target,
  count(*) AS probes,
  round(approx_percentile(latency, 0.95) * 1000) AS p95_milliseconds,
  round(max(latency) * 1000) AS slowest_milliseconds,
  round(100.0 * count_if(latency > 0.1) / count(*), 2) AS too_slow_percent,
  count_if(status = 'FAIL') AS failed,
  array_join(array_agg(DISTINCT reason_code) FILTER (WHERE status = 'FAIL'), ', ') AS reasons
FROM health_check_logs
WHERE day >= date_format(current_date - INTERVAL '7' DAY, '%Y/%m/%d')
GROUP BY target_group, target
ORDER BY p95_milliseconds DESC
LIMIT 200`,
  ],
];

describe("what is asked of the logs", () => {
  for (const [key, text] of expected) {
    it(`is this, word by word: ${key}`, () => {
      assert.equal(sql(key), text);
    });
  }

  it("is told apart by keys and titles, and is short enough for Athena", () => {
    const all = questions(kinds, scope);
    assert.deepEqual(
      all.map(({ key, kind }) => [key, kind]),
      [
        ["request-spread", "access"],
        ["slowest-routes", "access"],
        ["top-clients", "access"],
        ["errors-by-target", "access"],
        ["tls-in-use", "access"],
        ["failed-handshakes", "connection"],
        ["probe-latency", "healthCheck"],
      ],
    );
    assert.equal(new Set(all.map(({ title }) => title)).size, all.length);
    assert.ok(all.every(({ title, description }) => title.length <= 128 && description.length <= 1024));
  });

  it("reads only logs there are", () => {
    const keys = (...some: LogKind[]) => questions(some, scope).map(({ key }) => key);
    assert.deepEqual(keys(LogKind.Connection), ["failed-handshakes"]);
    assert.deepEqual(keys(LogKind.HealthCheck, LogKind.Connection), ["failed-handshakes", "probe-latency"]);
    assert.deepEqual(keys(), []);
  });

  it("goes by the limits it is given", () => {
    assert.ok(sql("request-spread", { spreadLimitPercent: 15 }).includes("<= 15 AS within_limit"));
    assert.ok(sql("probe-latency", { probeLimitSeconds: 0.25 }).includes("count_if(latency > 0.25)"));
    assert.ok(sql("top-clients", { days: 30 }).includes("INTERVAL '30' DAY"));
  });

  it("takes numbers and UUIDs in a path for one and the same, and nothing else", () => {
    const [, form = ""] = /\n {6}'(\/\(.*)',\n/.exec(sql("slowest-routes")) ?? [];
    const same = (path: string) => path.replaceAll(new RegExp(form, "g"), "/*");
    assert.equal(same("/orders/12/items/7"), "/orders/*/items/*");
    assert.equal(same("/orders/1/2"), "/orders/*/*");
    assert.equal(same("/users/550e8400-e29b-41d4-a716-446655440000/"), "/users/*/");
    assert.equal(same("/v1/2fa/12-abc"), "/v1/2fa/12-abc");
  });
});
