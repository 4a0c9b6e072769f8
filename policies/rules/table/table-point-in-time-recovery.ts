import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { TABLE, TABLE_REPLICA } from "../types";
import { judgeSwitch, type Switch, switchOn } from "./replicas";

const where: Switch = { inTable: ["pointInTimeRecovery", "enabled"], inReplica: "pointInTimeRecovery" };
const path = "pointInTimeRecovery.enabled";
const on = { pointInTimeRecovery: { enabled: true } };
const unset = "not set, which means false, must be true";

export const tablePointInTimeRecovery = rule({
  name: "table-point-in-time-recovery",
  title: "Tables can be taken back to any second of the last weeks",
  description:
    "A table has no backups of its own. What a faulty program overwrites is gone, in every region, in the second it does so.",
  severity: "medium",
  level: "mandatory",
  types: [...TABLE, ...TABLE_REPLICA],
  frameworks: { fsbp: ["DynamoDB.2"] },
  remediation:
    "Set pointInTimeRecovery.enabled to true on a table, and pointInTimeRecovery to true on each of its replicas.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/dynamodb-controls.html#dynamodb-2",
  judge: (table, { type }) => judgeSwitch(table, type, where),
  fix: (table, { type }) => switchOn(table, type, where),
  scenarios: [
    { name: "switched on", given: on, types: TABLE, is: "pass" },
    {
      name: "switched on in every region, as texts",
      given: {
        pointInTimeRecovery: { enabled: "true", recoveryPeriodInDays: 7 },
        replicas: [{ regionName: "eu-central-1", pointInTimeRecovery: "true" }],
      },
      types: TABLE,
      is: "pass",
    },
    { name: "a replica by itself", given: { pointInTimeRecovery: true }, types: TABLE_REPLICA, is: "pass" },
    {
      name: "left to AWS",
      given: { name: "orders" },
      types: TABLE,
      is: "fail",
      findings: [{ path, says: unset }],
    },
    {
      name: "switched off, as a text",
      given: { pointInTimeRecovery: { enabled: "false" } },
      types: TABLE,
      is: "fail",
      findings: [{ path, says: "false, must be true" }],
    },
    {
      name: "a replica left to AWS, and one switched off",
      given: {
        ...on,
        replicas: [
          { regionName: "eu-central-1" },
          { regionName: "us-east-1", pointInTimeRecovery: false },
          { regionName: "us-west-2", pointInTimeRecovery: true },
        ],
      },
      types: TABLE,
      is: "fail",
      findings: [
        { path: "replicas[0].pointInTimeRecovery", says: unset },
        { path: "replicas[1].pointInTimeRecovery", says: "false, must be true" },
      ],
    },
    {
      name: "a replica by itself, left to AWS",
      given: { globalTableArn: UNKNOWN },
      types: TABLE_REPLICA,
      is: "fail",
      findings: [{ path: "pointInTimeRecovery", says: unset }],
    },
    {
      name: "a table not known yet, and a replica left to AWS",
      given: { pointInTimeRecovery: UNKNOWN, replicas: [{ regionName: "eu-central-1" }] },
      types: TABLE,
      is: "fail",
      findings: [{ path: "replicas[0].pointInTimeRecovery", says: unset }],
      deferrals: [{ path: "pointInTimeRecovery", waits: "not known yet" }],
    },
    {
      name: "replicas not known yet",
      given: { ...on, replicas: UNKNOWN },
      types: TABLE,
      is: "deferred",
      deferrals: [{ path: "replicas", waits: "not known yet" }],
    },
  ],
});
