import { rule, type ScenarioResource } from "../../lib/rule";
import { SUBJECT } from "../../lib/scenario";
import { UNKNOWN } from "../../lib/unknown";
import { TABLE } from "../types";
import { judgeScaled } from "./capacity";

const read = "dynamodb:table:ReadCapacityUnits";
const write = "dynamodb:table:WriteCapacityUnits";
const readIndex = "dynamodb:index:ReadCapacityUnits";
const writeIndex = "dynamodb:index:WriteCapacityUnits";

function target(
  name: string,
  scalableDimension: string,
  resourceId: string,
  ...from: readonly string[]
): ScenarioResource {
  const props = {
    serviceNamespace: "dynamodb",
    scalableDimension,
    resourceId,
    minCapacity: 5,
    maxCapacity: 100,
  };
  return { name, type: "aws:appautoscaling/target:Target", props, from: { resourceId: from } };
}

const other: ScenarioResource = {
  name: "other",
  type: "aws:dynamodb/table:Table",
  props: { name: "others-1234567" },
};
const fixed = { billingMode: "PROVISIONED", readCapacity: 5, writeCapacity: 5 };
const existing = { ...fixed, name: "orders-1234567" };
const planned = { ...fixed, name: UNKNOWN };
const indexed = { ...existing, globalSecondaryIndexes: [{ name: "by-day" }, { name: "by-customer" }] };
const both = [target("reads", read, "table/orders-1234567"), target("writes", write, "table/orders-1234567")];
const must = (dimension: string) =>
  `fixed, must be scaled as ${dimension}, or billingMode be "PAY_PER_REQUEST"`;

export const tableScales = rule({
  name: "table-scales",
  title: "Tables have the capacity that is asked of them",
  description:
    "A table with a fixed capacity refuses what goes beyond it, and one index with too little makes the whole table refuse. On demand, or with scaling, it keeps up.",
  severity: "low",
  level: "advisory",
  types: TABLE,
  frameworks: { fsbp: ["DynamoDB.1"] },
  remediation:
    'Set billingMode to "PAY_PER_REQUEST", or add an aws.appautoscaling.Target and Policy for reads and for writes, of the table and of each index.',
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/dynamodb-controls.html#dynamodb-1",
  judgeInStack(table, { stack }) {
    const mode = table.inputs.at("billingMode").text()?.toUpperCase();
    return mode === "PAY_PER_REQUEST" ? [] : judgeScaled(table, stack);
  },
  scenarios: [
    { name: "on demand", given: { billingMode: "PAY_PER_REQUEST" }, is: "pass" },
    { name: "targets of a table that exists", given: fixed, outputs: existing, stack: both, is: "pass" },
    {
      name: "targets of a table that is not created yet",
      given: fixed,
      outputs: planned,
      stack: [other, target("reads", read, UNKNOWN, SUBJECT), target("writes", write, UNKNOWN, SUBJECT)],
      is: "pass",
    },
    {
      name: "targets of its indexes as well",
      given: indexed,
      stack: [
        ...both,
        target("day-reads", readIndex, "table/orders-1234567/index/by-day"),
        target("day-writes", writeIndex, "table/orders-1234567/index/by-day"),
        target("customer-reads", readIndex, "table/orders-1234567/index/by-customer"),
        target("customer-writes", writeIndex, "table/orders-1234567/index/by-customer"),
      ],
      is: "pass",
    },
    {
      name: "as many targets as indexes, before anything exists",
      given: indexed,
      outputs: { ...indexed, name: UNKNOWN },
      stack: [
        target("reads", read, UNKNOWN, SUBJECT),
        target("writes", write, UNKNOWN, SUBJECT),
        target("one-reads", readIndex, UNKNOWN, SUBJECT),
        target("two-reads", readIndex, UNKNOWN, SUBJECT),
        target("one-writes", writeIndex, UNKNOWN, SUBJECT),
        target("two-writes", writeIndex, UNKNOWN, SUBJECT),
      ],
      is: "pass",
    },
    {
      name: "left to AWS, which fixes it",
      given: { readCapacity: 5, writeCapacity: 5 },
      is: "fail",
      findings: [
        { path: "readCapacity", says: must(read) },
        { path: "writeCapacity", says: must(write) },
      ],
    },
    {
      name: "reads scaled, and writes of another table",
      given: fixed,
      outputs: existing,
      stack: [
        other,
        target("reads", read, "table/orders-1234567"),
        target("w", write, "table/others-1234567"),
      ],
      is: "fail",
      findings: [{ path: "writeCapacity", says: must(write) }],
    },
    {
      name: "reads scaled, and writes of another table, before anything exists",
      given: fixed,
      outputs: planned,
      stack: [other, target("reads", read, UNKNOWN, SUBJECT), target("writes", write, UNKNOWN, "other")],
      is: "fail",
      findings: [{ path: "writeCapacity", says: must(write) }],
    },
    {
      name: "one index whose writes are not scaled",
      given: indexed,
      stack: [
        ...both,
        target("day-reads", readIndex, "table/orders-1234567/index/by-day"),
        target("day-writes", writeIndex, "table/orders-1234567/index/by-day"),
        target("customer-reads", readIndex, "table/orders-1234567/index/by-customer"),
      ],
      is: "fail",
      findings: [{ path: "globalSecondaryIndexes[1].writeCapacity", says: must(writeIndex) }],
    },
    {
      name: "targets of this table or another",
      given: fixed,
      outputs: planned,
      stack: [
        other,
        target("reads", read, UNKNOWN, SUBJECT),
        target("writes", write, UNKNOWN, SUBJECT, "other"),
      ],
      is: "deferred",
      deferrals: [{ path: "writeCapacity", waits: "not known whether writes scales it" }],
    },
    {
      name: "a target for one of two indexes, not known which",
      given: indexed,
      stack: [
        ...both,
        target("one-reads", readIndex, UNKNOWN, SUBJECT),
        target("two-reads", readIndex, UNKNOWN, SUBJECT),
        target("one-writes", writeIndex, UNKNOWN, SUBJECT),
      ],
      is: "deferred",
      deferrals: [
        { path: "globalSecondaryIndexes[0].writeCapacity", waits: "not known whether one-writes scales it" },
        { path: "globalSecondaryIndexes[1].writeCapacity", waits: "not known whether one-writes scales it" },
      ],
    },
    {
      name: "not known yet how it is paid",
      given: { billingMode: UNKNOWN },
      is: "deferred",
      deferrals: [{ path: "billingMode", waits: "not known yet" }],
    },
  ],
});
