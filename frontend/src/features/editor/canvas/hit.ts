// What lies under a point of the screen.

const REACH = 24;

/** The key of the wire at a point or close above or below it. */
export function edgeUnder(x: number, y: number): string | null {
  for (const offset of [0, -REACH / 2, REACH / 2, -REACH, REACH]) {
    for (const element of document.elementsFromPoint(x, y + offset)) {
      const edge = element.closest<SVGElement>(".react-flow__edge");
      if (edge) return edge.dataset["id"] ?? null;
    }
  }
  return null;
}

/** The id of the node whose card is at a point. */
export function nodeUnder(x: number, y: number): string | null {
  for (const element of document.elementsFromPoint(x, y)) {
    const card = element.closest<HTMLElement>("[data-node]");
    if (card) return card.dataset["node"] ?? null;
  }
  return null;
}
