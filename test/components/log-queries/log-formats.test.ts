import assert from "node:assert/strict";
import { LogKind } from "../../../components/lib/balancer-logs";
import { logFormats } from "../../../components/log-queries/log-formats";

/** The columns of a line, as the deserializer finds them: the expression has to match the line whole. */
function read(kind: LogKind, line: string): Record<string, string | undefined> | undefined {
  const { columns, regex } = logFormats[kind];
  const groups = new RegExp(`^(?:${regex})$`).exec(line)?.slice(1);
  return groups && Object.fromEntries(columns.map(({ name }, index) => [name, groups[index]]));
}

function picked(kind: LogKind, line: string, ...names: string[]): (string | undefined)[] {
  const row = read(kind, line);
  assert.ok(row, `no match: ${line}`);
  return names.map((name) => row[name]);
}

const group = "arn:aws:elasticloadbalancing:us-east-2:123456789012:targetgroup/my-targets/73e2d6bc24d8a067";
const certificate = "arn:aws:acm:us-east-2:123456789012:certificate/12345678-1234-1234-1234-123456789012";

// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html#access-log-entry-examples
const samples = {
  http: `http 2018-07-02T22:23:00.186641Z app/my-loadbalancer/50dc6c495c0c9188 192.168.131.39:2817 10.0.0.1:80 0.000 0.001 0.000 200 200 34 366 "GET http://www.example.com:80/ HTTP/1.1" "curl/7.46.0" - - ${group} "Root=1-58337262-36d228ad5d99923122bbe354" "-" "-" 0 2018-07-02T22:22:48.364000Z "forward" "-" "-" "10.0.0.1:80" "200" "-" "-" TID_1234abcd5678ef90`,
  https: `https 2018-07-02T22:23:00.186641Z app/my-loadbalancer/50dc6c495c0c9188 192.168.131.39:2817 10.0.0.1:80 0.086 0.048 0.037 200 200 0 57 "GET https://www.example.com:443/ HTTP/1.1" "curl/7.46.0" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 ${group} "Root=1-58337281-1d84f3d73c47ec4e58577259" "www.example.com" "${certificate}" 1 2018-07-02T22:22:48.364000Z "authenticate,forward" "-" "-" "10.0.0.1:80" "200" "-" "-" TID_1234abcd5678ef90 "m.example.com" "-" "TransformSuccess"`,
  h2: `h2 2018-07-02T22:23:00.186641Z app/my-loadbalancer/50dc6c495c0c9188 10.0.1.252:48160 10.0.0.66:9000 0.000 0.002 0.000 200 200 5 257 "GET https://10.0.2.105:773/ HTTP/2.0" "curl/7.46.0" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 ${group} "Root=1-58337327-72bd00b0343d75b906739c42" "-" "-" 1 2018-07-02T22:22:48.364000Z "redirect" "https://example.com:80/" "-" "10.0.0.66:9000" "200" "-" "-" TID_1234abcd5678ef90`,
  ws: `ws 2018-07-02T22:23:00.186641Z app/my-loadbalancer/50dc6c495c0c9188 10.0.0.140:40914 10.0.1.192:8010 0.001 0.003 0.000 101 101 218 587 "GET http://10.0.0.30:80/ HTTP/1.1" "-" - - ${group} "Root=1-58337364-23a8c76965a2ef7629b185e3" "-" "-" 1 2018-07-02T22:22:48.364000Z "forward" "-" "-" "10.0.1.192:8010" "101" "-" "-" TID_1234abcd5678ef90`,
  wss: `wss 2018-07-02T22:23:00.186641Z app/my-loadbalancer/50dc6c495c0c9188 10.0.0.140:44244 10.0.0.171:8010 0.000 0.001 0.000 101 101 218 786 "GET https://10.0.0.30:443/ HTTP/1.1" "-" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 ${group} "Root=1-58337364-23a8c76965a2ef7629b185e3" "-" "-" 1 2018-07-02T22:22:48.364000Z "forward" "-" "-" "10.0.0.171:8010" "101" "-" "-" TID_1234abcd5678ef90`,
  lambda: `http 2018-11-30T22:23:00.186641Z app/my-loadbalancer/50dc6c495c0c9188 192.168.131.39:2817 - 0.000 0.001 0.000 502 - 34 366 "GET http://www.example.com:80/ HTTP/1.1" "curl/7.46.0" - - ${group} "Root=1-58337364-23a8c76965a2ef7629b185e3" "-" "-" 0 2018-11-30T22:22:48.364000Z "forward" "-" "LambdaInvalidResponse" "-" "-" "-" "-" TID_1234abcd5678ef90`,
};

describe("how logs are read", () => {
  it("gives every column of every kind one group, which the deserializer insists on", () => {
    const counts = Object.values(LogKind).map((kind) => {
      const { columns, regex } = logFormats[kind];
      const groups = new RegExp(`${regex}|`).exec("")?.length ?? 0;
      return [kind, columns.length, groups - 1];
    });
    assert.deepEqual(counts, [
      ["access", 34, 34],
      ["connection", 12, 12],
      ["healthCheck", 8, 8],
    ]);
  });

  it("takes access logs apart as AWS's documentation does, but for what may follow", () => {
    // https://docs.aws.amazon.com/athena/latest/ug/create-alb-access-logs-table.html
    assert.equal(
      logFormats.access.regex,
      String.raw`([^ ]*) ([^ ]*) ([^ ]*) ([^ ]*):([0-9]*) ([^ ]*)[:-]([0-9]*) ([-.0-9]*) ([-.0-9]*) ([-.0-9]*) (|[-0-9]*) (-|[-0-9]*) ([-0-9]*) ([-0-9]*) "([^ ]*) (.*) (- |[^ ]*)" "([^"]*)" ([A-Z0-9-_]+) ([A-Za-z0-9.-]*) ([^ ]*) "([^"]*)" "([^"]*)" "([^"]*)" ([-.0-9]*) ([^ ]*) "([^"]*)" "([^"]*)" "([^ ]*)" "([^\s]+?)" "([^\s]+)" "([^ ]*)" "([^ ]*)" ?([^ ]*)?(?: .*)?`,
    );
  });

  it("takes connection logs apart as AWS's documentation does, but for what may follow", () => {
    // https://docs.aws.amazon.com/athena/latest/ug/create-alb-connection-logs-table.html
    assert.equal(
      logFormats.connection.regex,
      `([^ ]*) ([^ ]*) ([0-9]*) ([0-9]*) ([A-Za-z0-9.-]*) ([^ ]*) ([-.0-9]*) "([^"]*)" ([^ ]*) ([^ ]*) ([^ ]*) ?([^ ]*)?(?: .*)?`,
    );
  });

  it("finds every field of AWS's example of a request over HTTPS", () => {
    assert.deepEqual(read(LogKind.Access, samples.https), {
      type: "https",
      time: "2018-07-02T22:23:00.186641Z",
      elb: "app/my-loadbalancer/50dc6c495c0c9188",
      client_ip: "192.168.131.39",
      client_port: "2817",
      target_ip: "10.0.0.1",
      target_port: "80",
      request_processing_time: "0.086",
      target_processing_time: "0.048",
      response_processing_time: "0.037",
      elb_status_code: "200",
      target_status_code: "200",
      received_bytes: "0",
      sent_bytes: "57",
      request_verb: "GET",
      request_url: "https://www.example.com:443/",
      request_proto: "HTTP/1.1",
      user_agent: "curl/7.46.0",
      ssl_cipher: "ECDHE-RSA-AES128-GCM-SHA256",
      ssl_protocol: "TLSv1.2",
      target_group_arn: group,
      trace_id: "Root=1-58337281-1d84f3d73c47ec4e58577259",
      domain_name: "www.example.com",
      chosen_cert_arn: certificate,
      matched_rule_priority: "1",
      request_creation_time: "2018-07-02T22:22:48.364000Z",
      actions_executed: "authenticate,forward",
      redirect_url: "-",
      lambda_error_reason: "-",
      target_port_list: "10.0.0.1:80",
      target_status_code_list: "200",
      classification: "-",
      classification_reason: "-",
      conn_trace_id: "TID_1234abcd5678ef90",
    });
  });

  for (const [title, line] of Object.entries(samples)) {
    it(`matches AWS's example of an entry: ${title}`, () => {
      const [type, trace] = picked(LogKind.Access, line, "type", "conn_trace_id");
      assert.deepEqual([type, trace], [line.split(" ")[0], "TID_1234abcd5678ef90"]);
    });
  }

  it("has no target where none was reached, so that the number of its port is empty", () => {
    const row = picked(LogKind.Access, samples.lambda, "target_ip", "target_port", "target_status_code");
    assert.deepEqual(row, ["", "", "-"]);
  });

  it("matches clients and targets with IPv6 addresses", () => {
    const line = samples.http
      .replace("192.168.131.39:2817", "2001:db8::7:2817")
      .replace("10.0.0.1:80", "2600:1f18::5:80");
    const row = picked(LogKind.Access, line, "client_ip", "client_port", "target_ip", "target_port");
    assert.deepEqual(row, ["2001:db8::7", "2817", "2600:1f18::5", "80"]);
  });

  it("matches a request that was no HTTP", () => {
    const line = samples.http.replace('"GET http://www.example.com:80/ HTTP/1.1"', '"- http://edge:80- -"');
    const row = picked(LogKind.Access, line, "request_verb", "request_url", "request_proto");
    assert.deepEqual(row, ["-", "http://edge:80-", "-"]);
  });

  it("reads no line whose user agent has a quotation mark in it, and no empty one", () => {
    assert.equal(read(LogKind.Access, samples.http.replace("curl/7.46.0", 'a "quoted" one')), undefined);
    assert.equal(read(LogKind.Access, ""), undefined);
  });

  it("ignores fields AWS has yet to document, in every kind", () => {
    const row = picked(LogKind.Access, `${samples.https} 10.0.0.7 "new"`, "conn_trace_id");
    assert.deepEqual(row, ["TID_1234abcd5678ef90"]);
    const probe = "http 2025-10-31T12:44:59.875678Z 0.019584011 172.31.20.97:80 HCLogsTestIPs PASS 200 -";
    const more = `${probe} app/edge/50dc6c495c0c9188 10.0.0.7`;
    assert.deepEqual(read(LogKind.HealthCheck, more), read(LogKind.HealthCheck, probe));
  });

  it("finds every field of AWS's examples of connections", () => {
    // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-connection-logs.html#connection-log-entry-examples
    const subject = "CN=amazondomains.com,O=endEntity,L=Seattle,ST=Washington,C=US";
    const validity = "NotBefore=2023-09-21T22:43:21Z;NotAfter=2026-06-17T22:43:21Z";
    const start = "2023-10-04T17:05:15.514108Z 203.0.113.1 36280 443 TLSv1.2 ECDHE-RSA-AES128-GCM-SHA256";
    const serial = "FEF257372D5C14D4";
    const line = `${start} 4.036 "${subject}" ${validity} ${serial} Success TID_3180a73013c8ca4bac2f731159d4b0fe`;
    assert.deepEqual(read(LogKind.Connection, line), {
      time: "2023-10-04T17:05:15.514108Z",
      client_ip: "203.0.113.1",
      client_port: "36280",
      listener_port: "443",
      tls_protocol: "TLSv1.2",
      tls_cipher: "ECDHE-RSA-AES128-GCM-SHA256",
      tls_handshake_latency: "4.036",
      leaf_client_cert_subject: subject,
      leaf_client_cert_validity: validity,
      leaf_client_cert_serial_number: serial,
      tls_verify_status: "Success",
      conn_trace_id: "TID_3180a73013c8ca4bac2f731159d4b0fe",
    });
    const failed = `${start} - "${subject}" ${validity} ${serial} Failed:ClientCertUntrusted TID_1c71a68d70587445`;
    const row = picked(LogKind.Connection, failed, "tls_handshake_latency", "tls_verify_status");
    assert.deepEqual(row, ["-", "Failed:ClientCertUntrusted"]);
  });

  it("finds every field of AWS's examples of health checks", () => {
    // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-health-check-logs.html#health-check-log-file-entries
    const failed =
      "http 2025-10-31T12:44:58.901409Z 1.121980746 172.31.31.9:80 HCLogsTestIPs FAIL 502 TargetError";
    assert.deepEqual(read(LogKind.HealthCheck, failed), {
      type: "http",
      time: "2025-10-31T12:44:58.901409Z",
      latency: "1.121980746",
      target: "172.31.31.9:80",
      target_group: "HCLogsTestIPs",
      status: "FAIL",
      status_code: "502",
      reason_code: "TargetError",
    });
  });
});
