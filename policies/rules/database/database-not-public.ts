import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { DATABASE_CLUSTER_INSTANCE, DATABASE_INSTANCE } from "../types";

const path = "publiclyAccessible";
const findings = [{ path, says: "true, must be false" }];

export const databaseNotPublic = rule({
  name: "database-not-public",
  title: "Databases have no public address",
  description:
    "A public address puts the database on the internet as soon as a security group lets somebody in, and a password is all that is left between.",
  severity: "critical",
  level: "mandatory",
  types: [...DATABASE_INSTANCE, ...DATABASE_CLUSTER_INSTANCE],
  frameworks: { fsbp: ["RDS.2"] },
  remediation: "Set publiclyAccessible to false, and reach the database from inside its network.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-2",
  judge: (instance) => (instance.at(path).flag() === true ? findings : []),
  fix: () => [{ path, value: false }],
  scenarios: [
    { name: "private", given: { publiclyAccessible: false }, is: "pass" },
    { name: "private, as a text", given: { publiclyAccessible: "false" }, is: "pass" },
    { name: "left to AWS, which keeps it private", given: { engine: "postgres" }, is: "pass" },
    { name: "public", given: { publiclyAccessible: true }, is: "fail", findings },
    { name: "public, as a text", given: { publiclyAccessible: "true" }, is: "fail", findings },
    {
      name: "not known yet",
      given: { publiclyAccessible: UNKNOWN },
      is: "deferred",
      deferrals: [{ path, waits: "not known yet" }],
    },
  ],
});
