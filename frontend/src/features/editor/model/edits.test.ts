import { describe, expect, it } from "vitest";
import { aNode, anEdge, aSpec, documentOf, specOf } from "@/test/documents";
import { align } from "./align";
import { parseFragment, paste } from "./clipboard";
import { addAfter, deleteNodes, insertOnEdge, placeAfter, placeOnEdge } from "./edit-graph";
import { moveNodes, newNode, renameNode, setDisabled } from "./edit-nodes";
import { fragmentOf } from "./fragment";
import { overlaps } from "./geometry";
import { setPin } from "./pins";
import { edgeKey, nodeById, type WorkflowDocument, type XY } from "./types";

const editFields = aSpec("data.edit_fields", { title: "Edit Fields" });
const keys = (document: WorkflowDocument) => document.edges.map(edgeKey);

const chain = documentOf(
  [
    aNode("a", { position: [0, 0] }),
    aNode("b", { position: [320, 0], params: { x: { "=": '{{ $("A").item.json.y }}' } } }),
    aNode("c", { position: [640, 0] }),
  ],
  [anEdge("a", "b"), anEdge("b", "c")],
);

describe("adding", () => {
  it("joins a node behind an output, in a free place", () => {
    const at = placeAfter(chain, specOf, ["a", "main"]);
    const node = newNode(chain, editFields, at);
    const after = addAfter(chain, specOf, node, ["a", "main"]);

    const size = { width: 232, height: 92 };
    const rects = chain.nodes.map(({ position: [x, y] }) => ({ x, y, ...size }));
    expect(rects.some((rect) => overlaps(rect, { x: at[0], y: at[1], ...size }))).toBe(false);
    expect(keys(after)).toContain(`a:main>${node.id}:main`);
  });

  it("gives a free name", () => {
    const named = renameNode(chain, "a", "Edit Fields");

    expect(newNode(named, editFields, [0, 0]).name).toBe("Edit Fields 2");
  });

  it("puts a node into an edge and moves what follows out of the way", () => {
    const edge = anEdge("a", "b");
    const node = newNode(chain, editFields, placeOnEdge(chain, edge));

    const after = insertOnEdge(chain, specOf, node, edge);

    expect(keys(after)).toEqual([
      "b:main>c:main",
      `a:main>${node.id}:main`,
      `${node.id}:main>b:main`,
    ]);
    expect(nodeById(after, "b")?.position).toEqual([640, 0]);
    expect(nodeById(after, "c")?.position).toEqual([960, 0]);
  });

  it("leaves an edge whole when the node has no input for it", () => {
    const trigger = newNode(
      chain,
      aSpec("triggers.manual", { kind: "trigger", inputs: [] }),
      [0, 0],
    );

    expect(insertOnEdge(chain, specOf, trigger, anEdge("a", "b"))).toBe(chain);
  });
});

describe("deleting", () => {
  it("heals the chain", () => {
    expect(keys(deleteNodes(chain, specOf, new Set(["b"])))).toEqual(["a:main>c:main"]);
  });

  it("keeps the gap on demand", () => {
    expect(keys(deleteNodes(chain, specOf, new Set(["b"]), false))).toEqual([]);
  });

  it("heals over several neighbours at once", () => {
    const longer = documentOf([...chain.nodes, aNode("d")], [...chain.edges, anEdge("c", "d")]);

    expect(keys(deleteNodes(longer, specOf, new Set(["b", "c"])))).toEqual(["a:main>d:main"]);
  });

  it("heals through the first output only, so that no branch wanders", () => {
    const branching = documentOf(
      [aNode("a"), aNode("if", { type: "flow.if" }), aNode("yes"), aNode("no")],
      [anEdge("a", "if"), anEdge("if:true", "yes"), anEdge("if:false", "no")],
    );

    expect(keys(deleteNodes(branching, specOf, new Set(["if"])))).toEqual(["a:main>yes:main"]);
  });

  it("leaves a loop without its body open: what stays does not lead to itself", () => {
    const circle = documentOf([aNode("a"), aNode("b")], [anEdge("a", "b"), anEdge("b", "a")]);

    expect(keys(deleteNodes(circle, specOf, new Set(["b"])))).toEqual([]);
  });

  it("takes pins along", () => {
    const pinned = setPin(chain, "b", [{ json: {} }]);

    expect(deleteNodes(pinned, specOf, new Set(["b"])).pins).toEqual({});
  });
});

describe("renaming", () => {
  it("carries every reference along", () => {
    const after = renameNode(chain, "a", "Orders");

    expect(nodeById(after, "b")?.params).toEqual({ x: { "=": '{{ $("Orders").item.json.y }}' } });
    expect(nodeById(after, "c")).toBe(nodeById(chain, "c"));
  });

  it("numbers a name that is taken and ignores an empty one", () => {
    expect(nodeById(renameNode(chain, "a", "C"), "a")?.name).toBe("C 2");
    expect(renameNode(chain, "a", "  ")).toBe(chain);
  });
});

describe("edits without effect", () => {
  it("give back the same document", () => {
    expect(moveNodes(chain, new Map<string, XY>([["a", [4, -3]]]))).toBe(chain);
    expect(setDisabled(chain, new Set(["a"]), false)).toBe(chain);
    expect(setPin(chain, "a", null)).toBe(chain);
    expect(deleteNodes(chain, specOf, new Set())).toBe(chain);
  });
});

describe("copy and paste", () => {
  it("comes back with new ids, free names and references among themselves", () => {
    const fragment = fragmentOf(chain, new Set(["a", "b"]));
    const parsed = parseFragment(JSON.stringify(fragment));
    const pasted = parsed && paste(chain, parsed, [100, 200]);

    const [first, second] = (pasted?.nodes ?? []).map((id) =>
      nodeById(pasted?.document ?? chain, id),
    );
    expect(first).toMatchObject({ name: "A 2", position: [100, 200] });
    expect(second).toMatchObject({
      name: "B 2",
      position: [420, 200],
      params: { x: { "=": '{{ $("A 2").item.json.y }}' } },
    });
    expect(keys(pasted?.document ?? chain)).toContain(`${first?.id}:main>${second?.id}:main`);
    expect(new Set(pasted?.document.nodes.map(({ id }) => id)).size).toBe(5);
  });

  it.each([
    "",
    "text",
    "{}",
    '{"format":"headrace/1","nodes":[{"id":1}]}',
    '{"nodes":[],"connections":{}}',
  ])("does not take %j for a fragment", (text) => {
    expect(parseFragment(text)).toBeNull();
  });
});

describe("aligning", () => {
  const size = { width: 100, height: 50 };
  const elements = [
    { id: "a", x: 0, y: 0, ...size },
    { id: "b", x: 130, y: 40, ...size },
    { id: "c", x: 400, y: 90, ...size },
  ];

  it("lines up at the topmost edge", () => {
    expect([...align(elements, "top").values()]).toEqual([
      [0, 0],
      [130, 0],
      [400, 0],
    ]);
  });

  it("spreads with equal gaps between the outermost", () => {
    expect(align(elements, "horizontal").get("b")).toEqual([200, 40]);
  });

  it("has nothing to do for one", () => {
    expect(align(elements.slice(0, 1), "left").size).toBe(0);
  });
});
