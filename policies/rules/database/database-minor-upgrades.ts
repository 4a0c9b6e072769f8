import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { DATABASE_CLUSTER, DATABASE_CLUSTER_INSTANCE, DATABASE_INSTANCE } from "../types";
import { engineOf, isCustom } from "./databases";

const path = "autoMinorVersionUpgrade";
const findings = [{ path, says: "false, must be true or left to AWS" }];

export const databaseMinorUpgrades = rule({
  name: "database-minor-upgrades",
  title: "Databases take minor versions by themselves",
  description:
    "Minor versions mend holes and change nothing else. Where somebody has to think of them, a database runs for years with holes that everybody can read about.",
  severity: "low",
  level: "advisory",
  types: [...DATABASE_INSTANCE, ...DATABASE_CLUSTER, ...DATABASE_CLUSTER_INSTANCE],
  frameworks: { fsbp: ["RDS.13", "RDS.35"] },
  remediation:
    "Set autoMinorVersionUpgrade to true or leave it out, and write engineVersion without its last part.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-13",
  judge(database) {
    if (database.at(path).flag() !== false) return [];
    // RDS Custom wants it switched off.
    return isCustom(engineOf(database)) ? { skip: "RDS Custom" } : findings;
  },
  scenarios: [
    { name: "switched on", given: { autoMinorVersionUpgrade: true }, is: "pass" },
    { name: "switched on, as a text", given: { autoMinorVersionUpgrade: "true" }, is: "pass" },
    { name: "left to AWS, which switches it on", given: { engine: "mysql" }, is: "pass" },
    {
      name: "switched off",
      given: { engine: "aurora-mysql", autoMinorVersionUpgrade: false },
      is: "fail",
      findings,
    },
    { name: "switched off, as a text", given: { autoMinorVersionUpgrade: "false" }, is: "fail", findings },
    {
      name: "RDS Custom, which wants it switched off",
      given: { engine: "custom-oracle-ee", autoMinorVersionUpgrade: false },
      types: DATABASE_INSTANCE,
      is: "skip",
      why: "RDS Custom",
    },
    {
      name: "not known yet",
      given: { autoMinorVersionUpgrade: UNKNOWN },
      is: "deferred",
      deferrals: [{ path, waits: "not known yet" }],
    },
  ],
});
