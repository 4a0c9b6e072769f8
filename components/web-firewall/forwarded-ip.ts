import { checkOneOf } from "../lib/closed-set";
import { headerName as headerForm } from "../lib/firewall-limits";
import type { Problems } from "../lib/problems";

/** What a rule makes of a request whose header holds no address. */
export const AddressFallback = {
  /** It counts as one that the rule is about. */
  Match: "match",
  /** The rule leaves it alone. */
  NoMatch: "noMatch",
} as const;
export type AddressFallback = (typeof AddressFallback)[keyof typeof AddressFallback];

/** Which of several addresses in a header a list of addresses is compared with. */
export const AddressPosition = {
  /** What the client, or whoever it claims to be, wrote. */
  First: "first",
  /** What the nearest proxy wrote. */
  Last: "last",
  /** Each of them. */
  Any: "any",
} as const;
export type AddressPosition = (typeof AddressPosition)[keyof typeof AddressPosition];

/**
 * Where a client's address is when a CDN or another proxy stands before the load balancer.
 *
 * The rate limit reads the first address of the header, which a client can write itself unless the proxy replaces the
 * header, and it does not see requests without the header at all.
 *
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-forwarded-ip-address.html
 */
export interface ForwardedIpArgs {
  /**
   * Header that holds the address.
   * @default "X-Forwarded-For"
   */
  readonly headerName?: string;
  /**
   * What the rate limit and the block lists make of a header without a valid address. The allow lists never match it.
   * @default "match"
   */
  readonly fallback?: AddressFallback;
  /**
   * Which address of the header the allow and block lists look at. The last one is the CDN's word; the others can be the
   * client's.
   * @default "last"
   */
  readonly listPosition?: AddressPosition;
}

/** A forwarded address in AWS's words. */
export interface ForwardedIp {
  readonly headerName: string;
  readonly fallbackBehavior: "MATCH" | "NO_MATCH";
  readonly position: "FIRST" | "LAST" | "ANY";
}

const fallbacks = { match: "MATCH", noMatch: "NO_MATCH" } as const;
const positions = { first: "FIRST", last: "LAST", any: "ANY" } as const;

/** Checks where clients' addresses are and settles the defaults. */
export function settleForwardedIp(
  args: ForwardedIpArgs | undefined,
  problems: Problems,
): ForwardedIp | undefined {
  if (!args) return undefined;
  const {
    headerName = "X-Forwarded-For",
    fallback = AddressFallback.Match,
    listPosition = AddressPosition.Last,
  } = args;
  const named = headerForm.test(headerName);
  const found = JSON.stringify(headerName);
  problems.unless(named, "forwardedIp.headerName", `must be letters, digits and hyphens, got ${found}`);
  checkOneOf(AddressFallback, fallback, "forwardedIp.fallback", problems);
  checkOneOf(AddressPosition, listPosition, "forwardedIp.listPosition", problems);
  return { headerName, fallbackBehavior: fallbacks[fallback], position: positions[listPosition] };
}
