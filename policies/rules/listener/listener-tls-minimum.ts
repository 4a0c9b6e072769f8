import { rule } from "../../lib/rule";
import { lowestVersion } from "../../lib/tls-policies";
import { UNKNOWN } from "../../lib/unknown";
import { shown } from "../../lib/value";
import { LISTENER } from "../types";
import { endsTls, protocolOf } from "./protocols";
import { inherited, modern, strict } from "./security-policies";

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
  remediation: `Set sslPolicy to a policy whose lowest version is TLS {minimum} or newer: "${modern}" has 1.2, "${strict}" 1.3.`,
  url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html",
  judge(listener, { config }) {
    const protocol = protocolOf(listener);
    if (!endsTls(protocol)) return { skip: `${protocol} listener` };
    const path = "sslPolicy";
    const policy = listener.at(path).text();
    const wanted = `must accept only TLS ${config.minimum} or newer`;
    if (policy === undefined) {
      return [{ path, says: `not set, which means ${inherited} with TLS 1.0, ${wanted}` }];
    }
    const lowest = lowestVersion(policy);
    if (lowest === undefined) return [{ path, says: `${shown(policy)} is no known policy, ${wanted}` }];
    // Versions are one digit, a dot and one digit, so they compare as text.
    return lowest >= config.minimum
      ? []
      : [{ path, says: `${shown(policy)} accepts TLS ${lowest}, ${wanted}` }];
  },
  fix: (_, { config }) => [{ path: "sslPolicy", value: config.minimum === "1.3" ? strict : modern }],
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
          says: `not set, which means ${inherited} with TLS 1.0, ${wants12}`,
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
