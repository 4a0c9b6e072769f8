import type { Judgement } from "./judgement";
import type { WholeNumber } from "./parameters";
import type { Stack, StackResource } from "./stack";
import { brief, type Value } from "./value";

/** Every type that is a subnet. */
const SUBNET = ["aws:ec2/subnet:Subnet", "aws:ec2/defaultSubnet:DefaultSubnet"];

/** The parameter of every rule about zones. */
export const minZones: WholeNumber = {
  type: "integer",
  description: "Fewest availability zones.",
  default: 2,
  minimum: 2,
  maximum: 6,
};

/** Where a resource lists what decides its zones: a list read element by element, or one that is not known at all. */
export interface Places {
  /** The property, for findings. */
  readonly path: string;
  /** Subnet ids, or zones, still unread; nothing while even their number is unknown. */
  readonly elements: readonly Value[] | undefined;
  /** The property itself. */
  readonly list: Value;
}

/** Elements of a list property, or one value of each of them. */
export function placesIn(list: Value, inElement: (element: Value) => Value = (element) => element): Places {
  const elements = list.isKnown() ? list.items().map(inElement) : undefined;
  return { path: list.path, elements, list };
}

/** Judges by number alone: fewer different places than zones asked for are too few, wherever they are. */
export function judgeNumber({ path, elements }: Places, what: string, least: number): Judgement {
  if (elements === undefined) return [];
  const different = differentIn(elements);
  if (different >= least) return [];
  const wanted = `must be ${least} or more in different zones`;
  if (elements.length === 0) return [{ path, says: `not set, ${wanted}` }];
  const number = `${different} ${what}${different === 1 ? "" : "s"}`;
  const is = different < elements.length ? `${elements.length} elements that are ${number}` : number;
  return [{ path, says: `${is}, ${wanted}` }];
}

/** How many elements differ; one that is not known yet is taken to differ from every other. */
function differentIn(elements: readonly Value[]): number {
  return new Set(elements.flatMap((element) => (element.isKnown() ? (element.text() ?? []) : element))).size;
}

/** Judges by the zones of the subnets; says nothing about lists that are too short, which {@link judgeNumber} does. */
export function judgeZones(stack: Stack, from: StackResource, places: Places, wanted: number): Judgement {
  const { path, elements } = places;
  if (elements !== undefined && differentIn(elements) < wanted) return [];
  const { least, zones, waits } = spreadOf(stack, from, places);
  if (zones.most < wanted) {
    return [
      { path, says: `all in ${zones.names.map(brief).join(" and ")}, must be in ${wanted} zones or more` },
    ];
  }
  return least >= wanted ? [] : [{ path, waits }];
}

/** How many zones a list of subnets is in: from `least` to `zones.most`. */
interface Spread {
  readonly least: number;
  readonly zones: { readonly most: number; readonly names: readonly string[] };
  readonly waits: string;
}

/**
 * Counts the zones of listed subnets.
 *
 * Ids are unknown in a first preview: then the property's dependencies name the subnets it may hold, often all subnets
 * of a network. A list is taken to name no subnet twice, so three of six subnets, two a zone, are in two zones or more.
 */
function spreadOf(stack: Stack, from: StackResource, places: Places): Spread {
  const { certain, possible, picks, elsewhere } = candidatesFor(stack, from, places);
  const subnets = [...certain, ...possible];
  const zones = zonesOf(subnets);
  if (zones === undefined || elsewhere !== undefined) {
    const unplaced = subnets.find((subnet) => zoneOf(subnet, "availabilityZone") === undefined);
    const least = Math.max(1, new Set(zonesOf(certain)?.values()).size);
    const waits = elsewhere ?? `zone of ${brief(unplaced?.name ?? "a subnet")} not known`;
    return { least, zones: { most: Number.POSITIVE_INFINITY, names: [] }, waits };
  }
  const sure = new Set(certain.flatMap((subnet) => zones.get(subnet) ?? []));
  const rooms = possible.flatMap((subnet) => zones.get(subnet) ?? []);
  const all = new Set(zones.values());
  const most = picks === undefined ? all.size : Math.min(all.size, sure.size + picks);
  const listed = picks === undefined ? "not known which" : String(picks + certain.length);
  return {
    least: leastZones(sure, rooms, picks ?? 0),
    zones: { most, names: [...all].sort() },
    waits: `${listed} of ${subnets.length} subnets`,
  };
}

interface Candidates {
  /** Subnets of the stack that are listed for certain. */
  readonly certain: readonly StackResource[];
  /** Subnets of the stack that may be listed beside them. */
  readonly possible: readonly StackResource[];
  /** How many of the possible ones are listed; nothing when that is unknown too. */
  readonly picks: number | undefined;
  /** Why something that is no subnet of the stack may be listed. */
  readonly elsewhere: string | undefined;
}

function candidatesFor(stack: Stack, from: StackResource, { elements, list }: Places): Candidates {
  const certain = new Set<StackResource>();
  const possible = new Set<StackResource>();
  let picks = 0;
  let elsewhere: string | undefined;
  for (const element of elements ?? [list]) {
    const reference = stack.refer(from, element, SUBNET);
    if (reference?.kind === "one") certain.add(reference.resource);
    if (reference?.kind === "outside") elsewhere ??= `${brief(reference.value)} is not in this stack`;
    if (reference?.kind !== "among") continue;
    picks += 1;
    for (const resource of reference.resources) possible.add(resource);
    if (reference.others || reference.resources.length === 0) elsewhere ??= "not known yet";
  }
  for (const resource of certain) possible.delete(resource);
  return {
    certain: [...certain],
    possible: [...possible],
    picks: elements === undefined ? undefined : picks,
    elsewhere,
  };
}

/** The fewest zones that `picks` different subnets can be in, together with the zones that are sure. */
function leastZones(sure: ReadonlySet<string>, possible: readonly string[], picks: number): number {
  const room = new Map<string, number>();
  for (const zone of possible) room.set(zone, (room.get(zone) ?? 0) + 1);
  let left = picks;
  for (const zone of sure) left -= room.get(zone) ?? 0;
  const others = [...room].filter(([zone]) => !sure.has(zone)).map(([, subnets]) => subnets);
  let least = sure.size;
  for (const subnets of others.sort((a, b) => b - a)) {
    if (left <= 0) break;
    left -= subnets;
    least += 1;
  }
  return Math.max(1, least);
}

/** The zone of each subnet, all by name or all by id, since a name and an id do not compare. */
function zonesOf(subnets: readonly StackResource[]): ReadonlyMap<StackResource, string> | undefined {
  for (const key of ["availabilityZone", "availabilityZoneId"]) {
    const zones = new Map<StackResource, string>();
    for (const subnet of subnets) {
      const zone = zoneOf(subnet, key);
      if (zone !== undefined) zones.set(subnet, zone);
    }
    if (zones.size === subnets.length) return zones;
  }
  return undefined;
}

function zoneOf(subnet: StackResource, key: string): string | undefined {
  const zone = subnet.outputs.at(key);
  return zone.isKnown() ? zone.text() : undefined;
}
