import { describe, expect, it } from "vitest";
import { aNode, anEdge, documentOf } from "@/test/documents";
import { neighbour } from "./walk";

const document = documentOf(
  [
    aNode("start", { position: [0, 0] }),
    aNode("top", { position: [320, -100] }),
    aNode("bottom", { position: [320, 120] }),
    aNode("alone", { position: [0, 400] }),
  ],
  [anEdge("start", "top"), anEdge("start", "bottom")],
);

describe("walking with the arrow keys", () => {
  it.each([
    [null, "right", "start"],
    ["start", "right", "top"],
    ["top", "left", "start"],
    ["top", "down", "bottom"],
    ["bottom", "up", "top"],
    ["start", "down", "alone"],
    ["bottom", "right", null],
    ["start", "left", null],
  ] as const)("from %s to the %s is %s", (from, direction, expected) => {
    expect(neighbour(document, from, direction)).toBe(expected);
  });

  it("starts at the first node when the old one is gone", () => {
    expect(neighbour(document, "deleted", "up")).toBe("start");
  });
});
