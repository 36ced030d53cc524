// A length of time in seconds, as a number and a unit.

export const UNITS = [
  ["days", 86_400],
  ["hours", 3_600],
  ["minutes", 60],
  ["seconds", 1],
] as const;

export type DurationUnit = (typeof UNITS)[number][0];

export type Duration = { readonly amount: number; readonly unit: DurationUnit };

/** The largest unit in which the number stays whole. */
export function durationOf(seconds: number): Duration {
  const found = UNITS.find(([, size]) => seconds >= size && seconds % size === 0);
  const [unit, size] = found ?? UNITS[3];
  return { amount: seconds / size, unit };
}

export function secondsOf({ amount, unit }: Duration): number {
  const size = UNITS.find(([name]) => name === unit)?.[1] ?? 1;
  return amount * size;
}
