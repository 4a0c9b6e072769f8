import type { PolicyDocument } from "./policy-document";

/** Where the access logs of a load balancer go. Buckets and load balancers of other partitions have other ARNs. */
export interface LogBucketPlace {
  /** `aws`, `aws-us-gov`, `aws-cn`. */
  readonly partition: string;
  readonly accountId: string;
  readonly bucket: string;
  /** Folder that the balancer's own `AWSLogs` begins in. */
  readonly prefix: string;
}

/**
 * Lets load balancers of this account write their access logs, and nobody talk to the bucket in plain text.
 *
 * What keeps load balancers of other accounts out is the path: log delivery writes below the account that owns the load
 * balancer, `AWSLogs/<account>`. AWS documents no condition here. One on `aws:SourceArn`, as network load balancers and
 * flow logs take it, has been seen to make AWS refuse the bucket ("Access Denied for bucket"), because a condition on a
 * key that a request does not carry never holds.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html#attach-bucket-policy
 */
export function logBucketPolicy({ partition, accountId, bucket, prefix }: LogBucketPlace): PolicyDocument {
  const arn = `arn:${partition}:s3:::${bucket}`;
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "AllowLogDelivery",
        Effect: "Allow",
        Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: `${arn}/${prefix}/AWSLogs/${accountId}/*`,
      },
      {
        Sid: "DenyPlainText",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [arn, `${arn}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  };
}
