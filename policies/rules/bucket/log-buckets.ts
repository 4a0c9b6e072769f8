import { concluded, type Judgement } from "../../lib/judgement";
import type { Link, Linked } from "../../lib/links";
import type { Stack, StackResource } from "../../lib/stack";
import { brief, Value } from "../../lib/value";
import {
  ACCELERATOR,
  BUCKET,
  BUCKET_LOGGING,
  CLASSIC_BALANCER,
  DELIVERY_STREAM,
  DISTRIBUTION,
  FIREWALL_LOGGING,
  FLOW_LOG,
  LOAD_BALANCER,
  LOG_DELIVERY_DESTINATION,
  LOG_GROUP,
  MESSAGE_BROKER,
  RESOLVER_QUERY_LOG,
  SERVICE_NETWORK_LOG,
  TRAIL,
  WAREHOUSE_LOGGING,
  WEB_ACL_LOGGING,
} from "../types";
import { down, placesIn } from "./settings";

/** Where something says which bucket its logs go to. What is not set names nothing. */
type Targets = (sender: StackResource) => readonly Value[];

/** The logs that a load balancer keeps in buckets. */
const balancerLogs = ["accessLogs", "connectionLogs", "healthCheckLogs"];

type Senders = readonly (readonly [types: readonly string[], targets: Targets])[];

const buckets: Senders = [
  [BUCKET_LOGGING, ({ inputs }) => [inputs.at("targetBucket")]],
  [
    BUCKET,
    ({ inputs }) =>
      ["logging", "loggings"].flatMap((key) =>
        placesIn(inputs.at(key)).map((place) => place.at("targetBucket")),
      ),
  ],
];

const senders: Senders = [
  ...buckets,
  [LOAD_BALANCER, ({ inputs }) => balancerLogs.map((key) => inputs.at(key, "bucket"))],
  [CLASSIC_BALANCER, ({ inputs }) => [inputs.at("accessLogs", "bucket")]],
  [DISTRIBUTION, ({ inputs }) => [inDomain(inputs.at("loggingConfig", "bucket"))]],
  [FLOW_LOG, ({ inputs }) => (goesToBucket(inputs) ? [inArn(inputs.at("logDestination"))] : [])],
  [WEB_ACL_LOGGING, ({ inputs }) => placesIn(inputs.at("logDestinationConfigs")).map(inArn)],
  [TRAIL, ({ inputs }) => [inputs.at("s3BucketName")]],
  [
    LOG_DELIVERY_DESTINATION,
    ({ inputs }) => [inArn(inputs.at("deliveryDestinationConfiguration", "destinationResourceArn"))],
  ],
  [RESOLVER_QUERY_LOG, ({ inputs }) => [inArn(inputs.at("destinationArn"))]],
  [SERVICE_NETWORK_LOG, ({ inputs }) => [inArn(inputs.at("destinationArn"))]],
  [
    FIREWALL_LOGGING,
    ({ inputs }) =>
      down(inputs, "loggingConfiguration", "logDestinationConfigs", "logDestination").map((to) =>
        to.at("bucketName"),
      ),
  ],
  [ACCELERATOR, ({ inputs }) => [inputs.at("attributes", "flowLogsS3Bucket")]],
  [MESSAGE_BROKER, ({ inputs }) => [inputs.at("loggingInfo", "brokerLogs", "s3", "bucket")]],
  [WAREHOUSE_LOGGING, ({ inputs }) => [inputs.at("bucketName")]],
];

/** Links from what sends logs: by names that are known, and by what is not known yet. */
function linksOf(all: Senders): readonly Link[] {
  const targetsOf = new Map(all.flatMap(([types, targets]) => types.map((type) => [type, targets])));
  const from = [...targetsOf.keys()];
  const named = (known: boolean) => (sender: StackResource) =>
    (targetsOf.get(sender.type)?.(sender) ?? []).filter((target) => target.isKnown() === known);
  return [
    // A log group may go by a bucket's name: only a bucket is meant here.
    { from, names: named(true), to: BUCKET },
    // Many logs go to a bucket, a log group or a stream: what is known to come from one of these is for no bucket.
    { from, names: named(false), to: [...BUCKET, ...LOG_GROUP, ...DELIVERY_STREAM] },
  ];
}

const sends = linksOf(senders);
const sendsAccessLogs = linksOf(buckets);

/** Balancers whose logs can be written with S3's own keys only. */
const sendsUnderOwnKeys: Link = {
  from: [...LOAD_BALANCER, ...CLASSIC_BALANCER],
  names: (balancer) => {
    const { inputs, type } = balancer;
    if (CLASSIC_BALANCER.includes(type)) {
      const logs = inputs.at("accessLogs");
      return isOn(logs, true) ? [logs.at("bucket")] : [];
    }
    const kind = inputs.at("loadBalancerType");
    if (!kind.isKnown() || (kind.text() ?? "application") !== "application") return [];
    return balancerLogs.flatMap((key) => (isOn(inputs.at(key), false) ? [inputs.at(key, "bucket")] : []));
  },
  to: BUCKET,
};

function isOn(logs: Value, otherwise: boolean): boolean {
  const enabled = logs.at("enabled");
  return enabled.isKnown() && (enabled.flag() ?? otherwise);
}

/** A flow log goes to a log group unless it says otherwise. */
function goesToBucket(flowLog: Value): boolean {
  const type = flowLog.at("logDestinationType");
  return type.isKnown() && type.text() === "s3";
}

/** The bucket of `arn:aws:s3:::name/prefix`, where that is known. */
function inArn(arn: Value): Value {
  if (!arn.isKnown()) return arn;
  return Value.of(/^arn:[^:]*:s3:::([^/]+)/.exec(arn.text() ?? "")?.[1]);
}

/** The bucket of `name.s3.amazonaws.com`, where that is known. */
function inDomain(domain: Value): Value {
  if (!domain.isKnown()) return domain;
  return Value.of(domain.text()?.replace(/\.s3([.-][a-z0-9-]+)?\.amazonaws\.com(\.cn)?$/, ""));
}

/** What sends its logs to a bucket. */
export function logsTo(bucket: StackResource, stack: Stack): Linked {
  return fromOthers(bucket, stack, sends);
}

/** What sends the log of its own objects to a bucket. */
export function accessLogsTo(bucket: StackResource, stack: Stack): Linked {
  return fromOthers(bucket, stack, sendsAccessLogs);
}

function fromOthers(bucket: StackResource, stack: Stack, links: readonly Link[]): Linked {
  const all = links.map((link) => stack.linked(bucket, link));
  const another = (sender: StackResource) => sender.urn !== bucket.urn;
  return {
    certain: all.flatMap(({ certain }) => certain).filter(another),
    possible: all.flatMap(({ possible }) => possible).filter(another),
  };
}

/** What sends a bucket logs that cannot be written with a key of KMS. */
export function logsUnderOwnKeysTo(bucket: StackResource, stack: Stack): Linked {
  return stack.linked(bucket, sendsUnderOwnKeys);
}

/** Judges a bucket by whether it holds logs; where that is not known yet, only if it comes to the same. */
export function judgeByLogs(
  { certain, possible }: Linked,
  path: string,
  holdingLogs: () => Judgement,
  holdingOthers: () => Judgement,
): Judgement {
  if (certain.length > 0) return holdingLogs();
  const [sender] = possible;
  if (sender === undefined) return holdingOthers();
  const outcomes = [concluded(holdingLogs), concluded(holdingOthers)].map(({ findings, deferrals }) =>
    deferrals.length > 0 ? "open" : findings.length > 0 ? "wrong" : "right",
  );
  if (outcomes.every((outcome) => outcome === "right")) return [];
  if (outcomes.every((outcome) => outcome === "wrong")) return holdingOthers();
  return [{ path, waits: `not known whether ${brief(sender.name)} sends its logs here` }];
}
