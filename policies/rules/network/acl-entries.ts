import { isWorld, rangeOf } from "../../lib/addresses";
import { type Answer, every, some } from "../../lib/answers";
import { ifKnown } from "../../lib/if-known";
import { apart, type Deferral, type Finding, type Judgement } from "../../lib/judgement";
import { shown, type Value } from "../../lib/value";
import { objectionTo } from "./admin-ports";
import { portsOf, type SecurityRule, trafficOf } from "./security-rules";

/** An entry of a network access list, in the list or as a resource; nothing of it is read yet. */
export interface Entry extends Pick<SecurityRule, "protocol" | "fromPort" | "toPort" | "blocks"> {
  readonly number: Value;
  readonly action: Value;
}

/** An entry that stands in an access list. */
export function entryInList(entry: Value): Entry {
  return { ...partsOf(entry), number: entry.at("ruleNo"), action: entry.at("action") };
}

/** An entry that is a resource. */
export function entryApart(entry: Value): Entry {
  return { ...partsOf(entry), number: entry.at("ruleNumber"), action: entry.at("ruleAction") };
}

function partsOf(entry: Value): Omit<Entry, "number" | "action"> {
  return {
    protocol: entry.at("protocol"),
    fromPort: entry.at("fromPort"),
    toPort: entry.at("toPort"),
    blocks: [entry.at("cidrBlock"), entry.at("ipv6CidrBlock")],
  };
}

/** What turns the world away before an entry lets it in: for a block that is the world, and a port. */
export type IsShielded = (entry: Entry, block: string, port: number) => Answer;

/** Judges an entry that may let the world in on one of some ports. */
export function* judgeEntry(
  entry: Entry,
  ports: readonly number[],
  isShielded: IsShielded,
): Generator<Finding | Deferral, undefined, undefined> {
  for (const block of entry.blocks) yield* apart(() => judgeBlock(entry, block, ports, isShielded));
}

function judgeBlock(entry: Entry, block: Value, ports: readonly number[], isShielded: IsShielded): Judgement {
  const opens = () => (does(entry, "allow") ? ports.filter((port) => isAbout(entry, port)) : []);
  // What is harmless in any case need not wait for the addresses.
  if (ifKnown(opens)?.length === 0) return [];
  const text = block.text();
  if (text === undefined || !isWorld(text)) return [];
  const { path } = block;
  const about = opens();
  const shields = about.map((port) => isShielded(entry, text, port));
  const open = about.filter((_, index) => shields[index] === false);
  const objection = objectionTo(trafficOf(entry), open);
  if (objection !== undefined) return [{ path, says: `${shown(text)} on ${objection}` }];
  return shields.includes(undefined) ? [{ path, waits: "not known whether an entry before it denies" }] : [];
}

function does({ action }: Entry, what: string): boolean {
  return action.text()?.toLowerCase() === what;
}

/** Whether an entry is about a TCP port, which is how remote administration goes. */
function isAbout(entry: Entry, port: number): boolean {
  const traffic = trafficOf(entry);
  const ports = traffic.kind === "udp" ? undefined : portsOf(traffic);
  return ports !== undefined && ports.from <= port && port <= ports.to;
}

/** Whether an entry turns the world away from a port before another one lets it in: the lowest number decides. */
export function isShield(entry: Entry, other: Entry, block: string, port: number): Answer {
  const family = rangeOf(block)?.family;
  const isWhole = (value: Value) => {
    const text = value.text() ?? "";
    return isWorld(text) && rangeOf(text)?.family === family;
  };
  return every(
    [
      () => does(entry, "deny"),
      () => isAbout(entry, port),
      () => isBefore(entry, other),
      () => some(entry.blocks, isWhole),
    ],
    (ask) => ask(),
  );
}

function isBefore(entry: Entry, other: Entry): Answer {
  const [first, second] = [entry.number.number(), other.number.number()];
  return first !== undefined && second !== undefined && first < second;
}
