import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { practiceAlarms } from "../../components/lib/practice-alarms";
import { isPracticeDate, isPracticeWindow } from "../../components/lib/practice-windows";
import { ZonalAutoshift, type ZonalAutoshiftArgs } from "../../components/zonal-autoshift";
import { built } from "../support/built";
import { refused } from "../support/refused";

const resourceArn =
  "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/edge/50dc6c495c0c9188";
const alarm = (name: string) => `arn:aws:cloudwatch:us-east-1:123456789012:alarm:${name}`;
const least: ZonalAutoshiftArgs = { resourceArn, outcomeAlarmArns: [alarm("errors")] };

describe("ZonalAutoshift", () => {
  it("has AWS take a load balancer out of a zone, and rehearse it under an alarm", async () => {
    const stack = await built(() => new ZonalAutoshift("edge", least));
    assert.deepEqual(stack.names, ["edge", "edge-autoshift"]);
    assert.deepEqual(stack.inputs("edge-autoshift"), {
      resourceArn,
      zonalAutoshiftStatus: "ENABLED",
      outcomeAlarms: [{ type: "CLOUDWATCH", alarmIdentifier: alarm("errors") }],
    });
    assert.equal(stack.resource("edge").type, "evenkeel:index:ZonalAutoshift");
    assert.equal(stack.resource("edge-autoshift").parent, stack.resource("edge").urn);
    assert.deepEqual(stack.outputs("edge"), { resourceArn });
  });

  it("rehearses when it is told to, and not while something is wrong", async () => {
    const times = { blockedDates: ["2026-11-27"], blockedWindows: ["Mon:08:00-Mon:18:00"] };
    const blockingAlarmArns = [alarm("short")];
    const stack = await built(() => new ZonalAutoshift("edge", { ...least, ...times, blockingAlarmArns }));
    const { blockedDates, blockedWindows, blockingAlarms } = stack.inputs("edge-autoshift");
    assert.deepEqual({ blockedDates, blockedWindows }, times);
    assert.deepEqual(blockingAlarms, [{ type: "CLOUDWATCH", alarmIdentifier: alarm("short") }]);

    const allowedWindows = ["Tue:09:00-Tue:11:00"];
    const other = await built(() => new ZonalAutoshift("edge", { ...least, allowedWindows }));
    assert.deepEqual(other.inputs("edge-autoshift").allowedWindows, allowedWindows);
  });

  it("gives the caller the last word", async () => {
    const stack = await built(
      () =>
        new ZonalAutoshift("edge", least, {
          transform: {
            autoshift: ({ args, opts }) => ({ args: { ...args, zonalAutoshiftStatus: "DISABLED" }, opts }),
          },
        }),
    );
    assert.equal(stack.inputs("edge-autoshift").zonalAutoshiftStatus, "DISABLED");
  });

  it("says everything that is wrong, and makes nothing", async () => {
    const { message, names } = await refused(
      () =>
        new ZonalAutoshift("edge", {
          resourceArn,
          outcomeAlarmArns: [],
          blockingAlarmArns: Array.from({ length: 11 }, () => alarm("short")),
          blockedDates: ["27.11.2026", "2026-02-30", ...Array.from({ length: 14 }, () => "2026-11-27")],
          blockedWindows: ["Mon:8:00-Mon:18:00"],
          allowedWindows: ["Tue:09:00-Tue:09:00"],
        }),
    );
    assert.equal(
      message,
      [
        "invalid arguments",
        "  outcomeAlarmArns: needs 1 to 10, got 0",
        "  blockingAlarmArns: must be 10 or fewer, got 11",
        "  allowedWindows: must be left out beside blockedWindows",
        "  blockedDates: must be 15 or fewer, got 16",
        '  blockedDates[0]: must be a date such as "2026-11-27", got "27.11.2026"',
        '  blockedDates[1]: must be a date such as "2026-11-27", got "2026-02-30"',
        '  blockedWindows[0]: must be a part of the week in UTC such as "Mon:08:00-Mon:18:00", got "Mon:8:00-Mon:18:00"',
        '  allowedWindows[0]: must be a part of the week in UTC such as "Mon:08:00-Mon:18:00", got "Tue:09:00-Tue:09:00"',
      ].join("\n"),
    );
    assert.deepEqual(names, ["edge"]);
  });
});

describe("the times of practice runs", () => {
  it("are days of the calendar", () => {
    const texts = ["2026-11-27", "2028-02-29", "2027-02-29", "2026-13-01", "2026-1-1", ""];
    assert.deepEqual(texts.map(isPracticeDate), [true, true, false, false, false, false]);
  });

  it("are parts of the week", () => {
    const texts = [
      "Mon:00:00-Sun:23:59",
      "Sat:22:00-Sun:06:00",
      "Mon:24:00-Tue:00:00",
      "mon:00:00-Tue:00:00",
      "Mon:00:00",
      "",
    ];
    assert.deepEqual(texts.map(isPracticeWindow), [true, true, false, false, false, false]);
  });
});

describe("the alarms of practice runs", () => {
  it("are those of failed requests, and those of missing instances", async () => {
    const arns = (...names: string[]) =>
      Object.fromEntries(names.map((name) => [name, pulumi.output(`arn:${name}`)]));
    const { outcomeAlarmArns, blockingAlarmArns } = practiceAlarms(arns("balancer-errors"), [
      arns("main-error-ratio", "main-latency-high", "main-unhealthy-hosts", "main-healthy-hosts-low"),
      arns("api-error-ratio", "in-service-low", "cpu-high"),
    ]);
    const texts = (outputs: pulumi.Output<string>[]) =>
      new Promise<string[]>((resolve) => pulumi.all(outputs).apply((all) => resolve(all)));
    assert.deepEqual(await texts(outcomeAlarmArns), [
      "arn:balancer-errors",
      "arn:main-error-ratio",
      "arn:api-error-ratio",
    ]);
    assert.deepEqual(await texts(blockingAlarmArns), ["arn:in-service-low"]);
  });
});
