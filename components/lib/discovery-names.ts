import type { Problems } from "./problems";

const label = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

/**
 * A domain of one or more labels, in lower case, as a namespace is called. AWS takes 253 characters for a whole name, of
 * which a service's label may need 63 and the dot one.
 *
 * @see https://docs.aws.amazon.com/cloud-map/latest/api/API_CreatePrivateDnsNamespace.html
 */
export const namespaceForm = new RegExp(`^(?=.{1,189}$)${label}(\\.${label})*$`);

/** What `namespaceForm` takes, to come after "must be". */
export const namespaceWanted = 'a domain in lower case such as "svc.internal", up to 189 characters';

/**
 * One label, so that a name of a service never ends up below another's.
 *
 * @see https://docs.aws.amazon.com/cloud-map/latest/api/API_CreateService.html
 */
export const serviceNameForm = new RegExp(`^${label}$`);

/** What `serviceNameForm` takes, to come after "must be". */
export const serviceNameWanted =
  'one label of a domain name in lower case such as "analyzer", up to 63 characters';

// The resolver of a VPC answers for these itself, and a zone of the same name would take their place.
// https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html
const resolved = /(^|\.)((ec2|compute)\.internal|amazonaws\.com(\.cn)?)$/;

/** Whether the resolver of a VPC has names of its own in a domain. */
export function isResolvedByAws(domain: string): boolean {
  return resolved.test(domain);
}

/** Seconds a resolver may keep an answer: longer, and clients talk to instances that are long gone. */
export const ttlRange: readonly [number, number] = [0, 3600];

/**
 * Limits of what an instance says of itself.
 *
 * @see https://docs.aws.amazon.com/cloud-map/latest/api/API_RegisterInstance.html
 */
export const attributeLimits = {
  /** Attributes of one instance, apart from those of AWS. */
  count: 30,
  /** Characters of all keys and values together. */
  total: 5000,
  /** Characters of one value. */
  value: 1024,
  key: /^(?!AWS_)[!-~]{1,255}$/,
  /** Printable ASCII, blanks inside only. */
  text: /^([!-~]([ \t!-~]*[!-~])?)?$/,
} as const;

/** What a key of an attribute must be, to come after "must be". */
export const attributeKeyWanted =
  '1 to 255 printable ASCII characters without blanks, not beginning with "AWS_", which are the registry\'s own';

/** What a value of an attribute must be, to come after "must be". */
export const attributeValueWanted = `printable ASCII without blanks at its ends, up to ${attributeLimits.value} characters`;

/** Whether a text can be an attribute's value. */
export function isAttributeValue(text: string): boolean {
  return text.length <= attributeLimits.value && attributeLimits.text.test(text);
}

/** Notes what is wrong with the attributes of an instance, as far as their values are known. */
export function checkAttributes(
  attributes: { readonly [key: string]: unknown },
  path: string,
  problems: Problems,
): void {
  const entries = Object.entries(attributes);
  const { count, total, key: form } = attributeLimits;
  problems.unless(entries.length <= count, path, `must be ${count} or fewer, got ${entries.length}`);
  for (const [key, value] of entries) {
    const at = `${path}[${JSON.stringify(key)}]`;
    problems.unless(form.test(key), at, `key must be ${attributeKeyWanted}`);
    if (typeof value !== "string") continue;
    problems.unless(isAttributeValue(value), at, `must be ${attributeValueWanted}`);
  }
  const size = sizeOf(attributes);
  problems.unless(size <= total, path, `must have ${total} characters or fewer in all, got ${size}`);
}

/** Characters of all keys and of all values that are known. */
export function sizeOf(attributes: { readonly [key: string]: unknown }): number {
  const texts = Object.entries(attributes).flat();
  return texts.reduce<number>((sum, text) => sum + (typeof text === "string" ? text.length : 0), 0);
}
