import { mustBeOn } from "../../lib/attributes";
import { apart } from "../../lib/judgement";
import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { BUCKET, BUCKET_PUBLIC_ACCESS_BLOCK } from "../types";
import { aboutExisting, aboutPlanned, existing, other, planned } from "./examples";
import { about, mayBeAbout } from "./settings";

const blocks = about(BUCKET_PUBLIC_ACCESS_BLOCK);
const switches = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];

const type = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
const allOn = Object.fromEntries(switches.map((name) => [name, true]));
const ofBlock = { types: BUCKET_PUBLIC_ACCESS_BLOCK };
const ofBucket = { types: BUCKET };
const path = "bucket";
const findings = [
  {
    path,
    says: "no BucketPublicAccessBlock, which leaves it to the day the bucket was made (blocked since April 2023), must have one",
  },
];

export const bucketPublicAccessBlocked = rule({
  name: "bucket-public-access-blocked",
  title: "Buckets are closed to the public",
  description:
    "Public buckets are what people search for first. The block holds whatever a policy or an access list allows later, by mistake or not.",
  severity: "critical",
  level: "mandatory",
  types: [...BUCKET, ...BUCKET_PUBLIC_ACCESS_BLOCK],
  frameworks: { fsbp: ["S3.8"] },
  remediation:
    "Add an aws.s3.BucketPublicAccessBlock for the bucket, with blockPublicAcls, blockPublicPolicy, ignorePublicAcls and restrictPublicBuckets all true.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-8",
  judge(block, given) {
    if (BUCKET.includes(given.type)) return [];
    return apart(...switches.map((name) => () => mustBeOn(block.at(name))));
  },
  judgeInStack(bucket, { stack }) {
    if (!BUCKET.includes(bucket.type)) return [];
    const { certain, possible } = stack.linked(bucket, blocks);
    if (certain.length > 0) return [];
    return possible[0] === undefined ? findings : mayBeAbout(path, possible[0]);
  },
  scenarios: [
    { ...ofBlock, name: "a block with all switches on", given: { bucket: "data", ...allOn }, is: "pass" },
    {
      ...ofBlock,
      name: "switches written as texts, for a bucket not known yet",
      given: { bucket: UNKNOWN, ...Object.fromEntries(switches.map((name) => [name, "true"])) },
      is: "pass",
    },
    {
      ...ofBucket,
      name: "a bucket with a block",
      given: {},
      outputs: existing,
      stack: [aboutExisting("block", type, allOn)],
      is: "pass",
    },
    {
      ...ofBucket,
      name: "a bucket with a block, before either exists",
      given: { bucket: "data-1234567" },
      outputs: planned,
      stack: [other, aboutPlanned("block", type, allOn)],
      is: "pass",
    },
    {
      ...ofBlock,
      name: "a block that blocks half of it",
      given: { bucket: "data", blockPublicAcls: true, blockPublicPolicy: false, ignorePublicAcls: "true" },
      is: "fail",
      findings: [
        { path: "blockPublicPolicy", says: "false, must be true" },
        { path: "restrictPublicBuckets", says: "not set, which means false, must be true" },
      ],
    },
    {
      ...ofBlock,
      name: "a switch not known yet, and one that is off",
      given: { ...allOn, blockPublicAcls: UNKNOWN, ignorePublicAcls: "off" },
      is: "fail",
      findings: [{ path: "ignorePublicAcls", says: '"off", must be true' }],
      deferrals: [{ path: "blockPublicAcls", waits: "not known yet" }],
    },
    { ...ofBucket, name: "a bucket without a block", given: {}, outputs: existing, is: "fail", findings },
    {
      ...ofBucket,
      name: "a block for another bucket",
      given: {},
      outputs: planned,
      stack: [other, aboutPlanned("block", type, allOn, ["other"])],
      is: "fail",
      findings,
    },
    {
      ...ofBucket,
      name: "a block for a bucket outside the stack",
      given: {},
      outputs: existing,
      stack: [{ name: "block", type, props: { bucket: "somebody-elses", ...allOn } }],
      is: "fail",
      findings,
    },
    {
      ...ofBucket,
      name: "a block for one of two buckets",
      given: {},
      outputs: planned,
      stack: [other, aboutPlanned("block", type, allOn, ["subject", "other"])],
      is: "deferred",
      deferrals: [{ path, waits: "not known whether block is about this bucket" }],
    },
  ],
});
