import type { Problems } from "./problems";

// https://docs.aws.amazon.com/arc-zonal-shift/latest/api/API_PracticeRunConfiguration.html
/** Most dates, and most windows, that practice runs can be kept from or to. */
export const mostPracticeTimes = 15;
/** Most alarms that end practice runs, and most that keep them from starting. */
export const mostPracticeAlarms = 10;

const time = "(Mon|Tue|Wed|Thu|Fri|Sat|Sun):([01][0-9]|2[0-3]):[0-5][0-9]";
const window = new RegExp(`^${time}-${time}$`);

/** Whether a text is a part of a week in UTC: `Mon:08:00-Mon:18:30`. */
export function isPracticeWindow(text: string): boolean {
  const [from, to] = text.split("-");
  return window.test(text) && from !== to;
}

/** Whether a text is a day of the calendar: `2026-11-27`. */
export function isPracticeDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** When practice runs may start, as a caller says it. */
export interface PracticeTimes {
  readonly blockedDates?: readonly string[];
  readonly blockedWindows?: readonly string[];
  readonly allowedWindows?: readonly string[];
}

/** Notes what is wrong with the times of practice runs. */
export function checkPracticeTimes(times: PracticeTimes, problems: Problems): void {
  const { blockedDates = [], blockedWindows = [], allowedWindows = [] } = times;
  const either = blockedWindows.length === 0 || allowedWindows.length === 0;
  problems.unless(either, "allowedWindows", "must be left out beside blockedWindows");
  checkEach("blockedDates", blockedDates, isPracticeDate, 'a date such as "2026-11-27"', problems);
  const aWindow = 'a part of the week in UTC such as "Mon:08:00-Mon:18:00"';
  checkEach("blockedWindows", blockedWindows, isPracticeWindow, aWindow, problems);
  checkEach("allowedWindows", allowedWindows, isPracticeWindow, aWindow, problems);
}

function checkEach(
  path: string,
  texts: readonly string[],
  fits: (text: string) => boolean,
  wanted: string,
  problems: Problems,
): void {
  const few = texts.length <= mostPracticeTimes;
  problems.unless(few, path, `must be ${mostPracticeTimes} or fewer, got ${texts.length}`);
  texts.forEach((text, index) => {
    problems.unless(fits(text), `${path}[${index}]`, `must be ${wanted}, got ${JSON.stringify(text)}`);
  });
}
