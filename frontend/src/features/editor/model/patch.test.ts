import { describe, expect, it } from "vitest";
import { aNode, anEdge, documentOf } from "@/test/documents";
import { connect, disconnect } from "./connect";
import { addNode, moveNodes, setParams } from "./edit-nodes";
import { equalJson } from "./json";
import { patchBetween } from "./patch";
import { setPin } from "./pins";
import type { PatchOperation, WorkflowDocument, XY } from "./types";

const base = documentOf(
  ["a", "b", "c", "d"].map((id) => aNode(id)),
  [anEdge("a", "b"), anEdge("b", "c"), anEdge("c", "d")],
);

type Box = { [key: string]: unknown } | unknown[];

const isBox = (value: unknown): value is Box => typeof value === "object" && value !== null;

/** Applies `add`, `remove` and `replace` as RFC 6902 says. */
function apply(document: WorkflowDocument, operations: readonly PatchOperation[]): unknown {
  const root: Box = structuredClone<object>(document) as Box;
  for (const operation of operations) {
    const steps = operation.path.split("/").slice(1).map(unescaped);
    const last = steps.pop() ?? "";
    applyAt(steps.reduce(child, root), last, operation);
  }
  return root;
}

const unescaped = (step: string): string => step.replaceAll("~1", "/").replaceAll("~0", "~");

function child(box: Box, step: string): Box {
  const value = Array.isArray(box) ? box[Number(step)] : box[step];
  if (!isBox(value)) throw new Error(`The patch leads nowhere at ${step}.`);
  return value;
}

function applyAt(box: Box, key: string, operation: PatchOperation): void {
  const values = "value" in operation ? [operation.value] : [];
  if (Array.isArray(box)) {
    box.splice(Number(key), operation.op === "add" ? 0 : 1, ...values);
  } else if (operation.op === "remove") {
    delete box[key];
  } else {
    box[key] = values[0];
  }
}

/** A repeatable stream of numbers between 0 and 1 (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function randomEdit(document: WorkflowDocument, next: () => number): WorkflowDocument {
  const pick = () => document.nodes[Math.floor(next() * document.nodes.length)]?.id ?? "a";
  const edits: readonly (() => WorkflowDocument)[] = [
    () => addNode(document, aNode(`n${Math.floor(next() * 1e6)}`)),
    () => ({ ...document, nodes: document.nodes.filter(({ id }) => id !== pick()) }),
    () => setParams(document, pick(), { "a/b~c": next(), list: [1, { deep: next() }] }),
    () => moveNodes(document, new Map<string, XY>([[pick(), [next() * 900, next() * 900]]])),
    () => connect(document, anEdge(pick(), pick())),
    () => disconnect(document, new Set([`${pick()}:main>${pick()}:main`])),
    () => setPin(document, pick(), next() > 0.5 ? [{ json: { n: next() } }] : null),
    () => ({ ...document, nodes: [...document.nodes].reverse() }),
  ];
  return edits[Math.floor(next() * edits.length)]?.() ?? document;
}

describe("the patch between two documents", () => {
  it("is empty for equal documents", () => {
    expect(patchBetween(base, structuredClone(base))).toEqual([]);
  });

  it("names the one field that changed", () => {
    const after = setParams(base, "b", { url: "x" });

    expect(patchBetween(base, after)).toEqual([
      { op: "add", path: "/nodes/1/params/url", value: "x" },
    ]);
  });

  it("is one operation for an added and for a deleted node", () => {
    const without = { ...base, nodes: base.nodes.filter(({ id }) => id !== "b") };

    expect(patchBetween(base, addNode(base, aNode("e")))).toMatchObject([
      { op: "add", path: "/nodes/4" },
    ]);
    expect(patchBetween(base, without)).toEqual([{ op: "remove", path: "/nodes/1" }]);
  });

  it("escapes slashes and tildes in names of fields", () => {
    const after = setParams(base, "a", { "x/y~z": 1 });

    expect(patchBetween(base, after)[0]?.path).toBe("/nodes/0/params/x~1y~0z");
  });

  it("turns any document into any other", () => {
    for (let seed = 1; seed <= 300; seed += 1) {
      const next = random(seed);
      let after = base;
      for (let edit = 0; edit < 6; edit += 1) after = randomEdit(after, next);
      const patched = apply(base, patchBetween(base, after));
      expect(equalJson(patched, after), `seed ${seed}`).toBe(true);
    }
  });
});
