import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { shown } from "../../lib/value";
import { LISTENER } from "../types";
import { endsTls, protocolOf } from "./protocols";
import { inherited, modern, recommended } from "./security-policies";

const wanted = "must be a recommended policy";

export const listenerTlsRecommended = rule({
  name: "listener-tls-recommended",
  title: "HTTPS and TLS listeners use a recommended security policy",
  description:
    "Beside its lowest version, a policy decides on ciphers. The recommended ones offer no cipher without forward secrecy and none that chains blocks.",
  severity: "medium",
  level: "advisory",
  types: LISTENER,
  parameters: {
    policies: {
      type: "array",
      description: "Names of the security policies a listener may use.",
      items: { type: "string" },
      default: recommended,
    },
  },
  frameworks: { fsbp: ["ELB.17"] },
  remediation: "Set sslPolicy to one of {policies}.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-17",
  judge(listener, { config }) {
    const protocol = protocolOf(listener);
    if (!endsTls(protocol)) return { skip: `${protocol} listener` };
    const path = "sslPolicy";
    const policy = listener.at(path).text();
    if (policy !== undefined && config.policies.includes(policy)) return [];
    const is = policy === undefined ? `not set, which means ${inherited}` : shown(policy);
    return [{ path, says: `${is}, ${wanted}` }];
  },
  scenarios: [
    {
      name: "what AWS recommends",
      given: { protocol: "HTTPS", port: 443, sslPolicy: modern },
      is: "pass",
    },
    {
      name: "a network load balancer's TLS listener",
      given: { protocol: "TLS", port: 443, sslPolicy: "ELBSecurityPolicy-TLS13-1-3-2021-06" },
      is: "pass",
    },
    {
      name: "TLS 1.2 with ciphers that chain blocks",
      given: { protocol: "HTTPS", port: 443, sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06" },
      is: "fail",
      findings: [{ path: "sslPolicy", says: `"ELBSecurityPolicy-TLS13-1-2-2021-06", ${wanted}` }],
    },
    {
      name: "TLS 1.2 with ciphers without forward secrecy",
      given: { protocol: "TLS", port: 443, sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06" },
      is: "fail",
      findings: [{ path: "sslPolicy", says: `"ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06", ${wanted}` }],
    },
    {
      name: "left to AWS",
      given: { protocol: "HTTPS", port: 443 },
      is: "fail",
      findings: [{ path: "sslPolicy", says: `not set, which means ELBSecurityPolicy-2016-08, ${wanted}` }],
    },
    {
      name: "a policy the stack allows",
      given: { protocol: "HTTPS", port: 443, sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06" },
      config: { policies: ["ELBSecurityPolicy-TLS13-1-2-2021-06"] },
      is: "pass",
    },
    {
      name: "a recommended policy the stack does not allow",
      given: { protocol: "HTTPS", port: 443, sslPolicy: modern },
      config: { policies: ["ELBSecurityPolicy-TLS13-1-2-2021-06"] },
      is: "fail",
      findings: [{ path: "sslPolicy", says: `"${modern}", ${wanted}` }],
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
