import { apart, each, type Judgement } from "../../lib/judgement";
import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { shown, type Value } from "../../lib/value";
import { BUCKET, BUCKET_ACL } from "../types";

const publicAcls = new Set(["public-read", "public-read-write", "authenticated-read"]);
/** Everybody, and everybody with an account at AWS, which anybody can have. */
const publicGroup = /\/groups\/global\/(AllUsers|AuthenticatedUsers)$/i;

function judgeAcl(acl: Value): Judgement {
  const name = acl.text();
  if (!publicAcls.has(name?.toLowerCase() ?? "")) return [];
  return [{ path: acl.path, says: `${shown(name)}, must be "private" or a policy that says who` }];
}

function judgeGrantee(uri: Value): Judgement {
  const group = uri.text();
  if (!publicGroup.test(group ?? "")) return [];
  return [{ path: uri.path, says: `${shown(group)}, must not be everybody` }];
}

const groups = "http://acs.amazonaws.com/groups";
const ofBucket = { types: BUCKET };
const ofAcl = { types: BUCKET_ACL };

export const bucketAclNotPublic = rule({
  name: "bucket-acl-not-public",
  title: "Access lists open no bucket to the public",
  description:
    "A public access list lets anybody list, read or overwrite what is in the bucket, also whoever merely has an AWS account.",
  severity: "critical",
  level: "mandatory",
  types: [...BUCKET, ...BUCKET_ACL],
  frameworks: { fsbp: ["S3.2", "S3.3"] },
  remediation:
    "Take the access list away and say in a bucket policy who may do what; what the public is to see goes through a content delivery network.",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html",
  judge(props, { type }) {
    const grants = () =>
      BUCKET.includes(type)
        ? each(props.at("grants"), (grant) => judgeGrantee(grant.at("uri")))
        : each(props.at("accessControlPolicy", "grants"), (grant) =>
            judgeGrantee(grant.at("grantee", "uri")),
          );
    return apart(() => judgeAcl(props.at("acl")), grants);
  },
  scenarios: [
    { name: "left to AWS", given: { bucket: "data" }, is: "pass" },
    { name: "private", given: { acl: "private" }, is: "pass" },
    { name: "written by the delivery of logs", given: { acl: "log-delivery-write" }, is: "pass" },
    {
      ...ofAcl,
      name: "a grant to one account, and one to the delivery of logs",
      given: {
        accessControlPolicy: {
          grants: [
            { grantee: { type: "CanonicalUser", id: "79a5" }, permission: "FULL_CONTROL" },
            { grantee: { type: "Group", uri: `${groups}/s3/LogDelivery` }, permission: "WRITE" },
          ],
        },
      },
      is: "pass",
    },
    {
      name: "read by everybody",
      given: { acl: "public-read" },
      is: "fail",
      findings: [{ path: "acl", says: '"public-read", must be "private" or a policy that says who' }],
    },
    {
      name: "read by every account of AWS",
      given: { acl: "authenticated-read" },
      is: "fail",
      findings: [{ path: "acl", says: '"authenticated-read", must be "private" or a policy that says who' }],
    },
    {
      ...ofBucket,
      name: "a grant to everybody, in the bucket",
      given: {
        grants: [
          { type: "CanonicalUser", id: "79a5", permissions: ["FULL_CONTROL"] },
          { type: "Group", uri: `${groups}/global/AllUsers`, permissions: ["READ"] },
        ],
      },
      is: "fail",
      findings: [{ path: "grants[1].uri", says: `"${groups}/global/AllUsers", must not be everybody` }],
    },
    {
      ...ofAcl,
      name: "a grant to every account of AWS, beside one not known yet",
      given: {
        acl: UNKNOWN,
        accessControlPolicy: {
          grants: [
            { grantee: { type: "Group", uri: UNKNOWN }, permission: "READ" },
            { grantee: { type: "Group", uri: `${groups}/global/AuthenticatedUsers` }, permission: "READ" },
          ],
        },
      },
      is: "fail",
      findings: [
        {
          path: "accessControlPolicy.grants[1].grantee.uri",
          says: `"${groups}/global/AuthenticatedUsers", must not be everybody`,
        },
      ],
      deferrals: [
        { path: "acl", waits: "not known yet" },
        { path: "accessControlPolicy.grants[0].grantee.uri", waits: "not known yet" },
      ],
    },
    {
      name: "not known yet",
      given: { acl: UNKNOWN },
      is: "deferred",
      deferrals: [{ path: "acl", waits: "not known yet" }],
    },
  ],
});
