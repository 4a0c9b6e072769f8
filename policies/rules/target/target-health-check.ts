import { apart, type Judgement } from "../../lib/judgement";
import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { shown, type Value } from "../../lib/value";
import { TARGET_GROUP } from "../types";

const web = ["HTTP", "HTTPS"];

/** Why health checks of a group are not this pack's matter: AWS does them differently, or not at all. */
function apartFromInstances(targetGroup: Value): string | undefined {
  const type = targetGroup.at("targetType").text()?.toLowerCase() ?? "instance";
  return type === "lambda" || type === "alb" ? `${type} targets` : undefined;
}

/** Protocol of the targets; only lambda functions have none. */
function protocolOf(targetGroup: Value): string {
  return targetGroup.at("protocol").text()?.toUpperCase() ?? "HTTP";
}

/** The first code of 400 or more that a matcher such as `200,202` or `200-499` accepts. */
function failingCode(matcher: string): string | undefined {
  return matcher.split(",").find((range) => {
    const last = Number(range.split("-").at(-1));
    return last >= 400;
  });
}

function judgeMatcher(targetGroup: Value): Judgement {
  const matcher = targetGroup.at("healthCheck", "matcher");
  // The codes of gRPC run from 0 to 99 and say something else.
  if (targetGroup.at("protocolVersion").text()?.toUpperCase() === "GRPC") return [];
  const codes = matcher.text();
  if (codes === undefined || failingCode(codes) === undefined) return [];
  return [{ path: matcher.path, says: `${shown(codes)} takes an error for an answer, must stay below 400` }];
}

function judgeProtocol(targetGroup: Value): Judgement {
  const protocol = targetGroup.at("healthCheck", "protocol");
  const name = protocol.text();
  if (name === undefined || web.includes(name.toUpperCase())) return [];
  return [{ path: protocol.path, says: `${shown(name)}, must be "HTTP" or "HTTPS"` }];
}

function judgePath(targetGroup: Value): Judgement {
  const path = targetGroup.at("healthCheck", "path");
  return path.isSet()
    ? []
    : [{ path: path.path, says: "not set, must be a path that answers for the service" }];
}

function judgeEnabled(targetGroup: Value): Judgement {
  const enabled = targetGroup.at("healthCheck", "enabled");
  return enabled.flag() === false ? [{ path: enabled.path, says: "false, must be true" }] : [];
}

const healthy = { protocol: "HTTP", healthCheck: { path: "/health", protocol: "HTTP", matcher: "200" } };

export const targetHealthCheck = rule({
  name: "target-health-check",
  title: "Target groups check that their targets are healthy",
  description:
    "A balancer finds out that a target is broken only by asking it. An open port, the front page or an error code prove little.",
  severity: "high",
  level: "mandatory",
  types: TARGET_GROUP,
  frameworks: {},
  remediation: 'Set healthCheck with protocol "HTTP" or "HTTPS", a path such as "/health" and matcher "200".',
  url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html",
  *judge(targetGroup) {
    const skip = apartFromInstances(targetGroup);
    if (skip !== undefined) return { skip };
    if (!targetGroup.at("healthCheck").isSet()) {
      yield { path: "healthCheck", says: "not set, must be a check of the service" };
      return undefined;
    }
    yield* apart(() => judgeEnabled(targetGroup));
    if (!web.includes(protocolOf(targetGroup))) return undefined;
    yield* apart(
      () => judgeProtocol(targetGroup),
      () => judgePath(targetGroup),
      () => judgeMatcher(targetGroup),
    );
    return undefined;
  },
  scenarios: [
    { name: "a path of its own", given: healthy, is: "pass" },
    {
      name: "a TCP group, whose check may be a connection",
      given: { protocol: "TCP", healthCheck: { protocol: "TCP" } },
      is: "pass",
    },
    {
      name: "gRPC codes",
      given: { ...healthy, protocolVersion: "GRPC", healthCheck: { path: "/grpc.health", matcher: "0-12" } },
      is: "pass",
    },
    {
      name: "none",
      given: { protocol: "HTTP", port: 8080 },
      is: "fail",
      findings: [{ path: "healthCheck", says: "not set, must be a check of the service" }],
    },
    {
      name: "switched off, as a text",
      given: { protocol: "TCP", healthCheck: { enabled: "false" } },
      is: "fail",
      findings: [{ path: "healthCheck.enabled", says: "false, must be true" }],
    },
    {
      name: "a connection, no path, and errors taken for answers",
      given: { protocol: "HTTPS", healthCheck: { protocol: "TCP", matcher: "200-299,404" } },
      is: "fail",
      findings: [
        { path: "healthCheck.protocol", says: '"TCP", must be "HTTP" or "HTTPS"' },
        { path: "healthCheck.path", says: "not set, must be a path that answers for the service" },
        {
          path: "healthCheck.matcher",
          says: '"200-299,404" takes an error for an answer, must stay below 400',
        },
      ],
    },
    { name: "a function", given: { targetType: "lambda" }, is: "skip", why: "lambda targets" },
    {
      name: "another balancer",
      given: { targetType: "alb", protocol: "TCP" },
      is: "skip",
      why: "alb targets",
    },
    {
      name: "one value certain, others not known yet",
      given: { protocol: "HTTP", healthCheck: { enabled: UNKNOWN, path: UNKNOWN, matcher: "200-499" } },
      is: "fail",
      findings: [
        { path: "healthCheck.matcher", says: '"200-499" takes an error for an answer, must stay below 400' },
      ],
      deferrals: [{ path: "healthCheck.enabled", waits: "not known yet" }],
    },
    {
      name: "a protocol not known yet",
      given: { protocol: UNKNOWN, healthCheck: {} },
      is: "deferred",
      deferrals: [{ path: "protocol", waits: "not known yet" }],
    },
  ],
});
