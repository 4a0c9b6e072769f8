import { isWorld } from "../../lib/addresses";
import { ifKnown } from "../../lib/if-known";
import { apart, type Deferral, type Finding, type Judgement, type Skip } from "../../lib/judgement";
import type { Link } from "../../lib/links";
import type { Stack, StackResource } from "../../lib/stack";
import { brief, shown, type Value } from "../../lib/value";
import {
  type Direction,
  groups,
  otherWay,
  ruleResources,
  rulesIn,
  type SecurityRule,
  type Traffic,
  trafficOf,
} from "./security-rules";
import { type Piece, piecesOf, type Sum, sumsAcrossLists, sumsInLists } from "./sums";

type Told<R = undefined> = Generator<Finding | Deferral, R, undefined>;

/**
 * What is wrong with opening some traffic to the whole world; nothing, if nothing is.
 *
 * The answer goes on from `"0.0.0.0/0" on `.
 */
export type Objection = (traffic: Traffic) => string | undefined;

/** Judges the rules of one direction that a resource holds, or is. */
export function* judgeWorld(
  props: Value,
  type: string,
  direction: Direction,
  objection: Objection,
): Told<Skip | undefined> {
  const skip = otherWay(props, type, direction);
  if (skip !== undefined) return skip;
  const rules = rulesIn(props, type, direction);
  for (const rule of rules) yield* apart(() => judgeRule(rule, objection));
  const pieces = rules.flatMap((rule) => piecesOf(rule));
  for (const sum of sumsInLists(pieces)) yield* told(sum.pieces[0]?.list.path ?? direction, sum, objection);
  for (const sum of sumsAcrossLists(pieces)) yield* told(direction, sum, objection);
  return undefined;
}

function* judgeRule(rule: SecurityRule, objection: Objection): Told {
  const traffic = ifKnown(() => trafficOf(rule));
  if (traffic !== undefined && objection(traffic) === undefined) return;
  for (const blocks of rule.blocks) yield* apart(() => judgeBlocks(blocks, rule, objection));
}

function* judgeBlocks(blocks: Value, rule: SecurityRule, objection: Objection): Told {
  for (const block of blocks.list()) yield* apart(() => judgeBlock(block, rule, objection));
}

function judgeBlock(block: Value, rule: SecurityRule, objection: Objection): Judgement {
  const text = block.text();
  if (text === undefined || !isWorld(text)) return [];
  const wrong = objection(trafficOf(rule));
  return wrong === undefined ? [] : [{ path: block.path, says: `${shown(text)} on ${wrong}` }];
}

function told(path: string, { family, traffic }: Sum, objection: Objection, who = ""): readonly Finding[] {
  const wrong = objection(traffic);
  return wrong === undefined
    ? []
    : [{ path, says: `${who}blocks that together are all of IPv${family} on ${wrong}` }];
}

function linkTo(direction: Direction): Link {
  return {
    from: ruleResources[direction],
    names: ({ outputs }) => [outputs.at("securityGroupId")],
    to: groups,
  };
}

const links: { readonly [D in Direction]: Link } = { ingress: linkTo("ingress"), egress: linkTo("egress") };

/** Judges what rules that are resources add up to, with one another and with those in their group. */
export function* judgeGroup(
  group: StackResource,
  stack: Stack,
  direction: Direction,
  objection: Objection,
): Told<Skip | undefined> {
  if (!groups.includes(group.type)) return ifKnown(() => otherWay(group.inputs, group.type, direction));
  const { certain, possible } = stack.linked(group, links[direction]);
  if (certain.length + possible.length === 0) return undefined;
  // What adds up within one resource is told of that resource.
  const inside = piecesIn(group, direction);
  const known = new Set(sumsAcrossLists(inside).map(keyOf));
  const sure = [...inside, ...certain.flatMap((rule) => piecesIn(rule, direction, rule))];
  for (const sum of sumsAcrossLists(sure)) {
    if (!known.has(keyOf(sum))) yield* told(direction, sum, objection, `${namesOf(ownersOf(sum))}: `);
    known.add(keyOf(sum));
  }
  const open = possible.flatMap((rule) => piecesIn(rule, direction, rule));
  for (const sum of sumsAcrossLists([...sure, ...open])) {
    if (known.has(keyOf(sum)) || objection(sum.traffic) === undefined) continue;
    const doubtful = ownersOf(sum).filter((owner) => possible.includes(owner));
    yield { path: direction, waits: `not known whether ${namesOf(doubtful)} belongs to it` };
  }
  return undefined;
}

function piecesIn(resource: StackResource, direction: Direction, owner?: StackResource): readonly Piece[] {
  const rules = ifKnown(() => rulesIn(resource.inputs, resource.type, direction)) ?? [];
  return rules.flatMap((rule) => piecesOf(rule, owner));
}

function keyOf({ family, traffic }: Sum): string {
  return JSON.stringify([family, traffic]);
}

function ownersOf({ pieces }: Sum): readonly StackResource[] {
  return [...new Set(pieces.flatMap(({ owner }) => owner ?? []))];
}

function namesOf([first, ...more]: readonly StackResource[]): string {
  const name = brief(first?.name ?? "");
  return more.length === 0 ? name : `${name} and ${more.length} more`;
}
