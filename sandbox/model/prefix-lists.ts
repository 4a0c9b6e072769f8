import { digitsOf, hexOf } from "./ids";

/** A list of blocks AWS keeps, with blocks that are invented. */
export interface PrefixList {
  readonly id: string;
  readonly cidrBlocks: string[];
}

/** The list of that name in a region. */
export function prefixList(name: string, region: string): PrefixList {
  const id = `pl-${hexOf(`${region}${name}`, 8)}`;
  return { id, cidrBlocks: [`52.${(Number.parseInt(digitsOf(name, 3), 10) % 200) + 1}.0.0/16`] };
}

/** Where CloudFront comes from. */
export const originFacing = "com.amazonaws.global.cloudfront.origin-facing";

/** CloudFront's list, with the entries it may have. */
export function originFacingList(region: string): PrefixList & { readonly maxEntries: number } {
  return { ...prefixList(originFacing, region), maxEntries: 55 };
}
