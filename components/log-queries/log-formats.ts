import { LogKind } from "../lib/balancer-logs";

/** One column of a table of logs, with its type in Athena. */
export interface LogColumn {
  readonly name: string;
  readonly type: "string" | "int" | "bigint" | "double";
}

/** How a line of a log is taken apart. */
export interface LogFormat {
  /** Name of its table. */
  readonly table: string;
  readonly columns: readonly LogColumn[];
  /** Regular expression of Java with one group for each column. A line it does not match whole has empty columns. */
  readonly regex: string;
}

function columns(text: string): LogColumn[] {
  return text
    .trim()
    .split(/\s*\n\s*/)
    .map((line) => {
      const [name = "", type = "string"] = line.split(" ");
      return { name, type: type as LogColumn["type"] };
    });
}

/**
 * New fields come at the end of a line, sometimes unannounced. This takes them in without a group: the expressions of
 * AWS's documentation have one group more than columns there, which leaves every column empty.
 */
const more = "(?: .*)?";
const quoted = '"([^"]*)"';
const word = "([^ ]*)";

/**
 * Columns and expression are those of AWS's documentation, but for the end of the line.
 *
 * @see https://docs.aws.amazon.com/athena/latest/ug/create-alb-access-logs-table.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html#access-log-entry-format
 */
const access: LogFormat = {
  table: "access_logs",
  columns: columns(`
    type string
    time string
    elb string
    client_ip string
    client_port int
    target_ip string
    target_port int
    request_processing_time double
    target_processing_time double
    response_processing_time double
    elb_status_code int
    target_status_code string
    received_bytes bigint
    sent_bytes bigint
    request_verb string
    request_url string
    request_proto string
    user_agent string
    ssl_cipher string
    ssl_protocol string
    target_group_arn string
    trace_id string
    domain_name string
    chosen_cert_arn string
    matched_rule_priority string
    request_creation_time string
    actions_executed string
    redirect_url string
    lambda_error_reason string
    target_port_list string
    target_status_code_list string
    classification string
    classification_reason string
    conn_trace_id string
  `),
  regex: [
    `${word} ${word} ${word} ([^ ]*):([0-9]*) ([^ ]*)[:-]([0-9]*)`,
    "([-.0-9]*) ([-.0-9]*) ([-.0-9]*) (|[-0-9]*) (-|[-0-9]*) ([-0-9]*) ([-0-9]*)",
    `"([^ ]*) (.*) (- |[^ ]*)" ${quoted} ([A-Z0-9-_]+) ([A-Za-z0-9.-]*) ${word}`,
    `${quoted} ${quoted} ${quoted} ([-.0-9]*) ${word} ${quoted} ${quoted}`,
    '"([^ ]*)" "([^\\s]+?)" "([^\\s]+)" "([^ ]*)" "([^ ]*)" ?([^ ]*)?',
  ]
    .join(" ")
    .concat(more),
};

/**
 * Columns and expression are those of AWS's documentation, but for the end of the line.
 *
 * @see https://docs.aws.amazon.com/athena/latest/ug/create-alb-connection-logs-table.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-connection-logs.html#connection-log-entry-format
 */
const connection: LogFormat = {
  table: "connection_logs",
  columns: columns(`
    time string
    client_ip string
    client_port int
    listener_port int
    tls_protocol string
    tls_cipher string
    tls_handshake_latency double
    leaf_client_cert_subject string
    leaf_client_cert_validity string
    leaf_client_cert_serial_number string
    tls_verify_status string
    conn_trace_id string
  `),
  regex: `${word} ${word} ([0-9]*) ([0-9]*) ([A-Za-z0-9.-]*) ${word} ([-.0-9]*) ${quoted} ${word} ${word} ${word} ?([^ ]*)?${more}`,
};

/**
 * AWS documents the fields and no table. `target_group` is what it calls `target_group_id`: it is the group's name.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-health-check-logs.html#health-check-log-entry-format
 */
const healthCheck: LogFormat = {
  table: "health_check_logs",
  columns: columns(`
    type string
    time string
    latency double
    target string
    target_group string
    status string
    status_code string
    reason_code string
  `),
  regex: `${word} ${word} ([-.0-9]*) ${word} ${word} ${word} ${word} ${word}${more}`,
};

/** How each kind of log is read. */
export const logFormats: { readonly [kind in LogKind]: LogFormat } = {
  [LogKind.Access]: access,
  [LogKind.Connection]: connection,
  [LogKind.HealthCheck]: healthCheck,
};
