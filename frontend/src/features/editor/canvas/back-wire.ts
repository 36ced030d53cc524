// The path of a wire that leads back: out to the right, below what it goes round, in from the left.

import type { XY } from "../model/types";

const REACH = 28;
const RADIUS = 14;

/** An SVG path and the place of its label. `below` is the height to run at. */
export function backWire(
  [fromX, fromY]: XY,
  [toX, toY]: XY,
  below: number,
): readonly [path: string, x: number, y: number] {
  const right = fromX + REACH;
  const left = toX - REACH;
  const bottom = Math.max(below, fromY + 3 * RADIUS, toY + 3 * RADIUS);
  const path = [
    `M ${fromX} ${fromY}`,
    `H ${right - RADIUS}`,
    `Q ${right} ${fromY} ${right} ${fromY + RADIUS}`,
    `V ${bottom - RADIUS}`,
    `Q ${right} ${bottom} ${right - RADIUS} ${bottom}`,
    `H ${left + RADIUS}`,
    `Q ${left} ${bottom} ${left} ${bottom - RADIUS}`,
    `V ${toY + RADIUS}`,
    `Q ${left} ${toY} ${left + RADIUS} ${toY}`,
    `H ${toX}`,
  ].join(" ");
  return [path, (left + right) / 2, bottom];
}
