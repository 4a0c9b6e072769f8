import assert from "node:assert/strict";
import { Account } from "../account";
import { Life } from "../model/life";
import { eachIsRefused } from "./single";

const type = "aws:arczonalshift/zonalAutoshiftConfiguration:ZonalAutoshiftConfiguration";
const resourceArn =
  "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/edge/50dc6c495c0c9188";
const alarm = (region = "us-east-1") => ({
  type: "CLOUDWATCH",
  alarmIdentifier: `arn:aws:cloudwatch:${region}:123456789012:alarm:errors`,
});
const least = { resourceArn, zonalAutoshiftStatus: "ENABLED", outcomeAlarms: [alarm()] };
const many = <What>(count: number, what: What) => Array.from({ length: count }, () => what);
const constraint = (property: string, bound: string) =>
  `ValidationException: 1 validation error detected: Value at '${property}' failed to satisfy constraint: Member must have length ${bound}`;

describe("AWS refuses zonal autoshift", () => {
  eachIsRefused([
    {
      title: "that is neither enabled nor disabled",
      type,
      inputs: { ...least, zonalAutoshiftStatus: "ON" },
      at: "zonalAutoshiftStatus",
      reason: 'expected zonal_autoshift_status to be one of ["ENABLED" "DISABLED"], got ON',
    },
    {
      title: "whose practice runs nothing judges",
      type,
      inputs: { ...least, outcomeAlarms: [] },
      at: "outcomeAlarms",
      reason: constraint("outcomeAlarms", "greater than or equal to 1"),
    },
    {
      title: "whose practice runs eleven alarms judge",
      type,
      inputs: { ...least, outcomeAlarms: many(11, alarm()) },
      at: "outcomeAlarms",
      reason: constraint("outcomeAlarms", "less than or equal to 10"),
    },
    {
      title: "with sixteen days without practice",
      type,
      inputs: { ...least, blockedDates: many(16, "2026-11-27") },
      at: "blockedDates",
      reason: constraint("blockedDates", "less than or equal to 15"),
    },
    {
      title: "with a day that is none",
      type,
      inputs: { ...least, blockedDates: ["27.11.2026"] },
      at: "blockedDates[0]",
      reason: "ValidationException: InvalidPracticeBlocker: 27.11.2026",
    },
    {
      title: "with a window that is none",
      type,
      inputs: { ...least, blockedWindows: ["Mon:8:00-Mon:18:00"] },
      at: "blockedWindows[0]",
      reason: "ValidationException: InvalidPracticeBlocker: Mon:8:00-Mon:18:00",
    },
    {
      title: "with windows of both kinds",
      type,
      inputs: {
        ...least,
        blockedWindows: ["Mon:08:00-Mon:18:00"],
        allowedWindows: ["Tue:08:00-Tue:18:00"],
      },
      at: "blockedWindows",
      reason: 'Attribute "blocked_windows" cannot be specified when "allowed_windows" is specified',
    },
    {
      title: "with an alarm of another region",
      type,
      inputs: { ...least, outcomeAlarms: [alarm("eu-west-1")] },
      at: "outcomeAlarms[0].alarmIdentifier",
      reason:
        "ValidationException: InvalidAlarmCondition: arn:aws:cloudwatch:eu-west-1:123456789012:alarm:errors",
    },
  ]);

  it("twice for one load balancer", () => {
    const account = new Account();
    account.make(type, "one", least);
    assert.deepEqual(account.failures(type, least), [
      { property: "resourceArn", reason: "ConflictException: PracticeConfigurationAlreadyExists" },
    ]);
  });

  it("for a load balancer that is not to be shifted, until it is", () => {
    const life = new Life();
    const { balancer } = life.balanced();
    const inputs = { ...least, resourceArn: balancer.id };
    assert.deepEqual(life.failures(type, inputs), [
      {
        property: "resourceArn",
        reason: "ValidationException: InvalidResourceIdentifier: zonal shift is not enabled for edge",
      },
    ]);
    life.change(balancer, { ...balancer.inputs, enableZonalShift: true });
    assert.deepEqual(life.failures(type, inputs), []);
  });
});
