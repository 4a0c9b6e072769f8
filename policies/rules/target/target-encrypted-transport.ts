import { apart, type Judgement } from "../../lib/judgement";
import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { shown, type Value } from "../../lib/value";
import { TARGET_GROUP } from "../types";

const encrypted = ["HTTPS", "TLS", "QUIC"];
const wanted = 'must be "HTTPS", "TLS" or "QUIC"';

function judgeProtocol(targetGroup: Value): Judgement {
  const { path } = targetGroup.at("protocol");
  const protocol = targetGroup.at("protocol").text();
  if (protocol !== undefined && encrypted.includes(protocol.toUpperCase())) return [];
  return [{ path, says: `${shown(protocol)}, ${wanted}` }];
}

function judgeHealthCheck(targetGroup: Value): Judgement {
  const protocol = targetGroup.at("healthCheck", "protocol");
  const name = protocol.text();
  if (name?.toUpperCase() === "HTTPS") return [];
  const is = name === undefined ? "not set, which is not encrypted" : shown(name);
  return [{ path: protocol.path, says: `${is}, must be "HTTPS"` }];
}

export const targetEncryptedTransport = rule({
  name: "target-encrypted-transport",
  title: "Load balancers speak to their targets over TLS",
  description:
    "Behind a balancer that ends TLS, requests travel on through the network in the open unless the targets speak TLS as well.",
  severity: "low",
  level: "disabled",
  types: TARGET_GROUP,
  frameworks: { fsbp: ["ELB.21", "ELB.22"] },
  remediation:
    'Set protocol to "HTTPS", or "TLS" for a network load balancer, and healthCheck.protocol to "HTTPS".',
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-22",
  judge(targetGroup) {
    const type = targetGroup.at("targetType").text()?.toLowerCase();
    if (type === "lambda") return { skip: "lambda targets" };
    // What goes on to another balancer passes through as it came; only TCP is allowed.
    if (type === "alb") return judgeHealthCheck(targetGroup);
    if (targetGroup.at("protocol").text()?.toUpperCase() === "GENEVE") return { skip: "GENEVE targets" };
    return apart(
      () => judgeProtocol(targetGroup),
      () => judgeHealthCheck(targetGroup),
    );
  },
  scenarios: [
    { name: "HTTPS", given: { protocol: "HTTPS", healthCheck: { protocol: "HTTPS" } }, is: "pass" },
    {
      name: "TLS behind a network load balancer",
      given: { protocol: "TLS", targetType: "ip", healthCheck: { protocol: "https" } },
      is: "pass",
    },
    { name: "QUIC", given: { protocol: "QUIC", healthCheck: { protocol: "HTTPS" } }, is: "pass" },
    {
      name: "another balancer, asked over HTTPS",
      given: { protocol: "TCP", targetType: "alb", healthCheck: { protocol: "HTTPS" } },
      is: "pass",
    },
    {
      name: "plain HTTP, the health check left to AWS",
      given: { protocol: "HTTP" },
      is: "fail",
      findings: [
        { path: "protocol", says: `"HTTP", ${wanted}` },
        { path: "healthCheck.protocol", says: 'not set, which is not encrypted, must be "HTTPS"' },
      ],
    },
    {
      name: "TLS whose health check is a connection",
      given: { protocol: "TLS", healthCheck: { protocol: "TCP" } },
      is: "fail",
      findings: [{ path: "healthCheck.protocol", says: '"TCP", must be "HTTPS"' }],
    },
    {
      name: "QUIC and plain TCP on one port",
      given: { protocol: "TCP_QUIC", healthCheck: { protocol: "HTTPS" } },
      is: "fail",
      findings: [{ path: "protocol", says: `"TCP_QUIC", ${wanted}` }],
    },
    {
      name: "another balancer, asked over HTTP",
      given: { protocol: "TCP", targetType: "ALB", healthCheck: { protocol: "HTTP" } },
      is: "fail",
      findings: [{ path: "healthCheck.protocol", says: '"HTTP", must be "HTTPS"' }],
    },
    { name: "a function", given: { targetType: "lambda" }, is: "skip", why: "lambda targets" },
    {
      name: "a gateway load balancer's appliances",
      given: { protocol: "GENEVE", port: 6081 },
      is: "skip",
      why: "GENEVE targets",
    },
    {
      name: "plain HTTP, the health check not known yet",
      given: { protocol: "HTTP", healthCheck: { protocol: UNKNOWN } },
      is: "fail",
      findings: [{ path: "protocol", says: `"HTTP", ${wanted}` }],
      deferrals: [{ path: "healthCheck.protocol", waits: "not known yet" }],
    },
    {
      name: "a protocol not known yet",
      given: { protocol: UNKNOWN, healthCheck: { protocol: "HTTP" } },
      is: "deferred",
      deferrals: [{ path: "protocol", waits: "not known yet" }],
    },
  ],
});
