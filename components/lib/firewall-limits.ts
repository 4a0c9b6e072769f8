import type { Range } from "./bounds";

/**
 * Seconds AWS WAF can look back when it counts requests.
 *
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based-high-level-settings.html
 */
export const rateWindows: readonly number[] = [60, 120, 300, 600];

/**
 * Requests a rate limit can let through in one window.
 *
 * @see https://docs.aws.amazon.com/waf/latest/APIReference/API_RateBasedStatement.html
 */
export const rateLimits: Range = [10, 2_000_000_000];

/** Paths a rate limit can leave out: each takes capacity. */
export const mostExcludedPaths = 20;

/** A path such as `/health`, or all below one: `/static/*`. */
export const excludedPath = /^\/(?:[!"$-)+->@-~]{0,198}|[!"$-)+->@-~]{1,196}\/\*)$/;

/** What `excludedPath` allows, to complete "must be …". */
export const excludedPathForm = 'a path such as "/health", or one with all below it such as "/static/*"';

/**
 * Units of capacity that a web ACL has without a surcharge, and at most.
 *
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-waf-capacity-units.html
 */
export const capacityUnits = { included: 1500, most: 5000 } as const;

/** Name of an HTTP header, as AWS WAF takes it. */
export const headerName = /^[A-Za-z0-9-]{1,64}$/;

/**
 * A header that a CDN can be told to send: of one's own, and not one that CloudFront or the load balancer writes.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/add-origin-custom-headers.html
 */
export const originHeaderName = /^x-(?!amz|edge-|forwarded-|real-ip$)[A-Za-z0-9-]{1,62}$/i;

/** A secret that is hard to guess and that AWS WAF compares whole: 16 to 200 printable characters, none of them a space. */
export const originHeaderValue = /^[!-~]{16,200}$/;

/** What `originHeaderValue` allows, to complete "must be …". */
export const originHeaderValueForm = "16 to 200 printable characters without spaces";

/** Headers that hold what nobody should read in a log. */
export const usualRedactedHeaders: readonly string[] = ["authorization", "cookie"];

/** Headers that can be kept out of a log. */
export const mostRedactedHeaders = 20;

/** Version of a group of rules, `Version_1.6`. */
export const groupVersion = /^[\w#:./-]{1,64}$/;

/** Name of a rule in a group, `SizeRestrictions_BODY`. */
export const groupRuleName = /^[\w-]{1,128}$/;
