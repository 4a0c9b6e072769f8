import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { shown, type Value } from "../../lib/value";
import { BUCKET, BUCKET_VERSIONING } from "../types";
import { aboutExisting, aboutPlanned, existing, other, planned } from "./examples";
import { about, judgeSetting, placesIn, type Setting } from "./settings";

const path = "versioning";
const must = "must be on";

/** Where a bucket locks its objects, or may: AWS switches versions on with that, and never off again. */
function locksOf(bucket: Value): readonly Value[] {
  return [bucket.at("objectLockEnabled"), bucket.at("objectLockConfiguration", "objectLockEnabled")].filter(
    (lock) => !lock.isKnown() || isOn(lock),
  );
}

function isOn(lock: Value): boolean {
  return lock.flag() === true || lock.text()?.toLowerCase() === "enabled";
}

const setting: Setting = {
  path,
  must,
  link: about(BUCKET_VERSIONING),
  inBucket: (bucket) => [
    ...["versioning", "versionings"].flatMap((key) => placesIn(bucket.at(key))),
    ...locksOf(bucket),
  ],
  wrongInBucket: (place) => (isOn(place) || place.at("enabled").flag() === true ? undefined : "off"),
  wrongApart(props) {
    const status = props.at("versioningConfiguration", "status").text();
    return status?.toLowerCase() === "enabled" ? undefined : `${shown(status)} in a BucketVersioning`;
  },
  wrongUnset: "not set, which means off",
};

const type = "aws:s3/bucketVersioning:BucketVersioning";
const enabled = { versioningConfiguration: { status: "Enabled" } };
const suspended = { versioningConfiguration: { status: "Suspended" } };
const findings = [{ path, says: `not set, which means off, ${must}` }];

export const bucketVersioned = rule({
  name: "bucket-versioned",
  title: "Buckets keep what is overwritten or deleted",
  description: "Without versions an object that is overwritten or deleted by mistake is gone at once.",
  severity: "low",
  level: "advisory",
  types: BUCKET,
  frameworks: { securityHub: ["S3.14"] },
  remediation:
    'Add an aws.s3.BucketVersioning for the bucket with the status "Enabled", and a lifecycle rule that ends old versions.',
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-14",
  judgeInStack: (bucket, { stack }) => judgeSetting(bucket, stack, setting),
  scenarios: [
    {
      name: "versions, by a resource of their own",
      given: {},
      outputs: existing,
      stack: [aboutExisting("versions", type, enabled)],
      is: "pass",
    },
    {
      name: "versions, by the older name of that resource, before either exists",
      given: {},
      outputs: planned,
      stack: [other, aboutPlanned("versions", "aws:s3/bucketVersioningV2:BucketVersioningV2", enabled)],
      is: "pass",
    },
    { name: "versions, in the bucket", given: { versioning: { enabled: "true" } }, is: "pass" },
    {
      name: "versions, in a bucket of the older form",
      given: { versionings: [{ enabled: true }] },
      is: "pass",
    },
    {
      name: "off in what AWS says of the bucket, on in a resource of its own",
      given: { ...existing, versioning: { enabled: false, mfaDelete: false } },
      stack: [aboutExisting("versions", type, enabled)],
      is: "pass",
    },
    {
      name: "object lock, with which AWS switches versions on",
      given: { objectLockEnabled: "true" },
      outputs: { ...planned, versioning: UNKNOWN },
      is: "pass",
    },
    {
      name: "object lock, in the older form",
      given: { objectLockConfiguration: { objectLockEnabled: "Enabled" } },
      is: "pass",
    },
    {
      name: "no object lock",
      given: { objectLockEnabled: false, objectLockConfiguration: {} },
      is: "fail",
      findings,
    },
    { name: "left to AWS", given: {}, outputs: { ...planned, versioning: UNKNOWN }, is: "fail", findings },
    {
      name: "off",
      given: { versioning: { enabled: false } },
      is: "fail",
      findings: [{ path, says: `off, ${must}` }],
    },
    {
      name: "suspended",
      given: {},
      outputs: existing,
      stack: [aboutExisting("versions", type, suspended)],
      is: "fail",
      findings: [{ path, says: `"Suspended" in a BucketVersioning, ${must}` }],
    },
    {
      name: "versions of another bucket, and none of one of two",
      given: {},
      outputs: planned,
      stack: [
        other,
        aboutPlanned("versions", type, enabled, ["other"]),
        aboutPlanned("none", type, suspended, ["subject", "other"]),
      ],
      is: "fail",
      findings,
    },
    {
      name: "versions of one of two buckets",
      given: {},
      outputs: planned,
      stack: [other, aboutPlanned("versions", type, enabled, ["subject", "other"])],
      is: "deferred",
      deferrals: [{ path, waits: "not known whether versions is about this bucket" }],
    },
    {
      name: "not known yet",
      given: { versioning: { enabled: UNKNOWN } },
      is: "deferred",
      deferrals: [{ path, waits: "not known yet" }],
    },
  ],
});
