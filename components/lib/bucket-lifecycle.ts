import type * as inputs from "@pulumi/aws/types/input";

/** One rule of a bucket's lifecycle. */
export type LifecycleRule = inputs.s3.BucketLifecycleConfigurationRule;

/** Folders whose objects are kept for less than the others. */
export interface ShorterFolder {
  readonly folder: string;
  readonly days: number;
}

/**
 * When the objects of a bucket expire: all of them after so many days, those of some folders sooner.
 *
 * Where two rules speak of one object, S3 takes the shorter time, so that the rule for all holds for folders nobody
 * writes to any longer, too.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-conflicts.html
 */
export function expiryRules(days: number, shorter: readonly ShorterFolder[]): LifecycleRule[] {
  return [
    {
      id: "expire-logs",
      status: "Enabled",
      filter: {},
      expiration: { days },
      noncurrentVersionExpiration: { noncurrentDays: 30 },
      abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
    },
    ...shorter.map(({ folder, days: sooner }) => ({
      id: `expire-${folder}`,
      status: "Enabled",
      filter: { prefix: `${folder}/` },
      expiration: { days: sooner },
    })),
    {
      // S3 takes this in no rule that also says an age.
      id: "drop-delete-markers",
      status: "Enabled",
      filter: {},
      expiration: { expiredObjectDeleteMarker: true },
    },
  ];
}
