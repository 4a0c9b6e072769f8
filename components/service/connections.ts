import { checkBetween, checkWhole, type Range } from "../lib/bounds";
import type { Problems } from "../lib/problems";
import type { RetryBudget } from "../lib/timing";
import { type Protocol, ProtocolVersion } from "./protocol";

/** Connections that stay open, as WebSockets do. */
export interface WebSocketArgs {
  /**
   * How often the service or its clients say something on a quiet connection, in seconds, 1 to 4000: less than the load
   * balancer's idle timeout.
   * @default 25
   */
  readonly heartbeatSeconds?: number;
}

/** How the service calls others while a request waits for its answer. */
export interface RetriesArgs {
  /** Longest one try takes, in seconds, more than 0 and up to 3600. */
  readonly tryTimeoutSeconds: number;
  /**
   * Tries after the first, 0 to 10.
   * @default 3
   */
  readonly maxRetries?: number;
  /**
   * Wait before the first of them, in seconds, 0 to 60; each wait is twice the one before.
   * @default 1
   */
  readonly baseDelaySeconds?: number;
  /**
   * When the service gives up altogether, in seconds, more than 0 and up to 3600.
   * @default after the last try
   */
  readonly deadlineSeconds?: number;
}

/** What is known of the connections of an endpoint, to check it against what the load balancer does with them. */
export interface ConnectionsArgs {
  /**
   * The endpoint answers with WebSockets. They need `protocolVersion` "HTTP1", a heartbeat below the load balancer's idle
   * timeout, and time to say goodbye.
   * @default it does not
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html
   */
  readonly webSocket?: WebSocketArgs;
  /**
   * How long the service keeps an idle connection, in seconds, 1 to 86400: more than the load balancer's idle timeout, or
   * clients see 502.
   * @default not said, and not checked
   */
  readonly keepAliveSeconds?: number;
  /**
   * How the service calls others while a request waits. All tries and waits have to end before the load balancer's idle
   * timeout, or clients see 504.
   * @default not said, and not checked
   */
  readonly retries?: RetriesArgs;
  /**
   * How long the load balancer waits for requests in flight before an instance leaves, in seconds, 0 to 3600.
   * @default 60, or 300 with `webSocket`
   */
  readonly drainSeconds?: number;
}

/** What is known of the connections of an endpoint, complete. */
export interface Connections {
  /** Seconds between signs of life; `undefined` for an endpoint without WebSockets. */
  readonly heartbeatSeconds: number | undefined;
  readonly keepAliveSeconds: number | undefined;
  readonly retries: RetryBudget | undefined;
  readonly drainSeconds: number;
}

/** Bounds of what can be said of connections, where they are whole seconds. */
export const connectionRanges = {
  heartbeatSeconds: [1, 4000],
  keepAliveSeconds: [1, 86_400],
  drainSeconds: [0, 3600],
  maxRetries: [0, 10],
} as const satisfies { readonly [name: string]: Range };

/** Seconds that requests in flight are given where nobody says. */
export const drainDefaults = { requests: 60, webSocket: 300 } as const;

/** Settles what is known of the connections, and notes what is wrong with it. */
export function settleConnections(
  args: ConnectionsArgs,
  { protocolVersion }: Protocol,
  path: string,
  problems: Problems,
): Connections {
  const { webSocket, keepAliveSeconds } = args;
  const { drainSeconds = webSocket ? drainDefaults.webSocket : drainDefaults.requests } = args;
  const heartbeatSeconds = webSocket && (webSocket.heartbeatSeconds ?? 25);
  checkWhole(drainSeconds, connectionRanges.drainSeconds, `${path}.drainSeconds`, problems);
  if (heartbeatSeconds !== undefined) {
    const at = `${path}.webSocket.heartbeatSeconds`;
    checkWhole(heartbeatSeconds, connectionRanges.heartbeatSeconds, at, problems);
    problems.unless(
      protocolVersion === ProtocolVersion.Http1,
      `${path}.webSocket`,
      `needs protocolVersion "HTTP1", got protocolVersion "${protocolVersion}"`,
    );
  }
  if (keepAliveSeconds !== undefined) {
    checkWhole(keepAliveSeconds, connectionRanges.keepAliveSeconds, `${path}.keepAliveSeconds`, problems);
  }
  const retries = args.retries && settleRetries(args.retries, `${path}.retries`, problems);
  return { heartbeatSeconds, keepAliveSeconds, retries, drainSeconds };
}

function settleRetries(args: RetriesArgs, path: string, problems: Problems): RetryBudget {
  const { tryTimeoutSeconds, maxRetries = 3, baseDelaySeconds = 1, deadlineSeconds } = args;
  checkSeconds(tryTimeoutSeconds, `${path}.tryTimeoutSeconds`, problems);
  checkWhole(maxRetries, connectionRanges.maxRetries, `${path}.maxRetries`, problems);
  checkBetween(baseDelaySeconds, [0, 60], `${path}.baseDelaySeconds`, problems);
  if (deadlineSeconds !== undefined) checkSeconds(deadlineSeconds, `${path}.deadlineSeconds`, problems);
  return { tryTimeoutSeconds, maxRetries, baseDelaySeconds, deadlineSeconds };
}

function checkSeconds(seconds: number, path: string, problems: Problems): void {
  problems.unless(
    seconds > 0 && seconds <= 3600,
    path,
    `must be a number above 0 and up to 3600, got ${seconds}`,
  );
}
