import { type Bag, bags, knownNumber, knownText } from "../../values";
import { all, type Check, longest, oneOf, pattern, range } from "../checks";
import { fill } from "../fill";
import { dnsSuffixOf, partitionOf } from "../ids";
import { formerOf, isSet, type Kind, type Kinds, type Made, type Subject } from "../kind";
import { listOf, policy, policyOf } from "../policy-document";

const bucketType = "aws:s3/bucket:Bucket";

/** Hosted zones of website endpoints; one for all is enough here. */
const websiteZone = "Z3AQBSTGFYJSTF";

const bucketName: Check = all(
  pattern(
    "bucket",
    /^[a-z0-9.-]{3,63}$/,
    (text) =>
      `invalid value for bucket (must be 3 to 63 lower case letters, digits, dots and hyphens), got "${text}"`,
  ),
  pattern(
    "bucket",
    /^[^.-].*[^.-]$/,
    (text) => `InvalidBucketName: The specified bucket is not valid: "${text}"`,
  ),
  function* ({ inputs, seed, world }) {
    const name = knownText(inputs.bucket);
    if (
      name === undefined ||
      !world.all(bucketType).some((other) => other.inputs.bucket === name && other.seed !== seed)
    )
      return;
    const reason = `BucketAlreadyOwnedByYou: Your previous request to create the named bucket succeeded and you already own it: ${name}`;
    yield { property: "bucket", reason };
  },
);

function bucketOf(subject: Subject): Made | undefined {
  const found = subject.world.candidates(subject, bucketType, "bucket", subject.inputs.bucket);
  return found.length === 1 ? found[0] : undefined;
}

/** A bucket's policy may speak of that bucket only. */
const ownResources: Check = function* (subject) {
  const text = knownText(subject.inputs.policy);
  const bucket = knownText(subject.inputs.bucket) ?? knownText(bucketOf(subject)?.inputs.bucket);
  if (text === undefined || bucket === undefined) return;
  const own = new RegExp(`^arn:aws[a-z-]*:s3:::${bucket.replaceAll(".", "\\.")}(/.*)?$`);
  const resources = bags(policyOf(text)?.Statement).flatMap(({ Resource }) => listOf(Resource));
  // With a wildcard in the bucket's name it is for S3 to say whether the bucket is among those meant.
  const foreign = resources.find((resource) => !/^[^/]*[*?]/.test(resource) && !own.test(resource));
  if (foreign !== undefined) {
    yield { property: "policy", reason: `MalformedPolicy: Policy has invalid resource: ${foreign}` };
  }
};

function ownBucket(subject: Subject): readonly string[] {
  const bucket = bucketOf(subject);
  return bucket ? [bucket.seed] : [];
}

/** Each bucket has one of each: a second resource would replace the first. */
const only: Check = function* (subject) {
  const [other] = subject.world.occupants(subject, ownBucket);
  if (!other) return;
  const reason = `${bucketOf(subject)?.name} already has ${other.name}, which this would replace`;
  yield { property: "bucket", reason };
};

function ofBucket(rest: Kind): Kind {
  return { id: ({ inputs }) => String(inputs.bucket), ...rest, refuse: all(only, rest.refuse ?? (() => [])) };
}

const encryption: Check = function* ({ inputs }) {
  for (const [index, rule] of bags(inputs.rules).entries()) {
    for (const { sseAlgorithm, kmsMasterKeyId } of bags(rule.applyServerSideEncryptionByDefault)) {
      if (sseAlgorithm !== "AES256" || !isSet(kmsMasterKeyId)) continue;
      const property = `rules[${index}].applyServerSideEncryptionByDefault.kmsMasterKeyId`;
      const reason =
        "InvalidArgument: a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms";
      yield { property, reason };
    }
  }
};

const lifecycle: Check = function* ({ inputs }) {
  const rules = bags(inputs.rules);
  const ids = rules.map(({ id }) => knownText(id));
  for (const [index, rule] of rules.entries()) {
    const property = `rules[${index}]`;
    if (ids.indexOf(knownText(rule.id)) < index && knownText(rule.id) !== undefined) {
      yield {
        property,
        reason: "InvalidArgument: Rule ID must be unique. Found same ID for more than one rule",
      };
    }
    const ends = bags(rule.expiration).map(({ days }) => knownNumber(days));
    const moves = bags(rule.transitions).map(({ days }) => knownNumber(days) ?? 0);
    const end = ends.find((days) => days !== undefined);
    if (end !== undefined && moves.some((days) => days >= end)) {
      const reason =
        "InvalidArgument: 'Days' in the Expiration action must be greater than 'Days' in the Transition action";
      yield { property, reason };
    }
    const actions = [
      "expiration",
      "transitions",
      "noncurrentVersionExpiration",
      "noncurrentVersionTransitions",
      "abortIncompleteMultipartUpload",
    ];
    if (actions.every((action) => !isSet(rule[action]))) {
      yield { property, reason: "InvalidRequest: At least one action needs to be specified in a rule" };
    }
  }
};

const statusOf = (inputs: Bag) =>
  bags(inputs.versioningConfiguration).map(({ status }) => knownText(status))[0];

/** Versions can be suspended, but what once had them cannot be as if it never had. */
const staysVersioned: Check = function* (subject) {
  const former = formerOf(subject);
  const before = former && statusOf(former.inputs);
  if (before === undefined || before === "Disabled" || statusOf(subject.inputs) !== "Disabled") return;
  const property = "versioningConfiguration.status";
  yield {
    property,
    reason: `versioning_configuration.status cannot be updated from '${before}' to 'Disabled'`,
  };
};

/** Buckets and what is set on them. */
export const bucketKinds: Kinds = {
  [bucketType]: {
    autoName: { property: "bucket", max: 63, unless: "bucketPrefix", lowerCase: true },
    fill: fill({ forceDestroy: false }),
    id: ({ inputs }) => String(inputs.bucket),
    computed: ({ region }, id) => ({
      arn: `arn:${partitionOf(region)}:s3:::${id}`,
      bucket: id,
      bucketDomainName: `${id}.s3.${dnsSuffixOf(region)}`,
      bucketRegionalDomainName: `${id}.s3.${region}.${dnsSuffixOf(region)}`,
      bucketRegion: region,
      hostedZoneId: websiteZone,
    }),
    refuse: bucketName,
  },
  "aws:s3/bucketPolicy:BucketPolicy": ofBucket({
    json: ["policy"],
    refuse: all(policy("policy", "resource", 20480), ownResources),
  }),
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": ofBucket({
    fill: fill({
      blockPublicAcls: false,
      blockPublicPolicy: false,
      ignorePublicAcls: false,
      restrictPublicBuckets: false,
    }),
  }),
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": ofBucket({
    refuse: all(
      oneOf(
        "rules.applyServerSideEncryptionByDefault.sseAlgorithm",
        "AES256",
        "aws:kms",
        "aws:kms:dsse",
        "aws:fsx",
      ),
      encryption,
    ),
  }),
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": ofBucket({
    refuse: all(
      oneOf("rules.status", "Enabled", "Disabled"),
      longest("rules.id", 255),
      range("rules.expiration.days", 1, 2147483647),
      range("rules.noncurrentVersionExpiration.noncurrentDays", 1, 2147483647),
      range("rules.abortIncompleteMultipartUpload.daysAfterInitiation", 1, 2147483647),
      lifecycle,
    ),
  }),
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": ofBucket({
    refuse: oneOf("rule.objectOwnership", "BucketOwnerPreferred", "ObjectWriter", "BucketOwnerEnforced"),
  }),
  "aws:s3/bucketVersioning:BucketVersioning": ofBucket({
    refuse: all(oneOf("versioningConfiguration.status", "Enabled", "Suspended", "Disabled"), staysVersioned),
  }),
};
