import { formatBlock, parseBlock, startOf } from "./ipv4-block";
import { canonicalIpv6Block } from "./ipv6-block";
import type { Problems } from "./problems";

/**
 * Blocks an IP set of AWS WAF holds.
 *
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-ipset-match.html
 */
export const mostAddresses = 10_000;

/** Blocks of addresses, IPv4 and IPv6 apart: an IP set holds one kind. */
export interface AddressList {
  readonly ipv4: string[];
  readonly ipv6: string[];
}

/** Whether a text is a block of IPv6 addresses. */
function isIpv6Block(text: string): boolean {
  return canonicalIpv6Block(text) !== undefined;
}

/** Sorts blocks by the kind of address. */
export function addressListOf(cidrBlocks: readonly string[]): AddressList {
  return {
    ipv4: cidrBlocks.filter((text) => !isIpv6Block(text)),
    ipv6: cidrBlocks.filter(isIpv6Block),
  };
}

/** What is wrong with one block of an address list, if anything is. */
export function addressFault(text: string): string | undefined {
  const ipv4 = parseBlock(text);
  const ipv6 = canonicalIpv6Block(text);
  if (!ipv4 && ipv6 === undefined) {
    return 'must be a block such as "203.0.113.0/24" or "2001:db8::/32"';
  }
  if (text.endsWith("/0")) return "must not be every address";
  if (ipv4 && startOf(ipv4).first !== ipv4.first) {
    return `must begin at its first address, "${formatBlock(startOf(ipv4))}"`;
  }
  if (ipv6 !== undefined && addressOf(ipv6) !== addressOf(text)) {
    return `must begin at its first address, "${ipv6}"`;
  }
  return undefined;
}

/** The IPv6 address before the slash, as AWS writes it. */
function addressOf(text: string): string | undefined {
  return canonicalIpv6Block(text.replace(/\/.*$/, "/128"));
}

/** Notes at `path` what is wrong with the blocks of an address list. */
export function checkAddressList(cidrBlocks: readonly string[], path: string, problems: Problems): void {
  const seen = new Set<string>();
  for (const [index, text] of cidrBlocks.entries()) {
    const at = `${path}[${index}]`;
    const fault = addressFault(text);
    if (fault !== undefined) problems.add(at, `${fault}, got ${JSON.stringify(text)}`);
    problems.unless(
      !seen.has(canonicalIpv6Block(text) ?? text),
      at,
      `must be named once, got ${JSON.stringify(text)} again`,
    );
    seen.add(canonicalIpv6Block(text) ?? text);
  }
  for (const [kind, list] of Object.entries(addressListOf(cidrBlocks))) {
    const name = kind === "ipv6" ? "IPv6" : "IPv4";
    const fits = list.length <= mostAddresses;
    problems.unless(fits, path, `must have ${mostAddresses} ${name} blocks at most, got ${list.length}`);
  }
}
