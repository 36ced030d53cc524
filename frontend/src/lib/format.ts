// Numbers, sizes, durations and times as people read them.

const LOCALE = "en";

const numbers = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 2 });
const percents = new Intl.NumberFormat(LOCALE, { style: "percent", maximumFractionDigits: 1 });
const moments = new Intl.DateTimeFormat(LOCALE, {
  dateStyle: "medium",
  timeStyle: "medium",
  hourCycle: "h23",
});
const days = new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "short" });
const dates = new Intl.DateTimeFormat(LOCALE, { dateStyle: "medium" });
const relative = new Intl.RelativeTimeFormat(LOCALE, { numeric: "auto", style: "short" });

const SIZE_UNITS = ["B", "kB", "MB", "GB", "TB"] as const;

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const RELATIVE_STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["year", 365 * DAY_MS],
  ["month", 30 * DAY_MS],
  ["week", 7 * DAY_MS],
  ["day", DAY_MS],
  ["hour", HOUR_MS],
  ["minute", MINUTE_MS],
];

export function formatNumber(value: number): string {
  return numbers.format(value);
}

/** A share between 0 and 1 as a percentage. */
export function formatPercent(share: number): string {
  return percents.format(share);
}

/** `42 ms`, `3.2 s`, `1 m 20 s`, `2 h 5 m`, `3 d 4 h`. */
export function formatDuration(durationMs: number): string {
  if (durationMs < SECOND_MS) return `${Math.round(durationMs)} ms`;
  if (durationMs < MINUTE_MS)
    return `${numbers.format(Number((durationMs / SECOND_MS).toFixed(1)))} s`;
  if (durationMs < HOUR_MS) return twoUnits(durationMs, MINUTE_MS, "m", SECOND_MS, "s");
  if (durationMs < DAY_MS) return twoUnits(durationMs, HOUR_MS, "h", MINUTE_MS, "m");
  return twoUnits(durationMs, DAY_MS, "d", HOUR_MS, "h");
}

function twoUnits(
  durationMs: number,
  largeMs: number,
  large: string,
  smallMs: number,
  small: string,
): string {
  const rest = Math.floor((durationMs % largeMs) / smallMs);
  const whole = `${Math.floor(durationMs / largeMs)} ${large}`;
  return rest === 0 ? whole : `${whole} ${rest} ${small}`;
}

/** Decimal units: `184 kB`. */
export function formatBytes(sizeBytes: number): string {
  const step = Math.min(
    SIZE_UNITS.length - 1,
    sizeBytes < 1 ? 0 : Math.floor(Math.log10(sizeBytes) / 3),
  );
  const value = sizeBytes / 1000 ** step;
  return `${numbers.format(Number(value.toFixed(value < 10 && step > 0 ? 1 : 0)))} ${SIZE_UNITS[step]}`;
}

/** The full local date and time of an ISO 8601 instant. */
export function formatMoment(iso: string): string {
  return moments.format(new Date(iso));
}

/** `20 Nov`; in another year `Nov 20, 2027`. */
export function formatDate(date: Date, nowMs: number = Date.now()): string {
  const isThisYear = date.getFullYear() === new Date(nowMs).getFullYear();
  return (isThisYear ? days : dates).format(date);
}

/** `20 Nov`. */
export function formatDay(date: Date): string {
  return days.format(date);
}

/** `5 min. ago`, `yesterday`, `in 2 hr.`; within a minute `now`. */
export function formatRelative(iso: string, nowMs: number = Date.now()): string {
  const distanceMs = new Date(iso).getTime() - nowMs;
  for (const [unit, unitMs] of RELATIVE_STEPS) {
    if (Math.abs(distanceMs) >= unitMs) {
      return relative.format(Math.trunc(distanceMs / unitMs), unit);
    }
  }
  return relative.format(0, "second");
}
