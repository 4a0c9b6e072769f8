import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { shown } from "../../lib/value";
import { BUCKET, BUCKET_OWNERSHIP } from "../types";
import { aboutExisting, aboutPlanned, existing, other, planned } from "./examples";
import { about, judgeSetting, type Setting } from "./settings";

const path = "objectOwnership";
const must = 'must be "BucketOwnerEnforced"';

const setting: Setting = {
  path,
  must,
  link: about(BUCKET_OWNERSHIP),
  inBucket: () => [],
  wrongInBucket: () => undefined,
  wrongApart(props) {
    const ownership = props.at("rule", "objectOwnership").text();
    return ownership === "BucketOwnerEnforced" ? undefined : `${shown(ownership)} in BucketOwnershipControls`;
  },
  wrongUnset: "no BucketOwnershipControls, which leaves it to the day the bucket was made",
};

const type = "aws:s3/bucketOwnershipControls:BucketOwnershipControls";
const controls = (objectOwnership: unknown) => ({ rule: { objectOwnership } });
const enforced = controls("BucketOwnerEnforced");
const findings = [{ path, says: `${setting.wrongUnset}, ${must}` }];

export const bucketAclsDisabled = rule({
  name: "bucket-acls-disabled",
  title: "Access lists of buckets and their objects are off",
  description:
    "Access lists of objects give access that no policy shows, and leave objects to whoever wrote them. AWS makes buckets without them since April 2023; older ones keep theirs.",
  severity: "low",
  level: "advisory",
  types: BUCKET,
  frameworks: { fsbp: ["S3.12"] },
  remediation:
    'Add an aws.s3.BucketOwnershipControls for the bucket whose rule.objectOwnership is "BucketOwnerEnforced".',
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-12",
  judgeInStack: (bucket, { stack }) => judgeSetting(bucket, stack, setting),
  scenarios: [
    {
      name: "access lists off",
      given: {},
      outputs: existing,
      stack: [aboutExisting("controls", type, enforced)],
      is: "pass",
    },
    {
      name: "access lists off, before anything exists",
      given: {},
      outputs: planned,
      stack: [other, aboutPlanned("controls", type, enforced)],
      is: "pass",
    },
    { name: "left to AWS", given: {}, outputs: existing, is: "fail", findings },
    {
      name: "objects handed to the bucket's owner, and access lists on",
      given: {},
      outputs: existing,
      stack: [aboutExisting("controls", type, controls("BucketOwnerPreferred"))],
      is: "fail",
      findings: [{ path, says: `"BucketOwnerPreferred" in BucketOwnershipControls, ${must}` }],
    },
    {
      name: "controls of another bucket",
      given: {},
      outputs: planned,
      stack: [other, aboutPlanned("controls", type, enforced, ["other"])],
      is: "fail",
      findings,
    },
    {
      name: "controls of one of two buckets",
      given: {},
      outputs: planned,
      stack: [other, aboutPlanned("controls", type, enforced, ["subject", "other"])],
      is: "deferred",
      deferrals: [{ path, waits: "not known whether controls is about this bucket" }],
    },
    {
      name: "not known yet",
      given: {},
      outputs: existing,
      stack: [aboutExisting("controls", type, controls(UNKNOWN))],
      is: "deferred",
      deferrals: [{ path, waits: "not known yet" }],
    },
  ],
});
