import { createHash } from "node:crypto";

const hashLength = 7;

/** Characters Pulumi appends when it names a resource: a dash and seven digits. */
export const autoNameSuffixLength = 8;

/**
 * A physical name no longer than `max` characters.
 *
 * A text that fits is kept. A longer one is cut and ends in a hash of the whole text and of `salt`, so that two texts
 * that begin alike stay apart and the same text always gets the same name. Put whatever forces AWS to replace the
 * resource into `salt`: the replacement then has a name of its own.
 */
export function shortName(text: string, max: number, ...salt: string[]): string {
  if (text.length <= max && salt.length === 0) return text;
  const hash = createHash("sha256")
    .update(JSON.stringify([text, ...salt]))
    .digest("hex")
    .slice(0, hashLength);
  const head = text.slice(0, max - hashLength - 1).replace(/[^A-Za-z0-9]+$/, "");
  return `${head}-${hash}`;
}
