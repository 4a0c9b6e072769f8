import type { Judgement } from "../../lib/judgement";
import { rule } from "../../lib/rule";
import { SUBJECT } from "../../lib/scenario";
import { UNKNOWN } from "../../lib/unknown";
import type { Value } from "../../lib/value";
import { BUCKET, BUCKET_POLICY } from "../types";
import { aboutExisting, aboutPlanned, existing, other, planned } from "./examples";
import { about, mayBeAbout } from "./settings";
import { isOfDirectoryBucket, openWithoutTls } from "./transport";

const path = "policy";
const speaks = about(BUCKET_POLICY);

function judgePolicy(policy: Value, bucket: Value): Judgement {
  const open = openWithoutTls(policy, bucket);
  if (open === undefined) return [{ path, waits: "not known yet" }];
  if (open.length === 0) return [];
  return [
    { path, says: `lets requests without TLS reach ${open.join(" and ")}, must deny them to everybody` },
  ];
}

const type = "aws:s3/bucketPolicy:BucketPolicy";
const withoutTls = { Bool: { "aws:SecureTransport": "false" } };
const both = [existing.arn, `${existing.arn}/*`];
const deny = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: both, Condition: withoutTls };
const allow = {
  Effect: "Allow",
  Principal: { AWS: "123456789012" },
  Action: "s3:GetObject",
  Resource: both[1],
};
/** What the policy of a directory bucket allows: it has actions of its own. */
const session = {
  ...allow,
  Action: "s3express:CreateSession",
  Resource: "arn:aws:s3express:eu-west-1:123456789012:bucket/fast--euw1-az1--x-s3",
};
const document = (...Statement: readonly object[]) => ({ Version: "2012-10-17", Statement });
const text = (...statements: readonly object[]) => JSON.stringify(document(...statements));

/** A policy as its own resource says it, of a bucket that exists. */
const ofPolicy = (policy: unknown, bucket = existing.bucket) => ({
  types: BUCKET_POLICY,
  given: { bucket, policy },
});
const ofBucket = { types: BUCKET };
const lets = (what: string) => [
  { path, says: `lets requests without TLS reach ${what}, must deny them to everybody` },
];
const none = [
  { path, says: "no bucket policy, which lets requests without TLS in, must have one that denies them" },
];

export const bucketTlsOnly = rule({
  name: "bucket-tls-only",
  title: "Buckets answer no request without TLS",
  description:
    "S3 also serves plain HTTP, over which objects and the signatures of requests can be read on the way. Only the bucket's policy can refuse it.",
  severity: "medium",
  level: "mandatory",
  types: [...BUCKET, ...BUCKET_POLICY],
  frameworks: { fsbp: ["S3.5"] },
  remediation:
    'Give the bucket an aws.s3.BucketPolicy that denies s3:* to "*" on the bucket and on its objects (arn and arn/*) if Bool aws:SecureTransport is "false".',
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-5",
  judge(props, given) {
    const policy = props.at(path);
    // Whether a bucket that does not say it itself has a policy, only the stack can tell.
    if (BUCKET.includes(given.type) && !policy.isSet()) return [];
    const bucket = props.at("bucket");
    return isOfDirectoryBucket(policy, bucket) ? { skip: "directory bucket" } : judgePolicy(policy, bucket);
  },
  judgeInStack(bucket, { stack }) {
    if (!BUCKET.includes(bucket.type) || bucket.inputs.at(path).isSet()) return [];
    const { certain, possible } = stack.linked(bucket, speaks);
    if (certain.length > 0) return [];
    return possible[0] === undefined ? none : mayBeAbout(path, possible[0]);
  },
  scenarios: [
    { ...ofPolicy(text(allow, deny)), name: "a policy that denies it", is: "pass" },
    {
      ...ofPolicy({
        ...document(),
        Statement: { ...deny, Principal: { AWS: ["*"] }, Action: ["*"], Resource: "*" },
      }),
      name: "one statement, as an object, in other words",
      is: "pass",
    },
    {
      ...ofPolicy(
        text({ ...deny, Condition: { BoolIfExists: { "AWS:SecureTransport": [false] } } }),
        UNKNOWN,
      ),
      name: "a boolean, in the policy of a bucket not known yet",
      is: "pass",
    },
    {
      ...ofPolicy(text({ ...deny, Resource: both[0] }, { ...deny, Resource: both[1] })),
      name: "two statements, for the bucket and for its objects",
      is: "pass",
    },
    {
      ...ofPolicy(text({ ...deny, Condition: { NumericLessThanIfExists: { "s3:TlsVersion": 1.2 } } })),
      name: "a TLS version that has to be there",
      is: "pass",
    },
    {
      ...ofPolicy({ ...document({ ...allow, Principal: UNKNOWN }, deny) }),
      name: "beside a statement not known yet",
      is: "pass",
    },
    { ...ofBucket, name: "a policy in the bucket", given: { ...existing, policy: text(deny) }, is: "pass" },
    {
      ...ofBucket,
      name: "a bucket with a policy",
      given: {},
      outputs: existing,
      stack: [aboutExisting("policy", type, { policy: text(deny) })],
      is: "pass",
    },
    {
      ...ofBucket,
      name: "a bucket with a policy, before either exists",
      given: {},
      outputs: { ...planned, policy: UNKNOWN },
      stack: [other, aboutPlanned("policy", type, { policy: UNKNOWN })],
      is: "pass",
    },
    {
      ...ofPolicy(text(session), "fast--euw1-az1--x-s3"),
      name: "a directory bucket, which answers over TLS only",
      is: "pass",
    },
    {
      ...ofPolicy(document({ ...session, Resource: UNKNOWN }), UNKNOWN),
      name: "a directory bucket that is not created yet",
      is: "pass",
    },
    {
      ...ofPolicy(text(allow)),
      name: "a policy that allows things only",
      is: "fail",
      findings: lets("the bucket and its objects"),
    },
    {
      ...ofPolicy(text({ ...allow, Condition: { Bool: { "aws:SecureTransport": "true" } } })),
      name: "a policy that allows things over TLS, while others still allow them without",
      is: "fail",
      findings: lets("the bucket and its objects"),
    },
    {
      ...ofPolicy(text({ ...deny, Resource: both[1] })),
      name: "objects only",
      is: "fail",
      findings: lets("the bucket"),
    },
    {
      ...ofPolicy(text({ ...deny, Resource: [both[0], `${both[0]}/private/*`] })),
      name: "one folder only",
      is: "fail",
      findings: lets("its objects"),
    },
    {
      ...ofPolicy(text({ ...deny, Resource: "arn:aws:s3:::somebody-elses*" })),
      name: "another bucket",
      is: "fail",
      findings: lets("the bucket and its objects"),
    },
    {
      ...ofPolicy(text({ ...deny, Principal: { AWS: "123456789012" } }, { ...deny, Action: "s3:GetObject" })),
      name: "one account only, and one action only",
      is: "fail",
      findings: lets("the bucket and its objects"),
    },
    {
      ...ofPolicy(text({ ...deny, Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } } })),
      name: "old versions of TLS, which plain HTTP is not",
      is: "fail",
      findings: lets("the bucket and its objects"),
    },
    {
      ...ofPolicy(
        text({ ...deny, Condition: { ...withoutTls, NumericLessThan: { "s3:TlsVersion": "1.2" } } }),
      ),
      name: "two conditions at once",
      is: "fail",
      findings: lets("the bucket and its objects"),
    },
    {
      ...ofBucket,
      name: "a policy in the bucket that denies nothing",
      given: { ...existing, policy: text(allow) },
      is: "fail",
      findings: lets("the bucket and its objects"),
    },
    {
      ...ofBucket,
      name: "a bucket without a policy",
      given: {},
      outputs: existing,
      is: "fail",
      findings: none,
    },
    {
      ...ofBucket,
      name: "a policy of another bucket",
      given: {},
      outputs: planned,
      stack: [other, aboutPlanned("policy", type, { policy: UNKNOWN }, ["other"])],
      is: "fail",
      findings: none,
    },
    {
      ...ofBucket,
      name: "a policy of a directory bucket that is not created yet",
      given: {},
      outputs: planned,
      stack: [
        { name: "fast", type: "aws:s3/directoryBucket:DirectoryBucket", props: { bucket: UNKNOWN } },
        aboutPlanned("policy", type, { policy: UNKNOWN }, ["fast"]),
      ],
      is: "fail",
      findings: none,
    },
    {
      ...ofBucket,
      name: "a policy of one of two buckets",
      given: {},
      outputs: planned,
      stack: [other, aboutPlanned("policy", type, { policy: UNKNOWN }, [SUBJECT, "other"])],
      is: "deferred",
      deferrals: [{ path, waits: "not known whether policy is about this bucket" }],
    },
    {
      ...ofPolicy({ ...document({ ...deny, Resource: [null, {}] }) }, UNKNOWN),
      name: "no resource",
      is: "fail",
      findings: lets("the bucket and its objects"),
    },
    {
      ...ofPolicy(UNKNOWN),
      name: "a policy not known yet",
      is: "deferred",
      deferrals: [{ path, waits: "not known yet" }],
    },
    {
      ...ofPolicy(document(allow, { ...deny, Resource: [UNKNOWN, UNKNOWN] }), UNKNOWN),
      name: "resources not known yet",
      is: "deferred",
      deferrals: [{ path, waits: "not known yet" }],
    },
  ],
});
