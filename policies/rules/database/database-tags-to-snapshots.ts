import { mustBeOn } from "../../lib/attributes";
import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { DATABASE_CLUSTER, DATABASE_INSTANCE } from "../types";

const path = "copyTagsToSnapshot";

export const databaseTagsToSnapshots = rule({
  name: "database-tags-to-snapshots",
  title: "Databases hand their tags on to their snapshots",
  description:
    "Snapshots outlive their database. Without its tags nobody knows whose data they hold, who pays for them, and who may see them.",
  severity: "low",
  level: "advisory",
  types: [...DATABASE_INSTANCE, ...DATABASE_CLUSTER],
  frameworks: { fsbp: ["RDS.16", "RDS.17", "RDS.47", "RDS.48"] },
  remediation: "Set copyTagsToSnapshot to true, for Aurora on the cluster.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-17",
  judge: (database) => mustBeOn(database.at(path)),
  fix: () => [{ path, value: true }],
  scenarios: [
    { name: "handed on", given: { copyTagsToSnapshot: true }, is: "pass" },
    { name: "handed on, as a text", given: { copyTagsToSnapshot: "true" }, is: "pass" },
    {
      name: "left to AWS",
      given: { engine: "aurora-mysql" },
      is: "fail",
      findings: [{ path, says: "not set, which means false, must be true" }],
    },
    {
      name: "not handed on, as a text",
      given: { copyTagsToSnapshot: "false" },
      is: "fail",
      findings: [{ path, says: "false, must be true" }],
    },
    {
      name: "not known yet",
      given: { copyTagsToSnapshot: UNKNOWN },
      is: "deferred",
      deferrals: [{ path, waits: "not known yet" }],
    },
  ],
});
