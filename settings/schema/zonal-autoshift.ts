import { isPracticeDate, isPracticeWindow, mostPracticeTimes } from "../../components/lib/practice-windows";
import { list, oneOf, section, tested } from "../vocabulary";

const date = tested(isPracticeDate, 'a date such as "2026-11-27"');
const window = tested(isPracticeWindow, 'a part of the week in UTC such as "Mon:08:00-Mon:18:00"');

/** Whether AWS may take the load balancer out of a zone that is in trouble. */
export function zonalAutoshiftSchema() {
  return section({
    mode: oneOf(["on", "off"])
      .default("off")
      .describe(
        "Whether AWS moves traffic out of a zone that is in trouble by itself, and rehearses it for half an hour every week.",
      ),
    blockedDates: list(date, "dates", 0, mostPracticeTimes)
      .default([])
      .describe("Days on which nothing is rehearsed, in UTC."),
    blockedWindows: list(window, "parts of the week", 0, mostPracticeTimes)
      .default([])
      .describe("Parts of the week in which nothing is rehearsed, in UTC."),
    allowedWindows: list(window, "parts of the week", 0, mostPracticeTimes)
      .default([])
      .describe("Parts of the week in which it is rehearsed, in UTC, in place of blockedWindows."),
  });
}
