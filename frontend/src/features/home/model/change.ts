// How a figure compares with that of the time before.

export type Direction = "up" | "down" | "same";
export type Verdict = "better" | "worse" | "neutral";
export type Change = {
  readonly direction: Direction;
  readonly verdict: Verdict;
  readonly by: number;
};

export type Wish = "more" | "less" | "none";

/** The share by which `now` differs; null where there is nothing to compare. */
export function relativeChange(now: number | null, before: number | null, wish: Wish) {
  if (now === null || before === null || before === 0) return null;
  return judged((now - before) / before, wish);
}

/** The difference of two shares, in percentage points. */
export function pointChange(now: number | null, before: number | null, wish: Wish) {
  return now === null || before === null ? null : judged(now - before, wish);
}

/** Less than half a percent counts as the same. */
const NOTHING = 0.005;

function judged(by: number, wish: Wish): Change {
  if (Math.abs(by) < NOTHING) return { direction: "same", verdict: "neutral", by: 0 };
  const isWished = by > 0 === (wish === "more");
  return {
    direction: by > 0 ? "up" : "down",
    verdict: wish === "none" ? "neutral" : isWished ? "better" : "worse",
    by,
  };
}

/** Points of a line through the values in a box of this size; parts without a value are left out. */
export function linePoints(
  values: readonly (number | null)[],
  width: number,
  height: number,
): string {
  const known = values.filter((value) => value !== null);
  const low = Math.min(...known);
  const span = Math.max(...known) - low || 1;
  const step = width / Math.max(1, values.length - 1);
  return values
    .flatMap((value, index) =>
      value === null
        ? []
        : [`${(index * step).toFixed(1)},${(height - ((value - low) / span) * height).toFixed(1)}`],
    )
    .join(" ");
}
