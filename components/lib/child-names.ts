import { autoNameSuffixLength } from "./names";
import type { Problems } from "./problems";

/** Longest name of an IAM role. */
export const roleNameLength = 64;

const pattern = /^[A-Za-z][A-Za-z0-9-]*$/;
const wanted = "must be letters, digits and hyphens, beginning with a letter";

/** Says whether a text can be part of every physical name AWS knows. */
function isNamePart(text: string): boolean {
  return pattern.test(text);
}

/**
 * Notes a fault at `name` unless a component's name can begin the physical names of its children.
 *
 * `suffix` is what the child with the least room adds to it, `max` what AWS allows that child; Pulumi adds a suffix of
 * its own.
 */
export function checkName(name: string, suffix: string, max: number, problems: Problems): void {
  problems.unless(isNamePart(name), "name", `${wanted}, got ${JSON.stringify(name)}`);
  const room = max - suffix.length - autoNameSuffixLength;
  problems.unless(
    name.length <= room,
    "name",
    `must have ${room} characters or fewer to leave room for "${suffix}", got ${name.length}`,
  );
}

/** Notes a fault at each key of a map that cannot be part of its child's name. */
export function checkKeys(map: { readonly [key: string]: unknown }, path: string, problems: Problems): void {
  for (const key of Object.keys(map)) {
    problems.unless(isNamePart(key), `${path}.${key}`, `key ${wanted}, got ${JSON.stringify(key)}`);
  }
}

/** Notes a fault at `namePrefix` unless names can begin with it and stay within `room` characters. */
export function checkNamePrefix(namePrefix: string | undefined, room: number, problems: Problems): void {
  if (namePrefix === undefined) return;
  problems.unless(isNamePart(namePrefix), "namePrefix", `${wanted}, got ${JSON.stringify(namePrefix)}`);
  problems.unless(
    namePrefix.length <= room,
    "namePrefix",
    `must have ${room} characters or fewer, got ${namePrefix.length}`,
  );
}
