import { shortName } from "./names";
import type { Problems } from "./problems";

// One "@" and a dotted domain. Whether somebody reads it, AWS finds out: it asks each subscriber to confirm.
const address = /^[^\s@,;:<>()"]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/;

const longestSlug = 40;

/** A part of a logical name that stands for one email address, however it is written and whatever its neighbours are. */
export function addressSlug(email: string): string {
  const plain = email.toLowerCase();
  return shortName(plain.replace(/[^a-z0-9]+/g, "-"), longestSlug, plain);
}

/** Notes what is wrong with the email addresses of `path`. */
export function checkAddresses(emails: readonly string[], path: string, problems: Problems): void {
  const seen = new Set<string>();
  for (const [index, email] of emails.entries()) {
    const found = JSON.stringify(email);
    const valid = address.test(email);
    problems.unless(valid, `${path}[${index}]`, `must be an email address, got ${found}`);
    const plain = email.toLowerCase();
    problems.unless(!seen.has(plain), `${path}[${index}]`, `must be named once, got ${found} again`);
    seen.add(plain);
  }
}
