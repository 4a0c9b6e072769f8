import { mustBeOn } from "../../lib/attributes";
import { apart, concluded, each, type Judgement } from "../../lib/judgement";
import type { Change } from "../../lib/rule";
import type { Value } from "../../lib/value";
import { TABLE_REPLICA } from "../types";

/** Whether a type is that of a table's copy in another region, apart from the table. */
export function isReplica(type: string): boolean {
  return TABLE_REPLICA.includes(type);
}

/** Where a table has a switch, and where each of its replicas has it. */
export interface Switch {
  readonly inTable: readonly string[];
  readonly inReplica: string;
}

/** Judges a switch that has to be on in a table, and in its replicas, which do not inherit it. */
export function judgeSwitch(table: Value, type: string, { inTable, inReplica }: Switch): Judgement {
  if (isReplica(type)) return mustBeOn(table.at(inReplica));
  return apart(
    () => mustBeOn(table.at(...inTable)),
    () => each(table.at("replicas"), (replica) => mustBeOn(replica.at(inReplica))),
  );
}

/** Switches on what was found off. */
export function switchOn(table: Value, type: string, where: Switch): readonly Change[] {
  const { findings } = concluded(() => judgeSwitch(table, type, where));
  return findings.map(({ path }) => ({ path, value: true }));
}
