import { type AddressRange, areWorld, type Family, isWorld, rangeOf } from "../../lib/addresses";
import { ifKnown } from "../../lib/if-known";
import type { StackResource } from "../../lib/stack";
import type { Value } from "../../lib/value";
import { everyPort, type Ports, portsOf, type SecurityRule, type Traffic, trafficOf } from "./security-rules";

/** A block that a rule names, and that is not the world by itself. */
export interface Piece {
  /** The list it stands in. */
  readonly list: Value;
  readonly range: AddressRange;
  readonly traffic: Traffic;
  /** The resource that is the rule, if one is. */
  readonly owner: StackResource | undefined;
}

/** Blocks that together are the world, for some traffic. */
export interface Sum {
  readonly family: Family;
  readonly traffic: Traffic;
  readonly pieces: readonly Piece[];
}

const families: readonly Family[] = [4, 6];

/** The known blocks of a rule, but for those that are the world by themselves. */
export function piecesOf(rule: SecurityRule, owner?: StackResource): readonly Piece[] {
  const traffic = ifKnown(() => trafficOf(rule));
  if (traffic === undefined) return [];
  return rule.blocks.flatMap((list) =>
    (ifKnown(() => list.list()) ?? []).flatMap((block) => {
      const text = ifKnown(() => block.text());
      const range = text === undefined || isWorld(text) ? undefined : rangeOf(text);
      return range === undefined ? [] : [{ list, range, traffic, owner }];
    }),
  );
}

/** What each list adds up to by itself. */
export function sumsInLists(pieces: readonly Piece[]): readonly Sum[] {
  const lists = new Map<Value, Piece[]>();
  for (const piece of pieces) {
    const list = lists.get(piece.list);
    if (list === undefined) lists.set(piece.list, [piece]);
    else list.push(piece);
  }
  return [...lists.values()].flatMap((list) =>
    families
      .filter((family) => addUp(list, family))
      .flatMap((family) => list.slice(0, 1).map(({ traffic }) => ({ family, traffic, pieces: list }))),
  );
}

/** What blocks of different lists add up to, but for lists that need no other. */
export function sumsAcrossLists(pieces: readonly Piece[]): readonly Sum[] {
  const whole = new Set(sumsInLists(pieces).flatMap((sum) => sum.pieces));
  const rest = pieces.filter((piece) => !whole.has(piece));
  return families
    .filter((family) => addUp(rest, family))
    .flatMap((family) =>
      sumsOf(
        rest.filter(({ range }) => range.family === family),
        family,
      ),
    );
}

/** Whether pieces are the world together, if they are about the same traffic. */
function addUp(pieces: readonly Piece[], family: Family): boolean {
  return areWorld(
    pieces.map(({ range }) => range),
    family,
  );
}

function sumsOf(pieces: readonly Piece[], family: Family): readonly Sum[] {
  const all = pieces.filter(({ traffic }) => traffic.kind === "all");
  if (addUp(all, family)) return [{ family, traffic: { kind: "all" }, pieces: all }];
  return (["tcp", "udp"] as const).flatMap((kind) => {
    const alike = pieces.filter(({ traffic }) => traffic.kind === kind || traffic.kind === "all");
    return sumsByPort(alike, family, kind);
  });
}

interface Stretch extends Ports {
  readonly pieces: readonly Piece[];
}

function sumsByPort(pieces: readonly Piece[], family: Family, kind: "tcp" | "udp"): readonly Sum[] {
  const bounded = pieces.map((piece) => ({ piece, ports: portsOf(piece.traffic) ?? everyPort }));
  const bounds = new Set(bounded.flatMap(({ ports }) => [ports.from, ports.to + 1]));
  const cuts = [...bounds].sort((a, b) => a - b);
  // Between two places where the ports of some rule begin or end, the same rules hold for every port.
  const stretches = cuts.slice(0, -1).map((from, index): Stretch => {
    const to = (cuts[index + 1] ?? from) - 1;
    const here = bounded.filter(({ ports }) => ports.from <= from && to <= ports.to);
    return { from, to, pieces: here.map(({ piece }) => piece) };
  });
  return joined(stretches.filter((stretch) => addUp(stretch.pieces, family))).map(
    ({ from, to, pieces: members }) => ({ family, traffic: { kind, from, to }, pieces: members }),
  );
}

/** Neighbours as one. */
function joined(stretches: readonly Stretch[]): readonly Stretch[] {
  const all: Stretch[] = [];
  for (const stretch of stretches) {
    const before = all.at(-1);
    if (before?.to !== stretch.from - 1) {
      all.push(stretch);
      continue;
    }
    const pieces = [...new Set([...before.pieces, ...stretch.pieces])];
    all[all.length - 1] = { from: before.from, to: stretch.to, pieces };
  }
  return all;
}
