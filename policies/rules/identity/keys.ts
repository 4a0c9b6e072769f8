import { type Answer, every, some } from "../../lib/answers";
import { takesIn } from "../../lib/documents";
import type { Value } from "../../lib/value";
import { inOnePartition } from "./statements";

/** Whether a resource takes in all keys, be it of one account or of one region. Those of one account in one region are few. */
export function isAllKeys(resource: string): boolean {
  const pattern = inOnePartition(resource);
  const [, , , region, account] = pattern.split(":").map((part) => (/^$|[*?]/.test(part) ? "~" : part));
  return [
    ["~", account],
    [region, "~"],
  ].some(([where = "~", whose = "~"]) => takesIn(pattern, `arn:aws:kms:${where}:${whose}:key/~`));
}

/** Operators that hold only for a key that has one of the values; with `IfExists` they also hold for one that has none. */
const demanding = /^(ForAnyValue:)?String(Equals|EqualsIgnoreCase|Like)$/i;

/** Whether a statement's condition tells which keys it is about, by their aliases or tags. */
export function saysWhichKeys(statement: Value): Answer {
  const condition = statement.at("Condition");
  const operators = condition.keys().filter((operator) => demanding.test(operator));
  return some(operators, (operator) =>
    some(condition.at(operator).keys().filter(isAboutKeys), (key) =>
      every(condition.at(operator, key).list(), (value) => !/^\*+$/.test(value.text() ?? "*")),
    ),
  );
}

function isAboutKeys(conditionKey: string): boolean {
  return /^(kms:ResourceAliases|kms:RequestAlias|aws:ResourceTag\/.+)$/i.test(conditionKey);
}
