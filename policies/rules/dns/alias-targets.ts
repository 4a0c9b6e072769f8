import { type Answer, some } from "../../lib/answers";
import type { Stack, StackResource } from "../../lib/stack";
import type { Value } from "../../lib/value";
import { BUCKET, BUCKET_WEBSITE, CLASSIC_BALANCER, DISTRIBUTION, LOAD_BALANCER } from "../types";

/** A kind of thing that an alias names by a name AWS gave it. */
export interface Target {
  /** Types of the resources that have such a name. */
  readonly types: readonly string[];
  /** What such a name looks like. */
  readonly shape: RegExp;
  /** The property with the name that tells them apart. */
  readonly property: string;
}

/** A bucket's website. It goes by the name of its region; which bucket is meant S3 takes from the record's own name. */
export const WEBSITE: Target = {
  types: [...BUCKET, ...BUCKET_WEBSITE],
  shape: /^s3-website[.-][a-z0-9-]+\.amazonaws\.com(?:\.cn)?$/,
  property: "bucket",
};

const targets: readonly Target[] = [
  WEBSITE,
  {
    types: [...LOAD_BALANCER, ...CLASSIC_BALANCER],
    shape: /\.elb(?:\.[a-z0-9-]+)?\.amazonaws\.com(?:\.cn)?$/,
    property: "dnsName",
  },
  { types: DISTRIBUTION, shape: /\.cloudfront\.(?:net|cn)$/, property: "domainName" },
];

/** The kind of thing a name is of; nothing for names that AWS does not give. */
export function targetNamed(name: string): Target | undefined {
  return targets.find(({ shape }) => shape.test(plain(name)));
}

/** A name as DNS compares it, without what the console puts before a balancer's. */
function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/\.$/, "")
    .replace(/^dualstack\./, "");
}

/** An alias of a record in a stack. */
export interface Alias {
  readonly stack: Stack;
  readonly record: StackResource;
  /** The name it leads to. */
  readonly name: Value;
}

/** Whether an alias leads to one of some resources. */
export function leadsTo(
  { stack, record, name }: Alias,
  target: Target,
  resources: readonly StackResource[],
): Answer {
  if (target !== WEBSITE) {
    const wanted = plain(name.text() ?? "");
    return some(resources, ({ outputs }) => plain(outputs.at(target.property).text() ?? "") === wanted);
  }
  const buckets = resources.flatMap((resource) => bucketsBehind(stack, resource));
  return some(buckets, ({ outputs }) => isNameOf(record, outputs.at(target.property).text() ?? ""));
}

/** The buckets that may be served by a website's configuration whose bucket is not created yet; else itself. */
function bucketsBehind(stack: Stack, website: StackResource): readonly StackResource[] {
  const reference = BUCKET_WEBSITE.includes(website.type)
    ? stack.refer(website, website.outputs.at("bucket"), BUCKET)
    : undefined;
  const known = reference?.kind === "among" && !reference.others && reference.resources.length > 0;
  return known ? reference.resources : [website];
}

/** Whether a name is a record's full one, of which the zone's part may be left out of what is written. */
function isNameOf({ outputs }: StackResource, name: string): Answer {
  const full = outputs.at("fqdn");
  if (full.isKnown() && full.isSet()) return plain(full.text() ?? "") === plain(name);
  const written = outputs.at("name").text();
  if (written === undefined) return undefined;
  return plain(name) === plain(written) || plain(name).startsWith(`${plain(written)}.`);
}
