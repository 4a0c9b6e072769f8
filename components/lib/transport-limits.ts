/** What the certificate is called that clients see who name no host, or one that no certificate carries. */
export const defaultCertificate = "default";

/**
 * Certificates a load balancer takes beside the default one of its listener.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 */
export const mostFurtherCertificates = 25;

/**
 * Names ACM puts on a certificate beside the first one, once its quota has been raised from 9.
 *
 * @see https://docs.aws.amazon.com/acm/latest/userguide/acm-limits.html
 */
export const mostAlternativeNames = 99;

/**
 * Lists of revoked certificates a trust store takes.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 */
export const mostRevocations = 30;
