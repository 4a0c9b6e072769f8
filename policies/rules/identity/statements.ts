import { type Answer, answer, every, some } from "../../lib/answers";
import { isAllow, statementsOf, takesIn } from "../../lib/documents";
import { apart, type Deferral, type Finding, type Judgement } from "../../lib/judgement";
import type { Value } from "../../lib/value";

/** Judges each statement that allows something, in each policy document that a resource holds. */
export function* judgeStatements(
  holder: Value,
  judge: (statement: Value) => Judgement,
): Generator<Finding | Deferral, undefined, undefined> {
  const inline = () => holder.at("inlinePolicies").items();
  yield* apart(
    () => judgeDocument(holder.at("policy"), judge),
    () => apart(...inline().map((one) => () => judgeDocument(one.at("policy"), judge))),
  );
}

function* judgeDocument(
  document: Value,
  judge: (statement: Value) => Judgement,
): Generator<Finding | Deferral, undefined, undefined> {
  for (const statement of statementsOf(document)) {
    if (answer(() => isAllow(statement)) !== false) yield* apart(() => judge(statement));
  }
}

/** A finding if something is so, and a deferral while that is not known. */
export function ifSo(is: Answer, { path }: Value, says: string): Judgement {
  if (is === undefined) return [{ path, waits: "not known yet" }];
  return is ? [{ path, says }] : [];
}

/** Whether a statement allows something of which all of this holds. */
export function allows(statement: Value, ...asks: readonly (() => Answer)[]): Answer {
  return every([() => isAllow(statement), ...asks], (ask) => ask());
}

/** The actions a statement names. */
export function actionsOf(statement: Value): readonly Value[] {
  return statement.at("Action").list();
}

/** Whether an action takes in those of every service: `*`, `*:*`. */
export function isEveryAction(action: Value): boolean {
  return takesIn(action.text() ?? "", "~:~");
}

/** Whether one of a statement's resources is such; all but some, which it may also say, are taken to be. */
export function isOn(statement: Value, isSuch: (resource: string) => boolean): Answer {
  if (statement.at("NotResource").isSet()) return true;
  return some(statement.at("Resource").list(), (resource) => isSuch(resource.text() ?? ""));
}

/** Whether a statement is about whatever there is. */
export function isOnEverything(statement: Value): Answer {
  return isOn(statement, isEverything);
}

/** Whether a resource takes in those of every service: `*`, `arn:aws:*`. */
export function isEverything(resource: string): boolean {
  return takesIn(inOnePartition(resource), "arn:aws:~:~:~:~/~");
}

/** Whether a resource takes in all those of a service: `arn:aws:s3:::*`. */
export function isAllOf(service: string, resource: string): boolean {
  const pattern = inOnePartition(resource);
  return [`arn:aws:${service}:~:~:~/~`, `arn:aws:${service}:::~/~`].some((any) => takesIn(pattern, any));
}

/** The ARN in the partition that everything is compared in; China and the governments have partitions of their own. */
export function inOnePartition(arn: string): string {
  return arn.replace(/^arn:[a-z-]+:/i, "arn:aws:");
}
