import { every } from "../../lib/answers";
import { each, type Judgement } from "../../lib/judgement";
import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import type { Value } from "../../lib/value";
import { DISTRIBUTION } from "../types";
import { isBucket } from "./origins";

const skip = "no bucket among its origins";
const wanted = "must name an origin access control";

function judgeOrigin(origin: Value): Judgement {
  if (!isBucket(origin)) return [];
  const control = origin.at("originAccessControlId");
  if (control.isSet()) return [];
  const identity = origin.at("s3OriginConfig", "originAccessIdentity");
  const is = identity.isSet() ? "not set beside an origin access identity, which it replaces" : "not set";
  return [{ path: control.path, says: `${is}, ${wanted}` }];
}

const path = "origins[0].originAccessControlId";

/** An origin by its name. */
const origin = (domainName: string, more: object = {}) => ({ originId: "files", domainName, ...more });

/** What a custom origin has; a bucket's website is one. */
const customOriginConfig = { originProtocolPolicy: "http-only", originSslProtocols: ["TLSv1.2"] };

/** Names of buckets' own endpoints. */
const buckets = [
  "files.s3.eu-west-1.amazonaws.com",
  "files.s3.amazonaws.com",
  "my.files.s3-eu-west-1.amazonaws.com",
  "files.s3.dualstack.eu-west-1.amazonaws.com",
  "files.s3.us-gov-west-1.amazonaws.com",
  "FILES.S3.cn-north-1.amazonaws.com.cn",
];

/** Names of other things, some of which look like it. */
const others = [
  "files.s3-website-eu-west-1.amazonaws.com",
  "files.s3-website.eu-central-1.amazonaws.com",
  "edge-123.eu-west-1.elb.amazonaws.com",
  "abc.execute-api.eu-west-1.amazonaws.com",
  "files.s3.eu-west-1.amazonaws.com.example.com",
];

export const cdnOriginAccess = rule({
  name: "cdn-origin-access",
  title: "Distributions sign what they ask of a bucket",
  description:
    "With an origin access control a bucket answers its distribution and nobody else. Without one it has to be open to everybody, past the distribution's cache, web ACL and logs.",
  severity: "medium",
  level: "mandatory",
  types: DISTRIBUTION,
  frameworks: { fsbp: ["CloudFront.13"] },
  remediation:
    "Set originAccessControlId to the id of an aws.cloudfront.OriginAccessControl, and admit the distribution in the bucket's policy.",
  url: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html",
  judge(distribution) {
    const origins = distribution.at("origins");
    if (every(origins.items(), (one) => !isBucket(one))) return { skip };
    return each(origins, judgeOrigin);
  },
  scenarios: [
    {
      name: "an origin access control",
      given: {
        origins: [origin("files.s3.eu-west-1.amazonaws.com", { originAccessControlId: "E2EXAMPLE" })],
      },
      is: "pass",
    },
    {
      name: "a bucket and an origin access control that are created in the same deployment",
      given: { origins: [origin(UNKNOWN, { originAccessControlId: UNKNOWN })] },
      is: "pass",
    },
    {
      name: "none, for a bucket in any of the spellings of its name",
      given: { origins: buckets.map((name) => origin(name, { customOriginConfig })) },
      is: "fail",
      findings: buckets.map((_, index) => ({
        path: `origins[${index}].originAccessControlId`,
        says: `not set, ${wanted}`,
      })),
    },
    {
      name: "none, for a bucket that is not created yet",
      given: { origins: [origin(UNKNOWN)] },
      is: "fail",
      findings: [{ path, says: `not set, ${wanted}` }],
    },
    {
      name: "an origin access identity, the older way",
      given: { origins: [origin(UNKNOWN, { s3OriginConfig: { originAccessIdentity: UNKNOWN } })] },
      is: "fail",
      findings: [{ path, says: `not set beside an origin access identity, which it replaces, ${wanted}` }],
    },
    {
      name: "one bucket certain, one origin not known yet",
      given: { origins: [origin(UNKNOWN, { originAccessControlId: "" }), UNKNOWN] },
      is: "fail",
      findings: [{ path, says: `not set, ${wanted}` }],
      deferrals: [{ path: "origins[1]", waits: "not known yet" }],
    },
    {
      name: "a bucket's website, and other things that cannot sign",
      given: { origins: others.map((name) => origin(name, { customOriginConfig })) },
      is: "skip",
      why: skip,
    },
    {
      name: "load balancers that are not created yet",
      given: {
        origins: [
          origin(UNKNOWN, { customOriginConfig }),
          origin(UNKNOWN, { vpcOriginConfig: { vpcOriginId: UNKNOWN } }),
        ],
      },
      is: "skip",
      why: skip,
    },
    {
      name: "origins not known yet",
      given: { origins: UNKNOWN },
      is: "deferred",
      deferrals: [{ path: "origins", waits: "not known yet" }],
    },
  ],
});
