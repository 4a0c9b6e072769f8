import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { BUCKET } from "../types";

const path = "forceDestroy";
const findings = [{ path, says: "true, must be false" }];

export const bucketNoForceDestroy = rule({
  name: "bucket-no-force-destroy",
  title: "Buckets are not deleted while anything is in them",
  description:
    "With forceDestroy, deleting or replacing a bucket deletes every object and every version in it, and nothing brings them back.",
  severity: "medium",
  level: "production",
  types: BUCKET,
  frameworks: {},
  remediation: "Leave forceDestroy out. To delete a bucket, empty it first.",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/delete-bucket.html",
  judge: (bucket) => (bucket.at(path).flag() === true ? findings : []),
  scenarios: [
    { name: "left to AWS", given: {}, is: "pass" },
    { name: "off, as a text", given: { forceDestroy: "false" }, is: "pass" },
    { name: "on", given: { forceDestroy: true }, is: "fail", findings },
    { name: "on, as a text", given: { forceDestroy: "true" }, is: "fail", findings },
    {
      name: "not known yet",
      given: { forceDestroy: UNKNOWN },
      is: "deferred",
      deferrals: [{ path, waits: "not known yet" }],
    },
  ],
});
