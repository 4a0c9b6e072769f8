import { type Answer, some } from "../../lib/answers";
import { apart, type Deferral, type Finding, type Judgement } from "../../lib/judgement";
import { rule, type ScenarioResource } from "../../lib/rule";
import type { Stack, StackResource } from "../../lib/stack";
import { UNKNOWN } from "../../lib/unknown";
import { brief, type Value } from "../../lib/value";
import { BUCKET, LOAD_BALANCER } from "../types";
import { kindOf } from "./kind";
import { hasFittingEncryption, letsLogsIn } from "./log-bucket";
import { type Deliverer, delivererFor } from "./log-delivery";

/** The logs a kind of balancer can keep in a bucket. */
function logsOf(kind: string): readonly string[] {
  return kind === "application" ? ["accessLogs", "connectionLogs", "healthCheckLogs"] : ["accessLogs"];
}

/** Judges the bucket of one kind of log. */
function judgeLog(balancer: StackResource, log: Value, stack: Stack): Judgement {
  if (log.at("enabled").flag() !== true) return [];
  const { path } = log.at("bucket");
  const reference = stack.refer(balancer, log.at("bucket"), BUCKET);
  if (reference === undefined) return [];
  if (reference.kind === "outside")
    return [{ path, waits: `${brief(reference.value)} is not in this stack` }];
  const [bucket, ...more] = reference.kind === "one" ? [reference.resource] : reference.resources;
  const others = reference.kind === "among" && reference.others;
  if (bucket === undefined || more.length > 0 || others) return [{ path, waits: "not known which bucket" }];
  const deliverer = delivererFor(kindOf(balancer.inputs));
  const name = `bucket ${brief(bucket.name)}`;
  return [
    ...judgeEncryption(path, name, hasFittingEncryption(bucket, stack, deliverer), deliverer),
    ...judgePolicy(
      path,
      name,
      letsLogsIn(bucket, stack, deliverer, () => placeOf(log, bucket)),
      deliverer,
    ),
  ];
}

function judgeEncryption(
  path: string,
  bucket: string,
  fits: Answer,
  { takesCustomerKeys }: Deliverer,
): readonly (Finding | Deferral)[] {
  if (fits === true) return [];
  if (fits === undefined) return [{ path, waits: `not known how ${bucket} is encrypted` }];
  const wanted = takesCustomerKeys ? "AES256 or a KMS key of your own" : "AES256";
  return [
    { path, says: `${bucket} is encrypted with a key that log delivery cannot use, must be with ${wanted}` },
  ];
}

function judgePolicy(
  path: string,
  bucket: string,
  opens: Answer,
  { service }: Deliverer,
): readonly (Finding | Deferral)[] {
  if (opens === true) return [];
  if (opens === undefined) return [{ path, waits: `not known whether ${bucket} lets ${service} write` }];
  return [{ path, says: `${bucket} does not let ${service} write, must have a policy that does` }];
}

/** Where AWS puts the logs: bucket and prefix, then a folder of its own. */
function placeOf(log: Value, bucket: StackResource): string {
  const prefix = (log.at("prefix").text() ?? "").replace(/^\/+|\/+$/g, "");
  // What names the bucket may not be known yet though its name is: Pulumi chooses that, AWS the id.
  const name =
    [log.at("bucket"), bucket.outputs.at("bucket")].find((one) => one.isKnown()) ?? log.at("bucket");
  return `${name.text()}/${prefix === "" ? "" : `${prefix}/`}AWSLogs/`;
}

const logs = (bucket: string, prefix?: string) => ({ accessLogs: { bucket, enabled: true, prefix } });
const network = { loadBalancerType: "network" };
const alb = { Service: "logdelivery.elasticloadbalancing.amazonaws.com" };
const nlb = { Service: "delivery.logs.amazonaws.com" };

/** A bucket that exists. */
const bucket: ScenarioResource = {
  name: "logs",
  type: "aws:s3/bucket:Bucket",
  props: { bucket: "edge-logs", id: "edge-logs", arn: "arn:aws:s3:::edge-logs" },
};

/** A bucket that does not exist yet. */
const planned: ScenarioResource = {
  name: "logs",
  type: "aws:s3/bucketV2:BucketV2",
  props: { bucket: UNKNOWN, id: UNKNOWN, arn: UNKNOWN },
};

/** A policy that lets somebody write, as a text unless it is not known yet. */
function policy(
  Principal: unknown,
  Resource: unknown = "arn:aws:s3:::edge-logs/*",
  Condition: object = {},
): ScenarioResource {
  const Statement = [
    {
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: "*",
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
    { Effect: "Allow", Principal, Action: ["s3:PutObject"], Resource, Condition },
  ];
  const text = JSON.stringify({ Version: "2012-10-17", Statement });
  return {
    name: "policy",
    type: "aws:s3/bucketPolicy:BucketPolicy",
    props: { bucket: "edge-logs", policy: text },
  };
}

/** A policy of a bucket that does not exist yet, written as an object. */
function plannedPolicy(Principal: unknown): ScenarioResource {
  const Statement = { Effect: "Allow", Principal, Action: "s3:PutObject", Resource: UNKNOWN };
  return {
    name: "policy",
    type: "aws:s3/bucketPolicy:BucketPolicy",
    props: { bucket: UNKNOWN, policy: { Version: "2012-10-17", Statement } },
    from: { bucket: ["logs"], policy: ["logs"] },
  };
}

function encryption(byDefault: object, name = "edge-logs", from: readonly string[] = []): ScenarioResource {
  return {
    name: "encryption",
    type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    props: { bucket: name, rules: [{ applyServerSideEncryptionByDefault: byDefault }] },
    from: { bucket: from },
  };
}

const path = "accessLogs.bucket";
const kms = { sseAlgorithm: "aws:kms", kmsMasterKeyId: "arn:aws:kms:eu-west-1:123456789012:key/1" };
const encrypted = {
  path,
  says: "bucket logs is encrypted with a key that log delivery cannot use, must be with AES256",
};
const shut = { path, says: `bucket logs does not let ${alb.Service} write, must have a policy that does` };
const unsure = { path, waits: `not known whether bucket logs lets ${alb.Service} write` };

export const balancerLogBucketUsable = rule({
  name: "balancer-log-bucket-usable",
  title: "Load balancers can write to the bucket of their logs",
  description:
    "AWS refuses to switch logging on, halfway through a deployment, if its log delivery may not write to the bucket. With KMS it never can for an application load balancer.",
  severity: "high",
  level: "mandatory",
  types: LOAD_BALANCER,
  frameworks: {},
  remediation: `Encrypt the bucket with AES256, and let ${alb.Service}, for a network load balancer ${nlb.Service}, do s3:PutObject below AWSLogs/ in the bucket's policy.`,
  url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html",
  judgeInStack(balancer, { stack }) {
    const kind = kindOf(balancer.inputs);
    if (kind === "gateway") return { skip: "gateway balancer" };
    const kinds = logsOf(kind).map((name) => balancer.inputs.at(name));
    const on = (log: Value) => log.at("enabled").flag() === true;
    if (some(kinds, on) === false) return { skip: "no logs in a bucket" };
    return apart(...kinds.map((log) => () => judgeLog(balancer, log, stack)));
  },
  scenarios: [
    {
      name: "a bucket that lets the log delivery in",
      given: logs("edge-logs"),
      stack: [bucket, policy(alb), encryption({ sseAlgorithm: "AES256" })],
      is: "pass",
    },
    {
      name: "a prefix of its own",
      given: { accessLogs: { bucket: "edge-logs", prefix: "edge", enabled: "true" } },
      stack: [bucket, policy(alb, "arn:aws:s3:::edge-logs/edge/AWSLogs/123456789012/*")],
      is: "pass",
    },
    {
      name: "the account of AWS for an older region",
      given: logs("edge-logs"),
      stack: [bucket, policy({ AWS: "arn:aws:iam::156460612806:root" })],
      is: "pass",
    },
    {
      name: "a network load balancer with a key of its own",
      given: { ...network, ...logs("edge-logs") },
      stack: [bucket, policy(nlb), encryption(kms)],
      is: "pass",
    },
    {
      name: "a bucket and its policy by the name they will have, before anything exists",
      given: logs(UNKNOWN),
      from: { accessLogs: ["logs"] },
      stack: [{ ...bucket, props: { bucket: "edge-logs", id: UNKNOWN, arn: UNKNOWN } }, policy(alb)],
      is: "pass",
    },
    {
      name: "AES256 in a resource of its own, though the bucket still says KMS",
      given: logs("edge-logs"),
      stack: [
        {
          ...bucket,
          props: {
            bucket: "edge-logs",
            serverSideEncryptionConfiguration: { rule: { applyServerSideEncryptionByDefault: kms } },
          },
        },
        policy(alb),
        encryption({ sseAlgorithm: "AES256" }),
      ],
      is: "pass",
    },
    {
      name: "a policy for the log delivery, beside an account not known yet",
      given: logs("edge-logs"),
      stack: [
        bucket,
        {
          name: "policy",
          type: "aws:s3/bucketPolicy:BucketPolicy",
          props: {
            bucket: "edge-logs",
            policy: {
              Statement: {
                Effect: "Allow",
                Principal: { AWS: [UNKNOWN, "156460612806"] },
                Action: "s3:PutObject",
                Resource: "arn:aws:s3:::edge-logs/*",
              },
            },
          },
        },
      ],
      is: "pass",
    },
    {
      name: "no policy, before anything exists",
      given: logs(UNKNOWN),
      from: { accessLogs: ["logs"] },
      stack: [planned],
      is: "fail",
      findings: [shut],
    },
    {
      name: "KMS, and no policy",
      given: logs("edge-logs"),
      stack: [bucket, encryption(kms)],
      is: "fail",
      findings: [encrypted, shut],
    },
    {
      name: "KMS, in the bucket itself",
      given: logs("edge-logs"),
      stack: [
        {
          ...bucket,
          type: "aws:s3/bucketV2:BucketV2",
          props: {
            bucket: "edge-logs",
            serverSideEncryptionConfigurations: [{ rules: [{ applyServerSideEncryptionByDefaults: [kms] }] }],
          },
        },
        policy(alb),
      ],
      is: "fail",
      findings: [encrypted],
    },
    {
      name: "KMS, before anything exists",
      given: logs(UNKNOWN),
      from: { accessLogs: ["logs"] },
      stack: [planned, plannedPolicy(alb), encryption({ sseAlgorithm: "aws:kms" }, UNKNOWN, ["logs"])],
      is: "fail",
      findings: [encrypted],
      deferrals: [unsure],
    },
    {
      name: "a policy for the log delivery of network load balancers, before anything exists",
      given: logs(UNKNOWN),
      from: { accessLogs: ["logs"] },
      stack: [planned, plannedPolicy(nlb)],
      is: "fail",
      findings: [shut],
    },
    {
      name: "a policy for another prefix",
      given: logs("edge-logs", "edge"),
      stack: [bucket, policy(alb, "arn:aws:s3:::edge-logs/AWSLogs/123456789012/*")],
      is: "fail",
      findings: [shut],
    },
    {
      name: "a policy for the bucket, not for what is in it",
      given: logs("edge-logs"),
      stack: [bucket, policy(alb, "arn:aws:s3:::edge-logs")],
      is: "fail",
      findings: [shut],
    },
    {
      name: "a policy for somebody else's account",
      given: logs("edge-logs"),
      stack: [bucket, policy({ AWS: "123456789012" })],
      is: "fail",
      findings: [shut],
    },
    {
      name: "a policy for everybody in an organisation, which AWS's own services are not",
      given: logs("edge-logs"),
      stack: [
        bucket,
        policy("*", "arn:aws:s3:::edge-logs/*", { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }),
      ],
      is: "fail",
      findings: [shut],
    },
    {
      name: "connection logs in a bucket that lets nobody in",
      given: { connectionLogs: { bucket: "edge-logs", enabled: true } },
      stack: [bucket],
      is: "fail",
      findings: [{ ...shut, path: "connectionLogs.bucket" }],
    },
    {
      name: "a network load balancer and the key AWS keeps for S3",
      given: { ...network, ...logs("edge-logs") },
      stack: [bucket, policy(nlb), encryption({ sseAlgorithm: "aws:kms" })],
      is: "fail",
      findings: [
        {
          path,
          says: "bucket logs is encrypted with a key that log delivery cannot use, must be with AES256 or a KMS key of your own",
        },
      ],
    },
    {
      name: "no logs",
      given: { accessLogs: { bucket: "edge-logs" } },
      is: "skip",
      why: "no logs in a bucket",
    },
    {
      name: "a gateway load balancer",
      given: { loadBalancerType: "gateway" },
      is: "skip",
      why: "gateway balancer",
    },
    {
      name: "a bucket of another stack",
      given: logs("all-logs"),
      stack: [bucket],
      is: "deferred",
      deferrals: [{ path, waits: "all-logs is not in this stack" }],
    },
    {
      name: "a policy not known yet",
      given: logs(UNKNOWN),
      from: { accessLogs: ["logs"] },
      stack: [planned, plannedPolicy(alb)],
      is: "deferred",
      deferrals: [unsure],
    },
    {
      name: "one of two buckets, not known which",
      given: logs(UNKNOWN),
      from: { accessLogs: ["logs", "more"] },
      stack: [planned, { ...planned, name: "more" }],
      is: "deferred",
      deferrals: [{ path, waits: "not known which bucket" }],
    },
  ],
});
