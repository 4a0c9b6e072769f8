import * as assert from "node:assert/strict";
import { longestGapDays } from "../../../../policies/rules/key/rotation-schedule";

describe("the longest time between two rotations", () => {
  const table: readonly (readonly [string, number | undefined])[] = [
    ["rate(10 days)", 10],
    ["rate(1 day)", 1],
    ["rate(12 hours)", 0.5],
    [" RATE( 4 Hours ) ", 1 / 6],
    ["cron(0 8 1 * ? *)", 31],
    ["cron(0 8 L * ? *)", 31],
    ["cron(0 8 ? * SUN#1 *)", 31],
    ["cron(0 8 1 */2 ? *)", 62],
    ["cron(0 8 1 1/3 ? *)", 92],
    ["cron(0 8 1 JAN,JUL ? *)", 184],
    ["cron(0 8 15 FEB ? *)", 365],
    ["cron(0 8 1 MAR-MAY ? *)", 304],
    ["cron(0 8 ? * SUN *)", 1],
    ["cron(0/4 * * * ? *)", 1],
    ["cron(0 8 1,15 1,7 ? *)", 154],
    ["cron(0 8 1 13 ? *)", undefined],
    ["cron(0 8 1 5-2 ? *)", undefined],
    ["cron(0 8 1 * ? 2027)", undefined],
    ["cron(0 8 1 * ?)", undefined],
    ["rate(1 fortnight)", undefined],
    ["rate()", undefined],
    ["daily", undefined],
    ["", undefined],
  ];

  it("is the longest that the schedule leaves for certain", () => {
    for (const [schedule, days] of table) assert.equal(longestGapDays(schedule), days, schedule);
  });
});
