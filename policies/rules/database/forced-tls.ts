import { agreed, candidatesOf } from "../../lib/candidates";
import type { Finding, Judgement } from "../../lib/judgement";
import type { Stack, StackResource } from "../../lib/stack";
import { brief, shown, type Value } from "../../lib/value";
import { DATABASE_CLUSTER_PARAMETERS, DATABASE_PARAMETERS } from "../types";
import { engineOf, isCluster, isReplica, restoredBy } from "./databases";
import { type Enforcement, enforcedBy, enforcedIn, enforcedInFamily, enforcementOf } from "./tls-enforcement";

/** What a database was told, or what AWS has made of it since. */
function settled({ inputs, outputs }: StackResource, property: string): string | undefined {
  const written = inputs.at(property).text();
  if (written !== undefined) return written;
  const made = outputs.at(property);
  return made.isKnown() ? made.text() : undefined;
}

function left(path: string, is: string, { parameter }: Enforcement): readonly Finding[] {
  return [{ path, says: `${is}, which leaves ${parameter} off, must name a group that sets it to 1` }];
}

/** Judges a database with the parameters that AWS has for its engine and version. */
function judgeDefault(database: StackResource, path: string, enforcement: Enforcement): Judgement {
  const version = settled(database, "engineVersion") ?? settled(database, "engineVersionActual");
  const enforced = enforcedIn(enforcement, version);
  if (enforced === undefined) return [{ path: "engineVersion", waits: "not known which one AWS takes" }];
  return enforced ? [] : left(path, "not set", enforcement);
}

/** Judges a group by its name alone; AWS's own say in it what they are. */
function judgeOutside(path: string, name: string, enforcement: Enforcement): Judgement {
  const own = "default.";
  if (!name.startsWith(own)) return [{ path, waits: `${brief(name)} is not in this stack` }];
  const enforced = enforcedInFamily(name.slice(own.length));
  if (enforced === undefined) return [{ path, waits: `version of ${brief(name)} not known` }];
  return enforced ? [] : left(path, shown(name), enforcement);
}

function judgeGroup(database: StackResource, stack: Stack, name: Value, enforcement: Enforcement): Judgement {
  const groups = isCluster(database.type) ? DATABASE_CLUSTER_PARAMETERS : DATABASE_PARAMETERS;
  const reference = stack.refer(database, name, groups);
  if (reference === undefined) return judgeDefault(database, name.path, enforcement);
  if (reference.kind === "outside") return judgeOutside(name.path, reference.value, enforcement);
  const candidates = candidatesOf(reference);
  const enforced = agreed(candidates, ({ outputs }) => enforcedBy(outputs, enforcement));
  if (enforced === undefined) return [{ path: name.path, waits: "not known what its group sets" }];
  return enforced ? [] : left(name.path, brief(candidates[0]?.name ?? ""), enforcement);
}

/** Judges whether a database turns away who comes without TLS, by the parameters it runs with. */
export function judgeForced(database: StackResource, stack: Stack): Judgement {
  const { inputs, type } = database;
  const name = inputs.at(isCluster(type) ? "dbClusterParameterGroupName" : "parameterGroupName");
  if (!name.isSet() && !isCluster(type) && isReplica(inputs)) return { skip: "parameters of its source" };
  const engine = engineOf(inputs) ?? settled(database, "engine")?.toLowerCase();
  if (engine === undefined) {
    const elsewhere = isReplica(inputs) || restoredBy(inputs) !== undefined;
    return elsewhere ? [{ path: "engine", waits: "not known yet" }] : { skip: "no engine" };
  }
  const enforcement = enforcementOf(engine);
  if (enforcement === undefined) return { skip: `${brief(engine)} has no such parameter` };
  return judgeGroup(database, stack, name, enforcement);
}
