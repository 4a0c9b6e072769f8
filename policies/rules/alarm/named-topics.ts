import type { Stack, StackResource } from "../../lib/stack";
import { brief, type Value } from "../../lib/value";
import { ALARM_ACTION, TOPIC } from "../types";

const actions = [...TOPIC, ...ALARM_ACTION];

/** What one place of an alarm names. */
export interface Named {
  /** The property, for findings. */
  readonly path: string;
  /** Topics of the stack: each of them, or any. */
  readonly topics: readonly StackResource[];
  /** Whether each is named for certain. */
  readonly sure: boolean;
  /** Why something that is no topic of the stack may be named. */
  readonly waits?: string;
}

/** The topics that a list of an alarm's actions names; other actions are left out. */
export function topicsIn(alarm: StackResource, property: string, stack: Stack): readonly Named[] {
  const list = alarm.outputs.at(property);
  const elements = list.isKnown() ? list.items() : [list];
  const known = elements
    .filter((element) => element.isKnown())
    .flatMap((element) => namedBy(alarm, element, stack));
  const open = elements.filter((element) => !element.isKnown());
  const told = new Set(known.flatMap(({ topics }) => topics));
  return [...known, ...namedLater(alarm, list, open, told, stack)];
}

function namedBy(alarm: StackResource, element: Value, stack: Stack): readonly Named[] {
  const { path } = element;
  const reference = stack.refer(alarm, element, actions);
  if (reference?.kind === "one" && TOPIC.includes(reference.resource.type)) {
    return [{ path, topics: [reference.resource], sure: true }];
  }
  if (reference?.kind !== "outside" || !/^arn:[^:]*:sns:/.test(reference.value)) return [];
  return [{ path, topics: [], sure: false, waits: `${brief(reference.value)} is not in this stack` }];
}

/**
 * What elements not known yet name: the dependencies of the whole list say what they come from.
 *
 * As many elements as resources name one each; so does any number with one resource.
 */
function namedLater(
  alarm: StackResource,
  list: Value,
  [first, ...more]: readonly Value[],
  told: ReadonlySet<StackResource>,
  stack: Stack,
): readonly Named[] {
  const reference = first === undefined ? undefined : stack.refer(alarm, first, actions);
  if (first === undefined || reference?.kind !== "among") return [];
  const { path } = more.length === 0 ? first : list;
  const sources = reference.resources.filter((resource) => !told.has(resource));
  const topics = sources.filter(({ type }) => TOPIC.includes(type));
  if (reference.others || reference.resources.length === 0) {
    return [{ path, topics, sure: false, waits: "not known yet" }];
  }
  const sure = sources.length === 1 || sources.length === more.length + 1;
  return topics.length === 0 ? [] : [{ path, topics, sure }];
}
