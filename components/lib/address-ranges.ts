import { isIPv4, isIPv6 } from "node:net";

/** A range of IPv4 or IPv6 addresses. */
export interface AddressRange {
  readonly version: 4 | 6;
  /** The first address, as a number. */
  readonly first: bigint;
  /** How many leading bits all of them share. */
  readonly prefix: number;
}

const bitsOf = { 4: 32, 6: 128 };

/**
 * Reads CIDR notation of IPv4 or IPv6.
 *
 * `undefined` for anything else, and for a range that does not begin with its first address: AWS refuses `10.0.0.1/8`.
 */
export function parseRange(text: string): AddressRange | undefined {
  const [address = "", length = "", ...rest] = text.split("/");
  const version = isIPv4(address) ? 4 : isIPv6(address) && !/[%.]/.test(address) ? 6 : undefined;
  if (version === undefined || rest.length > 0 || !/^(0|[1-9][0-9]{0,2})$/.test(length)) return undefined;
  const prefix = Number(length);
  if (prefix > bitsOf[version]) return undefined;
  const first = version === 4 ? ipv4(address) : ipv6(address);
  const behind = BigInt(bitsOf[version] - prefix);
  return (first >> behind) << behind === first ? { version, first, prefix } : undefined;
}

function ipv4(address: string): bigint {
  return address.split(".").reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function ipv6(address: string): bigint {
  const [head = "", tail] = address.split("::");
  const groups = (part: string) => (part === "" ? [] : part.split(":"));
  const left = groups(head);
  const right = tail === undefined ? [] : groups(tail);
  const middle = Array.from({ length: 8 - left.length - right.length }, () => "0");
  return [...left, ...middle, ...right].reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n);
}

/** Whether every address of `narrow` is one of `wide`. */
export function rangeCovers(wide: AddressRange, narrow: AddressRange): boolean {
  if (wide.version !== narrow.version || wide.prefix > narrow.prefix) return false;
  const behind = BigInt(bitsOf[wide.version] - wide.prefix);
  return wide.first >> behind === narrow.first >> behind;
}

/** How much of an address a range fixes, from 0 for every address to 1 for one. */
export function shareFixed({ version, prefix }: AddressRange): number {
  return prefix / bitsOf[version];
}
