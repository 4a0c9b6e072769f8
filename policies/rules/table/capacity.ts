import { apart, type Deferral, type Finding, type Judgement } from "../../lib/judgement";
import type { Link } from "../../lib/links";
import { scaledBy } from "../../lib/scaled";
import type { Stack, StackResource } from "../../lib/stack";
import { brief } from "../../lib/value";
import { SCALABLE_TARGET, TABLE } from "../types";

/** One of the two capacities of a table or an index, and the targets that scale it. */
interface Capacity {
  readonly property: "readCapacity" | "writeCapacity";
  readonly dimension: string;
  readonly targets: Link;
}

function capacity(of: "table" | "index", property: Capacity["property"]): Capacity {
  const units = property === "readCapacity" ? "ReadCapacityUnits" : "WriteCapacityUnits";
  const dimension = `dynamodb:${of}:${units}`;
  const names = (target: StackResource) => scaledBy(target, dimension, "table/");
  return { property, dimension, targets: { from: SCALABLE_TARGET, names, to: TABLE } };
}

const ofTable = [capacity("table", "readCapacity"), capacity("table", "writeCapacity")];
const ofIndex = [capacity("index", "readCapacity"), capacity("index", "writeCapacity")];

/** Judges a table with a capacity of its own: whether something scales that, and its indexes' as well. */
export function judgeScaled(table: StackResource, stack: Stack): Judgement {
  return apart(
    ...ofTable.map((one) => () => judgeTable(table, stack, one)),
    ...ofIndex.map((one) => () => judgeIndexes(table, stack, one)),
  );
}

function judgeTable(
  table: StackResource,
  stack: Stack,
  { property, dimension, targets }: Capacity,
): Judgement {
  const { certain, possible } = stack.linked(table, targets);
  return certain.length > 0 ? [] : [unscaled(property, dimension, possible)];
}

/** An index has a name in the id of what scales it. Where that is not known yet, each target scales another index. */
function judgeIndexes(
  table: StackResource,
  stack: Stack,
  { property, dimension, targets }: Capacity,
): Judgement {
  const indexes = table.inputs.at("globalSecondaryIndexes");
  const { certain, possible } = stack.linked(table, targets);
  const ids = certain.map(({ outputs }) => outputs.at("resourceId"));
  const named = ids.flatMap((id) => (id.isKnown() ? id.text()?.split("/")[3] : undefined) ?? []);
  const unscaledIndexes = indexes.items().filter((index) => !named.includes(index.at("name").text() ?? ""));
  const unnamed = certain.filter((_, place) => ids[place]?.isKnown() === false);
  if (unnamed.length >= unscaledIndexes.length) return [];
  return unscaledIndexes.map((index) =>
    unscaled(index.at(property).path, dimension, [...unnamed, ...possible]),
  );
}

function unscaled(path: string, dimension: string, [target]: readonly StackResource[]): Finding | Deferral {
  if (target !== undefined) return { path, waits: `not known whether ${brief(target.name)} scales it` };
  return { path, says: `fixed, must be scaled as ${dimension}, or billingMode be "PAY_PER_REQUEST"` };
}
