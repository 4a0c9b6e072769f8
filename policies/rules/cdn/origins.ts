import type { Value } from "../../lib/value";

/** A bucket's own endpoint, where CloudFront can sign its requests, in every spelling; not that of its website. */
const bucketEndpoint =
  /\.s3(?:\.dualstack)?(?:[.-](?!website)[a-z]+(?:-[a-z]+)*-\d+)?\.amazonaws\.com(?:\.cn)?$/i;

/**
 * Whether CloudFront takes an origin for a bucket.
 *
 * It does with one that is configured as nothing else, whatever its name. One that is configured as a custom origin, as
 * a bucket's website must be, may still be a bucket by its name. A custom origin whose name is not known yet is taken
 * for none: it is what every load balancer looks like before it is created.
 */
export function isBucket(origin: Value): boolean {
  const kinds = kindsOf(origin);
  if (kinds.includes("vpcOriginConfig")) return false;
  if (!kinds.includes("customOriginConfig")) return true;
  const domain = origin.at("domainName");
  return domain.isKnown() && bucketEndpoint.test(domain.text() ?? "");
}

/** Whether CloudFront connects to an origin as its customOriginConfig says. */
export function isCustom(origin: Value): boolean {
  return kindsOf(origin).includes("customOriginConfig");
}

/** What an origin is configured as; to ask it of an origin that is not known at all is to wait for it. */
function kindsOf(origin: Value): readonly string[] {
  return origin.keys().filter((key) => origin.at(key).isSet());
}
