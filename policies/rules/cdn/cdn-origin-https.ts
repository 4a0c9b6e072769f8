import { every } from "../../lib/answers";
import { apart, each, type Judgement } from "../../lib/judgement";
import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { shown, type Value } from "../../lib/value";
import { DISTRIBUTION } from "../types";
import { isCustom } from "./origins";

const skip = "no custom origin";

function judgeOrigin(origin: Value): Judgement {
  if (!isCustom(origin)) return [];
  const custom = origin.at("customOriginConfig");
  return apart(
    () => judgePolicy(custom.at("originProtocolPolicy")),
    () => judgeVersions(custom.at("originSslProtocols")),
  );
}

function judgePolicy(property: Value): Judgement {
  const policy = property.text();
  if (policy === "https-only") return [];
  return [{ path: property.path, says: `${shown(policy)}, must be "https-only"` }];
}

function judgeVersions(list: Value): Judgement {
  if (list.items().length === 0) return [{ path: list.path, says: 'not set, must hold "TLSv1.2" alone' }];
  return each(list, (element) => {
    const version = element.text();
    if (version === "TLSv1.2") return [];
    return [{ path: element.path, says: `${shown(version)}, must be "TLSv1.2"` }];
  });
}

const path = "origins[0].customOriginConfig";

/** A custom origin that CloudFront connects to in this way. */
const custom = (originProtocolPolicy: string, ...originSslProtocols: readonly string[]) => ({
  originId: "web",
  domainName: "web.example.com",
  customOriginConfig: { httpPort: 80, httpsPort: 443, originProtocolPolicy, originSslProtocols },
});

export const cdnOriginHttps = rule({
  name: "cdn-origin-https",
  title: "Distributions connect to their custom origins by TLS 1.2 only",
  description:
    "The way from CloudFront to an origin leads through the internet too. What a viewer sent by HTTPS goes on in plain text, or by a version of TLS that is withdrawn.",
  severity: "high",
  level: "mandatory",
  types: DISTRIBUTION,
  frameworks: { fsbp: ["CloudFront.9", "CloudFront.10"] },
  remediation:
    'Set originProtocolPolicy to "https-only" and originSslProtocols to ["TLSv1.2"]. A bucket\'s website speaks no HTTPS: name the bucket itself, with an origin access control.',
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudfront-controls.html#cloudfront-9",
  judge(distribution) {
    const origins = distribution.at("origins");
    if (every(origins.items(), (origin) => !isCustom(origin))) return { skip };
    return each(origins, judgeOrigin);
  },
  scenarios: [
    { name: "TLS 1.2", given: { origins: [custom("https-only", "TLSv1.2")] }, is: "pass" },
    {
      name: "TLS 1.2, beside a bucket",
      given: { origins: [{ originId: "files", domainName: UNKNOWN }, custom("https-only", "TLSv1.2")] },
      is: "pass",
    },
    {
      name: "plain HTTP",
      given: { origins: [custom("http-only", "TLSv1.2")] },
      is: "fail",
      findings: [{ path: `${path}.originProtocolPolicy`, says: '"http-only", must be "https-only"' }],
    },
    {
      name: "what the viewer uses",
      given: { origins: [custom("match-viewer", "TLSv1.2")] },
      is: "fail",
      findings: [{ path: `${path}.originProtocolPolicy`, says: '"match-viewer", must be "https-only"' }],
    },
    {
      name: "older versions too",
      given: { origins: [custom("https-only", "TLSv1", "TLSv1.1", "TLSv1.2", "SSLv3")] },
      is: "fail",
      findings: [
        { path: `${path}.originSslProtocols[0]`, says: '"TLSv1", must be "TLSv1.2"' },
        { path: `${path}.originSslProtocols[1]`, says: '"TLSv1.1", must be "TLSv1.2"' },
        { path: `${path}.originSslProtocols[3]`, says: '"SSLv3", must be "TLSv1.2"' },
      ],
    },
    {
      name: "left out",
      given: { origins: [{ originId: "web", domainName: "web.example.com", customOriginConfig: {} }] },
      is: "fail",
      findings: [
        { path: `${path}.originProtocolPolicy`, says: 'not set, must be "https-only"' },
        { path: `${path}.originSslProtocols`, says: 'not set, must hold "TLSv1.2" alone' },
      ],
    },
    {
      name: "one origin certain, one not known yet",
      given: { origins: [custom("http-only", "TLSv1.2"), UNKNOWN] },
      is: "fail",
      findings: [{ path: `${path}.originProtocolPolicy`, says: '"http-only", must be "https-only"' }],
      deferrals: [{ path: "origins[1]", waits: "not known yet" }],
    },
    {
      name: "a bucket",
      given: { origins: [{ originId: "files", domainName: UNKNOWN, originAccessControlId: UNKNOWN }] },
      is: "skip",
      why: skip,
    },
    {
      name: "a load balancer inside a network",
      given: {
        origins: [{ originId: "web", domainName: UNKNOWN, vpcOriginConfig: { vpcOriginId: UNKNOWN } }],
      },
      is: "skip",
      why: skip,
    },
    {
      name: "a version not known yet",
      given: { origins: [custom("https-only", UNKNOWN, "TLSv1.2")] },
      is: "deferred",
      deferrals: [{ path: `${path}.originSslProtocols[0]`, waits: "not known yet" }],
    },
    {
      name: "origins not known yet",
      given: { origins: UNKNOWN },
      is: "deferred",
      deferrals: [{ path: "origins", waits: "not known yet" }],
    },
  ],
});
