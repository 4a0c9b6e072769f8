import { formatBlock, parseBlock, startOf } from "./ipv4-block";
import type { Problems } from "./problems";

/** One rule of a security group: who may reach which port. */
export interface IngressRule {
  /** What tells it from its siblings: `443-10.0.0.0-8`. */
  readonly key: string;
  readonly port: number;
  /** Addresses in CIDR notation. */
  readonly cidrBlock: string;
  readonly description: string;
}

/** Ports that clients come to, and what for. */
export const ingressPurposes = [
  { port: 80, purpose: "HTTP, to be redirected" },
  { port: 443, purpose: "HTTPS" },
];

/** Who may reach a load balancer: for each block of addresses a rule for port 80 and one for 443. */
export function ingressRules(cidrBlocks: readonly string[]): IngressRule[] {
  return cidrBlocks.flatMap((cidrBlock) =>
    ingressPurposes.map(({ port, purpose }) => ({
      key: `${port}-${cidrBlock.replace("/", "-")}`,
      port,
      cidrBlock,
      description: `${purpose}, from ${cidrBlock}`,
    })),
  );
}

/**
 * Notes what is wrong with the addresses that may reach a load balancer.
 *
 * AWS keeps a block that begins in the middle as the one around it, which the next preview would show as a change.
 *
 * @param open Whether the whole internet is a possible answer.
 */
export function checkIngressBlocks(cidrBlocks: readonly string[], open: boolean, problems: Problems): void {
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
    const narrow = open || block.prefix > 0;
    problems.unless(narrow, path, `must not be the whole internet for exposure "internal", got "${text}"`);
  }
}
