import type { Judgement } from "../../lib/judgement";
import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { shown, type Value } from "../../lib/value";
import { DISTRIBUTION } from "../types";
import { inherited, lowestVersion, modern, strict } from "./viewer-policies";

const skip = "staging distribution with CloudFront's own certificate";
const path = "viewerCertificate.minimumProtocolVersion";
const noneOfItsOwn = `which means ${inherited} whatever policy is named, must be a certificate of its own`;

/** Whether there is another certificate than CloudFront's own, which takes precedence over it. */
function hasOwn(certificate: Value): boolean {
  return certificate.at("acmCertificateArn").isSet() || certificate.at("iamCertificateId").isSet();
}

/** What is wrong with CloudFront's own certificate, for which it heeds no policy. */
function judgeCloudFronts(distribution: Value): Judgement {
  // Viewers connect to the primary distribution only, which hands some of their requests on.
  if (distribution.at("staging").flag() === true) return { skip };
  const certificate = distribution.at("viewerCertificate");
  const chosen = certificate.at("cloudfrontDefaultCertificate");
  return chosen.flag() === true
    ? [{ path: chosen.path, says: `true, ${noneOfItsOwn}` }]
    : [{ path: certificate.path, says: `names no certificate, ${noneOfItsOwn}` }];
}

function judgePolicy(policy: string | undefined, minimum: string): Judgement {
  const wanted = `must accept only TLS ${minimum} or newer`;
  if (policy === undefined) return [{ path, says: `not set, which means ${inherited}, ${wanted}` }];
  const lowest = lowestVersion(policy);
  if (lowest === undefined) return [{ path, says: `${shown(policy)} is no known policy, ${wanted}` }];
  return lowest >= `TLS ${minimum}` ? [] : [{ path, says: `${shown(policy)} accepts ${lowest}, ${wanted}` }];
}

const wants12 = "must accept only TLS 1.2 or newer";
const arn = "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012";

/** A certificate of one's own with a security policy. */
const own = (minimumProtocolVersion?: string) => ({
  viewerCertificate: { acmCertificateArn: arn, sslSupportMethod: "sni-only", minimumProtocolVersion },
});

export const cdnTlsMinimum = rule({
  name: "cdn-tls-minimum",
  title: "Distributions accept only recent versions of TLS",
  description:
    "TLS 1.0 and 1.1 have known weaknesses and are withdrawn. CloudFront's own certificate, and a certificate without a security policy, accept both.",
  severity: "high",
  level: "mandatory",
  types: DISTRIBUTION,
  parameters: {
    minimum: {
      type: "string",
      description: "Lowest TLS version a distribution may accept.",
      default: "1.2",
      enum: ["1.2", "1.3"],
    },
  },
  frameworks: { fsbp: ["CloudFront.15", "CloudFront.7"] },
  remediation: `Set viewerCertificate.acmCertificateArn, sslSupportMethod "sni-only", and minimumProtocolVersion to a policy whose lowest version is TLS {minimum} or newer: "${modern}" has 1.2, "${strict}" 1.3.`,
  url: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers.html",
  judge(distribution, { config }) {
    if (!hasOwn(distribution.at("viewerCertificate"))) return judgeCloudFronts(distribution);
    return judgePolicy(distribution.at("viewerCertificate", "minimumProtocolVersion").text(), config.minimum);
  },
  scenarios: [
    { name: "a current policy", given: own(modern), is: "pass" },
    { name: "the oldest policy with TLS 1.2", given: own("TLSv1.2_2018"), is: "pass" },
    { name: "TLS 1.3 only", given: own(strict), config: { minimum: "1.3" }, is: "pass" },
    {
      name: "a certificate kept in IAM",
      given: {
        viewerCertificate: { iamCertificateId: "ASCA1EXAMPLE", minimumProtocolVersion: "TLSv1.2_2021" },
      },
      is: "pass",
    },
    {
      name: "a certificate that is created in the same deployment",
      given: { viewerCertificate: { acmCertificateArn: UNKNOWN, minimumProtocolVersion: "TLSv1.2_2021" } },
      is: "pass",
    },
    {
      name: "a policy left to AWS",
      given: own(),
      is: "fail",
      findings: [{ path, says: `not set, which means TLSv1, ${wants12}` }],
    },
    {
      name: "the newest policy with TLS 1.1",
      given: own("TLSv1.1_2016"),
      is: "fail",
      findings: [{ path, says: `"TLSv1.1_2016" accepts TLS 1.1, ${wants12}` }],
    },
    {
      name: "the oldest policy of all",
      given: own("SSLv3"),
      is: "fail",
      findings: [{ path, says: `"SSLv3" accepts SSL 3.0, ${wants12}` }],
    },
    {
      name: "a name nobody published",
      given: own("TLSv1.2"),
      is: "fail",
      findings: [{ path, says: `"TLSv1.2" is no known policy, ${wants12}` }],
    },
    {
      name: "TLS 1.2 where 1.3 is wanted",
      given: own(modern),
      config: { minimum: "1.3" },
      is: "fail",
      findings: [{ path, says: `"${modern}" accepts TLS 1.2, must accept only TLS 1.3 or newer` }],
    },
    {
      name: "CloudFront's own certificate, beside a policy that it does not heed",
      given: { viewerCertificate: { cloudfrontDefaultCertificate: "true", minimumProtocolVersion: modern } },
      is: "fail",
      findings: [{ path: "viewerCertificate.cloudfrontDefaultCertificate", says: `true, ${noneOfItsOwn}` }],
    },
    {
      name: "no certificate at all",
      given: { viewerCertificate: {} },
      is: "fail",
      findings: [{ path: "viewerCertificate", says: `names no certificate, ${noneOfItsOwn}` }],
    },
    {
      name: "an old policy on a staging distribution, whose settings the primary one takes over",
      given: { staging: true, ...own("TLSv1_2016") },
      is: "fail",
      findings: [{ path, says: `"TLSv1_2016" accepts TLS 1.0, ${wants12}` }],
    },
    {
      name: "a staging distribution, which viewers reach by the name of its primary one",
      given: { staging: true, viewerCertificate: { cloudfrontDefaultCertificate: true } },
      is: "skip",
      why: skip,
    },
    {
      name: "a policy not known yet",
      given: own(UNKNOWN),
      is: "deferred",
      deferrals: [{ path, waits: "not known yet" }],
    },
    {
      name: "nothing known of the certificate yet",
      given: { viewerCertificate: UNKNOWN },
      is: "deferred",
      deferrals: [{ path: "viewerCertificate", waits: "not known yet" }],
    },
  ],
});
