import { formatBlock, parseBlock, startOf } from "./ipv4-block";
import type { Problems } from "./problems";

/** Who may reach a load balancer. */
export interface IngressSource {
  /** What tells it from the others: `10.0.0.0-8`. */
  readonly key: string;
  /** What the description calls it: `10.0.0.0/8`. */
  readonly from: string;
}

/** One rule of a security group: who may reach which port. */
export interface IngressRule<Source extends IngressSource> {
  /** What tells it from its siblings: `443-10.0.0.0-8`. */
  readonly key: string;
  readonly port: number;
  readonly source: Source;
  readonly description: string;
}

const purposes: { readonly [port: number]: string } = { 80: "HTTP, to be redirected", 443: "HTTPS" };

/** A block of IPv4 addresses as a source. */
export function blockSource(cidrBlock: string): IngressSource {
  return { key: cidrBlock.replace("/", "-"), from: cidrBlock };
}

/** Who may reach a load balancer: a rule for each source and port. */
export function ingressRules<Source extends IngressSource>(
  sources: readonly Source[],
  ports: readonly number[],
): IngressRule<Source>[] {
  return sources.flatMap((source) =>
    ports.map((port) => ({
      key: `${port}-${source.key}`,
      port,
      source,
      description: `${purposes[port]}, from ${source.from}`,
    })),
  );
}

/**
 * Notes what is wrong with the addresses that may reach a load balancer.
 *
 * AWS keeps a block that begins in the middle as the one around it, which the next preview would show as a change.
 *
 * @param closed What the whole internet would contradict, to be put behind "must not be the whole internet"; nothing where
 * it may be the answer.
 */
export function checkIngressBlocks(
  cidrBlocks: readonly string[],
  closed: string | undefined,
  problems: Problems,
): void {
  const seen = new Set<string>();
  for (const [index, text] of cidrBlocks.entries()) {
    const path = `ingressCidrBlocks[${index}]`;
    const block = parseBlock(text);
    if (!block) {
      problems.add(path, `must be an IPv4 block such as "10.0.0.0/16", got ${JSON.stringify(text)}`);
      continue;
    }
    const whole = formatBlock(startOf(block));
    problems.unless(whole === text, path, `must begin at its first address, "${whole}", got "${text}"`);
    problems.unless(!seen.has(text), path, `must be named once, got "${text}" again`);
    seen.add(text);
    const narrow = closed === undefined || block.prefix > 0;
    problems.unless(narrow, path, `must not be the whole internet ${closed}, got "${text}"`);
  }
}
