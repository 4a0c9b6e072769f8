import { type Answer, every, some } from "../../lib/answers";
import { rule, type ScenarioResource } from "../../lib/rule";
import { SUBJECT } from "../../lib/scenario";
import { UNKNOWN, Undecided } from "../../lib/unknown";
import type { Value } from "../../lib/value";
import { BUCKET, BUCKET_LIFECYCLE } from "../types";
import { aboutExisting, aboutPlanned, existing, other, planned } from "./examples";
import { judgeByLogs, logsTo } from "./log-buckets";
import { about, judgeSetting, placesIn, type Setting } from "./settings";

const path = "lifecycleRules";
const must = "must have one that is switched on";
const mustExpire = "must have one that deletes old objects, since the bucket holds logs";
const keepAll = "lifecycle rules that delete no old objects";
const allOff = "lifecycle rules that are all switched off";

type Ask = (rule: Value) => Answer;

/** Whether a rule works: it is so in the bucket, or by its status in a resource of its own. */
const works: Ask = (rule) =>
  rule.at("enabled").flag() === true || rule.at("status").text()?.toLowerCase() === "enabled";

/** Whether a rule deletes objects that have become old. */
const expires: Ask = (rule) => every([works, endsObjects], (ask) => ask(rule));

const endsObjects: Ask = (rule) =>
  some(["expiration", "expirations"], (key) =>
    some(placesIn(rule.at(key)), (end) => isSomeDay(end.at("days")) || end.at("date").isSet()),
  );

/** AWS takes no 0: the provider fills it in where no days are set. */
function isSomeDay(days: Value): boolean {
  return days.isSet() && !(days.isKnown() && days.number() === 0);
}

/** The setting as it must be for a kind of bucket: one rule that is as asked. */
function setting(ask: Ask, otherwise: string, must: string): Setting {
  const wrongIn = (rules: Value) => {
    const is = some(rules.items(), ask);
    if (is === undefined) throw new Undecided(rules.path, "not known yet");
    return is ? undefined : otherwise;
  };
  return {
    path,
    must,
    link: about(BUCKET_LIFECYCLE),
    inBucket: (bucket) => (bucket.at(path).isSet() ? [bucket.at(path)] : []),
    wrongInBucket: wrongIn,
    wrongApart: (props) => wrongIn(props.at("rules")),
    wrongUnset: "no lifecycle rules",
  };
}

const ofLogs = setting(expires, keepAll, mustExpire);
const ofOthers = setting(works, allOff, must);

const type = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
const older = "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2";
const rules = (...all: readonly object[]) => ({ rules: all });
const abort = { id: "abort", status: "Enabled", abortIncompleteMultipartUpload: { daysAfterInitiation: 7 } };
const expire = { id: "expire", status: "Enabled", expiration: { days: 90 } };
const none = [{ path, says: `no lifecycle rules, ${must}` }];
const keeps = [{ path, says: `${keepAll}, ${mustExpire}` }];

/** A load balancer that keeps its logs in a bucket. */
function balancer(bucket: string, from: readonly string[] = []): ScenarioResource {
  const props = { accessLogs: { bucket, enabled: true } };
  return { name: "edge", type: "aws:lb/loadBalancer:LoadBalancer", props, from: { accessLogs: from } };
}

export const bucketLifecycle = rule({
  name: "bucket-lifecycle",
  title: "Buckets let go of what is not needed any more",
  description:
    "Parts of broken uploads, old versions and logs pile up unseen and are paid for every month. Logs that are never deleted are also data kept longer than anybody promised.",
  severity: "low",
  level: "advisory",
  types: BUCKET,
  frameworks: { fsbp: ["S3.13"] },
  remediation:
    "Add an aws.s3.BucketLifecycleConfiguration for the bucket: at least a rule with abortIncompleteMultipartUpload, and for a bucket that holds logs one with expiration.days.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-13",
  judgeInStack: (bucket, { stack }) =>
    judgeByLogs(
      logsTo(bucket, stack),
      path,
      () => judgeSetting(bucket, stack, ofLogs),
      () => judgeSetting(bucket, stack, ofOthers),
    ),
  scenarios: [
    {
      name: "a rule that ends broken uploads",
      given: {},
      outputs: existing,
      stack: [aboutExisting("lifecycle", type, rules({ ...abort, status: "Disabled" }, abort))],
      is: "pass",
    },
    {
      name: "a rule in the bucket",
      given: { lifecycleRules: [{ enabled: "true", abortIncompleteMultipartUploadDays: 7 }] },
      is: "pass",
    },
    {
      name: "logs that are deleted, before anything exists",
      given: {},
      outputs: planned,
      stack: [other, balancer(UNKNOWN, [SUBJECT]), aboutPlanned("lifecycle", older, rules(abort, expire))],
      is: "pass",
    },
    {
      name: "logs that are deleted, in a bucket of the older form",
      given: { lifecycleRules: [{ enabled: true, expirations: [{ days: "90" }] }] },
      outputs: existing,
      stack: [balancer(existing.bucket)],
      is: "pass",
    },
    {
      name: "logs that may be of one of two buckets, and are deleted in any case",
      given: { lifecycleRules: [{ enabled: true, expiration: { days: UNKNOWN } }] },
      outputs: planned,
      stack: [other, balancer(UNKNOWN, [SUBJECT, "other"])],
      is: "pass",
    },
    { name: "none", given: {}, outputs: { ...planned, lifecycleRules: UNKNOWN }, is: "fail", findings: none },
    {
      name: "none, and logs that may be of one of two buckets",
      given: {},
      outputs: planned,
      stack: [other, balancer(UNKNOWN, [SUBJECT, "other"])],
      is: "fail",
      findings: none,
    },
    {
      name: "a rule that is switched off",
      given: {},
      outputs: existing,
      stack: [aboutExisting("lifecycle", type, rules({ ...expire, status: "Disabled" }))],
      is: "fail",
      findings: [{ path, says: `${allOff}, ${must}` }],
    },
    {
      name: "logs that are kept for ever",
      given: {},
      outputs: existing,
      stack: [
        balancer(existing.bucket),
        aboutExisting(
          "lifecycle",
          type,
          rules(
            abort,
            { ...expire, status: "Disabled" },
            { status: "Enabled", expiration: { expiredObjectDeleteMarker: true } },
          ),
        ),
      ],
      is: "fail",
      findings: keeps,
    },
    {
      name: "logs that are kept for ever, in the form AWS gives back",
      given: {
        lifecycleRules: [{ enabled: true, expirations: [{ days: 0, expiredObjectDeleteMarker: true }] }],
      },
      outputs: existing,
      stack: [balancer(existing.bucket)],
      is: "fail",
      findings: keeps,
    },
    {
      name: "a bucket that may hold logs, and keeps them",
      given: { lifecycleRules: [{ enabled: true, abortIncompleteMultipartUploadDays: 7 }] },
      outputs: planned,
      stack: [other, balancer(UNKNOWN, [SUBJECT, "other"])],
      is: "deferred",
      deferrals: [{ path, waits: "not known whether edge sends its logs here" }],
    },
    {
      name: "a rule not known yet",
      given: {},
      outputs: existing,
      stack: [aboutExisting("lifecycle", type, rules({ ...abort, status: UNKNOWN }))],
      is: "deferred",
      deferrals: [{ path, waits: "not known yet" }],
    },
    {
      name: "rules of one of two buckets",
      given: {},
      outputs: planned,
      stack: [other, aboutPlanned("lifecycle", type, rules(abort), [SUBJECT, "other"])],
      is: "deferred",
      deferrals: [{ path, waits: "not known whether lifecycle is about this bucket" }],
    },
  ],
});
