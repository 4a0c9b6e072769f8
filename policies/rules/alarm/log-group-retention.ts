import type { WholeNumber } from "../../lib/parameters";
import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import type { Value } from "../../lib/value";
import { LOG_GROUP } from "../types";

const path = "retentionInDays";

const minDays: WholeNumber = {
  type: "integer",
  description: "Fewest days that logs are kept.",
  default: 365,
  minimum: 1,
  maximum: 3653,
};

/** The numbers of days that CloudWatch takes. */
const accepted = [
  ...[1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731],
  ...[1096, 1827, 2192, 2557, 2922, 3288, 3653],
];

/** AWS keeps deliveries for two days, whatever is written. */
function isDelivery(group: Value): boolean {
  return group.at("logGroupClass").text() === "DELIVERY";
}

export const logGroupRetention = rule({
  name: "log-group-retention",
  title: "Log groups keep their logs long enough, and not for ever",
  description:
    "Left alone, logs are kept and paid for without end, personal data in them too. Deleted too early, they are missing when an incident is looked into.",
  severity: "low",
  level: "advisory",
  types: LOG_GROUP,
  parameters: { minDays },
  frameworks: {},
  remediation: "Set retentionInDays to a number of days that CloudWatch takes, {minDays} or more.",
  url: "https://docs.aws.amazon.com/config/latest/developerguide/cw-loggroup-retention-period-check.html",
  judge(group, { config }) {
    if (isDelivery(group)) return { skip: "delivery log group" };
    const must = `must be ${config.minDays} or more`;
    const days = group.at(path).number();
    if (days === undefined) return [{ path, says: `not set, which means for ever, ${must}` }];
    if (days === 0) return [{ path, says: `0, which means for ever, ${must}` }];
    return days >= config.minDays ? [] : [{ path, says: `${days}, ${must}` }];
  },
  fix: (_group, { config }) => [
    { path, value: accepted.find((days) => days >= config.minDays) ?? config.minDays },
  ],
  scenarios: [
    { name: "a year", given: { retentionInDays: 365 }, is: "pass" },
    { name: "longer, as a text", given: { retentionInDays: "400" }, is: "pass" },
    {
      name: "a month where a month is enough",
      given: { retentionInDays: 30 },
      config: { minDays: 30 },
      is: "pass",
    },
    {
      name: "less than a year",
      given: { retentionInDays: 180 },
      is: "fail",
      findings: [{ path, says: "180, must be 365 or more" }],
    },
    {
      name: "less than a number that CloudWatch does not take",
      given: { retentionInDays: 7 },
      config: { minDays: 10 },
      is: "fail",
      findings: [{ path, says: "7, must be 10 or more" }],
    },
    {
      name: "left to AWS",
      given: { name: "/web/access" },
      is: "fail",
      findings: [{ path, says: "not set, which means for ever, must be 365 or more" }],
    },
    {
      name: "for ever",
      given: { retentionInDays: 0, logGroupClass: "STANDARD" },
      is: "fail",
      findings: [{ path, says: "0, which means for ever, must be 365 or more" }],
    },
    {
      name: "a group for deliveries",
      given: { logGroupClass: "DELIVERY" },
      is: "skip",
      why: "delivery log group",
    },
    {
      name: "not known yet",
      given: { retentionInDays: UNKNOWN },
      is: "deferred",
      deferrals: [{ path, waits: "not known yet" }],
    },
  ],
});
