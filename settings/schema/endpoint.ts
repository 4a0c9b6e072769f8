import type { z } from "zod";
import type { EnvironmentDefaults } from "../environments";
import { named, oneOf, section, text, wholeNumber } from "../vocabulary";
import { balancingShape } from "./balancing";
import { routeSchema } from "./route";

const successCodes = /^[23][0-9]{2}(-[23][0-9]{2}|(,[23][0-9]{2})*)$/;

const port = () => wholeNumber(1, 65_535);
const healthPath = () => text(/^\/[!-~]{0,1023}$/, 'a path that begins with a slash such as "/health"');
const matcher = () => text(successCodes, 'status codes of 200 to 399 such as "200", "200,204" or "200-299"');
const endpointMatcher = () =>
  text(
    /^[0-9]{1,3}(-[0-9]{1,3}|(,[0-9]{1,3})*)$/,
    'status codes of 200 to 399 such as "200", "200,204" or "200-299", or codes of gRPC such as "0" or "0,12"',
  );
const profile = () => oneOf(["fast", "standard"]);

const profileDoc =
  "How closely instances are watched: `fast` probes every 5 s and takes one out after 19 s at most, `standard` every 30 s and 95 s.";

/** How a service's instances show that they are well, for each endpoint that does not say otherwise. */
export function healthSchema({ healthProfile }: EnvironmentDefaults) {
  return section({
    profile: profile().default(healthProfile).describe(profileDoc),
    path: healthPath().default("/health").describe("Path of the probe."),
    port: port().describe("Port of the probe. Left out: the endpoint's port.").optional(),
    matcher: matcher().default("200").describe("Status codes that mean healthy, in quotes."),
  });
}

const endpointHealth = section({
  profile: profile().describe(profileDoc).optional(),
  path: healthPath()
    .describe('Path of the probe; a method for protocolVersion `GRPC`, "/AWS.ALB/healthcheck" if left out.')
    .optional(),
  port: port().describe("Port of the probe.").optional(),
  matcher: endpointMatcher()
    .describe('Status codes that mean healthy, in quotes; for protocolVersion `GRPC` "12" if left out.')
    .optional(),
});

const stickiness = section({
  mode: oneOf(["off", "balancerCookie", "applicationCookie"])
    .default("off")
    .describe("Whether a client stays with its instance, by a cookie of the balancer or of the application."),
  cookieName: text(/^[\w!#$%&'*+\-.^`|~]{1,256}$/, 'the name of a cookie such as "SESSION"')
    .describe("The application's cookie, for `applicationCookie`.")
    .optional(),
  durationSeconds: wholeNumber(1, 604_800)
    .describe(
      "Seconds a client stays with its instance. Left out: 86400 for `balancerCookie`, 3600 for `applicationCookie`.",
    )
    .optional(),
});

/** One target group and the routes that lead to it. */
export const endpointSchema = section({
  port: port().describe("Port requests go to. Left out: the service's port.").optional(),
  routes: named(routeSchema, 20, "routes").describe(
    "Which requests belong to it. Each route is a rule of the HTTPS listener.",
  ),
  health: endpointHealth.describe("Where its probe differs from the service's.").optional(),
  stickiness: stickiness.prefault({}).describe("Whether a client stays with its instance."),
  ...balancingShape,
  requestsPerTargetPerMinute: wholeNumber(1, 10_000_000)
    .describe("Requests per instance and minute to aim at. Left out: what the service's scaling says.")
    .optional(),
});

/** What a stack says of an endpoint, defaults in place. */
export type EndpointConfig = z.output<typeof endpointSchema>;
/** What a stack says of a service's probe, defaults in place. */
export type HealthConfig = z.output<ReturnType<typeof healthSchema>>;
