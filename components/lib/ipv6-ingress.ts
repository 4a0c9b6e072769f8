import type { IngressSource } from "./ingress-rules";
import { canonicalIpv6Block } from "./ipv6-block";
import type { Problems } from "./problems";

/** A block of IPv6 addresses as a source. */
export function ipv6Source(cidrBlock: string): IngressSource {
  return { key: `ipv6-${keyOf(cidrBlock)}`, from: cidrBlock };
}

/** `::/0` is `0-0`, `2001:db8::/32` is `2001-db8-0-32`: two colons in a row separate the parts of a URN. */
function keyOf(cidrBlock: string): string {
  return cidrBlock
    .replace("::", "-0-")
    .replace(/[:/-]+/g, "-")
    .replace(/^-/, "");
}

/**
 * Notes what is wrong with the IPv6 addresses that may reach a load balancer.
 *
 * AWS writes a block in one way, whatever it was given; the next preview would show a change.
 *
 * @param closed What the whole internet would contradict, as for `checkIngressBlocks`.
 */
export function checkIpv6Blocks(
  cidrBlocks: readonly string[],
  closed: string | undefined,
  problems: Problems,
): void {
  const seen = new Set<string>();
  for (const [index, text] of cidrBlocks.entries()) {
    const path = `ingressIpv6CidrBlocks[${index}]`;
    const block = canonicalIpv6Block(text);
    if (block === undefined) {
      problems.add(path, `must be an IPv6 block such as "2001:db8::/32", got ${JSON.stringify(text)}`);
      continue;
    }
    problems.unless(block === text, path, `must be written as AWS does, "${block}", got "${text}"`);
    problems.unless(!seen.has(text), path, `must be named once, got "${text}" again`);
    seen.add(text);
    const narrow = closed === undefined || !block.endsWith("/0");
    problems.unless(narrow, path, `must not be the whole internet ${closed}, got "${text}"`);
  }
}
