import { describe, expect, it } from "vitest";
import { aNode, anEdge, documentOf, specOf } from "@/test/documents";
import { paste } from "./clipboard";
import { deleteNodes, insertOnEdge } from "./edit-graph";
import { fragmentOf } from "./fragment";
import { addGroup, foldedInto, groupCorner, groupRect, groupsOf, newGroup } from "./groups";

const plain = documentOf(
  [aNode("a"), aNode("b", { position: [320, 100] }), aNode("c", { position: [640, 0] })],
  [anEdge("a", "b"), anEdge("b", "c")],
);
const group = { ...newGroup("Fetch", ["a", "b"]), id: "g" };
const grouped = addGroup(plain, group);
const members = (document: typeof grouped) => groupsOf(document).map(({ nodes }) => nodes);

describe("groups", () => {
  it("stand around their members with room for a title", () => {
    const rects = [
      { x: 0, y: 0, width: 232, height: 92 },
      { x: 320, y: 100, width: 232, height: 92 },
    ];

    expect(groupRect(rects, false)).toEqual({ x: -20, y: -40, width: 592, height: 252 });
    expect(groupCorner(grouped, group, false)).toEqual([-20, -40]);
    expect(groupCorner(grouped, group, true)).toEqual([0, 0]);
  });

  it("give a node up to the group that takes it", () => {
    const again = addGroup(grouped, { ...newGroup("Store", ["b", "c"]), id: "h" });

    expect(members(again)).toEqual([["a"], ["b", "c"]]);
  });

  it("go with their last node", () => {
    const without = deleteNodes(grouped, specOf, new Set(["a", "b"]));

    expect(groupsOf(without)).toEqual([]);
  });

  it("leave out members that somebody else deleted", () => {
    expect(members({ ...grouped, nodes: plain.nodes.slice(1) })).toEqual([["b"]]);
  });

  it("take in a node that is put between two of their own", () => {
    const [edge] = plain.edges;
    if (!edge) throw new Error("The document has an edge.");
    const inserted = insertOnEdge(grouped, specOf, aNode("n"), edge);

    expect(members(inserted)).toEqual([["a", "b", "n"]]);
  });

  it("are copied with all their nodes, and only then", () => {
    const whole = paste(plain, fragmentOf(grouped, new Set(["a", "b"])), [0, 400]);
    const half = fragmentOf(grouped, new Set(["a"]));

    expect(members(whole.document)).toEqual([whole.nodes]);
    expect(half.groups).toEqual([]);
  });

  it("hide their members when they are folded, or only for who looks", () => {
    expect([...foldedInto(grouped, new Map())]).toEqual([]);
    expect([...foldedInto(grouped, new Map([["g", true]]))]).toEqual([
      ["a", "g"],
      ["b", "g"],
    ]);
  });
});
