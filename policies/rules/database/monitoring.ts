import type { Answer } from "../../lib/answers";
import { agreed, candidatesOf } from "../../lib/candidates";
import { apart, concluded, type Deferral, type Finding, type Judgement } from "../../lib/judgement";
import type { Stack, StackResource } from "../../lib/stack";
import { brief, type Value } from "../../lib/value";
import { DATABASE_CLUSTER } from "../types";
import { engineOf, isCustom, isReplica, restoredBy } from "./databases";

const interval = "monitoringInterval";
const insights = "performanceInsightsEnabled";

/** Where AWS has no insights: engines, and classes of theirs that are too small. */
const without: readonly { readonly engine: RegExp; readonly classes?: RegExp }[] = [
  { engine: /^db2-/ },
  { engine: /^(?:mysql|mariadb)$/, classes: /^db\.t(?:2|3|4g)\.(?:micro|small)$/ },
  { engine: /^aurora-mysql$/, classes: /^db\.(?:t[23]\.|t4g\.(?:micro|small)$)/ },
];

/** Whether one of the two is on. */
function isOn(database: Value, path: string): boolean {
  const property = database.at(path);
  return path === interval ? (property.number() ?? 0) > 0 : property.flag() === true;
}

/** Whether there are insights for a database; nothing where its engine is that of another one. */
function canHaveInsights(database: Value): Answer {
  const engine = engineOf(database);
  if (engine === undefined)
    return isReplica(database) || restoredBy(database) !== undefined ? undefined : true;
  const exception = without.find((one) => one.engine.test(engine));
  if (exception === undefined) return true;
  return exception.classes?.test(database.at("instanceClass").text() ?? "") === false;
}

function judgeInterval(database: Value): Judgement {
  if (isOn(database, interval)) return [];
  const is = database.at(interval).number() === 0 ? "0" : "not set, which means 0";
  return [{ path: interval, says: `${is}, must be more than 0` }];
}

function judgeInsights(database: Value): Judgement {
  if (isOn(database, insights)) return [];
  const can = canHaveInsights(database);
  if (can === undefined) return [{ path: "engine", waits: "not set, and not every engine has insights" }];
  if (!can) return [];
  const is = database.at(insights).flag() === false ? "false" : "not set, which means false";
  return [{ path: insights, says: `${is}, must be true` }];
}

/** Judges a database by what is written for itself. */
export function judgeMonitoring(database: Value): Judgement {
  if (isCustom(engineOf(database))) return { skip: "RDS Custom" };
  return apart(
    () => judgeInterval(database),
    () => judgeInsights(database),
  );
}

/** Judges an instance of a cluster: what it leaves out, its cluster may have said for all of them. */
export function judgeMember(instance: StackResource, stack: Stack): Judgement {
  const { findings, deferrals, skip } = concluded(() => judgeMonitoring(instance.inputs));
  if (skip !== undefined) return { skip };
  return [...findings.flatMap((finding) => unlessByCluster(finding, instance, stack)), ...deferrals];
}

function unlessByCluster(
  finding: Finding,
  member: StackResource,
  stack: Stack,
): readonly (Finding | Deferral)[] {
  const { path } = finding;
  const reference = stack.refer(member, member.inputs.at("clusterIdentifier"), DATABASE_CLUSTER);
  if (reference === undefined) return [finding];
  if (reference.kind === "outside") {
    return [{ path, waits: `${brief(reference.value)} is not in this stack` }];
  }
  const on = agreed(candidatesOf(reference), ({ inputs }) => isOn(inputs, path));
  if (on === undefined) return [{ path, waits: "not known what its cluster says" }];
  return on ? [] : [finding];
}
