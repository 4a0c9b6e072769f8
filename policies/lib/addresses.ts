import { isIPv4, isIPv6 } from "node:net";

/** Which internet protocol an address belongs to. */
export type Family = 4 | 6;

/** Addresses of one family, from the first to the last. */
export interface AddressRange {
  readonly family: Family;
  readonly first: bigint;
  readonly last: bigint;
}

const bitsOf = { 4: 32n, 6: 128n } as const;

/**
 * What no route on the internet leads to, in IPv4: who may come in from everywhere else may come in from everywhere.
 *
 * https://www.iana.org/assignments/iana-ipv4-special-registry
 */
const unroutable = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/3",
].flatMap((block) => rangeOf(block) ?? []);

/** What there is of IPv6 so far. https://www.iana.org/assignments/ipv6-address-space */
const routable6 = "2000::/3";

/**
 * The addresses of a block in CIDR notation, whatever stands behind the prefix: `10.1.2.3/8` is all of `10.0.0.0/8`. A
 * single address is a block of one. Nothing for what is neither.
 */
export function rangeOf(block: string): AddressRange | undefined {
  const [address = "", length, ...rest] = block.trim().split("/");
  const family = isIPv4(address) ? 4 : isIPv6(address) ? 6 : undefined;
  if (family === undefined || rest.length > 0) return undefined;
  const bits = bitsOf[family];
  const fixed = length === undefined ? bits : prefixOf(length);
  const value = family === 4 ? ofIPv4(address) : ofIPv6(address);
  if (fixed === undefined || fixed > bits || value === undefined) return undefined;
  const free = bits - fixed;
  const first = (value >> free) << free;
  return { family, first, last: first + (1n << free) - 1n };
}

/** Whether ranges of one family, together, hold every address of it that the internet reaches. */
export function areWorld(ranges: readonly AddressRange[], family: Family): boolean {
  const own = ranges.filter((range) => range.family === family);
  if (family === 4) return own.length > 0 && cover([...own, ...unroutable], wholeOf(4));
  return cover(own, rangeOf(routable6) ?? wholeOf(6));
}

/** Whether a block alone is the whole of its family. */
export function isWorld(block: string): boolean {
  const range = rangeOf(block);
  return range !== undefined && areWorld([range], range.family);
}

function wholeOf(family: Family): AddressRange {
  return { family, first: 0n, last: (1n << bitsOf[family]) - 1n };
}

/** Whether no address of a range is left out. */
function cover(ranges: readonly AddressRange[], { first, last }: AddressRange): boolean {
  let next = first;
  for (const range of [...ranges].sort((a, b) => (a.first < b.first ? -1 : Number(a.first > b.first)))) {
    if (range.first > next) return false;
    if (range.last >= next) next = range.last + 1n;
  }
  return next > last;
}

function prefixOf(length: string): bigint | undefined {
  return /^\d{1,3}$/.test(length) ? BigInt(length) : undefined;
}

function ofIPv4(address: string): bigint {
  return address.split(".").reduce((value, part) => value * 256n + BigInt(part), 0n);
}

/** An address that Node.js takes for IPv6; nothing for one with a zone, which names no block. */
function ofIPv6(address: string): bigint | undefined {
  if (address.includes("%")) return undefined;
  const [head = "", tail] = address.split("::");
  const left = groupsOf(head);
  const right = groupsOf(tail ?? "");
  const gap = tail === undefined ? 0 : 8 - left.length - right.length;
  const groups = [...left, ...Array.from({ length: gap }, () => 0n), ...right];
  return groups.reduce((value, group) => (value << 16n) + group, 0n);
}

/** Groups of 16 bits; an IPv4 address at the end is two of them. */
function groupsOf(text: string): readonly bigint[] {
  if (text === "") return [];
  return text.split(":").flatMap((group) => {
    if (!group.includes(".")) return [BigInt(`0x${group}`)];
    const value = ofIPv4(group);
    return [value >> 16n, value & 0xffffn];
  });
}
