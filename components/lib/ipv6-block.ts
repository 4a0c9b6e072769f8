import { isIPv6 } from "node:net";

/** Bits of an IPv6 address. */
const bits = 128;
const groupBits = 16n;

/**
 * A block of IPv6 addresses as AWS writes it, from its first address and in short: `2001:db8::/32`. `undefined` for a text
 * that is no block.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5952
 */
export function canonicalIpv6Block(text: string): string | undefined {
  const [, address = "", length = ""] = /^([0-9A-Fa-f:]+)\/(0|[1-9][0-9]{0,2})$/.exec(text) ?? [];
  const prefix = Number(length);
  if (!isIPv6(address) || prefix > bits) return undefined;
  const rest = BigInt(bits - prefix);
  return `${shortened((numberOf(address) >> rest) << rest)}/${prefix}`;
}

function numberOf(address: string): bigint {
  const [left = "", right] = address.split("::");
  const head = groupsOf(left);
  const tail = right === undefined ? [] : groupsOf(right);
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => 0n);
  return [...head, ...zeros, ...tail].reduce((sum, group) => (sum << groupBits) | group, 0n);
}

function groupsOf(text: string): bigint[] {
  return text === "" ? [] : text.split(":").map((group) => BigInt(`0x${group}`));
}

/** The longest run of two or more empty groups, the first of several, becomes `::`. */
function shortened(address: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((address >> (groupBits * BigInt(7 - index))) & 0xffffn).toString(16),
  );
  const runs = [...groups.join(":").matchAll(/(?<![0-9a-f])0(:0)+(?![0-9a-f])/g)];
  const longest = runs.reduce<RegExpMatchArray | undefined>(
    (best, run) => (best === undefined || run[0].length > best[0].length ? run : best),
    undefined,
  );
  if (longest?.index === undefined) return groups.join(":");
  const whole = groups.join(":");
  const before = whole.slice(0, longest.index).replace(/:$/, "");
  const after = whole.slice(longest.index + longest[0].length).replace(/^:/, "");
  return `${before}::${after}`;
}
