import { rule, type ScenarioResource } from "../../lib/rule";
import { SUBJECT } from "../../lib/scenario";
import { UNKNOWN } from "../../lib/unknown";
import { BUCKET, BUCKET_LOGGING } from "../types";
import { aboutExisting, aboutPlanned, existing, other, planned } from "./examples";
import { judgeByLogs, logsTo } from "./log-buckets";
import { about, judgeSetting, placesIn, type Setting } from "./settings";

const path = "logging";
const must = "must name a bucket for the logs";
const wrongUnset = "not set";

const setting: Setting = {
  path,
  must,
  link: about(BUCKET_LOGGING),
  inBucket: (bucket) => ["logging", "loggings"].flatMap((key) => placesIn(bucket.at(key))),
  wrongInBucket: (logging) => (logging.at("targetBucket").isSet() ? undefined : wrongUnset),
  wrongApart: (props) => (props.at("targetBucket").isSet() ? undefined : wrongUnset),
  wrongUnset,
};

const skip = "holds logs";
const findings = [{ path, says: `${wrongUnset}, ${must}` }];
const logging = "aws:s3/bucketLogging:BucketLogging";
const log = { targetBucket: "logs-1234567", targetPrefix: "data/" };

/** Something that sends its logs to a bucket. */
function sender(type: string, props: object, from: ScenarioResource["from"] = {}): ScenarioResource {
  return { name: "sender", type, props, from };
}

export const bucketAccessLogged = rule({
  name: "bucket-access-logged",
  title: "Access to buckets is logged, except to those that hold logs",
  description:
    "The log says who read or changed which object, and from where. A bucket that holds logs needs none of its own: logging it would log the logs.",
  severity: "low",
  level: "advisory",
  types: BUCKET,
  frameworks: { fsbp: ["S3.9"] },
  remediation: "Add an aws.s3.BucketLogging for the bucket, with another bucket as its targetBucket.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-9",
  judgeInStack: (bucket, { stack }) =>
    judgeByLogs(
      logsTo(bucket, stack),
      path,
      () => ({ skip }),
      () => judgeSetting(bucket, stack, setting),
    ),
  scenarios: [
    {
      name: "logged by a resource of its own",
      given: {},
      outputs: existing,
      stack: [aboutExisting("log", logging, log)],
      is: "pass",
    },
    {
      name: "logged by the older name of that resource, to a bucket not created yet",
      given: {},
      outputs: planned,
      stack: [
        other,
        {
          name: "log",
          type: "aws:s3/bucketLoggingV2:BucketLoggingV2",
          props: { bucket: UNKNOWN, targetBucket: UNKNOWN },
          from: { bucket: [SUBJECT], targetBucket: ["other"] },
        },
      ],
      is: "pass",
    },
    { name: "logged in the bucket", given: { logging: { targetBucket: UNKNOWN } }, is: "pass" },
    { name: "logged in a bucket of the older form", given: { loggings: [log] }, is: "pass" },
    { name: "not logged", given: {}, outputs: { ...planned, logging: UNKNOWN }, is: "fail", findings },
    {
      name: "logs of a web ACL, which go to a log group",
      given: {},
      outputs: planned,
      is: "fail",
      findings,
      stack: [
        { name: "group", type: "aws:cloudwatch/logGroup:LogGroup", props: { arn: UNKNOWN } },
        sender(
          "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
          { logDestinationConfigs: [UNKNOWN] },
          { logDestinationConfigs: ["group"] },
        ),
      ],
    },
    {
      name: "another bucket's log",
      given: {},
      outputs: planned,
      stack: [other, aboutPlanned("log", logging, log, ["other"])],
      is: "fail",
      findings,
    },
    {
      name: "the log of another bucket",
      given: {},
      outputs: planned,
      stack: [
        {
          name: "log",
          type: logging,
          props: { bucket: "other-1234567", targetBucket: UNKNOWN },
          from: { targetBucket: [SUBJECT] },
        },
      ],
      is: "skip",
      why: skip,
    },
    {
      name: "the log of another bucket, in that bucket",
      given: {},
      outputs: existing,
      stack: [sender("aws:s3/bucketV2:BucketV2", { loggings: [{ targetBucket: existing.bucket }] })],
      is: "skip",
      why: skip,
    },
    {
      name: "the logs of a load balancer",
      given: {},
      outputs: existing,
      stack: [sender("aws:alb/loadBalancer:LoadBalancer", { accessLogs: { bucket: existing.bucket } })],
      is: "skip",
      why: skip,
    },
    {
      name: "the logs of a load balancer, beside a log group of the bucket's name",
      given: {},
      outputs: planned,
      stack: [
        { name: "group", type: "aws:cloudwatch/logGroup:LogGroup", props: { name: planned.bucket } },
        sender("aws:alb/loadBalancer:LoadBalancer", { accessLogs: { bucket: planned.bucket } }),
      ],
      is: "skip",
      why: skip,
    },
    {
      name: "the logs of a content delivery network",
      given: {},
      outputs: existing,
      stack: [
        sender("aws:cloudfront/distribution:Distribution", {
          loggingConfig: { bucket: `${existing.bucket}.s3.eu-west-1.amazonaws.com` },
        }),
      ],
      is: "skip",
      why: skip,
    },
    {
      name: "the flow logs of a network",
      given: {},
      outputs: existing,
      stack: [
        sender("aws:ec2/flowLog:FlowLog", {
          logDestination: `${existing.arn}/flows`,
          logDestinationType: "s3",
        }),
      ],
      is: "skip",
      why: skip,
    },
    {
      name: "the logs of a network's firewall",
      given: {},
      outputs: existing,
      stack: [
        sender("aws:networkfirewall/loggingConfiguration:LoggingConfiguration", {
          loggingConfiguration: {
            logDestinationConfigs: [
              { logDestination: { logGroup: "alerts" }, logDestinationType: "CloudWatchLogs" },
              { logDestination: { bucketName: existing.bucket }, logDestinationType: "S3" },
            ],
          },
        }),
      ],
      is: "skip",
      why: skip,
    },
    {
      name: "the logs of a message broker, before anything exists",
      given: {},
      outputs: planned,
      stack: [
        sender(
          "aws:msk/cluster:Cluster",
          { loggingInfo: { brokerLogs: { s3: { enabled: true, bucket: UNKNOWN } } } },
          { loggingInfo: [SUBJECT] },
        ),
      ],
      is: "skip",
      why: skip,
    },
    {
      name: "the flow logs of an accelerator",
      given: {},
      outputs: existing,
      stack: [
        sender("aws:globalaccelerator/accelerator:Accelerator", {
          attributes: { flowLogsEnabled: true, flowLogsS3Bucket: existing.bucket },
        }),
      ],
      is: "skip",
      why: skip,
    },
    {
      name: "the logs of a service network",
      given: {},
      outputs: existing,
      stack: [
        sender("aws:vpclattice/accessLogSubscription:AccessLogSubscription", {
          destinationArn: existing.arn,
        }),
      ],
      is: "skip",
      why: skip,
    },
    {
      name: "the logs of a data warehouse",
      given: {},
      outputs: existing,
      stack: [sender("aws:redshift/logging:Logging", { bucketName: existing.bucket })],
      is: "skip",
      why: skip,
    },
    {
      name: "the logs of a load balancer that may go to one of two buckets",
      given: {},
      outputs: planned,
      stack: [
        other,
        sender(
          "aws:lb/loadBalancer:LoadBalancer",
          { accessLogs: { bucket: UNKNOWN } },
          { accessLogs: [SUBJECT, "other"] },
        ),
      ],
      is: "deferred",
      deferrals: [{ path, waits: "not known whether sender sends its logs here" }],
    },
    {
      name: "a log of one of two buckets",
      given: {},
      outputs: planned,
      stack: [other, aboutPlanned("log", logging, log, [SUBJECT, "other"])],
      is: "deferred",
      deferrals: [{ path, waits: "not known whether log is about this bucket" }],
    },
  ],
});
