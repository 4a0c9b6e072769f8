import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import { logBucketStart } from "../lib/balancer-names";
import { checkWhole } from "../lib/bounds";
import { checkOneOf } from "../lib/closed-set";
import { logBucketPolicy } from "../lib/log-bucket-policy";
import { placeOf } from "../lib/place";
import type { Problems } from "../lib/problems";
import { type Tags, tagged } from "../lib/tags";
import { shaped, type Transform } from "../lib/transform";

/** What happens to a bucket that still holds objects when its stack is destroyed. */
export const BucketRemoval = {
  /** AWS refuses to delete it, so that nothing is lost by accident. */
  Keep: "keep",
  /** It is emptied and deleted. */
  Empty: "empty",
} as const;
export type BucketRemoval = (typeof BucketRemoval)[keyof typeof BucketRemoval];

/** How a load balancer's access logs are kept. */
export interface AccessLogsArgs {
  /**
   * How long a log is kept, in days, 1 to 3650.
   * @default 90
   */
  readonly retentionDays?: number;
  /**
   * What happens to logs that are left when the stack is destroyed.
   * @default "keep"
   */
  readonly bucketDeletion?: BucketRemoval;
}

/** The last word on each part of the access-log bucket. */
export interface AccessLogTransforms {
  /** The bucket. */
  readonly logBucket?: Transform<s3.BucketArgs>;
  /** Who may write to it. The load balancer is made after it. */
  readonly logBucketPolicy?: Transform<s3.BucketPolicyArgs>;
  /** When logs expire. */
  readonly logBucketLifecycle?: Transform<s3.BucketLifecycleConfigurationArgs>;
}

/** Access logs with every default in place. */
export interface AccessLogs {
  readonly retentionDays: number;
  readonly forceDestroy: boolean;
}

/** Folder of the bucket that access logs go to. */
export const accessLogPrefix = "alb-logs";

/** Checks how access logs are to be kept and settles the defaults. */
export function settleAccessLogs(args: AccessLogsArgs, problems: Problems): AccessLogs {
  const { retentionDays = 90, bucketDeletion = BucketRemoval.Keep } = args;
  checkWhole(retentionDays, [1, 3650], "accessLogs.retentionDays", problems);
  checkOneOf(BucketRemoval, bucketDeletion, "accessLogs.bucketDeletion", problems);
  return { retentionDays, forceDestroy: bucketDeletion === BucketRemoval.Empty };
}

/** A bucket for access logs, and what has to exist before a load balancer can write to it. */
export interface AccessLogBucket {
  readonly bucket: s3.Bucket;
  readonly policy: s3.BucketPolicy;
}

/**
 * Makes the bucket for a load balancer's access logs: private, encrypted, closed to plain text, and emptied by age.
 *
 * Log delivery cannot use a KMS key of the account's own, so the bucket's encryption is S3's.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 */
export function addAccessLogBucket(
  name: string,
  namePrefix: string | undefined,
  logs: AccessLogs,
  tags: Tags | undefined,
  transform: AccessLogTransforms,
  child: pulumi.CustomResourceOptions,
): AccessLogBucket {
  const own = `${name}-logs`;
  const bucket = new s3.Bucket(
    own,
    ...shaped(
      transform.logBucket,
      {
        ...bucketName(logBucketStart({ name, namePrefix }), child),
        forceDestroy: logs.forceDestroy,
        tags: tagged(own, tags),
      },
      child,
    ),
  );
  const closed = closeBucket(own, bucket, child);
  expireLogs(own, bucket, logs.retentionDays, transform, child);

  const inBucket = { ...child, dependsOn: closed };
  const policy = new s3.BucketPolicy(
    `${own}-policy`,
    ...shaped(
      transform.logBucketPolicy,
      { bucket: bucket.bucket, policy: deliveryPolicy(bucket, child) },
      inBucket,
    ),
  );
  return { bucket, policy };
}

/** The bucket's name where it is not the provider's. */
function bucketName(
  start: string | undefined,
  { parent }: pulumi.CustomResourceOptions,
): Pick<s3.BucketArgs, "bucket"> {
  if (start === undefined) return {};
  const place = placeOf(parent ? { parent } : {});
  return { bucket: place.apply(({ accountId, region }) => `${start}-${accountId}-${region}`) };
}

/**
 * Who may do what with the bucket. The bucket's ARN is put together from its name, which a preview knows, so that a
 * preview shows the policy whole.
 */
function deliveryPolicy(bucket: s3.Bucket, { parent }: pulumi.CustomResourceOptions): pulumi.Output<string> {
  const invoke = parent ? { parent } : {};
  return pulumi
    .all([placeOf(invoke), bucket.bucket])
    .apply(([{ accountId, partition }, name]) =>
      JSON.stringify(logBucketPolicy({ accountId, partition, bucket: name, prefix: accessLogPrefix })),
    );
}

/** Shuts the bucket to the public, to access lists and to unencrypted objects. Returns what a policy has to wait for. */
function closeBucket(
  own: string,
  { bucket }: s3.Bucket,
  child: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
  const closed = new s3.BucketPublicAccessBlock(
    `${own}-public-access`,
    {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    child,
  );
  const ownership = new s3.BucketOwnershipControls(
    `${own}-ownership`,
    { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
    child,
  );
  new s3.BucketServerSideEncryptionConfiguration(
    `${own}-encryption`,
    { bucket, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] },
    child,
  );
  return [closed, ownership];
}

/** Keeps overwritten logs for a while and removes old ones. */
function expireLogs(
  own: string,
  { bucket }: s3.Bucket,
  days: number,
  transform: AccessLogTransforms,
  child: pulumi.CustomResourceOptions,
): void {
  const versioning = new s3.BucketVersioning(
    `${own}-versioning`,
    { bucket, versioningConfiguration: { status: "Enabled" } },
    child,
  );
  new s3.BucketLifecycleConfiguration(
    `${own}-lifecycle`,
    ...shaped(
      transform.logBucketLifecycle,
      {
        bucket,
        rules: [
          {
            id: "expire-logs",
            status: "Enabled",
            filter: {},
            expiration: { days },
            noncurrentVersionExpiration: { noncurrentDays: 30 },
            abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
          },
          {
            // S3 takes this in no rule that also says an age.
            id: "drop-delete-markers",
            status: "Enabled",
            filter: {},
            expiration: { expiredObjectDeleteMarker: true },
          },
        ],
      },
      // S3 reads the rule for old versions from the versioning status it finds.
      { ...child, dependsOn: [versioning] },
    ),
  );
}
