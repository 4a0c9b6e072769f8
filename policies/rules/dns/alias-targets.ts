import { type Answer, answer } from "../../lib/answers";
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
  shape: /^s3-website[.-][a-z0-9-]+\.amazonaws\.(?:com(?:\.cn)?|eu)$/,
  property: "bucket",
};

const targets: readonly Target[] = [
  WEBSITE,
  {
    types: [...LOAD_BALANCER, ...CLASSIC_BALANCER],
    shape: /\.elb(?:\.[a-z0-9-]+)?\.amazonaws\.(?:com(?:\.cn)?|eu)$/,
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

/** What the resources of a kind in a stack are named by. */
interface Names {
  /** Their names, as DNS compares them. */
  readonly full: ReadonlySet<string>;
  /** What such a name may begin with, up to one of its dots. */
  readonly starts: ReadonlySet<string>;
  /** Whether one of them has a name that is not known yet. */
  readonly open: boolean;
}

/** Read once for all records of a stack, which may be as many as what they lead to. */
const known = new WeakMap<Stack, Map<Target, Names>>();

function namesIn(stack: Stack, target: Target): Names {
  const ofStack = known.get(stack) ?? new Map<Target, Names>();
  known.set(stack, ofStack);
  const names = ofStack.get(target) ?? readNames(stack, target);
  ofStack.set(target, names);
  return names;
}

function readNames(stack: Stack, target: Target): Names {
  const resources = stack.ofType(target.types);
  const named = target === WEBSITE ? resources.flatMap((one) => bucketsBehind(stack, one)) : resources;
  const values = named.map(({ outputs }) => outputs.at(target.property));
  const full = values.flatMap((value) => (value.isKnown() ? (value.text() ?? []) : [])).map(plain);
  return {
    full: new Set(full),
    starts: new Set(full.flatMap(startsOf)),
    open: values.some((value) => !value.isKnown()),
  };
}

/** `www` and `www.example` of `www.example.com`. */
function startsOf(name: string): readonly string[] {
  const labels = name.split(".");
  return labels.slice(1).map((_, index) => labels.slice(0, index + 1).join("."));
}

/** Whether a name is one of some names, or a zone's before one: a network balancer has one for each of its zones. */
function endsIn(name: string, { full }: Names): boolean {
  const labels = name.split(".");
  return labels.some((_, index) => full.has(labels.slice(index).join(".")));
}

/** Whether an alias leads to a resource of a kind. */
export function leadsTo({ stack, record, name }: Alias, target: Target): Answer {
  const names = namesIn(stack, target);
  if (names.full.size === 0 && !names.open) return false;
  const is =
    target === WEBSITE ? answer(() => isNameOf(record, names)) : endsIn(plain(name.text() ?? ""), names);
  return is === false && names.open ? undefined : is;
}

/** The buckets that may be served by a website's configuration whose bucket is not created yet; else itself. */
function bucketsBehind(stack: Stack, website: StackResource): readonly StackResource[] {
  const reference = BUCKET_WEBSITE.includes(website.type)
    ? stack.refer(website, website.outputs.at("bucket"), BUCKET)
    : undefined;
  const known = reference?.kind === "among" && !reference.others && reference.resources.length > 0;
  return known ? reference.resources : [website];
}

/** Whether one of some names is a record's full one, of which the zone's part may be left out of what is written. */
function isNameOf({ outputs }: StackResource, { full, starts }: Names): Answer {
  const fqdn = outputs.at("fqdn");
  if (fqdn.isKnown() && fqdn.isSet()) return full.has(plain(fqdn.text() ?? ""));
  const written = outputs.at("name").text();
  if (written === undefined) return undefined;
  return full.has(plain(written)) || starts.has(plain(written));
}
