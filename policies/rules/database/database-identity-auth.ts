import { mustBeOn } from "../../lib/attributes";
import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { brief } from "../../lib/value";
import { DATABASE_CLUSTER, DATABASE_INSTANCE } from "../types";
import { engineOf, isCluster, isReplica, isServerless, restoredBy } from "./databases";

const path = "iamDatabaseAuthenticationEnabled";
const able = new Set(["mysql", "mariadb", "postgres", "aurora", "aurora-mysql", "aurora-postgresql"]);

export const databaseIdentityAuth = rule({
  name: "database-identity-auth",
  title: "Databases let IAM identities in without a password",
  description:
    "A token of a role is valid for minutes and comes from nowhere but the role. A password in a configuration is valid until somebody thinks of changing it.",
  severity: "low",
  level: "advisory",
  types: [...DATABASE_INSTANCE, ...DATABASE_CLUSTER],
  frameworks: { fsbp: ["RDS.10", "RDS.12"] },
  remediation:
    "Set iamDatabaseAuthenticationEnabled to true; users of the database need the IAM plugin or role as well.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-10",
  judge(database, { type }) {
    const enabled = database.at(path);
    if (enabled.flag() === true) return [];
    const engine = engineOf(database);
    if (engine === undefined && (isReplica(database) || restoredBy(database) !== undefined)) {
      return [{ path: "engine", waits: "not set, and not every engine can" }];
    }
    if (engine !== undefined && !able.has(engine)) return { skip: `not offered for ${brief(engine)}` };
    if (isCluster(type) && isServerless(database)) return { skip: "not offered for serverless clusters" };
    return mustBeOn(enabled);
  },
  scenarios: [
    { name: "switched on", given: { engine: "postgres", [path]: true }, is: "pass" },
    { name: "switched on, as a text", given: { engine: "mysql", [path]: "true" }, is: "pass" },
    {
      name: "left to AWS",
      given: { engine: "aurora-postgresql" },
      is: "fail",
      findings: [{ path, says: "not set, which means false, must be true" }],
    },
    {
      name: "switched off, as a text, engine in capitals",
      given: { engine: "MySQL", [path]: "false" },
      is: "fail",
      findings: [{ path, says: "false, must be true" }],
    },
    {
      name: "an engine without",
      given: { engine: "sqlserver-se" },
      types: DATABASE_INSTANCE,
      is: "skip",
      why: "not offered for sqlserver-se",
    },
    {
      name: "a serverless cluster",
      given: { engine: "aurora-mysql", engineMode: "serverless" },
      types: DATABASE_CLUSTER,
      is: "skip",
      why: "not offered for serverless clusters",
    },
    {
      name: "a replica, of an engine that only its source tells",
      given: { replicateSourceDb: UNKNOWN },
      types: DATABASE_INSTANCE,
      is: "deferred",
      deferrals: [{ path: "engine", waits: "not set, and not every engine can" }],
    },
    {
      name: "not known yet",
      given: { engine: "postgres", [path]: UNKNOWN },
      is: "deferred",
      deferrals: [{ path, waits: "not known yet" }],
    },
  ],
});
