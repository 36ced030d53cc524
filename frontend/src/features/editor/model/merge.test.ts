import { describe, expect, it } from "vitest";
import { aNode, anEdge, documentOf, specOf } from "@/test/documents";
import { connect } from "./connect";
import { deleteNodes } from "./edit-graph";
import { addNode, moveNodes, renameNode, setParams } from "./edit-nodes";
import { merge } from "./merge";
import { setPin } from "./pins";
import { edgeKey, nodeById, type XY } from "./types";

const base = documentOf(
  [aNode("a", { params: { url: "x", method: "GET" } }), aNode("b"), aNode("c")],
  [anEdge("a", "b")],
);

describe("merging two people's edits", () => {
  it("joins edits to different fields of one node", () => {
    const mine = setParams(base, "a", { url: "mine", method: "GET" });
    const theirs = setParams(base, "a", { url: "x", method: "POST" });

    const { document, conflicts } = merge(base, mine, theirs);

    expect(conflicts).toEqual([]);
    expect(nodeById(document, "a")?.params).toEqual({ url: "mine", method: "POST" });
  });

  it("joins added nodes and edges of both", () => {
    const mine = connect(addNode(base, aNode("m")), anEdge("b", "m"));
    const theirs = connect(addNode(base, aNode("t")), anEdge("b", "t"));

    const { document, conflicts } = merge(base, mine, theirs);

    expect(conflicts).toEqual([]);
    expect(document.nodes.map(({ id }) => id)).toEqual(["a", "b", "c", "t", "m"]);
    expect(document.edges.map(edgeKey)).toEqual([
      "a:main>b:main",
      "b:main>t:main",
      "b:main>m:main",
    ]);
  });

  it("lists a field that both changed, and follows the choice", () => {
    const mine = setParams(base, "a", { url: "mine", method: "GET" });
    const theirs = setParams(base, "a", { url: "theirs", method: "GET" });

    const open = merge(base, mine, theirs);
    const settled = merge(base, mine, theirs, new Map([["nodes/a", "theirs"]]));

    expect(open.conflicts).toEqual([{ place: "nodes/a", title: "A", fields: ["params.url"] }]);
    expect(nodeById(open.document, "a")?.params["url"]).toBe("mine");
    expect(settled.conflicts).toEqual([]);
    expect(nodeById(settled.document, "a")?.params["url"]).toBe("theirs");
  });

  it("never mixes two versions of one expression", () => {
    const mine = setParams(base, "a", { url: { "=": "{{ 1 }}" } });
    const theirs = setParams(base, "a", { url: { "=": "{{ 2 }}" } });

    expect(merge(base, mine, theirs).conflicts[0]?.fields).toContain("params.url");
  });

  it("lists a node that one deleted and the other changed", () => {
    const mine = deleteNodes(base, specOf, new Set(["a"]));
    const theirs = renameNode(base, "a", "Kept");

    const { conflicts } = merge(base, mine, theirs);

    expect(conflicts).toEqual([{ place: "nodes/a", title: "Kept", fields: [] }]);
    const settled = merge(base, mine, theirs, new Map([["nodes/a", "theirs"]]));
    expect(nodeById(settled.document, "a")?.name).toBe("Kept");
  });

  it("drops edges of a node that the other deleted", () => {
    const mine = connect(base, anEdge("b", "c"));
    const theirs = deleteNodes(base, specOf, new Set(["c"]));

    const { document, conflicts } = merge(base, mine, theirs);

    expect(conflicts).toEqual([]);
    expect(document.edges.map(edgeKey)).toEqual(["a:main>b:main"]);
  });

  it("asks nobody about a node that both moved", () => {
    const to = (place: XY) => moveNodes(base, new Map([["a", place]]));

    const { document, conflicts } = merge(base, to([100, 0]), to([0, 100]));

    expect(conflicts).toEqual([]);
    expect(nodeById(document, "a")?.position).toEqual([100, 0]);
  });

  it("joins pins of different nodes", () => {
    const { document } = merge(
      base,
      setPin(base, "a", [{ json: { n: 1 } }]),
      setPin(base, "b", []),
    );

    expect(Object.keys(document.pins ?? {})).toEqual(["b", "a"]);
  });

  it("gives mine when they changed nothing, theirs when I changed nothing", () => {
    const changed = renameNode(base, "b", "X");

    expect(merge(base, changed, base).document).toEqual(changed);
    expect(merge(base, base, changed).document).toEqual(changed);
  });
});
