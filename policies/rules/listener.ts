import { apart, each, type Judgement } from "../lib/judgement";
import { rule } from "../lib/rule";
import { lowestVersion } from "../lib/tls-policies";
import { UNKNOWN } from "../lib/unknown";
import { shown, type Value } from "../lib/value";
import { LISTENER } from "./types";

const encrypted = ["HTTPS", "TLS"];
const modern = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09";

/** What a listener speaks. Unset means HTTP; a gateway load balancer's listener has neither protocol nor port. */
function protocolOf(listener: Value): string {
  const protocol = listener.at("protocol").text()?.toUpperCase();
  return protocol ?? (listener.at("port").isSet() ? "HTTP" : "gateway");
}

const wants12 = "must accept only TLS 1.2 or newer";

export const listenerTlsMinimum = rule({
  name: "listener-tls-minimum",
  title: "HTTPS and TLS listeners accept only recent versions of TLS",
  description:
    "TLS 1.0 and 1.1 have known weaknesses and are withdrawn. A listener without a security policy gets the one of 2016, which accepts both.",
  severity: "high",
  level: "mandatory",
  types: LISTENER,
  parameters: {
    minimum: {
      type: "string",
      description: "Lowest TLS version a listener may accept.",
      default: "1.2",
      enum: ["1.2", "1.3"],
    },
  },
  frameworks: { fsbp: ["ELB.17"] },
  remediation: `Set sslPolicy to "${modern}" or, for clients with TLS 1.3 only, "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09".`,
  url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html",
  judge(listener, { config }) {
    const protocol = protocolOf(listener);
    if (!encrypted.includes(protocol)) return { skip: `${protocol} listener` };
    const path = "sslPolicy";
    const policy = listener.at(path).text();
    const wanted = `must accept only TLS ${config.minimum} or newer`;
    if (policy === undefined) {
      return [{ path, says: `not set, which means ELBSecurityPolicy-2016-08 with TLS 1.0, ${wanted}` }];
    }
    const lowest = lowestVersion(policy);
    if (lowest === undefined) return [{ path, says: `${shown(policy)} is no known policy, ${wanted}` }];
    // Versions are one digit, a dot and one digit, so they compare as text.
    return lowest >= config.minimum
      ? []
      : [{ path, says: `${shown(policy)} accepts TLS ${lowest}, ${wanted}` }];
  },
  scenarios: [
    { name: "a current policy", given: { protocol: "HTTPS", port: 443, sslPolicy: modern }, is: "pass" },
    {
      name: "a network load balancer's TLS listener",
      given: { protocol: "TLS", port: 443, sslPolicy: "ELBSecurityPolicy-TLS-1-2-2017-01" },
      is: "pass",
    },
    {
      name: "left to AWS",
      given: { protocol: "HTTPS", port: 443 },
      is: "fail",
      findings: [
        {
          path: "sslPolicy",
          says: `not set, which means ELBSecurityPolicy-2016-08 with TLS 1.0, ${wants12}`,
        },
      ],
    },
    {
      name: "a name with 13 in it that still accepts 1.0",
      given: { protocol: "HTTPS", port: 443, sslPolicy: "ELBSecurityPolicy-TLS13-1-0-FIPS-PQ-2025-09" },
      is: "fail",
      findings: [
        {
          path: "sslPolicy",
          says: `"ELBSecurityPolicy-TLS13-1-0-FIPS-PQ-2025-09" accepts TLS 1.0, ${wants12}`,
        },
      ],
    },
    {
      name: "a name nobody published",
      given: { protocol: "HTTPS", port: 443, sslPolicy: "ELBSecurityPolicy-Best" },
      is: "fail",
      findings: [{ path: "sslPolicy", says: `"ELBSecurityPolicy-Best" is no known policy, ${wants12}` }],
    },
    {
      name: "TLS 1.2 where 1.3 is wanted",
      given: { protocol: "HTTPS", port: 443, sslPolicy: modern },
      config: { minimum: "1.3" },
      is: "fail",
      findings: [
        { path: "sslPolicy", says: `"${modern}" accepts TLS 1.2, must accept only TLS 1.3 or newer` },
      ],
    },
    { name: "plain HTTP", given: { protocol: "HTTP", port: 80 }, is: "skip", why: "HTTP listener" },
    { name: "a gateway load balancer", given: {}, is: "skip", why: "gateway listener" },
    {
      name: "a policy not known yet",
      given: { protocol: "HTTPS", port: 443, sslPolicy: UNKNOWN },
      is: "deferred",
      deferrals: [{ path: "sslPolicy", waits: "not known yet" }],
    },
  ],
});

/** What is wrong with an action of a plain HTTP listener. */
function judgePlainAction(action: Value, allowFixedResponse: boolean): Judgement {
  const type = action.at("type");
  const name = type.text();
  if (name === "fixed-response" && allowFixedResponse) return [];
  if (name !== "redirect") return [{ path: type.path, says: `${shown(name)}, must be "redirect"` }];
  const protocol = action.at("redirect", "protocol");
  const port = action.at("redirect", "port");
  return apart(
    () => mustBe(protocol, "HTTPS", "not set, which keeps HTTP"),
    () => mustBe(port, "443", "not set, which keeps the port"),
  );
}

function mustBe(value: Value, wanted: string, unset: string): Judgement {
  const text = value.text();
  if (text?.toUpperCase() === wanted) return [];
  return [{ path: value.path, says: `${text === undefined ? unset : shown(text)}, must be "${wanted}"` }];
}

const httpsRedirect = {
  type: "redirect",
  redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" },
};

export const listenerHttpRedirect = rule({
  name: "listener-http-redirect",
  title: "HTTP listeners only redirect to HTTPS",
  description:
    "What travels over plain HTTP can be read and changed on its way, on whatever port it is served.",
  severity: "high",
  level: "mandatory",
  types: LISTENER,
  parameters: {
    allowFixedResponse: {
      type: "boolean",
      description: "Whether an HTTP listener may also answer with a fixed response.",
      default: false,
    },
  },
  frameworks: { fsbp: ["ELB.1"] },
  remediation:
    'Make every default action a redirect with protocol "HTTPS", port "443" and statusCode "HTTP_301".',
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-1",
  *judge(listener, { config }) {
    const protocol = protocolOf(listener);
    if (protocol !== "HTTP") return { skip: `${protocol} listener` };
    const actions = listener.at("defaultActions");
    if (actions.items().length === 0) yield { path: "defaultActions", says: "not set, must be a redirect" };
    yield* each(actions, (action) => judgePlainAction(action, config.allowFixedResponse));
    return undefined;
  },
  scenarios: [
    {
      name: "a redirect to HTTPS",
      given: { protocol: "HTTP", port: 80, defaultActions: [httpsRedirect] },
      is: "pass",
    },
    {
      name: "a forward, with the protocol left to AWS",
      given: { port: 80, defaultActions: [{ type: "forward", targetGroupArn: UNKNOWN }] },
      is: "fail",
      findings: [{ path: "defaultActions[0].type", says: '"forward", must be "redirect"' }],
    },
    {
      name: "plain HTTP on another port",
      given: { protocol: "HTTP", port: 8080, defaultActions: [{ type: "fixed-response" }] },
      is: "fail",
      findings: [{ path: "defaultActions[0].type", says: '"fixed-response", must be "redirect"' }],
    },
    {
      name: "a redirect that keeps HTTP",
      given: {
        protocol: "HTTP",
        port: 80,
        defaultActions: [{ type: "redirect", redirect: { host: "www.example.com" } }],
      },
      is: "fail",
      findings: [
        { path: "defaultActions[0].redirect.protocol", says: 'not set, which keeps HTTP, must be "HTTPS"' },
        { path: "defaultActions[0].redirect.port", says: 'not set, which keeps the port, must be "443"' },
      ],
    },
    {
      name: "no action",
      given: { protocol: "HTTP", port: 80 },
      is: "fail",
      findings: [{ path: "defaultActions", says: "not set, must be a redirect" }],
    },
    {
      name: "a fixed response where it is allowed",
      given: { protocol: "HTTP", port: 80, defaultActions: [{ type: "fixed-response" }] },
      config: { allowFixedResponse: true },
      is: "pass",
    },
    { name: "an HTTPS listener", given: { protocol: "HTTPS", port: 443 }, is: "skip", why: "HTTPS listener" },
    { name: "a gateway load balancer", given: {}, is: "skip", why: "gateway listener" },
    {
      name: "one action certain, one not known yet",
      given: {
        protocol: "HTTP",
        port: 80,
        defaultActions: [
          { type: "redirect", redirect: { protocol: UNKNOWN, port: 443 } },
          { type: "forward" },
        ],
      },
      is: "fail",
      findings: [{ path: "defaultActions[1].type", says: '"forward", must be "redirect"' }],
      deferrals: [{ path: "defaultActions[0].redirect.protocol", waits: "not known yet" }],
    },
    {
      name: "actions not known yet",
      given: { protocol: "HTTP", port: 80, defaultActions: UNKNOWN },
      is: "deferred",
      deferrals: [{ path: "defaultActions", waits: "not known yet" }],
    },
  ],
});

export const listenerCertificateSet = rule({
  name: "listener-certificate-set",
  title: "HTTPS and TLS listeners have a certificate",
  description:
    "A listener that ends TLS needs a certificate; without one AWS refuses it halfway through a deployment.",
  severity: "high",
  level: "mandatory",
  types: LISTENER,
  frameworks: { fsbp: ["ELB.18"] },
  remediation: "Set certificateArn to the ARN of an ACM certificate in the listener's region.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-18",
  judge(listener) {
    const protocol = protocolOf(listener);
    if (!encrypted.includes(protocol)) return { skip: `${protocol} listener` };
    if (listener.at("certificateArn").isSet()) return [];
    return [{ path: "certificateArn", says: "not set, must be the ARN of a certificate" }];
  },
  scenarios: [
    {
      name: "a certificate",
      given: {
        protocol: "HTTPS",
        port: 443,
        certificateArn: "arn:aws:acm:eu-west-1:123456789012:certificate/12345678-1234-1234-1234-123456789012",
      },
      is: "pass",
    },
    {
      name: "a certificate that is created in the same deployment",
      given: { protocol: "TLS", port: 443, certificateArn: UNKNOWN },
      is: "pass",
    },
    {
      name: "none",
      given: { protocol: "HTTPS", port: 443 },
      is: "fail",
      findings: [{ path: "certificateArn", says: "not set, must be the ARN of a certificate" }],
    },
    {
      name: "an empty one",
      given: { protocol: "TLS", port: 443, certificateArn: "" },
      is: "fail",
      findings: [{ path: "certificateArn", says: "not set, must be the ARN of a certificate" }],
    },
    { name: "plain HTTP", given: { protocol: "HTTP", port: 80 }, is: "skip", why: "HTTP listener" },
    {
      name: "a protocol not known yet",
      given: { protocol: UNKNOWN, port: 443 },
      is: "deferred",
      deferrals: [{ path: "protocol", waits: "not known yet" }],
    },
  ],
});
