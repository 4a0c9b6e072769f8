/** A block of IPv4 addresses. */
export interface Cidr {
  /** First address as a number. */
  readonly first: number;
  /** Length of the prefix, 0 to 32. */
  readonly prefix: number;
}

/** Number of addresses in a block. */
export function sizeOf({ prefix }: Pick<Cidr, "prefix">): number {
  return 2 ** (32 - prefix);
}

/** Reads `10.0.0.0/16`; `undefined` when it is not a block. The address may have bits beyond the prefix. */
export function parseAddressAndPrefix(text: string): Cidr | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (!parts) return undefined;
  const [a = 256, b = 256, c = 256, d = 256, prefix = 33] = parts.slice(1).map(Number);
  if (Math.max(a, b, c, d) > 255 || prefix > 32) return undefined;
  return { first: ((a * 256 + b) * 256 + c) * 256 + d, prefix };
}

/** The block an address is in. */
export function networkOf({ first, prefix }: Cidr): Cidr {
  const size = sizeOf({ prefix });
  return { first: Math.floor(first / size) * size, prefix };
}

/** Writes `10.0.0.0/16`. */
export function formatCidr({ first, prefix }: Cidr): string {
  const octets = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256);
  return `${octets.join(".")}/${prefix}`;
}

/** Whether two blocks have an address in common. */
export function overlap(a: Cidr, b: Cidr): boolean {
  return a.first < b.first + sizeOf(b) && b.first < a.first + sizeOf(a);
}

/** Whether a block lies in another. */
export function within(inner: Cidr, outer: Cidr): boolean {
  return inner.first >= outer.first && inner.first + sizeOf(inner) <= outer.first + sizeOf(outer);
}

/** Why a text is no block AWS would take, if it is not. */
export function cidrFault(text: string): string | undefined {
  const cidr = parseAddressAndPrefix(text);
  if (!cidr) return `"${text}" is not a valid IPv4 CIDR block: invalid CIDR address: ${text}`;
  const network = formatCidr(networkOf(cidr));
  return network === text
    ? undefined
    : `"${text}" is not a valid IPv4 CIDR block; did you mean "${network}"?`;
}
