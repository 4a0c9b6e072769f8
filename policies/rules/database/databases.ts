import { isWritten } from "../../lib/attributes";
import type { Value } from "../../lib/value";
import { DATABASE_CLUSTER } from "../types";

/** Whether a type is that of a cluster, which holds what its instances share. */
export function isCluster(type: string): boolean {
  return DATABASE_CLUSTER.includes(type);
}

/** Whether a database is a copy that follows another one. */
export function isReplica(database: Value): boolean {
  return ["replicateSourceDb", "replicationSourceIdentifier"].some((source) => isWritten(database, source));
}

/** The property that says what a database is restored from, if it is; what is left out is then as it was there. */
export function restoredBy(database: Value): string | undefined {
  return ["snapshotIdentifier", "restoreToPointInTime"].find((source) => isWritten(database, source));
}

/** The engine, in small letters; nothing if it is not written, because it is another database's. */
export function engineOf(database: Value): string | undefined {
  return database.at("engine").text()?.toLowerCase();
}

/** Whether an engine is one of RDS Custom, which leaves most of its settings to whoever runs it. */
export function isCustom(engine: string | undefined): boolean {
  return engine?.startsWith("custom-") === true;
}

/** Whether a cluster is one of the first Aurora Serverless, which has no instances. */
export function isServerless(cluster: Value): boolean {
  return cluster.at("engineMode").text()?.toLowerCase() === "serverless";
}
