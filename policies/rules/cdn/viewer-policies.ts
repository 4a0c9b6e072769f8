/**
 * Every security policy that AWS has published for CloudFront's viewers, with the lowest version each accepts. As of
 * November 2026.
 *
 * A name that is not here is not trusted. The versions compare as text.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers.html
 */
const lowestVersions: ReadonlyMap<string, string> = new Map([
  ["SSLv3", "SSL 3.0"],
  ["TLSv1", "TLS 1.0"],
  ["TLSv1_2016", "TLS 1.0"],
  ["TLSv1.1_2016", "TLS 1.1"],
  ["TLSv1.2_2018", "TLS 1.2"],
  ["TLSv1.2_2019", "TLS 1.2"],
  ["TLSv1.2_2021", "TLS 1.2"],
  ["TLSv1.2_2025", "TLS 1.2"],
  ["TLSv1.3_2025", "TLS 1.3"],
]);

/** The newest policy that still accepts TLS 1.2. */
export const modern = "TLSv1.2_2025";

/** The newest policy that accepts TLS 1.3 only. */
export const strict = "TLSv1.3_2025";

/** The policy of a certificate that names none, and whatever it names of CloudFront's own certificate. */
export const inherited = "TLSv1";

/** The lowest version that a policy accepts, such as "TLS 1.2"; nothing for a name that AWS has not published. */
export function lowestVersion(policy: string): string | undefined {
  return lowestVersions.get(policy);
}
