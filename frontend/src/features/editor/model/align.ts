// Lining up and spreading out what is selected.

import type { Rect } from "./geometry";
import type { XY } from "./types";

export type Alignment = "left" | "right" | "top" | "bottom" | "horizontal" | "vertical";

export type Placed = Rect & { readonly id: string };

/** New places: to a common edge, or spread with equal gaps. Fewer than two elements stay. */
export function align(elements: readonly Placed[], how: Alignment): ReadonlyMap<string, XY> {
  if (elements.length < 2) return new Map();
  if (how === "horizontal") return spread(elements, "x", "width");
  if (how === "vertical") return spread(elements, "y", "height");
  return new Map(elements.map((element) => [element.id, toEdge(elements, element, how)]));
}

function toEdge(all: readonly Placed[], { x, y, width, height }: Placed, how: Alignment): XY {
  switch (how) {
    case "left":
      return [Math.min(...all.map((other) => other.x)), y];
    case "right":
      return [Math.max(...all.map((other) => other.x + other.width)) - width, y];
    case "top":
      return [x, Math.min(...all.map((other) => other.y))];
    default:
      return [x, Math.max(...all.map((other) => other.y + other.height)) - height];
  }
}

function spread(all: readonly Placed[], axis: "x" | "y", size: "width" | "height") {
  const sorted = [...all].sort((a, b) => a[axis] - b[axis]);
  const start = Math.min(...all.map((other) => other[axis]));
  const end = Math.max(...all.map((other) => other[axis] + other[size]));
  const filled = all.reduce((sum, other) => sum + other[size], 0);
  const gap = (end - start - filled) / (all.length - 1);
  const places = new Map<string, XY>();
  let at = start;
  for (const element of sorted) {
    places.set(element.id, axis === "x" ? [at, element.y] : [element.x, at]);
    at += element[size] + gap;
  }
  return places;
}
