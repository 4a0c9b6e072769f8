import type { Choice } from "../../lib/parameters";
import { rule, type ScenarioResource } from "../../lib/rule";
import { SUBJECT } from "../../lib/scenario";
import { UNKNOWN } from "../../lib/unknown";
import { shown, type Value } from "../../lib/value";
import { BUCKET, BUCKET_ENCRYPTION } from "../types";
import { aboutExisting, aboutPlanned, existing, other, planned } from "./examples";
import { accessLogsTo, judgeByLogs, logsUnderOwnKeysTo } from "./log-buckets";
import { about, down, encryptionInBucket, judgeSetting, type Setting } from "./settings";

const path = "serverSideEncryptionConfiguration";

/** S3 encrypts every object since January 2023, with this where nothing else is said. */
const byDefault = "AES256";

const algorithm: Choice<"AES256" | "aws:kms"> = {
  type: "string",
  description:
    "Least that buckets encrypt with: S3's own keys, or keys of KMS, as Security Hub's control asks for, except under logs.",
  default: "AES256",
  enum: ["AES256", "aws:kms"],
};

function isKms(name: string): boolean {
  return name.toLowerCase().startsWith("aws:kms");
}

function isOwn(name: string): boolean {
  return name.toUpperCase() === byDefault;
}

const either = settingAs((name) => isOwn(name) || isKms(name), 'must be "AES256" or "aws:kms"');
const withKms = settingAs(isKms, 'must be "aws:kms"');
const withoutKms = settingAs(isOwn, 'must be "AES256" for logs of a load balancer');

/** The setting as it must be for a kind of bucket: an algorithm that fits. */
function settingAs(fits: (algorithm: string) => boolean, must: string): Setting {
  const wrongUnset = fits(byDefault) ? undefined : `not set, which means "${byDefault}"`;
  const wrongIn = (applied: Value) => {
    const name = applied.at("sseAlgorithm").text();
    if (name === undefined) return wrongUnset;
    return fits(name) ? undefined : shown(name);
  };
  return {
    path,
    must,
    link: about(BUCKET_ENCRYPTION),
    inBucket: encryptionInBucket,
    wrongInBucket: wrongIn,
    wrongApart(props) {
      const applied = down(props, "rules", "applyServerSideEncryptionByDefault");
      return applied.length === 0 ? wrongUnset : applied.map(wrongIn).find((wrong) => wrong !== undefined);
    },
    wrongUnset,
  };
}

const type = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
const olderType =
  "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2";
const using = (sseAlgorithm: unknown) => ({
  rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm }, bucketKeyEnabled: true }],
});
const inBucket = (sseAlgorithm: unknown) => ({
  [path]: { rule: { applyServerSideEncryptionByDefault: { sseAlgorithm } } },
});
const kmsWanted = { algorithm: "aws:kms" };
const forBalancer = [{ path, says: '"aws:kms", must be "AES256" for logs of a load balancer' }];

/** A load balancer that keeps its logs in a bucket. */
function balancer(props: object, bucket: string, from: readonly string[] = []): ScenarioResource {
  return {
    name: "edge",
    type: "aws:lb/loadBalancer:LoadBalancer",
    props: { ...props, accessLogs: { bucket, enabled: true } },
    from: { accessLogs: from },
  };
}

const logged: ScenarioResource = {
  name: "log",
  type: "aws:s3/bucketLogging:BucketLogging",
  props: { bucket: "other-1234567", targetBucket: existing.bucket },
};

export const bucketEncrypted = rule({
  name: "bucket-encrypted",
  title: "Buckets are encrypted with keys that suit what is in them",
  description:
    "S3 encrypts every new object with keys of its own since January 2023. A key of KMS also decides who may decrypt, but an application load balancer cannot write its logs under one: they are lost.",
  severity: "medium",
  level: "advisory",
  types: BUCKET,
  parameters: { algorithm },
  frameworks: { securityHub: ["S3.17"] },
  remediation:
    'Set sseAlgorithm to "{algorithm}" in an aws.s3.BucketServerSideEncryptionConfiguration for the bucket; where an application load balancer writes its logs, always to "AES256".',
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-bucket-encryption.html",
  judgeInStack(bucket, { config, stack }) {
    const judgeAs = (setting: Setting) => () => judgeSetting(bucket, stack, setting);
    // Whether S3 can write its own logs under a key of KMS depends on the key: both are let pass.
    const byAccessLogs = () =>
      judgeByLogs(accessLogsTo(bucket, stack), path, judgeAs(either), judgeAs(withKms));
    return judgeByLogs(
      logsUnderOwnKeysTo(bucket, stack),
      path,
      judgeAs(withoutKms),
      config.algorithm === "aws:kms" ? byAccessLogs : judgeAs(either),
    );
  },
  scenarios: [
    {
      name: "left to AWS, which means AES256",
      given: {},
      outputs: { ...planned, [path]: UNKNOWN },
      is: "pass",
    },
    {
      name: "AES256, by a resource of its own",
      given: {},
      outputs: existing,
      stack: [aboutExisting("encryption", type, using("AES256"))],
      is: "pass",
    },
    {
      name: "KMS where it is asked for, by the older name of that resource, before either exists",
      given: {},
      outputs: planned,
      stack: [other, aboutPlanned("encryption", olderType, using("aws:kms"))],
      config: kmsWanted,
      is: "pass",
    },
    {
      name: "KMS twice over, in the bucket",
      given: inBucket("aws:kms:dsse"),
      config: kmsWanted,
      is: "pass",
    },
    {
      name: "KMS in a bucket of the older form",
      given: {
        serverSideEncryptionConfigurations: [
          { rules: [{ applyServerSideEncryptionByDefaults: [{ sseAlgorithm: "aws:kms" }] }] },
        ],
      },
      config: kmsWanted,
      is: "pass",
    },
    {
      name: "logs of a load balancer under AES256, where KMS is asked for",
      given: {},
      outputs: planned,
      stack: [other, balancer({}, UNKNOWN, [SUBJECT])],
      config: kmsWanted,
      is: "pass",
    },
    {
      name: "logs of a network load balancer under KMS",
      given: inBucket("aws:kms"),
      outputs: existing,
      stack: [balancer({ loadBalancerType: "network" }, existing.bucket)],
      is: "pass",
    },
    {
      name: "logs of another bucket under AES256, where KMS is asked for",
      given: {},
      outputs: existing,
      stack: [logged],
      config: kmsWanted,
      is: "pass",
    },
    {
      name: "logs of a load balancer under KMS",
      given: {},
      outputs: existing,
      stack: [balancer({}, existing.bucket), aboutExisting("encryption", type, using("aws:kms"))],
      is: "fail",
      findings: forBalancer,
    },
    {
      name: "KMS in a resource of its own, though the bucket still says AES256",
      given: { ...existing, ...inBucket("AES256") },
      stack: [balancer({}, existing.bucket), aboutExisting("encryption", type, using("aws:kms"))],
      is: "fail",
      findings: forBalancer,
    },
    {
      name: "logs of a load balancer under KMS, before anything exists",
      given: {},
      outputs: planned,
      stack: [
        other,
        balancer({ loadBalancerType: "application" }, UNKNOWN, [SUBJECT]),
        aboutPlanned("encryption", type, using("aws:kms")),
      ],
      config: kmsWanted,
      is: "fail",
      findings: forBalancer,
    },
    {
      name: "logs of a load balancer of the first generation, under KMS",
      given: inBucket("aws:kms"),
      outputs: existing,
      stack: [
        {
          name: "classic",
          type: "aws:elb/loadBalancer:LoadBalancer",
          props: { accessLogs: { bucket: existing.bucket } },
        },
      ],
      is: "fail",
      findings: forBalancer,
    },
    {
      name: "left to AWS, where KMS is asked for",
      given: {},
      outputs: existing,
      config: kmsWanted,
      is: "fail",
      findings: [{ path, says: 'not set, which means "AES256", must be "aws:kms"' }],
    },
    {
      name: "AES256 where KMS is asked for",
      given: inBucket("AES256"),
      config: kmsWanted,
      is: "fail",
      findings: [{ path, says: '"AES256", must be "aws:kms"' }],
    },
    {
      name: "KMS for one of two buckets, where it is asked for",
      given: {},
      outputs: planned,
      stack: [other, aboutPlanned("encryption", type, using("aws:kms"), [SUBJECT, "other"])],
      config: kmsWanted,
      is: "deferred",
      deferrals: [{ path, waits: "not known whether encryption is about this bucket" }],
    },
    {
      name: "KMS under what may be the logs of a load balancer",
      given: inBucket("aws:kms"),
      outputs: planned,
      stack: [other, balancer({}, UNKNOWN, [SUBJECT, "other"])],
      is: "deferred",
      deferrals: [{ path, waits: "not known whether edge sends its logs here" }],
    },
    {
      name: "not known yet",
      given: inBucket(UNKNOWN),
      is: "deferred",
      deferrals: [{ path, waits: "not known yet" }],
    },
  ],
});
