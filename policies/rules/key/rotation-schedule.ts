const units: ReadonlyMap<string, number> = new Map([
  ["hour", 24],
  ["day", 1],
]);
const monthNames = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split(" ");
const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * The days that a schedule of Secrets Manager lets pass at least, at its longest, between two rotations; nothing for what
 * is no schedule.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html
 */
export function longestGapDays(schedule: string): number | undefined {
  const [, kind = "", inner = ""] = /^\s*(rate|cron)\(([^()]*)\)\s*$/i.exec(schedule) ?? [];
  return kind.toLowerCase() === "rate" ? gapOfRate(inner) : gapOfCron(inner);
}

function gapOfRate(rate: string): number | undefined {
  const [, number = "", unit = ""] = /^\s*(\d{1,6})\s+(hour|day)s?\s*$/i.exec(rate) ?? [];
  const perDay = units.get(unit.toLowerCase());
  return perDay === undefined ? undefined : Number(number) / perDay;
}

/** Minutes, hours, days of the month, months, days of the week, years. */
function gapOfCron(cron: string): number | undefined {
  const [, , days = "", monthField = "", weekdays = "", years = "", ...more] = cron.trim().split(/\s+/);
  const months = monthsIn(monthField);
  if (months === undefined || years !== "*" || more.length > 0) return undefined;
  const gap = Math.max(
    ...months.map((month, index) => daysFrom(month, months[(index + 1) % months.length] ?? month)),
  );
  // On several days of a month, the last of one month may come just before the first of the next.
  return isOnceAMonth(days, weekdays) ? gap : Math.max(1, gap - 30);
}

function isOnceAMonth(days: string, weekdays: string): boolean {
  return /^(?:\d+W?|LW?)$/i.test(days) || (days === "?" && /^\w+(?:#\d|L)$/i.test(weekdays));
}

/** The months of a field, each once and in order; nothing for what is no such field. */
function monthsIn(field: string): readonly number[] | undefined {
  const months = new Set<number>();
  for (const part of field.split(",")) {
    const [, range = "", from = "", to = "", step = ""] =
      /^((\*|\w+)(?:-(\w+))?)(?:\/(\d+))?$/.exec(part) ?? [];
    const first = from === "*" ? 1 : monthNumber(from);
    const last = to === "" ? lastOf(range, step, first) : monthNumber(to);
    if (first === undefined || last === undefined || first > last) return undefined;
    for (let month = first; month <= last; month += Math.max(1, Number(step))) months.add(month);
  }
  return [...months].sort((a, b) => a - b);
}

/** Where a part without an end ends: with a star or a step at the end of the year, else where it begins. */
function lastOf(range: string, step: string, first: number | undefined): number | undefined {
  return range === "*" || step !== "" ? 12 : first;
}

function monthNumber(text: string): number | undefined {
  const named = monthNames.indexOf(text.toUpperCase()) + 1;
  const number = named > 0 ? named : Number(text);
  return Number.isInteger(number) && number >= 1 && number <= 12 ? number : undefined;
}

/** Days from a day of one month to the same day of a later one, or of the next year's. */
function daysFrom(month: number, next: number): number {
  const count = next > month ? next - month : next - month + 12;
  let days = 0;
  for (let at = 0; at < count; at += 1) days += monthLengths[(month - 1 + at) % 12] ?? 0;
  return days;
}
