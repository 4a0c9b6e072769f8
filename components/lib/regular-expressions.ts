// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html
const unsupported: readonly (readonly [RegExp, string])[] = [
  [/\(\?<?[=!]/, "look-around"],
  [/\\[1-9]|\\k<|\(\?P=/, "back references"],
  [/\(\?>/, "atomic groups"],
  [/[*+?}]\+/, "possessive quantifiers"],
  [/\(\?(R|[0-9]|&|P>)/, "recursion and subroutines"],
];
const unicodeClass = /\\[pP]/;

/** Without characters that mean themselves because of the backslash before them. */
function unescaped(regex: string): string {
  return regex.replace(/\\[^1-9kpP]/g, "_");
}

/** Without what is in brackets, where signs mean themselves. */
function outside(regex: string): string {
  return regex.replace(/\[\^?\]?[^\]]*\]/g, "_");
}

/** The same for JavaScript, as far as it can tell: other names for groups, and no switches. */
function portable(regex: string): string {
  return regex
    .replaceAll("(?P<", "(?<")
    .replace(/\(\?[a-zA-Z-]+\)/g, "")
    .replace(/\(\?[a-zA-Z-]+:/g, "(?:");
}

function compiled(regex: string): RegExp | undefined {
  try {
    return new RegExp(portable(regex));
  } catch {
    return undefined;
  }
}

/**
 * What keeps a load balancer from taking a regular expression, as it completes "must …". `undefined` if nothing does.
 *
 * @param longest Most characters.
 */
export function regexFault(regex: string, longest: number): string | undefined {
  if (!/^[ -~]+$/.test(regex) || regex.length > longest) {
    return `be a regular expression of 1 to ${longest} ASCII characters`;
  }
  const bare = unescaped(regex);
  const named = unsupported.find(([form]) => form.test(outside(bare)))?.[1];
  const found = named ?? (unicodeClass.test(bare) ? "Unicode classes" : undefined);
  if (found !== undefined) return `do without ${found}, which AWS does not support`;
  return compiled(regex) === undefined ? "be a regular expression" : undefined;
}

/** The number of capture groups of a regular expression that is one. */
export function groupsIn(regex: string): number {
  const form = compiled(`${regex}|`);
  return (form?.exec("")?.length ?? 1) - 1;
}

/** The highest capture group that a replacement names: 2 in `/$1/$2`. */
export function highestGroup(replace: string): number {
  return Math.max(0, ...[...replace.matchAll(/\$\{?([0-9]{1,2})/g)].map(([, group]) => Number(group)));
}
