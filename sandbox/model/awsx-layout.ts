import { type Bag, knownNumber, knownText } from "../values";
import { refuseGaps, refuseOverlaps } from "./awsx-ranges";
import { layoutOf, nameOf, resolved, type Spec, specFaults, specsOf } from "./awsx-specs";
import { type Cidr, formatCidr, networkOf, parseAddressAndPrefix, sizeOf } from "./cidr";
import { ConstructionFault } from "./planned";

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
  /** Position in `subnetSpecs`; meaningless when there are none. */
  readonly specIndex: number;
}

/** Where all subnets go. */
export interface Layout {
  readonly subnets: readonly PlannedSubnet[];
  /** As the component reports it. */
  readonly report: Bag[];
}

/** A kind of subnet with a block for each zone. */
interface Row {
  readonly spec: Pick<Spec, "name" | "type">;
  readonly blocks: readonly string[];
}

const fault = (reason: string) => new ConstructionFault([{ reason }]);

/** Bits needed to tell so many things apart. */
function bitsFor(count: number): number {
  return count <= 1 ? 0 : Math.ceil(Math.log2(count));
}

/** A public and a private subnet a zone, the private one twice as large, none larger than in a /16. */
function defaultSpecs(zonePrefix: number): Spec[] {
  if (zonePrefix > 26) {
    throw fault(
      `Automatic subnet creation requires a VPC with at least /26 available per AZ, but only /${zonePrefix} is available.` +
        "If you do need very small subnets, please specify them explicitly.",
    );
  }
  const blank = { name: undefined, cidrBlocks: undefined, size: undefined };
  const first = Math.max(zonePrefix, 16) + 1;
  return [
    { ...blank, type: "Private", cidrMask: first },
    { ...blank, type: "Public", cidrMask: first + 1 },
  ];
}

/** Blocks in a zone's range, one after the other, each starting where a block of its size can. */
function allocate(range: Cidr, specs: readonly Spec[]): string[] {
  const evenPrefix = range.prefix + bitsFor(specs.length);
  const prefixes = specs.map(({ cidrMask = evenPrefix }) => cidrMask);
  const wanted = prefixes.reduce((sum, prefix) => sum + sizeOf({ prefix }), 0);
  if (specs.length === 0) throw fault("No subnets specified");
  if (wanted > sizeOf(range)) {
    throw fault(
      `Subnets are too large for VPC. VPC has ${sizeOf(range)} addresses, but subnets require ${wanted} addresses.`,
    );
  }
  let next = range.first;
  return prefixes.map((prefix) => {
    const size = sizeOf({ prefix });
    const first = Math.ceil(next / size) * size;
    next = first + size;
    return formatCidr({ first, prefix });
  });
}

/** The rows of strategy "Auto": each zone has a range of its own, laid out alike. */
function automatic(vpc: Cidr, zones: number, given: Spec[] | undefined, zonePrefix: number | undefined) {
  const prefix = zonePrefix ?? vpc.prefix + bitsFor(zones);
  const specs = given ?? defaultSpecs(prefix);
  const start = networkOf(vpc).first;
  const byZone = Array.from({ length: zones }, (_, zone) =>
    allocate({ first: start + zone * sizeOf({ prefix }), prefix }, specs),
  );
  const rows = specs.map(
    (spec, index): Row => ({ spec, blocks: byZone.map((blocks) => blocks[index] ?? "") }),
  );
  return { rows, report: layoutOf(specs) };
}

/**
 * The rows of strategy "Legacy" without specs: half of each zone's range private, half of the rest public.
 *
 * Its report is read off the first two subnets, and these are the private ones of the first two zones.
 */
function legacyDefault(vpc: Cidr, zones: number) {
  const prefix = vpc.prefix + bitsFor(zones);
  if (prefix > 32)
    throw fault(`Requested ${bitsFor(zones)} new bits, but only ${32 - vpc.prefix} are available.`);
  if (prefix > 30) throw fault("Requested 1 new bits, but only 0 are available.");
  const ranges = Array.from({ length: zones }, (_, zone) => networkOf(vpc).first + zone * sizeOf({ prefix }));
  const half = sizeOf({ prefix: prefix + 1 });
  const row = (type: string, offset: number, cidrMask: number): Row => ({
    spec: { type, name: undefined },
    blocks: ranges.map((first) => formatCidr({ first: first + offset, prefix: cidrMask })),
  });
  const halves = (type: string) => ({ cidrMask: prefix + 1, type });
  const report =
    zones === 1
      ? [halves("Private"), { cidrMask: prefix + 2, type: "Public" }]
      : [halves("Private"), halves("Unused"), halves("Private")];
  return { rows: [row("Private", 0, prefix + 1), row("Public", half, prefix + 2)], report };
}

/** Name of a zone without its region: `us-east-1a` is `1a`. */
export function zoneSuffix(zone: string): string {
  return zone.replace(/^[a-z]{2}(?:-[a-z]+)+-/, "");
}

/** What the allocation of blocks depends on. */
interface Site {
  readonly inputs: Bag;
  readonly zones: number;
  readonly strategy: string;
  /** Block of the VPC as given, and taken apart: `undefined` while it is not known. */
  readonly block: string | undefined;
}

function rowsOf({ inputs, zones, strategy, block }: Site): { rows: Row[]; report: Bag[]; byZone: boolean } {
  const written = specsOf(inputs);
  const faults = [...specFaults(written ?? [], zones)];
  if (faults.length > 0) throw fault(`Invalid subnet specifications:\n - ${faults.join("\n - ")}`);
  const specs = written?.map(resolved);
  // Without specs "AutoMerge" is "Auto" and "Legacy" simple; with them they have rules of their own.
  const merges = strategy === "Legacy" || strategy === "AutoMerge";
  const known = strategy === "Auto" || strategy === "Exact" || (merges && specs === undefined);
  if (!known)
    throw fault(`the model of AWS does not know subnetStrategy "${strategy}": use "Auto" or "Exact"`);

  if (specs?.some(({ cidrBlocks }) => cidrBlocks !== undefined)) {
    const rows = specs.map((spec): Row => ({ spec, blocks: spec.cidrBlocks ?? [] }));
    return { rows, report: layoutOf(specs), byZone: true };
  }
  if (block === undefined) throw fault("cidrBlock must be known for subnets without cidrBlocks of their own");
  const vpc = vpcCidr(block);
  return strategy.startsWith("Auto") || specs !== undefined
    ? { ...automatic(vpc, zones, specs, knownNumber(inputs.availabilityZoneCidrMask)), byZone: true }
    : { ...legacyDefault(vpc, zones), byZone: false };
}

function vpcCidr(block: string): Cidr {
  const cidr = parseAddressAndPrefix(block);
  if (!cidr) throw fault(`invalid CIDR block "${block}"`);
  return cidr;
}

/**
 * Where the subnets of `awsx.ec2.Vpc` go: blocks as given, or laid out by its strategy.
 *
 * @param cidrBlock Block of the VPC, `undefined` while it is not known.
 * @throws {ConstructionFault} for what the provider refuses.
 */
export function layOut(
  vpcName: string,
  inputs: Bag,
  zones: readonly string[],
  cidrBlock: string | undefined,
): Layout {
  const strategy = knownText(inputs.subnetStrategy) ?? "Legacy";
  const { rows, report, byZone } = rowsOf({ inputs, zones: zones.length, strategy, block: cidrBlock });
  const tagByZone = inputs.subnetNameTagStrategy === "AvailabilityZone";
  const cells = rows.map(({ spec, blocks }, specIndex) =>
    zones.map((zone, zoneIndex): PlannedSubnet => {
      const stem = `${vpcName}-${nameOf(spec)}`;
      return {
        name: `${stem}-${zoneIndex + 1}`,
        nameTag: `${stem}-${tagByZone ? zoneSuffix(zone) : zoneIndex + 1}`,
        type: spec.type,
        zone,
        zoneIndex,
        cidrBlock: blocks[zoneIndex] ?? "",
        specIndex,
      };
    }),
  );
  // Zone by zone, or kind by kind: the order shows in what is said of them.
  const subnets = byZone
    ? zones.flatMap((_, zone) => cells.flatMap((row) => row.slice(zone, zone + 1)))
    : cells.flat();
  refuseOverlaps(subnets);
  if (strategy === "Exact" && cidrBlock !== undefined) refuseGaps(cidrBlock, vpcCidr(cidrBlock), subnets);
  return { subnets, report };
}
