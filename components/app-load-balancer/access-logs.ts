import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import { type LogKind, logFolders, logKinds, logRetentionRange } from "../lib/balancer-logs";
import { logBucketStart } from "../lib/balancer-names";
import { checkWhole } from "../lib/bounds";
import { expiryRules } from "../lib/bucket-lifecycle";
import { checkOneOf } from "../lib/closed-set";
import { logBucketPolicy } from "../lib/log-bucket-policy";
import { placeOf } from "../lib/place";
import { bucketName, closeBucket } from "../lib/private-bucket";
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

/** Whether a load balancer delivers a kind of log. */
export const LogDelivery = {
  /** Every five minutes, from each of its nodes. */
  On: "on",
  /** No more. What was delivered stays until it expires. */
  Off: "off",
} as const;
export type LogDelivery = (typeof LogDelivery)[keyof typeof LogDelivery];

/** How a load balancer's access logs are kept, and the bucket of all its logs. */
export interface AccessLogsArgs {
  /**
   * Whether requests are logged. The bucket is there in either case.
   * @default "on"
   */
  readonly delivery?: LogDelivery;
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

/** A kind of log that is kept in the bucket of the access logs, in a folder of its own. */
export interface MoreLogsArgs {
  /**
   * Whether it is delivered, once it is spoken of.
   * @default "on"
   */
  readonly delivery?: LogDelivery;
  /**
   * How long it is kept, in days, 1 to 3650.
   * @default as long as access logs
   */
  readonly retentionDays?: number;
}

/** What a load balancer logs. */
export interface BalancerLogsArgs {
  readonly accessLogs?: AccessLogsArgs;
  readonly connectionLogs?: MoreLogsArgs;
  readonly healthCheckLogs?: MoreLogsArgs;
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

/** What is logged, with every default in place. */
export interface AccessLogs {
  /** Kinds that are delivered. */
  readonly delivered: readonly LogKind[];
  /** How long each kind is kept, delivered or not. */
  readonly retentionDays: { readonly [kind in LogKind]: number };
  readonly forceDestroy: boolean;
}

/** Checks what is logged and how it is to be kept, and settles the defaults. */
export function settleAccessLogs(args: BalancerLogsArgs, problems: Problems): AccessLogs {
  const { accessLogs = {}, connectionLogs, healthCheckLogs } = args;
  const { delivery = LogDelivery.On, retentionDays = 90, bucketDeletion = BucketRemoval.Keep } = accessLogs;
  const access = settleKind("accessLogs", { delivery, retentionDays }, retentionDays, problems);
  const connection = settleKind("connectionLogs", connectionLogs, retentionDays, problems);
  const healthCheck = settleKind("healthCheckLogs", healthCheckLogs, retentionDays, problems);
  checkOneOf(BucketRemoval, bucketDeletion, "accessLogs.bucketDeletion", problems);
  const settled = { access, connection, healthCheck };
  return {
    delivered: logKinds.filter((kind) => settled[kind].delivery === LogDelivery.On),
    retentionDays: {
      access: access.retentionDays,
      connection: connection.retentionDays,
      healthCheck: healthCheck.retentionDays,
    },
    forceDestroy: bucketDeletion === BucketRemoval.Empty,
  };
}

function settleKind(
  path: string,
  args: MoreLogsArgs | undefined,
  otherwise: number,
  problems: Problems,
): Required<MoreLogsArgs> {
  if (args === undefined) return { delivery: LogDelivery.Off, retentionDays: otherwise };
  const { delivery = LogDelivery.On, retentionDays = otherwise } = args;
  checkOneOf(LogDelivery, delivery, `${path}.delivery`, problems);
  // A fault in what it is taken from is said there.
  if (args.retentionDays !== undefined)
    checkWhole(retentionDays, logRetentionRange, `${path}.retentionDays`, problems);
  return { delivery, retentionDays };
}

/** A bucket for logs, and what has to exist before a load balancer can write to it. */
export interface AccessLogBucket {
  readonly bucket: s3.Bucket;
  readonly policy: s3.BucketPolicy;
  /** Kinds of log that the policy admits. */
  readonly delivered: readonly LogKind[];
}

/**
 * Makes the bucket for a load balancer's logs: private, encrypted, closed to plain text, and emptied by age.
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
  const { closed, versioning } = closeBucket(own, bucket, child);
  new s3.BucketLifecycleConfiguration(
    `${own}-lifecycle`,
    ...shaped(
      transform.logBucketLifecycle,
      { bucket: bucket.bucket, rules: lifecycleOf(logs) },
      { ...child, dependsOn: [versioning] },
    ),
  );
  const policy = new s3.BucketPolicy(
    `${own}-policy`,
    ...shaped(
      transform.logBucketPolicy,
      { bucket: bucket.bucket, policy: deliveryPolicy(bucket, logs.delivered, child) },
      { ...child, dependsOn: closed },
    ),
  );
  return { bucket, policy, delivered: logs.delivered };
}

/** All logs go when the kind that is kept longest goes, the others sooner. */
function lifecycleOf({ retentionDays }: AccessLogs): ReturnType<typeof expiryRules> {
  const longest = Math.max(...Object.values(retentionDays));
  const sooner = logKinds.filter((kind) => retentionDays[kind] < longest);
  return expiryRules(
    longest,
    sooner.map((kind) => ({ folder: logFolders[kind], days: retentionDays[kind] })),
  );
}

/**
 * Who may do what with the bucket. The bucket's ARN is put together from its name, which a preview knows, so that a
 * preview shows the policy whole.
 */
function deliveryPolicy(
  bucket: s3.Bucket,
  delivered: readonly LogKind[],
  { parent }: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const invoke = parent ? { parent } : {};
  const prefixes = delivered.map((kind) => logFolders[kind]);
  return pulumi
    .all([placeOf(invoke), bucket.bucket])
    .apply(([{ accountId, partition }, name]) =>
      JSON.stringify(logBucketPolicy({ accountId, partition, bucket: name, prefixes })),
    );
}
