import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { TABLE, TABLE_REPLICA } from "../types";
import { judgeSwitch, type Switch, switchOn } from "./replicas";

const path = "deletionProtectionEnabled";
const where: Switch = { inTable: [path], inReplica: path };
const unset = "not set, which means false, must be true";

export const tableDeletionProtection = rule({
  name: "table-deletion-protection",
  title: "Tables are protected from deletion",
  description:
    "Changing a table's key replaces the table, and a wrong stack deletes it; either takes all of its data. Protection makes AWS refuse, in each region for itself.",
  severity: "medium",
  level: "production",
  types: [...TABLE, ...TABLE_REPLICA],
  frameworks: { fsbp: ["DynamoDB.6"] },
  remediation: "Set deletionProtectionEnabled to true, on each replica as well.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/dynamodb-controls.html#dynamodb-6",
  judge: (table, { type }) => judgeSwitch(table, type, where),
  fix: (table, { type }) => switchOn(table, type, where),
  scenarios: [
    { name: "protected", given: { deletionProtectionEnabled: true }, is: "pass" },
    {
      name: "protected in every region, as texts",
      given: {
        deletionProtectionEnabled: "true",
        replicas: [{ regionName: "eu-central-1", deletionProtectionEnabled: "true" }],
      },
      types: TABLE,
      is: "pass",
    },
    { name: "left to AWS", given: { name: "orders" }, is: "fail", findings: [{ path, says: unset }] },
    {
      name: "not protected, as a text",
      given: { deletionProtectionEnabled: "false" },
      is: "fail",
      findings: [{ path, says: "false, must be true" }],
    },
    {
      name: "a replica left to AWS, and one not known yet",
      given: {
        deletionProtectionEnabled: true,
        replicas: [
          { regionName: "eu-central-1" },
          { regionName: "us-east-1", deletionProtectionEnabled: UNKNOWN },
        ],
      },
      types: TABLE,
      is: "fail",
      findings: [{ path: "replicas[0].deletionProtectionEnabled", says: unset }],
      deferrals: [{ path: "replicas[1].deletionProtectionEnabled", waits: "not known yet" }],
    },
    {
      name: "not known yet",
      given: { deletionProtectionEnabled: UNKNOWN },
      is: "deferred",
      deferrals: [{ path, waits: "not known yet" }],
    },
  ],
});
