// Cron expressions: checked, put into words, and followed to their next times in a time zone.

export type CronProblem = { readonly field: CronFieldName | null };
export type CronFieldName = "minute" | "hour" | "day" | "month" | "weekday";

export type Cron = { readonly [field in CronFieldName]: ReadonlySet<number> } & {
  /** Day and weekday both restricted: either is enough, as cron has it. */
  readonly eitherDay: boolean;
};

const FIELDS: readonly (readonly [CronFieldName, number, number])[] = [
  ["minute", 0, 59],
  ["hour", 0, 23],
  ["day", 1, 31],
  ["month", 1, 12],
  ["weekday", 0, 7],
];

const NAMES: Readonly<Record<string, number>> = Object.fromEntries([
  ...["sun", "mon", "tue", "wed", "thu", "fri", "sat"].map((name, day) => [name, day]),
  ...["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"].map(
    (name, month) => [name, month + 1],
  ),
]);

const SHORTHANDS: Readonly<Record<string, string>> = {
  "@hourly": "0 * * * *",
  "@daily": "0 0 * * *",
  "@midnight": "0 0 * * *",
  "@weekly": "0 0 * * 0",
  "@monthly": "0 0 1 * *",
  "@yearly": "0 0 1 1 *",
  "@annually": "0 0 1 1 *",
};

/** Reads five fields or a shorthand such as `@daily`; a problem names the field that is wrong. */
export function parseCron(source: string): Cron | CronProblem {
  const trimmed = source.trim().toLowerCase();
  const parts = (SHORTHANDS[trimmed] ?? trimmed).split(/\s+/);
  if (parts.length !== FIELDS.length) return { field: null };
  const sets: Partial<Record<CronFieldName, ReadonlySet<number>>> = {};
  for (const [index, [name, min, max]] of FIELDS.entries()) {
    const set = parseField(parts[index] ?? "", min, max);
    if (!set) return { field: name };
    sets[name] = set;
  }
  const weekday = new Set([...(sets.weekday ?? [])].map((day) => day % 7));
  const eitherDay = !parts[2]?.startsWith("*") && !parts[4]?.startsWith("*");
  return { ...(sets as Record<CronFieldName, ReadonlySet<number>>), weekday, eitherDay };
}

export function isCron(found: Cron | CronProblem): found is Cron {
  return "minute" in found;
}

function parseField(source: string, min: number, max: number): ReadonlySet<number> | null {
  const values = new Set<number>();
  for (const part of source.split(",")) {
    const range = parsePart(part, min, max);
    if (!range) return null;
    for (let value = range.first; value <= range.last; value += range.step) values.add(value);
  }
  return values;
}

function parsePart(part: string, min: number, max: number) {
  const [span = "", stepText, ...more] = part.split("/");
  const step = stepText === undefined ? 1 : wholeNumber(stepText);
  const bounds = boundsOf(span, min, max, stepText !== undefined);
  if (more.length > 0 || step === null || step < 1 || !bounds) return null;
  const [first, last] = bounds;
  return first < min || last > max || first > last ? null : { first, last, step };
}

function boundsOf(span: string, min: number, max: number, hasStep: boolean) {
  if (span === "*") return [min, max] as const;
  const [first, last, ...more] = span.split("-").map(numberNamed);
  if (first === undefined || first === null || last === null || more.length > 0) return null;
  return [first, last ?? (hasStep ? max : first)] as const;
}

const wholeNumber = (text: string): number | null => (/^\d+$/.test(text) ? Number(text) : null);

const numberNamed = (text: string): number | null => NAMES[text] ?? wholeNumber(text);

type WallClock = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
};

const SEARCH_DAYS = 366 * 5;
const DAY_MS = 86_400_000;

/**
 * The next times after `from`, in order. Wall-clock times that a change to summer time skips are
 * left out here; the server's own rule for them is shown in the documentation of the node.
 */
export function nextTimes(
  cron: Cron,
  timezone: string,
  from: Date,
  count: number,
): readonly Date[] {
  const found: Date[] = [];
  const start = wallClock(from, timezone);
  const firstDay = Date.UTC(start.year, start.month - 1, start.day);
  for (let ahead = 0; ahead <= SEARCH_DAYS && found.length < count; ahead += 1) {
    const day = new Date(firstDay + ahead * DAY_MS);
    if (matchesDay(cron, day)) found.push(...timesOn(cron, day, timezone, from));
  }
  return found.slice(0, count);
}

function matchesDay(cron: Cron, day: Date): boolean {
  if (!cron.month.has(day.getUTCMonth() + 1)) return false;
  const byDate = cron.day.has(day.getUTCDate());
  const byWeekday = cron.weekday.has(day.getUTCDay());
  return cron.eitherDay ? byDate || byWeekday : byDate && byWeekday;
}

function timesOn(cron: Cron, day: Date, timezone: string, after: Date): readonly Date[] {
  const [year, month, date] = [day.getUTCFullYear(), day.getUTCMonth() + 1, day.getUTCDate()];
  const times: Date[] = [];
  for (const hour of ascending(cron.hour)) {
    for (const minute of ascending(cron.minute)) {
      const time = instantOf({ year, month, day: date, hour, minute }, timezone);
      if (time && time > after) times.push(time);
      if (times.length > MOST_PER_DAY) return times;
    }
  }
  return times;
}

const MOST_PER_DAY = 10;

const ascending = (values: ReadonlySet<number>): readonly number[] =>
  [...values].sort((a, b) => a - b);

const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(timezone: string): Intl.DateTimeFormat {
  const known = formats.get(timezone);
  if (known) return known;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: timezone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  });
  formats.set(timezone, format);
  return format;
}

function wallClock(instant: Date, timezone: string): WallClock {
  const parts = formatFor(timezone).formatToParts(instant);
  const read = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((part) => part.type === type)?.value ?? 0);
  return {
    year: read("year"),
    month: read("month"),
    day: read("day"),
    hour: read("hour"),
    minute: read("minute"),
  };
}

const utcOf = (wall: WallClock): number =>
  Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute);

/** The first instant that shows this wall clock in the zone; null in a gap. */
function instantOf(wall: WallClock, timezone: string): Date | null {
  const guess = utcOf(wall);
  const offsets = [guess - DAY_MS, guess + DAY_MS].map(
    (at) => utcOf(wallClock(new Date(at), timezone)) - at,
  );
  const candidates = [...new Set(offsets)].map((offset) => new Date(guess - offset));
  const matching = candidates.filter((at) => utcOf(wallClock(at, timezone)) === guess);
  return matching.sort((a, b) => a.getTime() - b.getTime())[0] ?? null;
}

export type CronWords =
  | { readonly kind: "minutes"; readonly every: number }
  | { readonly kind: "hourly"; readonly minute: number }
  | { readonly kind: "daily"; readonly time: string }
  | { readonly kind: "weekly"; readonly time: string; readonly weekdays: readonly number[] }
  | { readonly kind: "monthly"; readonly time: string; readonly days: readonly number[] }
  | { readonly kind: "other" };

/** The shape of a schedule that has a plain sentence; everything else is shown by its next times. */
export function describeCron(cron: Cron): CronWords {
  const everyDay = cron.day.size === 31 && cron.weekday.size === 7;
  if (cron.month.size !== 12) return { kind: "other" };
  if (everyDay && cron.hour.size === 24) return withinHours(ascending(cron.minute));
  const [hour = 0, ...moreHours] = cron.hour;
  const [minute = 0, ...moreMinutes] = cron.minute;
  if (moreHours.length > 0 || moreMinutes.length > 0) return { kind: "other" };
  const time = `${pad(hour)}:${pad(minute)}`;
  if (everyDay) return { kind: "daily", time };
  if (cron.day.size === 31) return { kind: "weekly", time, weekdays: ascending(cron.weekday) };
  if (cron.weekday.size === 7) return { kind: "monthly", time, days: ascending(cron.day) };
  return { kind: "other" };
}

function withinHours(minutes: readonly number[]): CronWords {
  const [minute = 0, ...more] = minutes;
  const step = stepOf(minutes, 60);
  if (more.length === 0) return { kind: "hourly", minute };
  return step === null ? { kind: "other" } : { kind: "minutes", every: step };
}

const pad = (number: number): string => String(number).padStart(2, "0");

/** 15 for 0, 15, 30, 45 of 60; null where the values have no one step over the whole span. */
function stepOf(values: readonly number[], span: number): number | null {
  const [first, second] = values;
  if (first !== 0) return null;
  const step = second === undefined ? span : second - first;
  const isEven = values.every((value, index) => value === index * step);
  return isEven && span % step === 0 && values.length === span / step ? step : null;
}
