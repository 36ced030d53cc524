import { describe, expect, it } from "vitest";
import { aNode, anEdge, documentOf } from "@/test/documents";
import { changesBetween, marksOfChanges, nodesTouched, tally, unionOf } from "./diff";

const before = documentOf(
  [
    aNode("a", { params: { url: "http://old", headers: [{ name: "x", value: "1" }] } }),
    aNode("b"),
    aNode("c"),
  ],
  [anEdge("a", "b"), anEdge("b", "c")],
);

describe("changes between two documents", () => {
  it("are none where nothing differs but the order of keys", () => {
    const same = {
      ...before,
      nodes: before.nodes.map(({ id, ...rest }) => ({ ...rest, id })),
    };

    expect(changesBetween(before, same)).toEqual([]);
  });

  it("name added and removed nodes and wires", () => {
    const after = documentOf(
      [...before.nodes.slice(0, 2), aNode("d")],
      [anEdge("a", "b"), anEdge("b:error", "d")],
    );

    const found = changesBetween(before, after);

    expect(found.map(({ part, kind, title }) => `${kind} ${part} ${title}`)).toEqual([
      "added node D",
      "removed node C",
      "added edge B (error) → D",
      "removed edge B → C",
    ]);
  });

  it("list the fields of a changed node, into objects and lists of one length", () => {
    const after = documentOf(
      [
        aNode("a", {
          name: "Ask",
          params: { url: { "=": "{{ $json.url }}" }, headers: [{ name: "x", value: "2" }] },
        }),
        ...before.nodes.slice(1),
      ],
      before.edges,
    );

    const [change] = changesBetween(before, after);

    expect(change?.fields.map(({ path }) => path.join("."))).toEqual([
      "name",
      "params.url",
      "params.headers.0.value",
    ]);
  });

  it("call a node moved only if nothing else of it changed", () => {
    const after = documentOf(
      [aNode("a", { params: {}, position: [9, 9] }), aNode("b", { position: [9, 9] }), aNode("c")],
      before.edges,
    );

    const kinds = changesBetween(before, after).map(({ id, kind }) => [id, kind]);

    expect(kinds).toEqual([
      ["a", "changed"],
      ["b", "moved"],
    ]);
  });

  it("count each node once, with its pin", () => {
    const after = {
      ...documentOf([aNode("a", { name: "Ask" }), ...before.nodes.slice(1)], before.edges),
      pins: { a: [], b: [] },
    };

    const found = changesBetween(before, after);

    expect(nodesTouched(found)).toBe(2);
    expect(tally(found)).toEqual({ added: 2, removed: 0, changed: 1, moved: 0 });
  });
});

it("both documents in one hold what was removed, so that it can be shown as a ghost", () => {
  const after = documentOf(before.nodes.slice(0, 2), [anEdge("a", "b")]);

  const whole = unionOf(before, after);
  const marks = marksOfChanges(changesBetween(before, after));

  expect(whole.nodes.map(({ id }) => id)).toEqual(["a", "b", "c"]);
  expect([...marks]).toEqual([
    ["c", "removed"],
    ["b:main>c:main", "removed"],
  ]);
});
