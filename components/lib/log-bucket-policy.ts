import type { PolicyDocument, PolicyStatement } from "./policy-document";

/** Where the logs of a load balancer go. Buckets and load balancers of other partitions have other ARNs. */
export interface LogBucketPlace {
  /** `aws`, `aws-us-gov`, `aws-cn`. */
  readonly partition: string;
  readonly accountId: string;
  readonly bucket: string;
  /** Folders that the balancer's own `AWSLogs` begins in, one for each kind of log that is delivered. */
  readonly prefixes: readonly string[];
}

/**
 * Lets load balancers of this account write their logs, and nobody talk to the bucket in plain text.
 *
 * Access, connection and health-check logs come from one service, in every region. (Regions opened before August 2022
 * also know an account of AWS's for it, which AWS no longer recommends.)
 *
 * What keeps load balancers of other accounts out is the path: log delivery writes below the account that owns the load
 * balancer, `AWSLogs/<account>`. AWS documents no condition here. One on `aws:SourceArn`, as network load balancers and
 * flow logs take it, has been seen to make AWS refuse the bucket ("Access Denied for bucket"), because a condition on a
 * key that a request does not carry never holds.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html#attach-bucket-policy
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-connection-logging.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-health-check-logging.html
 */
export function logBucketPolicy({ partition, accountId, bucket, prefixes }: LogBucketPlace): PolicyDocument {
  const arn = `arn:${partition}:s3:::${bucket}`;
  const places = prefixes.map((prefix) => `${arn}/${prefix}/AWSLogs/${accountId}/*`);
  const [only, ...more] = places;
  return {
    Version: "2012-10-17",
    Statement: [
      ...(only === undefined ? [] : [delivery(more.length === 0 ? only : places)]),
      denyPlainText(arn),
    ],
  };
}

function delivery(places: string | string[]): PolicyStatement {
  return {
    Sid: "AllowLogDelivery",
    Effect: "Allow",
    Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: places,
  };
}

/** Keeps everybody from talking to a bucket in plain text. */
function denyPlainText(arn: string): PolicyStatement {
  return {
    Sid: "DenyPlainText",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [arn, `${arn}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}
