import { z } from "zod";
import { insteadOfAlgorithm } from "../../components/lib/balancing-algorithms";
import { oneOf, section, wholeNumber } from "../vocabulary";

const algorithms = ["round_robin", "least_outstanding_requests", "weighted_random"] as const;
const allowed = algorithms.map((word) => `"${word}"`).join(", ");

/** One of the algorithms; a well-known one that no application load balancer has is answered with what to use instead. */
const algorithm = z
  .enum(algorithms, {
    error({ input }) {
      const advice = typeof input === "string" ? insteadOfAlgorithm(input) : undefined;
      return `must be one of ${allowed}${advice === undefined ? "" : `: ${advice}`}`;
    },
  })
  .meta({ allowed });

const seconds = (max: number) => {
  const range = `a number above 0 and up to ${max}`;
  const error = `must be ${range}`;
  return z.number({ error }).positive({ error }).max(max, { error }).meta({ allowed: range });
};

function threshold() {
  return section({
    count: wholeNumber(1, 1000).describe("Number of instances, at most sizing.max.").optional(),
    percent: wholeNumber(1, 100).describe("Share of the instances, in per cent.").optional(),
  });
}

const minimumHealthy = section({
  dnsFailover: threshold()
    .describe("With fewer, a zone leaves DNS; at least what routing says. Left out: 1 instance.")
    .optional(),
  routing: threshold()
    .describe("With fewer, requests go to all instances, healthy or not. Left out: 1 instance.")
    .optional(),
});

const webSocket = section({
  heartbeatSeconds: wholeNumber(1, 4000)
    .default(25)
    .describe("Seconds between signs of life on a quiet connection, below loadBalancer.idleTimeoutSeconds."),
});

const retries = section({
  tryTimeoutSeconds: seconds(3600).describe("Longest one try takes, in seconds."),
  maxRetries: wholeNumber(0, 10).default(3).describe("Tries after the first."),
  baseDelaySeconds: z
    .number({ error: "must be a number from 0 to 60" })
    .min(0, { error: "must be a number from 0 to 60" })
    .max(60, { error: "must be a number from 0 to 60" })
    .default(1)
    .meta({ allowed: "a number from 0 to 60" })
    .describe("Seconds before the first of them; each wait is twice the one before."),
  deadlineSeconds: seconds(3600)
    .describe("Seconds after which the service gives up altogether. Left out: after the last try.")
    .optional(),
});

/** How requests are spread over the instances, what is spoken to them, and what is known of their connections. */
export const balancingShape = {
  algorithm: algorithm
    .default("least_outstanding_requests")
    .describe("How requests are spread over the instances. `weighted_random` excludes stickiness."),
  anomalyMitigation: oneOf(["on", "off"])
    .describe(
      "Whether instances that answer worse get fewer requests; with `weighted_random` only. Left out: on there.",
    )
    .optional(),
  crossZone: oneOf(["on", "off"])
    .meta({ default: "on" })
    .describe("Whether requests go to instances of every zone; `off` excludes stickiness.")
    .optional(),
  slowStartSeconds: wholeNumber(30, 900)
    .describe(
      "Seconds over which a new instance gets more and more requests; with `round_robin` only. Left out: at once.",
    )
    .optional(),
  protocol: oneOf(["HTTP", "HTTPS"])
    .meta({ default: "HTTP" })
    .describe("Whether requests and probes to the instances are encrypted.")
    .optional(),
  protocolVersion: oneOf(["HTTP1", "HTTP2", "GRPC"])
    .meta({ default: "HTTP1" })
    .describe(
      "What is spoken to the instances. `HTTP2` and `GRPC` need clients that speak HTTP/2; `GRPC` is probed by a method and judged by codes of gRPC.",
    )
    .optional(),
  minimumHealthy: minimumHealthy
    .describe("How many instances have to be healthy before the load balancer acts.")
    .optional(),
  webSocket: webSocket
    .describe("Says that the endpoint answers with WebSockets: over `HTTP1` only, with 300 s to drain.")
    .optional(),
  keepAliveSeconds: wholeNumber(1, 86_400)
    .describe(
      "Seconds an idle connection is kept, above loadBalancer.idleTimeoutSeconds. Left out: what the service says.",
    )
    .optional(),
  retries: retries
    .describe(
      "How the service calls others while a request waits; it has to end before loadBalancer.idleTimeoutSeconds. Left out: not checked.",
    )
    .optional(),
  drainSeconds: wholeNumber(0, 3600)
    .describe(
      "Seconds an instance that leaves has to finish its requests. Left out: 60, or 300 with webSocket.",
    )
    .optional(),
};
