import { type Answer, some } from "../../lib/answers";
import type { Link } from "../../lib/links";
import { rule, type ScenarioResource } from "../../lib/rule";
import { SUBJECT } from "../../lib/scenario";
import type { Stack, StackResource } from "../../lib/stack";
import { UNKNOWN } from "../../lib/unknown";
import { DISTRIBUTION, LOG_DELIVERY, LOG_DELIVERY_SOURCE } from "../types";

const sources: Link = {
  from: LOG_DELIVERY_SOURCE,
  names: ({ outputs }) => [outputs.at("resourceArn")],
  to: DISTRIBUTION,
};

const deliveries: Link = {
  from: LOG_DELIVERY,
  names: ({ outputs }) => [outputs.at("deliverySourceName")],
  to: LOG_DELIVERY_SOURCE,
};

/** Whether a delivery source gives access logs, and a delivery takes them somewhere. */
function delivers(source: StackResource, stack: Stack): Answer {
  if (source.outputs.at("logType").text() !== "ACCESS_LOGS") return false;
  const { certain, possible } = stack.linked(source, deliveries);
  if (certain.length > 0) return true;
  return possible.length > 0 ? undefined : false;
}

/** Whether a log delivery of the newer kind takes a distribution's access logs. */
function isDelivered(distribution: StackResource, stack: Stack): Answer {
  const { certain, possible } = stack.linked(distribution, sources);
  const sure = some(certain, (source) => delivers(source, stack));
  if (sure !== false) return sure;
  return some(possible, (source) => delivers(source, stack)) === false ? false : undefined;
}

/** Whether a distribution writes to a bucket by itself; loggingConfig may also be there for what it says of cookies. */
function hasBucket({ inputs }: StackResource): boolean {
  const config = inputs.at("loggingConfig");
  return config.keys().includes("bucket") && config.at("bucket").isSet();
}

const path = "loggingConfig.bucket";
const arnOf = (id: string) => `arn:aws:cloudfront::123456789012:distribution/${id}`;
const findings = [{ path, says: "not set, and no log delivery takes the access logs, one of both must" }];
const deferrals = [{ path, waits: "not known whether a log delivery takes the access logs" }];

/** A delivery source, by the ARN of what it is for or by what that comes from. */
function source(
  resourceArn: string,
  from: readonly string[] = [],
  logType = "ACCESS_LOGS",
): ScenarioResource {
  const type = "aws:cloudwatch/logDeliverySource:LogDeliverySource";
  return { name: "logs", type, props: { name: "edge", logType, resourceArn }, from: { resourceArn: from } };
}

const delivery: ScenarioResource = {
  name: "to-bucket",
  type: "aws:cloudwatch/logDelivery:LogDelivery",
  props: { deliverySourceName: "edge", deliveryDestinationArn: UNKNOWN },
};

const other: ScenarioResource = {
  name: "other",
  type: "aws:cloudfront/distribution:Distribution",
  props: { arn: UNKNOWN },
};

export const cdnLogged = rule({
  name: "cdn-logged",
  title: "Distributions keep access logs",
  description:
    "What the cache answers is seen by no origin, so that only the distribution's own log tells who asked for what during an incident. Real-time logs are not counted.",
  severity: "low",
  level: "advisory",
  types: DISTRIBUTION,
  frameworks: { fsbp: ["CloudFront.5"] },
  remediation:
    'Add an aws.cloudwatch.LogDeliverySource with the distribution\'s arn and logType "ACCESS_LOGS", and an aws.cloudwatch.LogDelivery for it, or set loggingConfig.bucket.',
  url: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging.html",
  judgeInStack(distribution, { stack }) {
    const delivered = isDelivered(distribution, stack);
    if (delivered === true || hasBucket(distribution)) return [];
    return delivered === false ? findings : deferrals;
  },
  scenarios: [
    { name: "a bucket", given: { loggingConfig: { bucket: "logs.s3.amazonaws.com" } }, is: "pass" },
    {
      name: "a bucket that is created in the same deployment",
      given: { loggingConfig: { bucket: UNKNOWN } },
      is: "pass",
    },
    {
      name: "a log delivery of a distribution that exists",
      given: {},
      outputs: { arn: arnOf("E1") },
      stack: [source(arnOf("E1")), delivery],
      is: "pass",
    },
    {
      name: "a log delivery of a distribution that is not created yet, beside what is said of cookies",
      given: { loggingConfig: { includeCookies: true } },
      outputs: { arn: UNKNOWN },
      stack: [other, source(UNKNOWN, [SUBJECT]), delivery],
      is: "pass",
    },
    { name: "none", given: {}, outputs: { arn: UNKNOWN }, is: "fail", findings },
    {
      name: "what is said of cookies, and no bucket",
      given: { loggingConfig: { includeCookies: "true", bucket: "" } },
      is: "fail",
      findings,
    },
    {
      name: "a source that no delivery takes anywhere",
      given: {},
      outputs: { arn: arnOf("E1") },
      stack: [source(arnOf("E1"))],
      is: "fail",
      findings,
    },
    {
      name: "a delivery of other logs",
      given: {},
      outputs: { arn: arnOf("E1") },
      stack: [source(arnOf("E1"), [], "CONNECTION_LOGS"), delivery],
      is: "fail",
      findings,
    },
    {
      name: "a log delivery of another distribution that exists",
      given: {},
      outputs: { arn: arnOf("E1") },
      stack: [source(arnOf("E2")), delivery],
      is: "fail",
      findings,
    },
    {
      name: "a log delivery of another distribution that is not created yet",
      given: {},
      outputs: { arn: UNKNOWN },
      stack: [other, source(UNKNOWN, ["other"]), delivery],
      is: "fail",
      findings,
    },
    {
      name: "a log delivery of one of two distributions, not known which",
      given: {},
      outputs: { arn: UNKNOWN },
      stack: [other, source(UNKNOWN, [SUBJECT, "other"]), delivery],
      is: "deferred",
      deferrals,
    },
    {
      name: "a source whose kind of log is not known yet",
      given: {},
      outputs: { arn: arnOf("E1") },
      stack: [source(arnOf("E1"), [], UNKNOWN), delivery],
      is: "deferred",
      deferrals,
    },
    {
      name: "logging not known yet",
      given: { loggingConfig: UNKNOWN },
      is: "deferred",
      deferrals: [{ path: "loggingConfig", waits: "not known yet" }],
    },
  ],
});
