// Loops as they are drawn.

import { expect, test } from "vitest";
import { aNode, anEdge, documentOf } from "@/test/documents";
import { bodyOf, firstOfBody, isBackEdge, turnsExpected } from "./loops";

const back = anEdge("b", "each");
const document = documentOf(
  ["start", "each", "a", "b", "after"].map((id) => aNode(id)),
  [
    anEdge("start", "each"),
    anEdge("each:loop", "a"),
    anEdge("a", "b"),
    back,
    anEdge("each:done", "after"),
  ],
);

test("the wire that closes the loop leads back, the others do not", () => {
  expect(document.edges.filter((edge) => isBackEdge(document, edge))).toContainEqual(back);
  expect(isBackEdge(document, anEdge("start", "each"))).toBe(false);
  expect(isBackEdge(document, anEdge("each:done", "after"))).toBe(false);
});

test("the body is what goes round", () => {
  expect([...bodyOf(document, back)].sort()).toEqual(["a", "b", "each"]);
  expect(firstOfBody(document, "each")).toBe("a");
  expect(firstOfBody(document, "a")).toBeNull();
});

test("turns are counted where their size is a number", () => {
  expect(turnsExpected(aNode("x", { params: { batch_size: 10 } }), 25)).toBe(3);
  expect(turnsExpected(aNode("x"), 4)).toBe(4);
  expect(turnsExpected(aNode("x", { params: { batch_size: { "=": "2" } } }), 4)).toBeNull();
  expect(turnsExpected(aNode("x"), 0)).toBeNull();
});
