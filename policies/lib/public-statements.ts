import { answer } from "./answers";
import { isPublic, statementsOf } from "./documents";
import type { Deferral, Finding } from "./judgement";
import type { Value } from "./value";

/** Finds the statements of a policy document that let in everybody. */
export function* publicStatements(document: Value): Generator<Finding | Deferral, undefined, undefined> {
  for (const statement of statementsOf(document)) {
    const open = answer(() => isPublic(statement));
    if (open === undefined) yield { path: statement.path, waits: "not known yet" };
    if (open !== true) continue;
    const all = statement.at("NotPrincipal");
    yield all.isSet()
      ? { path: all.path, says: "allows everybody else, must be Principal" }
      : {
          path: statement.at("Principal").path,
          says: '"*" without a condition that names accounts or sources, must have one or name principals',
        };
  }
}
