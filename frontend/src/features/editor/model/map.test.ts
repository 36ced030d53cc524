import { expect, it } from "vitest";
import { aNode, documentOf } from "@/test/documents";
import { NODE_HEIGHT, NODE_WIDTH } from "./geometry";
import { mapOf } from "./map";
import type { WorkflowDocument } from "./types";

const group = (collapsed: boolean) => ({
  id: "g",
  title: "Prices",
  color: "violet",
  nodes: ["b", "c"],
  collapsed,
});

const document: WorkflowDocument = {
  ...documentOf(
    [
      aNode("a", { position: [0, 0] }),
      aNode("b", { position: [400, 0] }),
      aNode("c", { position: [800, 300] }),
    ],
    [],
  ),
  notes: [{ id: "n", text: "", color: "blue", position: [-400, 0], size: [200, 100] }],
  groups: [group(false)],
};

it("shows the tile of a folded group in place of its members", () => {
  const { tiles, areas } = mapOf({ ...document, groups: [group(true)] }, new Map());

  expect(tiles.map(({ nodes }) => nodes)).toEqual([["a"], ["b", "c"]]);
  expect(tiles[1]?.rect).toEqual({ x: 400, y: 0, width: NODE_WIDTH, height: NODE_HEIGHT });
  expect(areas).toHaveLength(1);
});

it("shows the members of an open group on its frame, and fits notes in", () => {
  const { tiles, areas, bounds } = mapOf(document, new Map());

  expect(tiles.map(({ nodes }) => nodes)).toEqual([["a"], ["b"], ["c"]]);
  expect(areas).toHaveLength(2);
  expect(bounds.x).toBe(-400);
});

it("follows who folded a group only for themselves", () => {
  const { tiles } = mapOf(document, new Map([["g", true]]));

  expect(tiles).toHaveLength(2);
});
