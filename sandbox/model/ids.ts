import { createHash } from "node:crypto";

/** Hexadecimal digits that are always the same for the same text, and look like those AWS hands out. */
export function hexOf(text: string, digits: number): string {
  return createHash("sha256").update(text).digest("hex").slice(0, digits);
}

/** Decimal digits, none of them leading zeros, always the same for the same text. */
export function digitsOf(text: string, digits: number): string {
  const number = BigInt(`0x${hexOf(text, 32)}`) % 10n ** BigInt(digits - 1);
  return String(10n ** BigInt(digits - 1) + number);
}

/** Capital letters and digits, as in the identifiers of IAM and Route 53. */
export function capitalsOf(text: string, length: number): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bytes = createHash("sha256").update(text).digest();
  return Array.from({ length }, (_, index) => alphabet[(bytes[index % bytes.length] ?? 0) % 32]).join("");
}

/** A version 4 UUID, always the same for the same text. */
export function uuidOf(text: string): string {
  const hex = hexOf(text, 32);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}

/** An identifier of EC2: a prefix and 17 hexadecimal digits that start with a zero, `vpc-0a1b…`. */
export function ec2Id(prefix: string, urn: string): string {
  return `${prefix}-0${hexOf(urn, 16)}`;
}

/** `aws`, or what stands for it in China and GovCloud. */
export function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/** End of host names in a region. */
export function dnsSuffixOf(region: string): string {
  return region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
}
