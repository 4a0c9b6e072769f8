import { type Bag, bags, knownNumber, knownText, knownTexts } from "../values";
import { type Cidr, formatCidr, networkOf, overlap, parseAddressAndPrefix, sizeOf } from "./cidr";
import type { Failure } from "./kind";

/** A subnet `awsx.ec2.Vpc` is about to make. */
export interface PlannedSubnet {
  /** Logical name of the subnet and of all that hangs on it. */
  readonly name: string;
  /** Its `Name` tag. */
  readonly nameTag: string;
  readonly type: string;
  readonly zone: string;
  /** Position of its zone, from 0. */
  readonly zoneIndex: number;
  readonly cidrBlock: string;
  readonly tags: Bag;
  readonly assignIpv6: boolean | undefined;
}

interface Spec {
  readonly type: string;
  readonly name: string;
  readonly named: boolean;
  readonly cidrBlocks: string[] | undefined;
  readonly cidrMask: number | undefined;
  readonly tags: Bag;
  readonly assignIpv6: boolean | undefined;
}

/** Addresses of all subnets, or what is wrong with the arguments. */
export type Layout = { readonly subnets: PlannedSubnet[] } | { readonly failures: readonly Failure[] };

const fail = (reason: string): { readonly failures: readonly Failure[] } => ({ failures: [{ reason }] });

function specsOf(inputs: Bag): Spec[] | undefined {
  if (inputs.subnetSpecs === undefined) return undefined;
  return bags(inputs.subnetSpecs).map((spec) => {
    const type = String(spec.type);
    const size = knownNumber(spec.size);
    return {
      type,
      name: knownText(spec.name) ?? type.toLowerCase(),
      named: spec.name !== undefined,
      cidrBlocks: knownTexts(spec.cidrBlocks),
      cidrMask: knownNumber(spec.cidrMask) ?? (size === undefined ? undefined : 32 - Math.log2(size)),
      tags: bags(spec.tags)[0] ?? {},
      assignIpv6:
        typeof spec.assignIpv6AddressOnCreation === "boolean" ? spec.assignIpv6AddressOnCreation : undefined,
    };
  });
}

function* specFaults(specs: readonly Spec[], zones: number): Iterable<string> {
  for (const type of new Set(specs.map((spec) => spec.type.toLowerCase()))) {
    const alike = specs.filter((spec) => spec.type.toLowerCase() === type);
    const named = alike.filter(({ named }) => named).map(({ name }) => name);
    if (alike.length - named.length > 1 || new Set(named).size < named.length) {
      yield `Multiple subnet specs of type "${type}" require unique names. You can have at most one unnamed subnet ` +
        'per type. All other subnets of the same type must have unique "name" properties to avoid duplicate resource names.';
    }
  }
  if (specs.every(({ cidrBlocks }) => cidrBlocks === undefined)) return;
  for (const [index, { cidrBlocks }] of specs.entries()) {
    if (cidrBlocks === undefined) {
      yield "If any subnet spec has explicit cidrBlocks, all subnets must have explicit cidrBlocks.";
    } else if (cidrBlocks.length !== zones) {
      yield `The number of CIDR blocks in subnetSpecs[${index}] must match the number of availability zones (${zones}).`;
    }
  }
}

/** Bits needed to tell so many things apart. */
function bitsFor(count: number): number {
  return count <= 1 ? 0 : Math.ceil(Math.log2(count));
}

/** A public and a private subnet a zone, the private one twice as large, none larger than in a /16. */
function defaultSpecs(zonePrefix: number): Spec[] {
  const prefix = Math.max(zonePrefix, 16);
  return ["Private", "Public"].map((type, index) => ({
    type,
    name: type.toLowerCase(),
    named: false,
    cidrBlocks: undefined,
    cidrMask: prefix + index + 1,
    tags: {},
    assignIpv6: undefined,
  }));
}

/** Blocks in a zone's range, one after the other, each starting where a block of its size can. */
function allocate(range: Cidr, specs: readonly Spec[]): Cidr[] {
  const evenPrefix = range.prefix + bitsFor(specs.length);
  let next = range.first;
  return specs.map(({ cidrMask = evenPrefix }) => {
    const size = sizeOf({ prefix: cidrMask });
    const first = Math.ceil(next / size) * size;
    next = first + size;
    return { first, prefix: cidrMask };
  });
}

/** Name of a zone without its region: `us-east-1a` is `1a`. */
function zoneSuffix(zone: string): string {
  return zone.replace(/^[a-z]{2}(?:-[a-z]+)+-/, "");
}

function overlapping(subnets: readonly PlannedSubnet[]): string | undefined {
  const parsed = subnets.map((subnet) => ({ subnet, cidr: parseAddressAndPrefix(subnet.cidrBlock) }));
  const clashing = parsed.filter(({ subnet, cidr }) =>
    parsed.some((other) => other.subnet !== subnet && cidr && other.cidr && overlap(cidr, other.cidr)),
  );
  if (clashing.length === 0) return undefined;
  const lines = clashing.map(({ subnet }, index) => `${index + 1}. ${subnet.name}: ${subnet.cidrBlock}\n`);
  return (
    "The following subnets overlap with at least one other subnet. Make the CIDR for the VPC larger, reduce the size " +
    `of the subnets per AZ, or use less Availability Zones:\n\n${lines.join("")}`
  );
}

/** Where the subnets of `awsx.ec2.Vpc` go: blocks as given, or laid out by its "Auto" strategy. */
export function layOut(vpcName: string, inputs: Bag, zones: readonly string[], cidrBlock: string): Layout {
  const given = specsOf(inputs);
  const faults = [...specFaults(given ?? [], zones.length)];
  if (faults.length > 0) return fail(`Invalid subnet specifications:\n - ${faults.join("\n - ")}`);

  const strategy = knownText(inputs.subnetStrategy) ?? "Legacy";
  // Without specs "Legacy" comes to the same as "Auto"; with them it has rules of its own.
  const known = strategy === "Auto" || strategy === "Exact" || (strategy === "Legacy" && given === undefined);
  if (!known) {
    return fail(`the model of AWS does not know subnetStrategy "${strategy}": use "Auto" or "Exact"`);
  }
  const vpc = parseAddressAndPrefix(cidrBlock);
  if (!vpc) return fail(`invalid CIDR block "${cidrBlock}"`);
  const prefix = knownNumber(inputs.availabilityZoneCidrMask) ?? vpc.prefix + bitsFor(zones.length);
  const specs = given ?? defaultSpecs(prefix);
  const byZone = inputs.subnetNameTagStrategy === "AvailabilityZone";
  const start = networkOf(vpc).first;

  const subnets = zones.flatMap((zone, zoneIndex) => {
    const blocks = allocate({ first: start + zoneIndex * sizeOf({ prefix }), prefix }, specs);
    return specs.map((spec, index) => {
      const block = spec.cidrBlocks?.[zoneIndex] ?? formatCidr(blocks[index] ?? vpc);
      return {
        name: `${vpcName}-${spec.name}-${zoneIndex + 1}`,
        nameTag: `${vpcName}-${spec.name}-${byZone ? zoneSuffix(zone) : zoneIndex + 1}`,
        type: spec.type,
        zone,
        zoneIndex,
        cidrBlock: block,
        tags: spec.tags,
        assignIpv6: spec.assignIpv6,
      };
    });
  });
  const clash = overlapping(subnets);
  return clash === undefined ? { subnets } : fail(clash);
}

/** The layout as the component reports it. */
export function resolvedLayout(inputs: Bag, subnets: readonly PlannedSubnet[]): Bag[] {
  const specs = bags(inputs.subnetSpecs);
  if (specs.length === 0) {
    return subnets
      .filter(({ zoneIndex }) => zoneIndex === 0)
      .map(({ type, cidrBlock }) => ({ type, cidrMask: parseAddressAndPrefix(cidrBlock)?.prefix ?? 0 }));
  }
  return specs.map(
    ({ name, cidrBlocks, cidrMask, size, type }) =>
      Object.fromEntries(
        Object.entries({ name, cidrBlocks, cidrMask, size, type }).filter((entry) => entry[1] !== undefined),
      ) as Bag,
  );
}
