/** What a load balancer writes down. */
export const LogKind = {
  /** Each request. */
  Access: "access",
  /** Each connection and its TLS handshake. */
  Connection: "connection",
  /** Each probe of a target. */
  HealthCheck: "healthCheck",
} as const;
export type LogKind = (typeof LogKind)[keyof typeof LogKind];

/** Every kind, in the order of this project's pages. */
export const logKinds: readonly LogKind[] = Object.values(LogKind);

/** Folder of the log bucket that each kind goes to. Below it AWS goes on with `AWSLogs/<account>/…`. */
export const logFolders: { readonly [kind in LogKind]: string } = {
  access: "alb-logs",
  connection: "alb-connection-logs",
  healthCheck: "alb-health-check-logs",
};

/** Days a log can be kept. */
export const logRetentionRange = [1, 3650] as const;
