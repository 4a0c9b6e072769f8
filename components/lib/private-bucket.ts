import * as s3 from "@pulumi/aws/s3";
import type * as pulumi from "@pulumi/pulumi";
import { placeOf } from "./place";

/** What else is set on a bucket that nobody outside the account gets into. */
export interface ClosedBucket {
  /** What a policy has to wait for: S3 refuses changes that cross each other. */
  readonly closed: pulumi.Resource[];
  /** What a lifecycle has to wait for: S3 reads its rule for old versions from the versioning it finds. */
  readonly versioning: s3.BucketVersioning;
}

/**
 * Shuts a bucket to the public and to access lists, has S3 encrypt what comes in, and keeps overwritten objects.
 *
 * Makes `<own>-public-access`, `-ownership`, `-encryption` and `-versioning`.
 */
export function closeBucket(
  own: string,
  { bucket }: s3.Bucket,
  child: pulumi.CustomResourceOptions,
): ClosedBucket {
  const access = new s3.BucketPublicAccessBlock(
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
  const versioning = new s3.BucketVersioning(
    `${own}-versioning`,
    { bucket, versioningConfiguration: { status: "Enabled" } },
    child,
  );
  return { closed: [access, ownership], versioning };
}

/** A bucket's name where it is not the provider's: account and region follow what it begins with. */
export function bucketName(
  start: string | undefined,
  { parent }: pulumi.CustomResourceOptions,
): Pick<s3.BucketArgs, "bucket"> {
  if (start === undefined) return {};
  const place = placeOf(parent ? { parent } : {});
  return { bucket: place.apply(({ accountId, region }) => `${start}-${accountId}-${region}`) };
}
