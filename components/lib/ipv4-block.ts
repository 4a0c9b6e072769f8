/** A range of IPv4 addresses: the first one, as a number, and how many leading bits all of them share. */
export interface Ipv4Block {
  readonly first: number;
  readonly prefix: number;
}

// No leading zeros: some parsers read 010 as eight.
const octet = "(0|[1-9][0-9]{0,2})";
const notation = new RegExp(`^${octet}\\.${octet}\\.${octet}\\.${octet}/(0|[1-9][0-9]?)$`);

/**
 * Reads CIDR notation.
 *
 * `undefined` for anything that is not an IPv4 address in four decimal parts, a slash and a prefix of 0 to 32. Bits
 * behind the prefix are kept: `startOf` says where the block begins.
 */
export function parseBlock(text: string): Ipv4Block | undefined {
  const parts = notation.exec(text)?.slice(1).map(Number);
  if (!parts) return undefined;
  const prefix = parts.pop() ?? 0;
  if (prefix > 32 || parts.some((part) => part > 255)) return undefined;
  return { first: parts.reduce((sum, part) => sum * 256 + part, 0), prefix };
}

/** Number of addresses in a block with this prefix. */
export function sizeOf(prefix: number): number {
  return 2 ** (32 - prefix);
}

/** The block with this prefix that a block's first address lies in. */
export function startOf({ first, prefix }: Ipv4Block): Ipv4Block {
  return { first: first - (first % sizeOf(prefix)), prefix };
}

/** The block of a prefix that begins `offset` addresses into another one. */
export function blockWithin(outer: Ipv4Block, offset: number, prefix: number): Ipv4Block {
  return { first: outer.first + offset, prefix };
}

/** CIDR notation of a block. */
export function formatBlock({ first, prefix }: Ipv4Block): string {
  const octets = [2 ** 24, 2 ** 16, 2 ** 8, 1].map((unit) => Math.floor(first / unit) % 256);
  return `${octets.join(".")}/${prefix}`;
}
